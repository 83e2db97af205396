"""What is on record: people, needs, alerts; the statuses of a need, and the facts a conversation is decided on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hotline.engine.plain import Plain
from hotline.engine.session import Session
from hotline.model.recordings import Room, Spoken


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
"""Which status may follow which; storage refuses every other change."""


FOREVER = 1e11
"""A time that never comes, UTC seconds."""

ANSWER, NEWS, ALERT = 1, 2, 3
"""Priorities in the outbox: a lower number goes first."""


@dataclass(frozen=True)
class Need(Plain):
    """What someone asks for. Times are UTC seconds since 1970; people are numbers in E.164.

    ``words`` is the first thing the neighbor said, ``details`` what they added, ``recording`` the carrier's id of what
    they said aloud. ``takers`` are those who have it now, ``helped`` those who say it happened, of ``wanted`` who are
    needed. ``every`` is the weekday on which it comes again, "" for once. ``first_choice`` is who is asked before all
    others. ``coming_at`` is when the taker said they would come, ``checks`` how often we asked about it and heard
    nothing, ``drops`` how often it was given back. ``confirmed`` is that it is done and nobody is to be asked about it
    any more.
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


@dataclass(frozen=True)
class Person(Plain):
    """Whoever texts or calls. ``known`` is false until something was ever heard from this number.

    ``introduced`` is whether they ever read who we are, ``waits`` whether a coordinator has yet to say yes to them.
    ``recent`` counts what was heard from them since ``recent_since``, to cut off whoever never ends. ``calls`` is
    whether they want calls instead of texts; ``say_who`` and ``leave_word`` ("yes", "no", "" never asked) whether a
    call may say who we are to whoever picks up, and leave word where others hear it.
    """

    phone: str
    session: Session
    known: bool = False
    name: str = ""
    area: str = ""
    volunteer: bool = False
    waits: bool = False
    coordinator: bool = False
    introduced: bool = False
    opted_out: bool = False
    can_text: bool = True
    calls: bool = False
    say_who: str = ""
    leave_word: str = ""
    asked_at: float = 0.0
    blocked: bool = False
    recent: int = 0
    recent_since: float = 0.0

    @property
    def by_voice(self) -> bool:
        """Whether they are rung rather than texted."""
        return self.calls or not self.can_text

    @property
    def gives(self) -> bool:
        """Whether this person may take a need."""
        return self.volunteer or self.coordinator


@dataclass(frozen=True)
class Volunteer:
    """Someone who gives. ``needs`` and ``areas`` are names from the community file.

    ``most_a_week`` is how often they wish to be asked at most (0: as the community says), ``hours`` when
    ("09:00-17:00", "" for any time that is not night), ``timezone`` where they live if not with the community.
    ``in_turn_at`` is since when they stand in the order of asking.
    """

    phone: str
    name: str = ""
    needs: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    language: str = ""
    status: str = "active"
    last_asked_at: float = 0.0
    asks_this_week: int = 0
    asked_before: bool = False
    most_a_week: int = 0
    hours: str = ""
    timezone: str = ""
    paused_until: float = 0.0
    opted_out: bool = False
    in_turn_at: float = 0.0


@dataclass(frozen=True)
class Alert:
    """One text that offered one need to one volunteer."""

    need: int
    volunteer: str
    wave: int
    sent_at: float


@dataclass(frozen=True)
class Flag:
    """A note that a person should look."""

    id: int
    why: str
    party: str
    words: str
    about: int
    raised_at: float

    @property
    def recorded(self) -> bool:
        """Whether its words are the carrier's id of something spoken."""
        return len(self.words) == 34 and self.words.startswith("RE")


@dataclass(frozen=True)
class Said:
    """Something that one side of a need wrote to the other, or the team to the neighbor; `name` is the writer's."""

    writer: str
    name: str
    words: str
    at: float


@dataclass(frozen=True)
class Past:
    """What a coordinator knows about a need besides: how many were asked, what was said lately, and whether the
    neighbor gets texts."""

    asked: int = 0
    said: tuple[Said, ...] = ()
    reads: bool = True


@dataclass(frozen=True)
class Group:
    """Another group that helps here. ``phone`` is as people dial it; no ``needs`` are all needs, no ``areas`` all."""

    name: str
    phone: str
    hours: str = ""
    needs: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()

    def gives(self, what: str, area: str) -> bool:
        """Whether it helps with that need in that area."""
        return what in (self.needs or (what,)) and area in (self.areas or (area,))


@dataclass(frozen=True)
class Offered:
    """What this community offers: names in the order of its file, never shown as they are; and where its clock is."""

    languages: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    approval: bool = False
    timezone: str = "UTC"
    asks_per_week: int = 5
    crisis: str = ""
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class Facts(Plain):
    """All that a decision may rest on, read in the transaction that writes its outcome.

    ``asked_for`` are this person's own needs that are not over, ``alerts`` the needs they were asked to take and that
    are still open (newest first), ``has_taken`` those they have in hand, ``named`` those whose number they said.
    ``settled`` is what they were asked last and somebody else has taken since. ``finished`` are those this person asked
    for or took that were done lately, newest first. ``names`` gives the first name of whoever is named in one of them.
    ``opens_at`` is when people may be written to again, where it is night now; ``volunteer`` what this person gives.
    ``awake`` are the people on the other side of what is under way who may be rung now, ``asleep`` those who may not.
    ``team_asks`` is the need about which the team wrote to this person last, in the last day.
    For coordinators: ``waiting`` is what nobody has taken, ``flags`` what waits for a person's word, ``people`` all
    who give where they said a name (``name_said``), ``past`` what became of the need they named.
    ``in_call`` is whether they call: then news is told one by one, since nobody can look back at it. ``word`` is what
    opens the request at hand from any other telephone.
    In a call, ``spoken`` is what the caller may hear of what was said aloud, ``room`` the coordinators' room.
    """

    now: float
    offered: Offered
    me: Person
    draft: Need | None = None
    asked_for: tuple[Need, ...] = ()
    alerts: tuple[Need, ...] = ()
    has_taken: tuple[Need, ...] = ()
    named: tuple[Need, ...] = ()
    settled: Need | None = None
    finished: tuple[Need, ...] = ()
    alerted_at: float = 0.0
    opens_at: datetime | None = None
    volunteer: Volunteer | None = None
    waiting: tuple[Need, ...] = ()
    people: tuple[Volunteer, ...] = ()
    flags: tuple[Flag, ...] = ()
    name_said: str = ""
    past: Past = Past()
    team_asks: int = 0
    in_call: bool = False
    word: str = ""
    spoken: tuple[Spoken, ...] = ()
    room: Room | None = None
    names: dict[str, str] = field(default_factory=dict)
    awake: frozenset[str] = frozenset()
    asleep: frozenset[str] = frozenset()

    @property
    def in_progress(self) -> tuple[Need, ...]:
        """The needs that have another side to talk to: those in hand, and one's own that somebody has."""
        return (*self.has_taken, *(need for need in self.asked_for if need.takers))

    def names_of(self, phones: Iterable[str]) -> str:
        """The first names of these people, as far as they are known."""
        return ", ".join(filter(None, (self.names.get(phone, "") for phone in phones)))

    def need(self, number: str) -> Need | None:
        """The need of that number among all that were read."""
        known = (*self.named, *self.alerts, *self.has_taken, *self.asked_for, *self.finished, self.settled)
        return next((need for need in known if need and need.code == number), None)
