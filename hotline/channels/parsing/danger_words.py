"""Words of danger, by language and class: read from the vocabularies, and looked up with their slips.

A phrase is written so: ``bleed*`` is any word that begins like this, ``..`` are up to three words, ``(a|b)`` is one of
several, ``(a|b)?`` one or none, ``<who>`` a word of that class, ``heart ?burn`` is written in one word or in two, and
``19##`` is a year.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from hotline.channels.parsing.lexicon import danger_sections, words_told
from hotline.channels.parsing.prepared import kept
from hotline.channels.parsing.tokens import Phrase, spoken, tokens

# Classes that mean something only beside others: a text that has nothing else is not looked at.
BESIDE = frozenset(
    (
        *("who", "child", "me", "him", "not", "no", "small", "much", "place", "now", "past", "hedge", "laugh", "about"),
        *("unless", "plea", "figure", "door", "height", "under", "pain", "numb_part", "sweat", "lips", "rise", "holds"),
        *("will", "means", "story", "throat", "drunk", "smell", "stroke_hint", "plain", "over", "thing", "mild"),
        *("leaving", "cease", "needless", "dread"),
    )
)
SLIPS = "slips"  # words whose slips are forgiven: "breating"
SMALL = (
    "who",
    "child",
    "me",
    "him",
    "not",
    "no",
    "small",
    "much",
    "now",
    "past",
    "hedge",
    "laugh",
    "about",
    "plea",
    "place",
)
APART = "apart"  # everyday words that look like a slip of one of these, and are none
SAME = "same"  # letters that are read as others, two by two: "槍枪"
EXACT = "exact"  # words that count only with their accents
ACCENTED = ("vi", "tr")  # a word that is written with its accents is no other word with other accents
PLAIN = ("en",)  # its words have no accents: "gün" is no gun
SHORTEST_SLIP = 5  # letters; shorter words stand in the lists as people misspell them
LONG_WORD = 9  # letters; two slips are forgiven
EVERYDAY = 1000  # what a word counts that everybody writes: nothing rings by it that can ring by another
LONGEST = 99  # words; no phrase is longer
LEAST_PREFIX = 2  # letters
REMEMBERED = 16384  # words
FRENCH = ("l", "d", "j", "m", "t", "s", "n", "c", "qu")  # hung on before a vowel: "limmeuble"
ARABIC = ("ال", "و", "وال", "ب", "بال", "ف", "ل", "لل")
SIGN = re.compile(r"(\(|\)\??|\||\.\.|<\w+>)")


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a phrase: the words that may stand there, their beginnings, a class, rows of parts, or a gap."""

    words: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    name: str = ""
    gap: bool = False
    rows: tuple["Row", ...] = ()
    optional: bool = False

    def fits(self, word: str) -> bool:
        return word in self.words or (bool(self.prefixes) and word.startswith(self.prefixes))


