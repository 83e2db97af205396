"""Our own texts, known again where people quote or forward them: an index of the shingles of all wordings.

A shingle is three words in a row. A value that a wording fills in may be anything, and all digits are alike. The index
holds every language: somebody may forward what another read. It is made when the first long text comes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import takewhile
from string import Formatter
from typing import Any

from hotline.channels.catalogue import languages, messages, shipped
from hotline.channels.parsing.prepared import lasting
from hotline.channels.parsing.tokens import ASKING, SIGNS, UNSPACED, WORD, bare
from hotline.community.model import Community

SIZE = 3  # words of a shingle
# What is known of a shingle: it begins after a value, ends before one, has the end of a line in it, is the first of its
# row, or the last.
INSIDE, BEGINS, LEADS_ON, BROKEN, FIRST, LAST = 1, 2, 4, 8, 16, 32
LIGHT = 0.5  # what a number weighs, or a word of one letter in a language without spaces; every other weighs 1
ENOUGH = 8.5  # what words of ours must weigh together to be known among somebody's own
ENOUGH_ALONE = 4.0  # where they fill whole lines; also the longest row of them anywhere
QUOTED_ENOUGH = 3.0  # in quote marks
MOST_OF_IT = 0.6  # of the words in quote marks
NUMBER = "#"
NAME = "{community}"
CHOICE, QUESTION = "choice", "question"  # lines of a text of ours
SHORT_VALUE = 8  # words of a value between two rows of ours
LONG_VALUE = 80  # and of one that is somebody's own words
FEWEST_BREAKS = 2  # a question and two choices
LISTED = re.compile(r"[^\w\n]*\d{1,4}[^\w\n%]{1,3}[^\d\n]{1,40}")  # "100% yes" is no choice
ENDING = re.compile(r"[^\w\n(<\[\"“-]*")
ONE_LETTER = re.compile(f"[{UNSPACED}]")

Words = tuple[str, ...]
Span = tuple[int, int]  # from here, to before there


@dataclass(frozen=True)
class Piece:
    """A word of a text, bare, and its place."""

    word: str
    start: int
    end: int
    line: int = 0

    @property
    def weight(self) -> float:
        return LIGHT if self.word == NUMBER or ONE_LETTER.match(self.word) else 1.0


def pieces(text: str) -> list[Piece]:
    """The words of a text and their places; signs are none."""
    return [piece for number, (start, line) in enumerate(_lines(text)) for piece in _pieces(line, start, number)]


def _pieces(line: str, start: int, number: int) -> Iterator[Piece]:
    for found in WORD.finditer(line):
        if found.group() not in SIGNS:
            yield Piece(_alike(found.group()), start + found.start(), start + found.end(), number)


def _of_line(line: str) -> Iterator[str]:
    """The same without their places, of which our own texts have thousands and need none."""
    return (word for word in WORD.findall(line) if word not in SIGNS)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _alike(word: str) -> str:
    return NUMBER if word.isdecimal() else bare(word.casefold())


@dataclass(frozen=True)
class Row:
    """The words of a wording between two values, bare, and the line of each."""

    words: Words
    lines: tuple[int, ...]
    begins: bool  # after a value
    leads_on: bool  # to a value


class OurTexts:
    """The index: which places of a text are ours."""

    def __init__(self, community: Community) -> None:
        self._community = community

    def ready(self) -> None:
        """Splits our texts now, and not when the first long text comes."""
        _ = self._shingles, self._short

    def places(self, text: str) -> list[Span]:
        """The parts of a text that quote us, in their order, however much of the rest is somebody's own."""
        words = pieces(text)
        spans = []
        for group in self._groups(words):
            span, weight = self._whole(group, words, text)
            if weight >= ENOUGH or (self._is_complete(group, words) and _fills_lines(text, *span)):
                spans.append(span)
        return [self._with_neighbors(span, text) for span in _merged([*spans, *self._lists(text)])]

    def quoted(self, text: str) -> bool:
        """Whether words in quote marks are ours: most of them, or one whole wording."""
        every = pieces(text)
        words = [piece for piece in every if piece.word != NUMBER]
        known = self._known(every)
        weight = sum(piece.weight for piece in words if piece.start in known)
        if weight < QUOTED_ENOUGH:
            return False
        complete = any(self._is_complete(group, every) for group in self._groups(every))
        return complete or weight >= ENOUGH or weight >= MOST_OF_IT * _weight(words)

    def strange(self, text: str) -> str:
        """The words of a quotation that are not ours: values, and what others wrote."""
        words = pieces(text)
        known = self._known(words)
        if text.rstrip().endswith(("…", "...")):
            words = words[:-1]  # a word that was cut may look like another
        return " ".join(text[piece.start : piece.end] for piece in words if piece.start not in known)

    def _known(self, words: list[Piece]) -> set[int]:
        """Where the words stand that are in a row of ours, or a label."""
        rows = self._rows(words)
        for place in range(len(words)):
            for length in (4, 3, 2, 1):
                if _words(words[place : place + length]) in self._short:
                    rows.append((place, place + length))
        known = {words[place].start for first, last in rows for place in range(first, min(last, len(words)))}
        for group in self._groups(words):
            (start, end), _ = self._whole(group, words, "")
            known |= {piece.start for piece in words if start <= piece.start < end}
        return known

    def _rows(self, words: list[Piece]) -> list[Span]:
        """Rows of words, every three of which stand so in a wording."""
        rows: list[Span] = []
        for place in range(len(words) - SIZE + 1):
            if self._flags(words, place):
                first = rows.pop()[0] if rows and rows[-1][1] > place else place
                rows.append((first, place + SIZE))
        return rows

    def _flags(self, words: list[Piece], place: int) -> int:
        flags = self._shingles.get(hash(_words(words[place : place + SIZE])), 0)
        return flags if flags & BROKEN or words[place].line == words[place + SIZE - 1].line else 0

    def _groups(self, words: list[Piece]) -> list[list[Span]]:
        """Rows with no more than a value between them belong to one quotation; one of them must be long."""
        groups: list[list[Span]] = []
        for row in self._rows(words):
            if groups and row[0] - groups[-1][-1][1] <= self._room(groups[-1][-1], row, words):
                groups[-1].append(row)
            else:
                groups.append([row])
        longest = (max(_weight(words[first:last]) for first, last in group) for group in groups)
        return [group for group, weight in zip(groups, longest, strict=True) if weight >= ENOUGH_ALONE]

    def _room(self, before: Span, after: Span, words: list[Piece]) -> int:
        """How many words may stand between two rows: free words only behind a long one, and over lines those alone."""
        leads_on = self._flags(words, before[1] - SIZE) & LEADS_ON
        if leads_on and _weight(words[before[0] : before[1]]) >= ENOUGH_ALONE:
            return LONG_VALUE
        return SHORT_VALUE if words[before[1] - 1].line == words[after[0]].line else -1

    def _is_complete(self, group: list[Span], words: list[Piece]) -> bool:
        """Whether it begins and ends as a wording does."""
        first, last = self._flags(words, group[0][0]), self._flags(words, group[-1][1] - SIZE)
        return bool(first & FIRST and last & LAST)

    def _is_alone(self, group: list[Span], words: list[Piece]) -> bool:
        """Whether nothing but values stands before and behind it: two short rows in somebody's own long line may begin
        as one wording does, and end as another."""
        (start, _), (_, end) = group[0], group[-1]
        begins = start == 0 or self._flags(words, start) & BEGINS
        return bool(begins and (end == len(words) or self._flags(words, end - SIZE) & LEADS_ON))

    def _whole(self, group: list[Span], words: list[Piece], text: str) -> tuple[Span, float]:
        """The quotation with the values before and behind it and the choices below, and what its words weigh."""
        first, last = group[0][0], group[-1][1]
        start, end = words[first].start, words[last - 1].end
        weight = sum(_weight(words[one:other]) for one, other in group)
        if not text:
            return (start, end), weight
        if self._flags(words, first) & BEGINS:
            start = _with_the_value_before(text, start)
        if self._flags(words, last - SIZE) & LEADS_ON:
            end = _line_end(text, end)
        end = ENDING.match(text, end).end()  # type: ignore[union-attr]  # it matches nothing too
        return (_before_marks(text, start), self._with_choices(text, start, end)), weight

    def _with_choices(self, text: str, start: int, end: int) -> int:
        """Two choices or more, line by line, below a quotation belong to it; a single "1 food" may be an answer."""
        stop = _line_end(text, end)
        if pieces(text[end:stop]):
            return end
        begun = LISTED.fullmatch(text[text.rfind("\n", 0, end) + 1 : stop]) is not None
        listed = [stop]
        while listed[-1] < len(text) and LISTED.fullmatch(text, listed[-1] + 1, _line_end(text, listed[-1] + 1)):
            listed.append(_line_end(text, listed[-1] + 1))
        return listed[-1] if begun or len(listed) > 2 or text[:start].strip() else end

    def _with_neighbors(self, span: Span, text: str) -> Span:
        """Lines of ours above and below: "Sorry, I did not get that." is too short to be known alone."""
        start, end = span
        while start > 1 and text[start - 1] == "\n":
            above = text.rfind("\n", 0, start - 1) + 1
            if not self._says_so(text[above : start - 1]):
                break
            start = above
        while end < len(text) and text[end] == "\n" and self._says_so(text[end + 1 : _line_end(text, end + 1)]):
            end = _line_end(text, end + 1)
        return start, end

    def _says_so(self, line: str) -> bool:
        """Whether a line stands so in a text of ours, its values aside; labels alone may be an answer."""
        words = pieces(line)
        rows = self._rows(words)
        longest = max((_weight(words[first:last]) for first, last in rows), default=0.0)
        complete = longest >= ENOUGH_ALONE and self._is_complete(rows, words) and self._is_alone(rows, words)
        whole = _weight(words) >= ENOUGH_ALONE and _words(words) in self._whole_texts
        return (complete or whole) and self.quoted(line)

    def _lists(self, text: str) -> list[Span]:
        """Choices as they stand in a text of ours, line by line, with the question above them."""
        if text.count("\n") < FEWEST_BREAKS:
            return []
        lines = [(found.start(), found.end(), self._kind(found.group())) for found in re.finditer("[^\n]+", text)]
        found: list[Span] = []
        while lines:
            run = list(takewhile(lambda line: line[2] == CHOICE, lines[1:]))
            start, _, kind = lines[0]
            if kind and len(run) >= 2:
                found.append((start, run[-1][1]))
                lines = lines[len(run) :]
            lines = lines[1:]
        return found

    def _kind(self, line: str) -> str:
        words = _words(pieces(line))
        if LISTED.fullmatch(line):
            return CHOICE if words[1:] in self._short else ""
        return QUESTION if words in self._short or (ASKING.search(line) and self.quoted(line)) else ""

    @cached_property
    def _index(self) -> "Index":
        """What stands in the texts that name this community, and in all others."""
        here = self._community
        own = any(messages(language) is not shipped(language) for language in languages())
        others, naming = (_index if own else _shipped_index)()
        return _indexed([row for text in naming for row in _split(text, here.name)]).joined(others)

    @cached_property
    def _shingles(self) -> Mapping[int, int]:
        return self._index.shingles

    @cached_property
    def _whole_texts(self) -> frozenset[Words]:
        return self._index.whole

    @cached_property
    def _short(self) -> frozenset[Words]:
        """Whole wordings, choices and labels."""
        here = self._community
        labels = [label for need in here.needs.values() for label in need.labels.values()]
        labels += [label for area in here.areas.values() for label in area.labels.values()]
        return self._index.short.union(_words(pieces(label)) for label in labels)


