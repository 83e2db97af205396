"""Facts: all that a decision may rest on, read in the transaction that writes its outcome."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from hotline.engine.plain import Plain
from hotline.model.flags import Flag
from hotline.model.needs import Need
from hotline.model.people import Person, Volunteer
from hotline.model.recordings import Room, Spoken
from hotline.model.rules import Group


@dataclass(frozen=True)
class RelayedWords:
    """Words that one side of a need wrote to the other, or the team to the neighbor; `name` is the writer's."""

    need: int
    writer: str
    words: str
    name: str = ""
    at: float = 0.0


@dataclass(frozen=True)
class Past:
    """What a coordinator knows about a need besides: how many were asked, what was said lately, and whether the
    neighbor gets texts."""

    asked: int = 0
    said: tuple[RelayedWords, ...] = ()
    reads: bool = True


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
    ``texts_held`` is whether no text of ours goes out just now, read where somebody is told what happens next.
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
    texts_held: bool = False

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