Row = tuple[Part, ...]
Ring = tuple[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase and the class it belongs to."""

    name: str
    parts: Row
    leans: bool  # on a class: it is looked for when the classes are known
    single: bool  # one word, and no more
    most: int  # words it may have of its own, outside its gaps
    needs: frozenset[str]  # behind its first word: one of these must be in the text; nothing where that is not known
    besides: tuple[frozenset[str], ...] = ()  # and one of each of these


class Phrases:
    """Phrases that begin alike, by a word that each needs: only those are followed that may be in a text at all."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.single: list[Entry] = []
        self._always: list[Entry] = []
        self._by_need: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.single:
                self.single.append(entry)
            elif not entry.needs:
                self._always.append(entry)
            for word in entry.needs:
                self._by_need.setdefault(word, []).append(entry)

    def that_may_be_in(self, words: frozenset[str]) -> Iterable[Entry]:
        """Those of several words, each once."""
        needed = [self._by_need[word] for word in words if word in self._by_need]
        if not needed:
            return self._always
        found = {id(entry): entry for some in needed for entry in some}.values()
        return (*self._always, *(each for each in found if not any(map(words.isdisjoint, each.besides))))


NONE = Phrases(())


class Tongue:
    """The words of danger of one language, by how a phrase begins."""

    def __init__(self) -> None:
        self._begun: dict[str, Phrases] = {}  # remembered, by word and by class
        self._led: dict[str, Phrases] = {}
        self.literal: dict[str, list[Entry]] = {}
        self.prefix: dict[str, list[Entry]] = {}
        self.by_class: dict[str, list[Entry]] = {}
        self.near: dict[str, list[str]] = {}  # words whose slips are forgiven, by their first letter
        self.words: set[str] = set()
        self.same: dict[int, str] = {}
        self.accented: frozenset[str] = frozenset()  # words that are others without their accents: "faça"

    def beginning(self, word: str) -> Phrases:
        """The phrases that may begin with this word."""
        found = self._begun.get(word)
        if found is None:
            if len(self._begun) > REMEMBERED:
                self._begun.clear()
            entries = tuple(self._beginning(word))
            found = self._begun[word] = Phrases(entries) if entries else NONE
        return found

    def led_by(self, name: str) -> Phrases:
        """The phrases that may begin with a word of this class."""
        found = self._led.get(name)
        if found is None:
            found = self._led[name] = Phrases(self.by_class.get(name, ()))
        return found

    def _beginning(self, word: str) -> Iterator[Entry]:
        yield from self.literal.get(word, ())
        for length in range(LEAST_PREFIX, len(word) + 1) if self.prefix else ():
            yield from self.prefix.get(word[:length], ())

    def learn(self, name: str, row: Row) -> None:
        gaps = any(part.gap for part in _flat(row))
        own = sum(not part.gap for part in row) if gaps else LONGEST
        single = len(row) == 1 and not (row[0].rows or row[0].name or row[0].gap)
        needs = _needed(row[1:])
        besides = tuple(each for each in _all_needed(row[1:]) if each != needs)
        entry = Entry(name, row, any(part.name for part in _flat(row)), single, own, needs, besides)
        for first in _firsts(row):
            for word in first.words:
                self.literal.setdefault(word, []).append(entry)
            for prefix in first.prefixes:
                self.prefix.setdefault(prefix, []).append(entry)
            if first.name:
                self.by_class.setdefault(first.name, []).append(entry)

    def forgive(self, word: str) -> None:
        if len(word) >= SHORTEST_SLIP:
            self.near.setdefault(word[0], []).append(word)


class Vocabulary:
    """The words of danger of every language, and which of them ring at all."""

    def __init__(self, emergency: str) -> None:
        self.tongues: dict[str, Tongue] = {}
        self._literal: dict[str, frozenset[Ring]] = {}  # what rings, and in which languages
        self._prefix: dict[str, frozenset[Ring]] = {}
        self._known: set[str] = set()
        self._heard: dict[str, frozenset[Ring]] = {}
        self._mended: dict[tuple[str, str], str] = {}
        sections = list(danger_sections())
        self._everyday = frozenset(word for language, _ in sections for word in words_told(language))
        for language, section in sections:
            called = {name: [each.replace("{emergency}", emergency) for each in some] for name, some in section.items()}
            self._learn(language, called)
        self._forgiving = tuple(language for language, tongue in self.tongues.items() if tongue.near)

    def _learn(self, language: str, section: dict[str, list[str]]) -> None:
        tongue = self.tongues[language] = Tongue()
        pairs = "".join(section.pop(SAME, ()))
        tongue.same = {ord(one): other for one, other in zip(pairs[::2], pairs[1::2], strict=True)}
        apart = section.pop(APART, [])
        self._known.update(word for each in apart for word in tokens(each))
        tongue.accented = frozenset(word for word in apart if not word.isascii())
        for word in section.pop(SLIPS, ()):
            tongue.forgive(word)
        exact = frozenset(section.pop(EXACT, ()))
        ringing: list[Row] = []
        count: Counter[str] = Counter()
        for name, phrases in section.items():
            for row in (row for phrase in phrases for row in phrases_of(phrase, language, exact)):
                if language in ACCENTED and name not in SMALL:
                    row = _surely(row)
                words = [word for part in _flat(row) for word in (*part.words, *part.prefixes)]
                count.update(dict.fromkeys(words, EVERYDAY if name in BESIDE and len(row) == 1 else 1))
                if name not in BESIDE:
                    ringing.append(row)
                tongue.words.update(words)
                tongue.learn(
                    name, _hung_on(_surely(row) if language in ACCENTED and name not in BESIDE else row, language)
                )
        tongue.words |= words_told(language)
        self._known |= tongue.words
        count.update(dict.fromkeys(self._everyday, EVERYDAY))
        for row in ringing:
            self._listen(language, row, count)

    def _listen(self, language: str, row: Row, count: Counter[str]) -> None:
        """A phrase rings by the part of it whose words are the rarest; if these are everyday words, by two parts."""
        parts = _by_rarity(row, count)
        if not parts:
            raise ValueError(f"a phrase of danger without a word of its own: {row}")
        (commonness, first), *others = parts
        beside: frozenset[str] = frozenset()
        if commonness >= EVERYDAY and others and not any(part.prefixes for part in others[0][1]):
            beside = self._as_written((word for part in others[0][1] for word in part.words), language)
        for part in (_hung_on((part,), language)[0] for part in first):
            for word in self._as_written(part.words, language):
                self._literal[word] = self._literal.get(word, frozenset()) | {(language, beside)}
            for prefix in part.prefixes:
                self._prefix[prefix] = self._prefix.get(prefix, frozenset()) | {(language, beside)}

    def _as_written(self, words: Iterable[str], language: str) -> frozenset[str]:
        """These words, also in the letters that are read as theirs."""
        own = frozenset(words)
        same = self.tongues[language].same.items()
        return own | {chr(one) for one, other in same if other in own}

    def rings(self, word: str) -> frozenset[Ring]:
        """The languages in which this word, or one that it is a slip of, may speak of danger; and the words of which
        one must stand beside it, if any must."""
        found = self._heard.get(word)
        if found is None:
            if len(self._heard) > REMEMBERED:
                self._heard.clear()
            found = self._heard[word] = frozenset(self._ring(word))
        return found

    def _ring(self, word: str) -> Iterator[Ring]:
        yield from self._literal.get(word, ())
        for length in range(LEAST_PREFIX, len(word) + 1):
            yield from self._prefix.get(word[:length], ())
        for language in self._forgiving:
            if (mended := self.mended(word, language)) != word:
                yield from (ring for ring in self._literal.get(mended, ()) if ring[0] == language)

    def mended(self, word: str, language: str) -> str:
        """The word of danger that this is a slip of, in that language; otherwise the word itself."""
        if len(word) < SHORTEST_SLIP or language not in self._forgiving or word in self._known or not word.isascii():
            return word
        found = self._mended.get((word, language))
        if found is None:
            if len(self._mended) > REMEMBERED:
                self._mended.clear()
            found = self._mended[word, language] = self._mend(word, self.tongues[language])
        return found

    def _mend(self, word: str, tongue: Tongue) -> str:
        if any(word[:length] in tongue.prefix for length in range(LEAST_PREFIX + 1, len(word) + 1)):
            return word
        from rapidfuzz import process  # when the first unknown word comes: the start does not wait for it
        from rapidfuzz.distance import OSA

        slips = 1 if len(word) < LONG_WORD else 2
        near = tongue.near.get(word[0], ())
        best = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=slips)
        return best[0] if best else word

    def told(self, bare: Phrase, written: Phrase, language: str) -> Phrase:
        """The words of a text as this language reads them."""
        tongue = self.tongues[language]
        if tongue.same:
            return tuple(word.translate(tongue.same) for word in bare)
        if language in ACCENTED or (language in PLAIN and bare is not written):
            return written
        if tongue.accented and not tongue.accented.isdisjoint(written):
            bare = tuple(each if each in tongue.accented else word for word, each in zip(bare, written, strict=True))
        return tuple(self.mended(word, language) for word in bare)

    def spoken_here(self, bare: frozenset[str], written: frozenset[str], language: str) -> int:
        """How many of these words the language knows at all."""
        tongue = self.tongues[language]
        if tongue.same:
            bare = frozenset(word.translate(tongue.same) for word in bare if not word.isascii())
        return len(tongue.words & (written if language in ACCENTED or language in PLAIN else bare))


