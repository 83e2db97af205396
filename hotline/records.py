"""What is on record: people, needs, alerts; the statuses of a need, and the facts a conversation is decided on."""

from dataclasses import dataclass, field
from enum import StrEnum

from hotline.engine.plain import Plain
from hotline.engine.session import Session


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
    Status.OPEN: frozenset({Status.TAKEN, Status.CANCELLED, Status.EXPIRED}),
    Status.TAKEN: frozenset({Status.OPEN, Status.DONE, Status.CANCELLED}),
    Status.DONE: frozenset({Status.OPEN}),
    Status.CANCELLED: frozenset(),
    Status.EXPIRED: frozenset({Status.OPEN}),
}
"""Which status may follow which; storage refuses every other change."""


ANSWER, NEWS, ALERT = 1, 2, 3
"""Priorities in the outbox: a lower number goes first."""


@dataclass(frozen=True)
class Need(Plain):
    """What someone asks for. Times are UTC seconds since 1970; people are numbers in E.164.

    ``words`` is the first thing the neighbor said, ``details`` what they added, ``recording`` the carrier's id of what
    they said aloud. ``takers`` are those who have it now, of ``wanted`` who are needed.
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
    ``recent`` counts what was heard from them since ``recent_since``, to cut off whoever never ends.
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
    asked_at: float = 0.0
    blocked: bool = False
    recent: int = 0
    recent_since: float = 0.0

    @property
    def gives(self) -> bool:
        """Whether this person may take a need."""
        return self.volunteer or self.coordinator


@dataclass(frozen=True)
class Volunteer:
    """Someone who gives. ``needs`` and ``areas`` are names from the community file."""

    phone: str
    name: str = ""
    needs: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    language: str = ""
    status: str = "active"
    last_asked_at: float = 0.0
    asks_this_week: int = 0
    asked_before: bool = False


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


@dataclass(frozen=True)
class Offered:
    """What this community offers: names in the order of its file, never shown as they are."""

    languages: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    approval: bool = False
    crisis: str = ""


@dataclass(frozen=True)
class Facts(Plain):
    """All that a decision may rest on, read in the transaction that writes its outcome.

    ``asked_for`` are this person's own needs that are not over, ``alerts`` the needs they were asked to take and that
    are still open (newest first), ``has_taken`` those they have in hand, ``named`` those whose number they said.
    ``settled`` is what they were asked last and somebody else has taken since. ``names`` gives the first name of
    whoever is named in one of them.
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
    alerted_at: float = 0.0
    names: dict[str, str] = field(default_factory=dict)

    def need(self, number: str) -> Need | None:
        """The need of that number among all that were read."""
        known = (*self.named, *self.alerts, *self.has_taken, *self.asked_for, self.settled)
        return next((need for need in known if need and need.code == number), None)
