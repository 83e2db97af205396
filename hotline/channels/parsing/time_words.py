"""Words of time: what the words, numbers and marks of a text mean for a time, in one language."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from hotline.channels.parsing.lexicon import alternatives
from hotline.channels.parsing.tokens import MARKS, UNSEEN, UNSPACED, bare
from hotline.model.calendar import WEEKDAYS

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
PARTS = ("morning", "noon", "afternoon", "evening")
DAYS = ("today", "tomorrow", "overmorrow", *WEEKDAYS)
TIMELY = frozenset(
    (
        *(*PARTS, *DAYS, *MONTHS, "am", "pm", "every", "weekly", "next", "this", "at", "by", "after", "around"),
        *("at_or_to", "hour_at", "hour_at_or_to", "between", "from", "to", "month", "dayof"),
    )
)
"""Words that tell a time."""
FOLLOWING = TIMELY - {"from"} | {"or", "link", "in", "stop", "comma", "but", "zip", "and", "date", "dash", "not"}
"""What may follow a bare number that is an hour; any other word makes it a count or an address."""
ALONE = frozenset((*PARTS, *DAYS))
"""Names that are a time by themselves, where they are clear."""
BESIDE = TIMELY | {
    *("in", "later", "earlier", "more", "minutes", "hours", "days", "th", "oclock", "hour", "hour_beside"),
    *("half_past", "quarter_past", "quarter_to", "half", "quarter", "quarter_less", *map(str, range(60))),
}
"""Names of which two are in every other time, or one and a number in digits."""
ACCENTS_NEEDED = "="  # before a word that is another one without its accents
BREAKS = ("stop", "comma", "but")

HALF = re.compile(r"(?<![^\W\d_])([ap])\.\s?m\b\.?")  # "p.m."
LEXEME = re.compile(
    rf"""
      (?P<other>\+?\d{{0,3}}[ (.-]{{0,3}}\d{{3}}[ ).-]{{1,3}}\d{{3}}[ .-]?\d{{4}}|\d{{3}}[.-]\d{{4}}(?!\d)
        |[$€£¥\#№]\s?\d+(?:[.,]\d+){{0,2}}
        |\d+(?:[.,]\d+){{0,2}}\s?[$€£¥%°]|\d+,\d+)
    | (?P<glued>[a-z]+\d+[a-z]+)
    | (?P<zip>\d{{5,}}(?:-\d{{4}})?)
    | (?P<date>\d{{4}}-\d\d?-\d\d?(?!\d)|\d\d?/\d\d?(?:/\d{{2,4}})?(?![\d/])|\d\d?[.-]\d\d?[.-](?:\d\d){{1,2}}(?!\d))
    | (?P<clock>\d\d?:\d\d(?![\d:])|\d\d?h\d\d(?!\d))
    | (?P<dotted>\d\d?\.\d\d(?!\d))
    | (?P<num>\d+)
    | (?P<word>[{UNSPACED}&@]|(?:[^\W\d_{UNSPACED}][{MARKS}]*)+)
    | (?P<dash>(?<=[\d\w])\s?[-–—~]\s?(?=\d)|(?<=\d)[-–—~]|\s[-–—]\s)
    | (?P<comma>[,،、])
    | (?P<stop>[.;:!?…\n()\[\]"“”«»。；！؛؟])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Lexeme:
    """A word, a number or a mark of a text."""

    kind: str
    text: str
    written: str = ""


@dataclass(frozen=True)
class Item:
    """What some lexemes mean in one language. ``kind`` is the name of the meaning, "num", "clock" and the like, or
    "word" for what tells no time; ``place`` is the first of its lexemes, ``weak`` that it needs another time beside it.
    """

    kind: str
    text: str
    place: int
    length: int
    weak: bool = False


def lexed(words: str) -> list[Lexeme]:
    """The words, numbers and marks of a text."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", UNSEEN.sub("", words)).casefold())
    plain = "".join(str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in plain)
    found = ((match.lastgroup or "", match.group()) for match in LEXEME.finditer(HALF.sub(r"\1m", plain)))
    return [Lexeme(kind, bare(text) if kind == "word" else text.strip(), text.strip()) for kind, text in found]


class TimeWords:
    """The words of time of one language. With `as_written`, who writes accents means the word that has them."""

    def __init__(self, section: Mapping[str, list[str]], as_written: bool) -> None:
        self._bare: dict[tuple[str, ...], str] = {}
        self._written: dict[tuple[str, ...], str] = {}
        self._as_written = as_written
        self.telling: dict[str, list[Set[str]]] = {}  # the words of each phrase that may be a time, by its longest
        self.beside: set[str] = set()  # the longest word of each that is a part of one
        lengths: dict[str, set[int]] = {}
        for name, phrases in section.items():
            for told in (each for written in phrases for each in alternatives(written)):
                phrase = lexed(told)
                if not told.startswith(ACCENTS_NEEDED):
                    self._bare.setdefault(tuple(lexeme.text for lexeme in phrase), name)
                self._written[tuple(lexeme.written for lexeme in phrase)] = name
                lengths.setdefault(phrase[0].text, set()).add(len(phrase))
                names = set(name.removeprefix("~").split())
                words = [lexeme.text for lexeme in phrase if lexeme.kind in ("word", "num")]
                longest = max(words, key=len, default="")
                if len(names) > 1 or (ALONE & names and not name.startswith("~")):
                    self.telling.setdefault(longest, []).append(frozenset(words))
                elif BESIDE & names:
                    self.beside.add(longest)
        self._lengths = {word: tuple(sorted(some, reverse=True)) for word, some in lengths.items()}

    @property
    def begins(self) -> Set[str]:
        """The words that a phrase may begin with; a text without any of them has only numbers and marks."""
        return self._lengths.keys()

    def items(self, lexemes: list[Lexeme]) -> list[Item]:
        """What each phrase means, the longest first."""
        items: list[Item] = []
        place = 0
        while place < len(lexemes):
            length, name = self._at(lexemes, place)
            for each in name.removeprefix("~").split():
                kind, text = ("num", each) if each.isdecimal() else (each, "")
                items.append(Item(kind, text, place, length, weak=name.startswith("~")))
            if not name:
                items.append(Item(lexemes[place].kind, lexemes[place].text, place, 1))
            place += length
        if not any(item.weak for item in items):
            return items
        alone = [_stands_alone(items, at) for at in range(len(items))]
        return [
            Item("word", "", item.place, item.length) if lone else item for item, lone in zip(items, alone, strict=True)
        ]

    def _at(self, lexemes: list[Lexeme], place: int) -> tuple[int, str]:
        for length in self._lengths.get(lexemes[place].text, ()):
            phrase = lexemes[place : place + length]
            name = self._written.get(tuple(lexeme.written for lexeme in phrase))
            plain = not self._as_written or all(lexeme.written == lexeme.text for lexeme in phrase)
            if name is None and plain:
                name = self._bare.get(tuple(lexeme.text for lexeme in phrase))
            if name is not None:
                return length, name
        return 1, ""


def plain_items(lexemes: list[Lexeme]) -> list[Item]:
    """What stands there for a language that knows none of the words."""
    return [Item(lexeme.kind, lexeme.text, place, 1) for place, lexeme in enumerate(lexemes)]


def _stands_alone(items: list[Item], at: int) -> bool:
    """Whether this is a word that tells a time only beside another one, and there is none."""
    if not items[at].weak:
        return False
    timely = TIMELY | {"clock", "date"} | (set() if items[at].kind in ("num", "oclock") else {"num"})
    before = [item.kind for item in items[:at] if item.place < items[at].place][-1:]
    behind = [item.kind for item in items[at + 1 :] if item.place > items[at].place and item.kind != "comma"][:1]
    return not timely.intersection((*before, *behind))


def spoiled_places(items: list[Item]) -> Iterator[int]:
    """The lexemes of clauses that are about another time: what is past, opening hours, doses; and greetings."""
    yield from (each for item in items if item.kind == "apart" for each in range(item.place, item.place + item.length))
    clause: list[Item] = []
    for item in (*items, Item("stop", "", 0, 0)):
        if item.kind not in BREAKS:
            clause.append(item)
            continue
        if any(each.kind == "spoils" for each in clause):
            yield from (each.place for each in clause)
        clause = []
