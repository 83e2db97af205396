"""Traces of one person in what others wrote and read: their number, however it is written, their words and their name.

Deciding what to look for is pure; the rows that are looked through come from the database, and from the carrier.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote_plus

BETWEEN = r"[\s().,+-]{0,3}"  # what may stand between two digits of a number, written or read aloud
NATIONAL = 10  # digits at the end that tell a number apart, whatever stands before
LEAST_LETTERS, LEAST_WORDS = 12, 3  # of words that nobody else would say just so
NO_WORD = re.compile(r"[\W_]+")
ESCAPED = re.compile(r"\\[nrt]")


@dataclass(frozen=True)
class Traces:
    """What gives one person away: the number in E.164, all that they said, and their name, which others have as well:
    it counts only where the words are from or for somebody who had to do with them."""

    phone: str
    said: frozenset[str]
    name: str = ""

    @classmethod
    def of(cls, phone: str, said: Iterable[str], name: str) -> "Traces":
        plain = map(_plain, said)
        own = (each for each in plain if len(each) >= LEAST_LETTERS and each.count(" ") >= LEAST_WORDS - 1)
        return cls(phone, frozenset(own), _plain(name))

    def are_in(self, words: str, *, near: bool) -> bool:
        """Whether something of them stands there; `near` says that whoever reads or wrote it had to do with them."""
        if not words:
            return False
        if self.number_is_in(words):
            return True
        plain = f" {_plain(words)} "
        return any(each in plain for each in self.said) or bool(near and self.name and f" {self.name} " in plain)

    def number_is_in(self, words: str) -> bool:
        """Whether their number stands there, however it is written."""
        return bool(self._number.search(words) or self._number.search(unquote_plus(words)))

    @cached_property
    def _number(self) -> re.Pattern[str]:
        digits = re.sub(r"\D", "", self.phone)
        abroad, here = (BETWEEN.join(part) for part in (digits[:-NATIONAL], digits[-NATIONAL:]))
        return re.compile(rf"(?<!\d)(?:{abroad}{BETWEEN})?{here}(?!\d)")


def _plain(words: str) -> str:
    """Small letters and single spaces, without what JSON, XML or an address made of them."""
    return NO_WORD.sub(" ", html.unescape(ESCAPED.sub(" ", words))).strip().casefold()
