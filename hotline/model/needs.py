"""Needs: what someone asks for, and the statuses it goes through."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hotline.engine.plain import Plain, quick

Fields = Mapping[str, str | int | float | None]


def is_code(number: int) -> bool:
    """Whether people may mean a request by it: below that it is a choice or a count, and five digits are a ZIP."""
    return 101 <= number <= 9999


class Status(StrEnum):
    """Where a need stands."""

    DRAFT = "draft"
    OPEN = "open"
    TAKEN = "taken"
    DONE = "done"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


CHANGES: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.OPEN, Status.CANCELLED, Status.EXPIRED}),
    Status.OPEN: frozenset({Status.TAKEN, Status.DONE, Status.CANCELLED, Status.EXPIRED}),
    Status.TAKEN: frozenset({Status.OPEN, Status.DONE, Status.CANCELLED, Status.EXPIRED}),
    Status.DONE: frozenset({Status.TAKEN, Status.OPEN}),
    Status.CANCELLED: frozenset({Status.OPEN}),
    Status.EXPIRED: frozenset({Status.OPEN}),
}
"""Which status may follow which. The WHERE of each changing statement holds it, and a test compares the two."""


@quick
@dataclass(frozen=True)
class Need(Plain):
    """What someone asks for. Times are UTC seconds since 1970; people are numbers in E.164.

    ``number`` is its row, ``code`` what people text for it, such as "112": free for another need some months after this
    one is over. ``words`` is the first thing the neighbor said, ``details`` what they added, ``recording`` the id that
    the carrier has for what they said aloud. ``takers`` are those who have it now, ``helped`` those who say that it
    happened, of ``wanted`` who are needed. ``every`` are its weekdays where it comes again, "monday thursday", "" for
    once. ``due`` is for when it is, as `model.when` keeps it, ``starts_at`` and ``ends_at`` the moments that this comes
    to. ``first_choices`` are those who are asked before all others: they did it last time. ``coming_at`` is when the
    taker said they would come, ``checks`` how often we asked about it and heard nothing, ``drops`` how often it was
    given back. ``held`` is that it names danger: no volunteer is asked about it before a coordinator says so.
    ``paused_until`` is until when nobody new is asked about it, ``doubted_by`` who has it and said that they cannot
    come, until they say more. ``confirmed`` is that it is done and nobody is to be asked about it any more.
    ``again_since`` is when a coordinator said that those who said nothing may be asked a second time.
    ``besides`` is what its form knows beside the words while it is filled in, as `flows.neighbor.said` writes it.
    ``gift`` is the row of what a neighbor gives, where it began as an ask for that: its giver alone has it, 0 for all
    others; ``loan`` is the row of a loan of a tool whose words it carries. ``same_as`` is the number of the need under
    which it is looked after, 0 for itself.
    """

    number: int
    neighbor: str
    status: Status
    what: str = ""
    area: str = ""
    words: str = ""
    details: str = ""
    recording: str = ""
    callback: str = ""
    wanted: int = 1
    takers: tuple[str, ...] = ()
    wave: int = 0
    created_at: float = 0.0
    asked_since: float = 0.0
    escalated: bool = False
    urgent: bool = False
    every: str = ""
    helped: tuple[str, ...] = ()
    first_choices: tuple[str, ...] = ()
    coming_at: float | None = None
    checks: int = 0
    drops: int = 0
    confirmed: bool = False
    held: bool = False
    code: str = ""
    due: str = ""
    starts_at: float | None = None
    ends_at: float | None = None
    paused_until: float | None = None
    doubted_by: str = ""
    again_since: float | None = None
    besides: str = ""
    gift: int = 0
    loan: int = 0
    same_as: int = 0

    def recorded(self, fields: Fields, now: float) -> "Need":
        """A draft, once it is an open need with these fields, as `Needs.record` writes it."""
        changed = {**fields, "urgent": bool(fields["urgent"]), "recording": fields["recording"] or self.recording}
        return self.but(**changed, status=Status.OPEN, besides="", asked_since=now)

    @property
    def expected(self) -> tuple[float, float] | None:
        """When it begins and is over: as whoever has it said they would come, else as the neighbor said."""
        if self.coming_at is not None:
            return self.coming_at, self.coming_at
        return (self.starts_at, self.ends_at) if self.starts_at is not None and self.ends_at is not None else None

    def is_past(self, now: float) -> bool:
        """Whether the time has gone by that it was for."""
        return self.ends_at is not None and self.ends_at <= now

    @property
    def times(self) -> tuple[str, ...]:
        """The names under which its time is said: "every_sunday 09:00", "2026-12-15 by 18:00", "today"."""
        if self.every:
            return (f"every_{self.every.replace(' ', '_')} {self.due[11:]}".strip(),)
        return (self.due,) if self.due else ("today",) if self.urgent else ()

    @property
    def place_and_time(self) -> tuple[str, ...]:
        """Where and when, as names: all that is said of it before somebody takes it."""
        return (self.area, *self.times)

    def asks(self, now: float) -> bool:
        """Whether volunteers are asked about it while it lacks a helper: neither danger nor CANCEL holds it back."""
        return not (self.held or (self.paused_until or 0.0) > now)

    @property
    def begun(self) -> bool:
        """Whether somebody has it, or did their part."""
        return bool(self.takers or self.helped)

    @property
    def missing(self) -> int:
        """How many helpers it still lacks."""
        return max(0, self.wanted - len(self.takers) - len(self.helped))

    @property
    def active(self) -> bool:
        return self.status in (Status.OPEN, Status.TAKEN)

    def is_of(self, phone: str) -> bool:
        """Whether this person asked for it."""
        return self.neighbor == phone

    def is_own(self, phone: str) -> bool:
        """Whether it is about something of theirs: what they asked for, or what they have to give."""
        return self.is_of(phone) or ((self.gift > 0 or self.loan > 0) and phone in self.takers)

    def other_side(self, phone: str) -> tuple[str, ...]:
        """Whoever this person would talk to about it: those who have it, or the neighbor."""
        return self.takers if self.is_of(phone) else (self.neighbor,)
