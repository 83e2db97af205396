"""Broadcasts: messages of the team's to many people at once, and how each reaches one of them. Plain data."""

from collections.abc import Mapping
from dataclasses import dataclass

GIVES, ASKS = "gives", "asks"  # whom one may be for: who gives something, or who has asked for something


@dataclass(frozen=True)
class Broadcast:
    """A message to many (UTC seconds). ``words`` are by language; ``whom`` is for whom it is: ``who`` (gives, asks),
    ``what``, ``area``, ``language``, each "" for any. ``rings`` is whether those are rung who get no texts, ``people``
    to how many it was. Until ``until`` nothing of it goes. ``over_at`` is since when it is no longer needed,
    ``over_told`` whether those who had it are told so."""

    id: int
    coordinator: str
    written_at: float
    words: Mapping[str, str]
    whom: Mapping[str, str]
    rings: bool
    people: int
    until: float
    due_at: float | None
    over_at: float | None = None
    over_by: str = ""
    over_told: bool = False


@dataclass(frozen=True)
class Reached:
    """When the last message to many went to somebody, and whether they wrote since."""

    at: float
    heard: bool


@dataclass(frozen=True)
class Recipient:
    """Somebody for whom one is. ``why`` is why it does not reach them, "" where it does; ``language`` that in which
    they are spoken to, ``words`` the language of the words that they get, ``new`` whether they are told first who we
    are. ``goes_at`` is when it may go to them (UTC seconds), ``lately`` how many texts they had in the last week.
    ``until`` is the end of their pause."""

    phone: str
    why: str = ""
    language: str = ""
    words: str = ""
    new: bool = False
    by_call: bool = False
    goes_at: float = 0.0
    lately: int = 0
    until: float = 0.0
