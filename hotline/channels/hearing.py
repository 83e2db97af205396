"""Words become names: what people write, in all the community's languages at once, whole words only."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from hotline.channels.catalogue import messages
from hotline.community import Community
from hotline.engine.answers import Heard

Phrase = tuple[str, ...]

# No text can hold these: XML forbids control characters, and half a surrogate pair is no letter.
UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
WORD = re.compile(r"[^\W_]+")
LONGEST_WORDS = 1600


def clean(words: str) -> str:
    """Words as they came, less what would break a document or a database."""
    return UNSAYABLE.sub("", words).strip()[:LONGEST_WORDS]


def tokens(words: str) -> Phrase:
    """The bare words: no case, accents, punctuation or emoji, digits of every script as digits."""
    flat = unicodedata.normalize("NFKD", words).casefold().replace("'", "").replace("\u2019", "")
    letters = "".join(letter for letter in flat if not unicodedata.combining(letter))
    return tuple(str(int(word)) if word.isdecimal() and len(word) < 12 else word for word in WORD.findall(letters))


class Hearing:
    """What each word means here: the message files, the labels and words of the community file."""

    def __init__(self, community: Community) -> None:
        self._phrases: dict[Phrase, str] = {}
        self._spoken: dict[Phrase, set[str]] = defaultdict(set)
        self._starts: dict[str, list[Phrase]] = defaultdict(list)
        for language, name, phrase in _vocabulary(community):
            self._learn(language, name, tokens(phrase))

    def _learn(self, language: str, name: str, phrase: Phrase) -> None:
        if not phrase:
            return
        if language:
            self._spoken[phrase].add(language)
        if name and self._phrases.setdefault(phrase, name) == name and phrase not in self._starts[phrase[0]]:
            self._starts[phrase[0]].append(phrase)
            self._starts[phrase[0]].sort(key=len, reverse=True)

    def hear(self, words: str) -> Heard:
        """Reads a text. The longest phrase wins: "a ride to the doctor" is no doctor."""
        words = clean(words)
        names: list[str] = []
        numbers: list[int] = []
        rest: list[str] = []
        phrases = tuple(self._read(tokens(words)))
        for phrase, name in phrases:
            if name.isdecimal():
                numbers.append(int(name))
            elif name:
                names += [name] if name != "polite" else []
            else:
                rest += phrase
        return Heard(words, tuple(names), tuple(numbers), tuple(rest), language=self._language(phrases))

    def _read(self, said: Phrase) -> Iterator[tuple[Phrase, str]]:
        place = 0
        while place < len(said):
            phrase = self._phrase_at(said, place)
            name = self._phrases.get(phrase, phrase[0] if phrase[0].isdecimal() else "")
            yield phrase, name
            place += len(phrase)

    def _phrase_at(self, said: Phrase, place: int) -> Phrase:
        for phrase in self._starts.get(said[place], ()):
            if said[place : place + len(phrase)] == phrase:
                return phrase
        return said[place : place + 1]

    def _language(self, phrases: Iterable[tuple[Phrase, str]]) -> str:
        """The one language that all the known words are words of; "" when none or several could be meant."""
        spoken = [self._spoken[phrase] for phrase, _ in phrases if phrase in self._spoken]
        shared = set.intersection(*spoken) if spoken else set()
        return shared.pop() if len(shared) == 1 else ""


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
    for name, phrases in file["synonyms"].items():
        if name in community.needs_offered:
            yield from ((language, name, phrase) for phrase in phrases)
    for other, phrases in file["languages"].items():
        yield from (("", other, phrase) for phrase in phrases if other in community.languages)
    yield from ((language, "", word) for word in file["telling"])
