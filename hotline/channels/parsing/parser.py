"""Parser: phrases in a text become names, in all the community's languages at once, whole words only."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from hotline.channels.parsing.classify import sort_out
from hotline.channels.parsing.command_prefix import Beginnings
from hotline.channels.parsing.danger import DangerReader
from hotline.channels.parsing.lexicon import Word, never_slips, words_of
from hotline.channels.parsing.tokens import Phrase, asks, spoken
from hotline.community.model import Community
from hotline.engine.answers import Heard
from hotline.model.sanitize import clean

Read = tuple[Phrase, str]  # a phrase as it was said, and its name

FORGIVEN = ("menu", "back", "status", "volunteer")
DEEDS = ("done", "drop")
URGENT = ("opt_out",)
KEPT_WHOLE = (*URGENT, "by_call", "by_text")  # "call me, do not text" ends nothing
SLIP = "slip"  # a word that is almost one that gives back or closes a need
SHORTEST_NEAR_MISS = 4  # letters
LONG_WORD = 8  # letters; two slips are forgiven
MOST_SEARCHED = 12  # words of one text that are looked at for slips

RUN = re.compile(r"(\w)\1+")
LETTERS = re.compile(r"(.)\1*")
LONGEST_WORDS = 1600
REMEMBERED = 4096  # texts


def kept(words: str) -> str:
    """The words of a text as they are kept."""
    return clean(words).strip()[:LONGEST_WORDS]


def _is_letter(phrase: Phrase) -> bool:
    return len(phrase) == 1 and len(phrase[0]) == 1 and phrase[0].isascii() and phrase[0].isalpha()


class Hearing:
    """What each word means here: the message files, the labels and words of the community file."""

    def __init__(self, community: Community) -> None:
        self._phrases: dict[Phrase, str] = {}
        self._written: dict[str, str] = {}  # words that count only with their accents
        self._spoken: dict[Phrase, set[str]] = defaultdict(set)
        self._lengths: dict[str, tuple[int, ...]] = {}
        self._runs: dict[str, list[str]] = defaultdict(list)
        self._near: dict[str, list[str]] = defaultdict(list)
        self._deeds: list[str] = []
        self._needs = frozenset(community.needs_offered)
        self._forgiven = frozenset((*community.needs_offered, *community.areas, *FORGIVEN))
        self._apart = never_slips(community)
        for word in words_of(community):
            self._learn(word)
        self._beginnings = Beginnings(community)
        self._danger = DangerReader(community.emergency)
        self._languages = frozenset(community.languages)
        self.hear = lru_cache(REMEMBERED)(self._hear)  # the short texts that everybody writes are read once

    def _learn(self, word: Word) -> None:
        phrase, written = spoken(word.phrase)
        if not phrase:
            return
        if word.language:
            self._spoken[phrase].add(word.language)
        if word.as_written and len(written) == 1 and word.name:
            self._written.setdefault(written[0], word.name)
        elif self._phrases.setdefault(phrase, word.name) == "" and word.name:
            self._phrases[phrase] = word.name
        lengths = {*self._lengths.get(phrase[0], ()), len(phrase)}
        self._lengths[phrase[0]] = tuple(sorted(lengths, reverse=True))
        if len(phrase) == 1 and len(phrase[0]) > 1 and word.name:
            self._learn_spelling(written[0] if word.as_written else phrase[0], word.name)

    def _learn_spelling(self, bare: str, name: str) -> None:
        self._runs[RUN.sub(r"\1", bare)].append(bare)
        if bare in self._written:
            return
        if len(bare) >= SHORTEST_NEAR_MISS and name in self._forgiven and bare not in self._near[bare[0]]:
            self._near[bare[0]].append(bare)
        if len(bare) >= SHORTEST_NEAR_MISS and name in DEEDS:
            self._deeds.append(bare)

    def _hear(self, words: str) -> Heard:
        words = kept(words)
        bare, written = spoken(words)
        read = list(self._read(bare, written))
        if not self._needs.intersection(part for _, name in read for part in name.split()):
            read = self._with_slips(read)
        names, numbers, rest = sort_out(read)
        heard = Heard(words, names, numbers, rest, language=self._language(read), asks=asks(words))
        return self._endangered(self._beginnings.read(heard), bare, written)

    def _endangered(self, heard: Heard, bare: Phrase, written: Phrase) -> Heard:
        """The same with what it says of danger; a cry for help tells the language too."""
        found = self._danger.read(heard.words, bare, written)
        if heard.rest:  # whoever is understood to the last word needs no second opinion
            found = self._danger.hunch(bare, found)
        if not found.level:
            return heard
        language = heard.language or (found.language if found.language in self._languages else "")
        return heard.but(danger=found.level, crisis=found.crisis, why=found.why, language=language)

    def _read(self, bare: Phrase, written: Phrase) -> Iterator[Read]:
        """The longest phrase wins: "a ride to the doctor" is no doctor."""
        alone = sum(not word.isdecimal() for word in bare) == 1
        place = 0
        while place < len(bare):
            phrase, name = self._phrase_at(bare, written, place)
            if _is_letter(phrase) and not alone:
                name = ""  # "y" is no yes in the middle of Spanish
            yield phrase, name
            place += len(phrase)

    def _phrase_at(self, bare: Phrase, written: Phrase, place: int) -> Read:
        word = bare[place]
        for length in self._lengths.get(word, ()):
            if place + length > len(bare):
                continue
            phrase = bare[place : place + length]
            if length == 1 and written[place] in self._written:
                return phrase, self._written[written[place]]
            name = self._phrases.get(phrase)
            if name is not None:
                return self._unless_urgent(bare, place, phrase, name)
        if word.isdecimal():
            return (word,), word
        return (word,), self._said_twice(written[place], word)

    def _unless_urgent(self, bare: Phrase, place: int, phrase: Phrase, name: str) -> Read:
        """Danger and opting out may begin inside another phrase: "i cant" | "cant breathe"."""
        if not name or name in KEPT_WHOLE:  # a phrase without a name shields its words: "dont stop"
            return phrase, name
        for inner in range(1, len(phrase)):
            for length in self._lengths.get(phrase[inner], ()):
                if self._phrases.get(bare[place + inner : place + inner + length]) in URGENT and length > 1:
                    return phrase[:inner], ""
        return phrase, name

    def _said_twice(self, written: str, bare: str) -> str:
        """A letter said twice is the same letter: "yess", "siii"."""
        if (bare,) in self._spoken or bare in self._apart or not RUN.search(bare):
            return ""
        for word in (written, bare):
            for known in self._runs.get(RUN.sub(r"\1", word), ()):
                if _stretches(word, known):
                    return self._written.get(known) or self._phrases.get((known,), "")
        return ""

    def _with_slips(self, read: list[Read]) -> list[Read]:
        """Small mistakes are forgiven in the names of needs and areas. Never in yes, no, done: those must be clear."""
        unknown = [phrase[0] for phrase, name in read if not name]
        if not unknown or len(unknown) > MOST_SEARCHED:
            return read
        alone = sum(not name.isdecimal() for _, name in read) == 1
        return [(phrase, name or self._nearly(phrase[0], alone)) for phrase, name in read]

    def _nearly(self, word: str, alone: bool) -> str:
        """What a word of four letters or more means that has a slip in it, though not in its first letter."""
        if (word,) in self._spoken or word in self._apart:
            return ""
        from rapidfuzz import process  # when the first unknown word comes: the start does not wait for it
        from rapidfuzz.distance import OSA

        if alone and process.extractOne(word, self._deeds, scorer=OSA.distance, score_cutoff=1):
            return SLIP
        if len(word) < SHORTEST_NEAR_MISS:
            return ""
        slips = 1 if len(word) < LONG_WORD else 2
        near = process.extract(word, self._near.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips, limit=8)
        names = {self._phrases[(found,)] for found, _, _ in near} & self._forgiven
        return names.pop() if len(names) == 1 else ""

    def _language(self, phrases: Iterable[Read]) -> str:
        """The language most of whose words these are; "" when none is known or several are as likely."""
        known = (phrase for phrase, _ in phrases if not _is_letter(phrase))
        votes = Counter(language for phrase in known for language in self._spoken.get(phrase, ()))
        ranked = votes.most_common(2)
        clear = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
        return ranked[0][0] if clear else ""


def _stretches(word: str, known: str) -> bool:
    """Whether a word is a known one with some of its letters said more than once."""
    said, own = ([match.group() for match in LETTERS.finditer(each)] for each in (word, known))
    return len(said) == len(own) and all(len(run) >= len(part) for run, part in zip(said, own, strict=True))
