"""Coordinator effects: what a coordinator may ask to be done, beyond what everybody may."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Close:
    """A coordinator ends this need; why is for the record."""

    number: int
    why: str
    done: bool


@dataclass(frozen=True)
class Say:
    """Words of the team's for whoever asked for this need."""

    number: int
    reader: str
    words: str


@dataclass(frozen=True)
class LetGo:
    """A need that was held for danger goes to volunteers."""

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
class Seen:
    """A person has looked at this flag."""

    flag: int


@dataclass(frozen=True)
class SeenAbout:
    """A person has looked at everything that was flagged about this need."""

    number: int


@dataclass(frozen=True)
class Misread:
    """These words were read wrongly: they are kept to learn from, and whose they were is not."""

    words: str


Order = Close | Say | LetGo | PassOn | Approve | Seen | SeenAbout | Misread