def _surely(row: Row) -> Row:
    """A single word that has accents counts only with them: "cháy" is fire, "chay" is no meat."""
    if len(row) != 1 or row[0].rows:
        return row
    with_accents = frozenset(word for word in row[0].words if not word.isascii())
    return (replace(row[0], words=with_accents or row[0].words),)


def _flat(row: Row) -> Iterator[Part]:
    """All parts of a row, those inside choices too."""
    for part in row:
        if part.rows:
            for inner in part.rows:
                yield from _flat(inner)
        else:
            yield part


def _needed(row: Row) -> frozenset[str]:
    """The fewest words of which one must be there wherever the row is; none where beginnings or classes would do."""
    return min(_all_needed(row), key=len, default=frozenset())


def _all_needed(row: Row) -> Iterator[frozenset[str]]:
    """The words of each part of a row of which one must be there."""
    yield from filter(None, (_needed_of(part) for part in row if not (part.optional or part.gap)))


def _needed_of(part: Part) -> frozenset[str]:
    if part.prefixes or part.name:
        return frozenset()
    inner = [_needed(row) for row in part.rows]
    return part.words.union(*inner) if all(inner) else frozenset()


def _firsts(row: Row) -> Iterator[Part]:
    """The parts that a row may begin with."""
    for part in row:
        for inner in part.rows:
            yield from _firsts(inner)
        if not part.rows:
            yield part
        if not part.optional:
            return


