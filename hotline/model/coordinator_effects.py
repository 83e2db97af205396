"""Coordinator effects: what a coordinator may ask to be done, beyond what everybody may."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Close:
    """A coordinator ends this need; why is for the record."""

    number: int
    why: str
    done: bool


@dataclass(frozen=True)
class Reopen:
    """A need that was closed, or expired, is asked around again."""

    number: int


@dataclass(frozen=True)
class Link:
    """A need is about the same as another one, ``into``: it is looked after there, and no longer by itself."""

    number: int
    into: int


@dataclass(frozen=True)
class Split:
    """A part of a need becomes a need of its own, of the same neighbor."""

    number: int
    what: str
    area: str
    details: str


@dataclass(frozen=True)
class Say:
    """Words of the team's for whoever asked for this need. ``kept`` is that they hear them when they call."""

    number: int
    reader: str
    words: str
    kept: bool = False


@dataclass(frozen=True)
class LetGo:
    """A need that was held for danger goes to volunteers."""

    number: int


@dataclass(frozen=True)
class AskAgain:
    """Whoever was asked about this need and said nothing is asked a second time."""

    number: int


@dataclass(frozen=True)
class PassOn:
    """Words about a need that were held for danger go to the other side."""

    number: int


@dataclass(frozen=True)
class Approve:
    """A coordinator says yes to someone who wants to help."""

    phone: str


@dataclass(frozen=True)
class TakeBack:
    """This volunteer has the need no longer, though they did not say so."""

    number: int
    volunteer: str


@dataclass(frozen=True)
class Looked:
    """A coordinator reads what was flagged about this person; nobody has to be rung for it."""

    party: str


@dataclass(frozen=True)
class Seen:
    """A person has looked at these flags about one person, "" for the hotline itself."""

    flags: tuple[int, ...]
    party: str


@dataclass(frozen=True)
class SeenAbout:
    """A person has looked at everything that was flagged about this need."""

    number: int


@dataclass(frozen=True)
class OnCall:
    """The coordinator is rung until then (UTC seconds) when something cannot wait; 0 is never again by itself."""

    until: float


@dataclass(frozen=True)
class Misread:
    """These words were read wrongly: they are kept to learn from, and whose they were (``party``) is not."""

    words: str
    party: str


Order = (
    Close
    | Reopen
    | Link
    | Split
    | Say
    | LetGo
    | AskAgain
    | PassOn
    | Approve
    | TakeBack
    | Looked
    | Seen
    | SeenAbout
    | OnCall
    | Misread
)
