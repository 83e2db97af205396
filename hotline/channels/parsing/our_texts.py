"""Our own texts, known again where people quote or forward them: an index of the shingles of all wordings.

A shingle is three words in a row. A value that a wording fills in may be anything, and all digits are alike. The index
holds every language: somebody may forward what another read. It is made when the first long text comes.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from string import Formatter
from typing import Any

from hotline.channels.catalogue import languages, messages
from hotline.channels.parsing.tokens import SIGNS, UNSPACED, WORD, bare
from hotline.community.model import Community

SIZE = 3  # words of a shingle
INSIDE, BEGINS, LEADS_ON = 1, 2, 4  # a shingle that begins after a value, one that ends before a value
LETTER = 0.5  # what a word weighs that is a single letter of a language without spaces; every other weighs 1
ENOUGH = 7.0  # what words of ours must weigh together to be known among somebody's own
LONGEST_ROW = 4.0  # and the longest row of them
QUOTED_ENOUGH = 0.6  # of the words in quote marks
NUMBER = "#"
SHORT_VALUE = 8  # words of a value between two rows of ours
LONG_VALUE = 80  # and of one that is somebody's own words
LISTED = re.compile(r"\W*(?:\d{1,4}|#)\W{1,3}\D{1,40}")
ONE_LETTER = re.compile(f"[{UNSPACED}]")

Span = tuple[int, int]  # from here, to before there


@dataclass(frozen=True)
class Piece:
    """A word of a text, bare, and its place."""

    word: str
    start: int
    end: int

    @property
    def weight(self) -> float:
        return LETTER if ONE_LETTER.match(self.word) else 1.0


def pieces(text: str) -> list[Piece]:
    """The words of a text and their places; signs are none."""
    found = (each for each in WORD.finditer(text) if each.group() not in SIGNS)
    return [Piece(_alike(each.group()), each.start(), each.end()) for each in found]


def _alike(word: str) -> str:
    return NUMBER if word.isdecimal() else bare(word.casefold())


class OurTexts:
    """The index: which places of a text are ours."""

    def __init__(self, community: Community) -> None:
        self._community = community

    def places(self, text: str) -> list[Span]:
        """The parts of a text that quote us, however much is somebody's own."""
        words = pieces(text)
        rows = self._joined(self._rows(words), words, text)
        return [self._whole(row, words, text) for row in rows if self._is_enough(row, words)]

    def quoted(self, text: str) -> bool:
        """Whether words in quote marks are ours: most of them, or one whole wording."""
        words = pieces(text)
        if not words:
            return False
        if tuple(piece.word for piece in words) in self._short:
            return True
        rows = self._rows(words)
        longest = max((_weight(words[first:last]) for first, last in rows), default=0.0)
        known = sum(_weight(words[first:last]) for first, last in rows)
        return longest >= LONGEST_ROW or known >= QUOTED_ENOUGH * _weight(words)

    def _rows(self, words: list[Piece]) -> list[Span]:
        """Rows of words, every three of which stand so in a wording."""
        rows: list[Span] = []
        for place in range(len(words) - SIZE + 1):
            if self._flags(words, place):
                first = rows.pop()[0] if rows and rows[-1][1] >= place else place
                rows.append((first, place + SIZE))
        return rows

    def _flags(self, words: list[Piece], place: int) -> int:
        key = tuple(piece.word for piece in words[place : place + SIZE])
        return self._shingles.get(hash(key), 0)

    def _joined(self, rows: list[Span], words: list[Piece], text: str) -> list[list[Span]]:
        """Rows with no more than a value between them belong to one quotation."""
        groups: list[list[Span]] = []
        for row in rows:
            if groups:
                last = groups[-1][-1]
                opens = self._flags(words, last[1] - SIZE) & LEADS_ON
                if row[0] - last[1] <= (LONG_VALUE if opens else SHORT_VALUE):
                    groups[-1].append(row)
                    continue
            groups.append([row])
        return groups

    def _is_enough(self, rows: list[Span], words: list[Piece]) -> bool:
        weights = [_weight(words[first:last]) for first, last in rows]
        return sum(weights) >= ENOUGH and max(weights) >= LONGEST_ROW

    def _whole(self, rows: list[Span], words: list[Piece], text: str) -> Span:
        """With the values before and behind on the same lines, and the list of choices below."""
        first, last = rows[0][0], rows[-1][1]
        start, end = words[first].start, words[last - 1].end
        if self._flags(words, first) & BEGINS:
            start = _with_the_value_before(text, start)
        if self._flags(words, last - SIZE) & LEADS_ON:
            end = _line_end(text, end)
        return start, _with_choices(text, end)

    @cached_property
    def _shingles(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for words, begins, leads_on in self._rows_of_ours:
            for place in range(len(words) - SIZE + 1):
                flags = INSIDE
                flags |= BEGINS if begins and place == 0 else 0
                flags |= LEADS_ON if leads_on and place == len(words) - SIZE else 0
                key = hash(words[place : place + SIZE])
                found[key] = found.get(key, 0) | flags
        return found

    @cached_property
    def _short(self) -> frozenset[tuple[str, ...]]:
        """Whole wordings of few words."""
        return frozenset(words for words, begins, leads_on in self._rows_of_ours if not (begins or leads_on))

    @cached_property
    def _rows_of_ours(self) -> list[tuple[tuple[str, ...], bool, bool]]:
        """The words of every wording between its values, and whether a value stands before and behind them."""
        return [row for language in languages() for text in _texts(messages(language)) for row in self._split(text)]

    def _split(self, wording: str) -> Iterator[tuple[tuple[str, ...], bool, bool]]:
        here = self._community
        known = {"community": here.name, "emergency": NUMBER, "crisis": NUMBER, "number": NUMBER, "phone": NUMBER}
        parts, begins = [""], [False]
        for literal, value, _, _ in Formatter().parse(wording):
            parts[-1] += literal
            if value in known:
                parts[-1] += f" {known[value].replace(NUMBER, '0')} "
            elif value is not None:
                parts.append("")
                begins.append(True)
        leads_on = [*begins[1:], False]
        for part, before, behind in zip(parts, begins, leads_on, strict=True):
            words = tuple(piece.word for piece in pieces(part))
            if words:
                yield words, before, behind


def _texts(section: Mapping[str, Any]) -> Iterator[str]:
    """Everything of a message file that is written to somebody."""
    for name, value in section.items():
        if isinstance(value, dict):
            yield from value.values() if name == "text_options" else _texts(value)
        elif name == "text":
            yield value


def _weight(words: list[Piece]) -> float:
    return sum(piece.weight for piece in words)


def _with_the_value_before(text: str, start: int) -> int:
    """A value that begins a wording belongs to it: the number of "112 is yours", or a name alone on a further line."""
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start].rstrip(" \t(")
    digits = before.rstrip("0123456789")
    if digits != before:
        return line + len(digits)
    return line if line and len(pieces(before)) <= SHORT_VALUE else start


def _line_end(text: str, end: int) -> int:
    found = text.find("\n", end)
    return len(text) if found < 0 else found


def _with_choices(text: str, end: int) -> int:
    """Two choices or more, line by line, below a quotation belong to it; a single "1 food" may be an answer."""
    stop = _line_end(text, end)
    if pieces(text[end:stop]):
        return end
    listed = [stop]
    while listed[-1] < len(text) and LISTED.fullmatch(text, listed[-1] + 1, _line_end(text, listed[-1] + 1)):
        listed.append(_line_end(text, listed[-1] + 1))
    return listed[-1] if len(listed) > 2 else end