@dataclass(frozen=True)
class Index:
    """Some wordings: what is known of each shingle in them, those that have no value, and the labels beside them."""

    shingles: Mapping[int, int]
    whole: frozenset[Words]
    short: frozenset[Words]

    def joined(self, more: "Index") -> "Index":
        """This and more."""
        one, other = self.shingles, more.shingles
        both = {key: one[key] | other[key] for key in one.keys() & other.keys()}
        return Index({**other, **one, **both}, self.whole | more.whole, self.short | more.short)


def _index() -> tuple[Index, list[str]]:
    """All of every language, but for the texts that name the community: those themselves."""
    with lasting():
        texts = [text for language in languages() for text in _texts(messages(language))]
        naming = [text for text in texts if NAME in text]
        rows = [row for text in texts if NAME not in text for row in _split(text)]
        files = [messages(language) for language in languages()]
        labels = [label for file in files for label in (file["name"], *_choices(file))]
        return _indexed(rows, labels), naming


_shipped_index = cache(_index)


def _indexed(rows: Iterable[Row], labels: Iterable[str] = ()) -> Index:
    found: dict[int, int] = {}
    whole: set[Words] = set()
    for row in rows:
        for place in range(len(row.words) - SIZE + 1):
            flags = INSIDE
            if place == 0:
                flags |= FIRST | (BEGINS if row.begins else 0)
            if place == len(row.words) - SIZE:
                flags |= LAST | (LEADS_ON if row.leads_on else 0)
            flags |= BROKEN if row.lines[place] != row.lines[place + SIZE - 1] else 0
            key = hash(row.words[place : place + SIZE])
            found[key] = found.get(key, 0) | flags
        if not (row.begins or row.leads_on):
            whole.add(row.words)
    return Index(found, frozenset(whole), frozenset(whole).union(_words(pieces(label)) for label in labels))


