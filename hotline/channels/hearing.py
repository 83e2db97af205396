"""Words become names: what people write, in all the community's languages at once, whole words only."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from hotline.channels.beginnings import Beginnings
from hotline.channels.catalogue import messages
from hotline.channels.spelling import Phrase, tokens
from hotline.community import Community
from hotline.engine.answers import Heard
from hotline.letters import clean

FORGIVEN = ("menu", "back", "status", "volunteer")
SHORTEST_NEAR_MISS = 4  # letters
LONG_WORD = 8  # letters; two slips are forgiven

LONGEST_WORDS = 1600
REMEMBERED = 4096  # texts
LONGEST_NUMBER = 12  # digits; a longer row of them is a telephone number or nothing


def kept(words: str) -> str:
    """The words of a text as they are kept."""
    return clean(words).strip()[:LONGEST_WORDS]


def _is_letter(phrase: Phrase) -> bool:
    return len(phrase) == 1 and len(phrase[0]) == 1 and phrase[0].isascii() and phrase[0].isalpha()


class Hearing:
    """What each word means here: the message files, the labels and words of the community file."""

    def __init__(self, community: Community) -> None:
        self._phrases: dict[Phrase, str] = {}
        self._spoken: dict[Phrase, set[str]] = defaultdict(set)
        self._starts: dict[str, list[Phrase]] = defaultdict(list)
        self._forgiven = frozenset((*community.needs_offered, *community.areas, *FORGIVEN))
        for language, name, phrase in _vocabulary(community):
            self._learn(language, name, tokens(phrase))
        self._beginnings = Beginnings(community)
        self.hear = lru_cache(REMEMBERED)(self._hear)  # the short texts that everybody writes are read once
        self._near_misses = [
            phrase[0]
            for phrase, name in self._phrases.items()
            if len(phrase) == 1 and len(phrase[0]) >= SHORTEST_NEAR_MISS and name in self._forgiven
        ]

    def _learn(self, language: str, name: str, phrase: Phrase) -> None:
        if not phrase:
            return
        if language:
            self._spoken[phrase].add(language)
        if name and self._phrases.setdefault(phrase, name) == name and phrase not in self._starts[phrase[0]]:
            self._starts[phrase[0]].append(phrase)
            self._starts[phrase[0]].sort(key=len, reverse=True)

    def _hear(self, words: str) -> Heard:
        """The longest phrase wins: "a ride to the doctor" is no doctor."""
        words = kept(words)
        names: list[str] = []
        numbers: list[int] = []
        rest: list[str] = []
        phrases = tuple(self._read(tokens(words)))
        for phrase, name in phrases:
            if name.isdecimal() and len(name) < LONGEST_NUMBER and (name == "0" or name[0] != "0"):
                numbers.append(int(name))
            elif name.isdecimal():
                rest += phrase
            elif name:
                names += [name] if name != "polite" else []
            else:
                rest += phrase
        if set(names) != {"thanks"}:  # beside anything else it is politeness
            names = [name for name in names if name != "thanks"]
        heard = Heard(words, tuple(names), tuple(numbers), tuple(rest), language=self._language(phrases))
        return self._beginnings.read(heard)

    def _read(self, said: Phrase) -> Iterator[tuple[Phrase, str]]:
        alone = sum(not word.isdecimal() for word in said) == 1
        place = 0
        while place < len(said):
            phrase = self._phrase_at(said, place)
            name = self._phrases.get(phrase, phrase[0] if phrase[0].isdecimal() else "")
            if _is_letter(phrase) and not alone:
                name = ""  # "y" is no yes in the middle of Spanish
            yield phrase, name or self._nearly(phrase[0])
            place += len(phrase)

    def _nearly(self, word: str) -> str:
        """What a word of four letters or more means that has a slip in it. Never yes, no, done: those must be clear."""
        if len(word) < SHORTEST_NEAR_MISS or (word,) in self._spoken:
            return ""
        from rapidfuzz import process  # when the first unknown word comes: the start does not wait for it
        from rapidfuzz.distance import OSA

        slips = 1 if len(word) < LONG_WORD else 2
        near = process.extract(word, self._near_misses, scorer=OSA.distance, score_cutoff=slips, limit=8)
        names = {self._phrases[(found,)] for found, _, _ in near}
        return names.pop() if len(names) == 1 else ""

    def _phrase_at(self, said: Phrase, place: int) -> Phrase:
        for phrase in self._starts.get(said[place], ()):
            if said[place : place + len(phrase)] == phrase:
                return phrase
        return said[place : place + 1]

    def _language(self, phrases: Iterable[tuple[Phrase, str]]) -> str:
        """The language most of whose words these are; "" when none is known or several are as likely."""
        known = (phrase for phrase, _ in phrases if not _is_letter(phrase))
        votes = Counter(language for phrase in known for language in self._spoken.get(phrase, ()))
        ranked = votes.most_common(2)
        clear = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
        return ranked[0][0] if clear else ""


def _vocabulary(community: Community) -> Iterator[tuple[str, str, str]]:
    """(language, name, phrase) for every phrase; language "" where it tells none, name "" where it means nothing."""
    for name, need in community.needs.items():
        yield from (("", name, word) for word in need.words)
        yield from ((language, name, label) for language, label in need.labels.items())
    for name, area in community.areas.items():
        yield from (("", name, word) for word in (*area.words, *area.labels.values()))
    yield "", "emergency", community.emergency
    for language in community.languages:
        yield from _words_of(language, community)


def _words_of(language: str, community: Community) -> Iterator[tuple[str, str, str]]:
    file = messages(language)
    yield "", language, file["name"]
    for name, phrases in file["words"].items():
        yield from ((language, name, phrase) for phrase in phrases)
    for name, phrase in _offered_words(file):
        yield language, name, phrase
    for name, phrases in file["synonyms"].items():
        if name in community.needs_offered:
            yield from ((language, name, phrase) for phrase in phrases)
    for other, phrases in file["languages"].items():
        yield from (("", other, phrase) for phrase in phrases if other in community.languages)
    yield from ((language, "", word) for word in file["telling"])


def _offered_words(file: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The wordings of options: whoever copies a line of a list means that option."""
    steps = [step for flow in file.values() if isinstance(flow, dict) for step in flow.values()]
    for step in steps:
        if isinstance(step, dict):
            yield from step.get("text_options", {}).items()
