"""Needs: what someone asks for, and the statuses it goes through."""

from dataclasses import dataclass
from enum import StrEnum

from hotline.engine.plain import Plain


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
    Status.DONE: frozenset({Status.TAKEN}),
    Status.CANCELLED: frozenset(),
    Status.EXPIRED: frozenset({Status.OPEN}),
}
"""Which status may follow which. The WHERE of each changing statement holds it, and a test compares the two."""


@dataclass(frozen=True)
class Need(Plain):
    """What someone asks for. Times are UTC seconds since 1970; people are numbers in E.164.

    ``words`` is the first thing the neighbor said, ``details`` what they added, ``recording`` the carrier's id of what
    they said aloud. ``takers`` are those who have it now, ``helped`` those who say it happened, of ``wanted`` who are
    needed. ``every`` is the weekday on which it comes again, "" for once. ``first_choice`` is who is asked before all
    others. ``coming_at`` is when the taker said they would come, ``checks`` how often we asked about it and heard
    nothing, ``drops`` how often it was given back. ``held`` is that it names danger: no volunteer is asked about it
    before a coordinator says so. ``paused_until`` is until when nobody new is asked about it, ``doubted_by`` who has it
    and said that they cannot come, until they say more. ``confirmed`` is that it is done and nobody is to be asked
    about it any more.
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
    first_choice: str = ""
    coming_at: float | None = None
    checks: int = 0
    drops: int = 0
    confirmed: bool = False
    held: bool = False
    paused_until: float | None = None
    doubted_by: str = ""

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
    def code(self) -> str:
        """The number as people write it back."""
        return str(self.number)

    @property
    def active(self) -> bool:
        return self.status in (Status.OPEN, Status.TAKEN)

    def is_of(self, phone: str) -> bool:
        """Whether this person asked for it."""
        return self.neighbor == phone

    def other_side(self, phone: str) -> tuple[str, ...]:
        """Whoever this person would talk to about it: those who have it, or the neighbor."""
        return self.takers if self.is_of(phone) else (self.neighbor,)