def _by_rarity(row: Row, count: Counter[str]) -> list[tuple[int, list[Part]]]:
    """The parts one of which must be there wherever the row is, the rarest first, each with how common it is."""
    found: list[tuple[int, list[Part]]] = []
    for part in row:
        if part.optional or part.gap or part.name:
            continue
        inner = [_by_rarity(each, count) for each in part.rows]
        if part.rows and not all(inner):
            continue
        own = [each for parts in inner for each in parts[0][1]] if part.rows else [part]
        found.append((max(count[word] for each in own for word in (*each.words, *each.prefixes)), own))
    return sorted(found, key=lambda each: each[0])


def phrases_of(phrase: str, language: str, exact: frozenset[str]) -> Iterator[Row]:
    """A phrase as its parts, in one way or, where a word may be written in two, in two."""
    for way in {phrase.replace(" ?", " "), phrase.replace(" ?", "")}:
        signs = list(filter(None, map(str.strip, SIGN.split(way))))
        if way.count("(") != way.count(")"):
            raise ValueError(f"a bracket too many or too few: {phrase}")
        rows = _several(signs, language, exact)
        yield from filter(None, rows)


def _several(signs: list[str], language: str, exact: frozenset[str]) -> list[Row]:
    """The rows that signs stand for, up to the end of the bracket that they are in; they are taken off."""
    rows: list[Row] = [()]
    while signs and signs[0] not in (")", ")?"):
        sign = signs.pop(0)
        if sign == "|":
            rows.append(())
        elif sign == "(":
            inner = _several(signs, language, exact)
            rows[-1] += (_choice(inner, signs.pop(0) == ")?"),)
        else:
            rows[-1] += tuple(_row(sign, language, exact))
    return rows


def _choice(rows: list[Row], optional: bool) -> Part:
    """Single words of a choice are one part together; what has several words is a row of its own."""
    optional |= not all(rows)
    single = [row[0] for row in rows if len(row) == 1 and row[0].words | set(row[0].prefixes)]
    several = [row for row in rows if row and not (len(row) == 1 and row[0].words | set(row[0].prefixes))]
    words = frozenset(word for part in single for word in part.words)
    together = Part(words, tuple(prefix for part in single for prefix in part.prefixes))
    if not several:
        return replace(together, optional=optional)
    return Part(rows=(*(((together,),) if single else ()), *several), optional=optional)


def _row(sign: str, language: str, exact: frozenset[str]) -> Iterator[Part]:
    if sign == "..":
        yield Part(gap=True)
    elif sign[0] == "<":
        yield Part(name=sign[1:-1])
    else:
        for word in sign.split():
            if "#" in word:
                yield Part(frozenset(word.replace("##", f"{number:02}") for number in range(100)))
                continue
            bare, written = spoken(word.rstrip("*"))
            for place, each in enumerate(bare):
                if word[-1] == "*" and place == len(bare) - 1:
                    yield Part(prefixes=(each,))
                else:
                    ways = (each, written[place]) if language in ACCENTED else (each,)
                    yield Part(frozenset(ways[-1:] if ways[-1] in exact else ways))


def _hung_on(row: Row, language: str) -> Row:
    """The same with small words hung on: in French before the first, "limmeuble", in Arabic before any, "بالبيت"."""
    if language == "ar":
        return tuple(_with_hung(part, language) for part in row)
    return (_with_hung(row[0], language), *row[1:]) if language == "fr" and row else row


def _with_hung(part: Part, language: str) -> Part:
    if part.rows:
        return replace(part, rows=tuple(_hung_on(each, language) for each in part.rows))
    words = frozenset(before + word for word in part.words for before in _before(word, language))
    prefixes = tuple(before + word for word in part.prefixes for before in _before(word, language))
    return replace(part, words=part.words | words, prefixes=part.prefixes + prefixes)


def _before(word: str, language: str) -> tuple[str, ...]:
    """What may be hung on before a word."""
    if language == "fr":
        return FRENCH if word[0] in "aeiouyh" else ()
    if not "\u0600" <= word[0] <= "\u06ff":
        return ()
    return ARABIC if len(word) > 2 else ("\u0648",)


@cache
def vocabulary(emergency: str) -> Vocabulary:
    """The words of danger where this is the number to call; read once."""
    return kept(table(emergency), lambda: Vocabulary(emergency))


def table(emergency: str) -> str:
    """What it is called where it is prepared."""
    return f"danger {emergency}"
