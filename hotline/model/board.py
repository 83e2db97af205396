"""Board: who is signed in there, what the pages show, and what a coordinator presses. Plain data."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hotline.engine.plain import Plain
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.flags import GRAVEST, MISSED, Flag, why_first
from hotline.model.needs import Need, Status

IDLE = 2 * HOUR  # after which somebody is not signed in any more
FORM_KEPT_FOR = 2 * HOUR  # what somebody sends who is not signed in any more
HANDOVER_KEPT_FOR = 30 * DAY  # a line for the next coordinator
UNDO_FOR = MINUTE  # so long the texts of what can be taken back wait
ANSWERS_MANY = "answers_many"  # why a person looks at what was answered to a message to many
DANGERS = frozenset(GRAVEST[:3])
DANGER, BETWEEN, LAST = range(3)
SILENT = 20 * MINUTE  # after which what somebody looked after is anybody's again


class Role(StrEnum):
    """What somebody of the team may do: a keeper all, a coordinator what is about requests."""

    COORDINATOR = "coordinator"
    KEEPER = "keeper"

    def may(self, role: "Role | None") -> bool:
        """Whether what takes that role is theirs to do."""
        return role in (None, Role.COORDINATOR, self)


@dataclass(frozen=True)
class Member:
    """Somebody of the team, by the key that the community file has for them."""

    key: str
    phone: str
    role: Role

    @property
    def name(self) -> str:
        return team_name(self.key)


def team_name(key: str) -> str:
    """How somebody of the team is called, as the others read it: the key, with a capital letter."""
    return key.replace("_", " ").title()


@dataclass(frozen=True)
class SignedIn:
    """A session (UTC seconds)."""

    coordinator: str
    began_at: float
    seen_at: float


@dataclass(frozen=True)
class Browser(Plain):
    """A browser before the door. ``coordinator`` is whom a code was texted to from here, "" for nobody; ``hash`` what
    is kept of the code, ``misses`` how many wrong ones were typed. ``asked`` counts the codes since ``asked_since``,
    ``known`` is who has signed in here before, ``outbox`` the row that carries the code. ``guesses`` counts how often
    a password was tried since ``guessed_since``, that of ``guessed``."""

    browser: str
    coordinator: str = ""
    hash: str = ""
    made_at: float = 0.0
    misses: int = 0
    asked: int = 0
    asked_since: float = 0.0
    known: str = ""
    outbox: int = 0
    guesses: int = 0
    guessed: str = ""
    guessed_since: float = 0.0


@dataclass(frozen=True)
class Sheet:
    """What somebody types while a neighbor is on the phone, before it is a request (UTC seconds). ``coordinator``
    typed last, ``need`` the form that it goes on with, 0 for none. ``beside`` is what others typed into a field
    meanwhile: by field, by coordinator and page. It ``became`` "" (open), thrown or done."""

    id: int
    token: str
    coordinator: str
    need: int
    fields: Mapping[str, str]
    beside: Mapping[str, Mapping[str, str]]
    made_at: float
    changed_at: float
    became: str = ""
    ended_at: float | None = None
    ended_by: str = ""


@dataclass(frozen=True)
class HandedOver:
    """A line that somebody of the team left for the next one (UTC seconds). ``read_by`` is who said that they read it,
    "" for nobody yet."""

    id: int
    coordinator: str
    words: str
    at: float
    read_by: str = ""
    read_at: float | None = None


@dataclass(frozen=True)
class KeptForm:
    """A form that was sent by somebody who was not signed in any more (UTC seconds): the page that it stands on,
    where it was sent (both paths below the board's), and what was typed. Nothing of it was done."""

    token: str
    coordinator: str
    path: str
    action: str
    fields: Mapping[str, str]
    at: float


@dataclass(frozen=True)
class Hand:
    """Somebody looks after something: "need 100001", or "flag 7" where it is about no need."""

    subject: str
    coordinator: str
    seen_at: float


@dataclass(frozen=True)
class Happened:
    """The last thing that happened about a need: asked, took, gave_back, wrote, began. ``who`` is whose doing it was,
    a number, "" for ours."""

    what: str
    at: float
    who: str = ""


@dataclass(frozen=True)
class Card:
    """A need with what the overview shows beside it. ``asked`` is how many were asked about it."""

    need: Need
    language: str
    asked: int
    last: Happened
    changed_at: float


def turn(reasons: Collection[str]) -> int:
    """Who comes first of those who wait: DANGER, all else, and last what is nothing but an answer to a message to many,
    of which there are many at once."""
    if not DANGERS.isdisjoint(reasons):
        return DANGER
    return LAST if all(why == ANSWERS_MANY for why in reasons) else BETWEEN


@dataclass(frozen=True)
class Waiting:
    """One entry of what waits for a person: all that is flagged about one person, what waits longest first. ``helps``
    says of somebody who writes about a request that they are one of those who give, and not its neighbor; ``called`` is
    what it is about, and where."""

    flags: tuple[Flag, ...]
    helps: bool = False
    called: tuple[str, str] = ("", "")

    @property
    def about(self) -> int:
        """The request that it is about, 0 for none."""
        return next((flag.about for flag in self.flags if flag.code), 0)

    @property
    def party(self) -> str:
        return self.flags[0].party

    @property
    def since(self) -> float:
        return self.flags[0].raised_at

    @property
    def why(self) -> str:
        return why_first({flag.why for flag in self.flags}, self.flags[-1].why)

    @property
    def is_danger(self) -> bool:
        return turn({flag.why for flag in self.flags}) == DANGER

    @property
    def missed(self) -> int:
        """How many calls of theirs were missed."""
        return sum(flag.why in MISSED for flag in self.flags)

    @property
    def subject(self) -> str:
        """Under which somebody looks after it."""
        about = next((flag.about for flag in self.flags if flag.about), 0)
        return f"need {about}" if about else f"flag {self.flags[0].id}"


@dataclass(frozen=True)
class Quiet:
    """A need about which nothing happens. ``why``: stopped (a form), silent (who has it), unchanged."""

    number: int
    code: str
    what: str
    area: str
    why: str
    since: float
    takers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Beside:
    """Another need that stands beside one: of the same neighbor, or about the same."""

    number: int
    code: str
    status: Status
    what: str
    area: str
    created_at: float


@dataclass(frozen=True)
class Known:
    """A person as the board's list shows them (UTC seconds). ``status`` is that of a volunteer, "" for everybody else;
    ``asked_for`` is how many requests they ever made."""

    phone: str
    name: str
    language: str
    heard_at: float | None
    created_at: float
    ended: bool
    blocked: bool
    status: str
    needs: tuple[str, ...]
    areas: tuple[str, ...]
    paused_until: float
    asked_for: int


@dataclass(frozen=True)
class Profile:
    """All that a person's page shows of them beside what they asked for and took. ``by`` is how they are reached: text,
    call, ended; ``calls`` whether they want calls. ``asked``, ``yes`` and ``no`` count the questions that were put to
    them and their answers."""

    known: Known
    area: str
    by: str
    calls: bool
    say_who: str
    leave_word: str
    consent: str
    hours: str
    most_a_week: int
    asked: int
    yes: int
    no: int
    last_asked: float | None


@dataclass(frozen=True)
class StoryLine:
    """One thing that happened about a need. ``who`` is a number, or for what was done at the board the key of a
    coordinator; ``said`` and ``place`` are as the kind of thing has them."""

    at: float
    what: str
    who: str = ""
    many: int = 0
    said: str = ""
    place: str = ""


@dataclass(frozen=True)
class Press:
    """What a coordinator does at the board about one need. ``seen`` is how each thing stood on the page that they
    looked at, by its name."""

    what: str
    number: int
    given: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, str] = field(default_factory=dict)
