"""Drawn: cards and entries of the lists as HTML, kept for as long as they say the same.

Of a hundred cards that the overview shows a text changes one. Each is known by all that stands in it, in which language
and how long ago: what says anything else is another one, so that none is ever old.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from jinja2 import Template
from markupsafe import Markup

from hotline.model.board import Hand
from hotline.web.board.words import Words

MOST = 1000  # that are kept: as ages stand on them, all are others soon


@dataclass(frozen=True)
class Shown:
    """A card as the page says it."""

    number: int
    code: str
    urgent: bool
    title: str
    facts: str
    last: str
    marks: tuple[str, ...]
    moves: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """A line of the tray: what tells it from the others (two people may write about one request), where it leads, what
    it says, who looks after it, how many calls of theirs were missed, and whether they can be called and written to."""

    key: str
    path: str
    title: str
    why: str
    since: float
    subject: str
    hand: Hand | None
    grave: bool = False
    missed: int = 0
    has_number: bool = False
    writes: bool = False


class Drawn:
    """The macros of one template, each carried out once for what says the same."""

    def __init__(self, cards: Template, base: str) -> None:
        self._cards: Any = cards.module
        self._base = base
        self._kept: dict[Hashable, Markup] = {}

    def card(self, card: Shown, words: Words) -> Markup:
        return self._of((words.language, card), lambda: self._cards.card(card, self._base, words))

    def entry(self, entry: Entry, words: Words) -> Markup:
        ago = words.ago(entry.since)
        return self._of((words.language, ago, entry), lambda: self._cards.entry(entry, self._base, words, ago))

    def _of(self, said: Hashable, draw: Callable[[], Markup]) -> Markup:
        if (known := self._kept.get(said)) is None:
            if len(self._kept) >= MOST:
                self._kept.clear()
            known = self._kept[said] = draw()
        return known