def _split(wording: str, name: str = "") -> Iterator[Row]:
    """The words of a wording between its values; `name` is what the community is called."""
    known = {"community": name, **dict.fromkeys(("emergency", "crisis", "number", "phone"), "0")}
    parts, begins = [""], [False]
    for literal, value, _, _ in Formatter().parse(wording):
        parts[-1] += literal
        if value in known:
            parts[-1] += f" {known[value]} "
        elif value is not None:
            parts.append("")
            begins.append(True)
    for part, before, behind in zip(parts, begins, [*begins[1:], False], strict=True):
        told = [(_alike(word), line) for line, text in enumerate(part.split("\n")) for word in _of_line(text)]
        if told:
            words, lines = zip(*told, strict=True)
            yield Row(words, lines, before, behind)


def _texts(section: Mapping[str, Any]) -> Iterator[str]:
    """Everything of a message file that is written to somebody."""
    for name, value in section.items():
        if name == "labels":
            yield from value.values()
        elif isinstance(value, dict):
            yield from _texts(value)
        elif name == "text":
            yield value


def _choices(section: Mapping[str, Any]) -> Iterator[str]:
    for name, value in section.items():
        if isinstance(value, dict):
            yield from value.values() if name == "text_options" else _choices(value)


def _words(some: list[Piece]) -> Words:
    return tuple(piece.word for piece in some)


def _weight(words: list[Piece]) -> float:
    return sum(piece.weight for piece in words)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            start, end = merged[-1][0], max(end, merged.pop()[1])
        merged.append((start, end))
    return merged


def _fills_lines(text: str, start: int, end: int) -> bool:
    """Whether it stands in lines of its own, with others above or below."""
    above, below = text.rfind("\n", 0, start) + 1, _line_end(text, end)
    alone = above == 0 and below == len(text)
    return not alone and not pieces(text[above:start]) and not pieces(text[end:below])


def _before_marks(text: str, start: int) -> int:
    """Where the marks begin that stand before a word: "¿"."""
    return len(text[:start].rstrip("¿¡*•"))


def _with_the_value_before(text: str, start: int) -> int:
    """A value that begins a wording belongs to it: the number of "112 is yours", or a name alone on a further line."""
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start].rstrip(" \t(")
    digits = before.rstrip("0123456789")
    if digits != before:
        return line + len(digits)
    return line if line and len(pieces(before)) <= SHORT_VALUE else start


def _line_end(text: str, place: int) -> int:
    found = text.find("\n", place)
    return len(text) if found < 0 else found
