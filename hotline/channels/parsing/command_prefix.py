"""How a text begins: with a word of command, the number of a need, or both; and the times it speaks of.

Such words mean something at the beginning only: "close 112 no answer" is a command, "close to the church" is not.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from hotline.channels.catalogue import languages, messages
from hotline.channels.parsing.lexicon import numbers_of
from hotline.channels.parsing.tokens import Phrase, tokens, tokens_of_time
from hotline.community.model import Community
from hotline.engine.answers import Heard

CODE = r"\W*(?:no\.?|num\.?|n[°ºo˚]\.?|№)?\s*#?\(?(?P<code>[1-9]\d{2,3})(?!\d)\)?(?P<tail>\W?.*)"
LED_BY_CODE = re.compile(CODE, re.DOTALL)
FIRST_WORD = re.compile(r"\W*(?P<word>[^\W\d_]+)(?P<tail>.*)", re.DOTALL)
FEW, SHORTEST = 4, 4  # words of a text, and letters of its first, that may be a command with a slip in it
EDGES = " \t\r\n:;,.-!"


class Beginnings:
    """The words of command and of time in all the community's languages; ``words`` are the commands of one word."""

    def __init__(self, community: Community) -> None:
        self._commands: dict[Phrase, str] = {}
        self._moments: dict[Phrase, str] = {}
        self._numbers: dict[Phrase, str] = {}
        for language in community.languages:
            file = messages(language) if language in languages() else {}
            self._commands |= dict(_phrases(file.get("commands", {})))
            self._moments |= dict(_phrases(file.get("moments", {})))
            self._numbers |= {phrase: name for phrase, name in _phrases(numbers_of(language)) if len(phrase) == 1}
        self._words = [word for (word, *more) in self._commands if len(word) >= SHORTEST and not more]
        self._lengths = _lengths(self._moments)
        self.words = frozenset(word for (word, *more) in self._commands if not more)

    def read(self, heard: Heard) -> Heard:
        """The same, with what it begins with and the times it speaks of."""
        command, words = self._command(heard.own)
        led = LED_BY_CODE.fullmatch(words)
        code, tail = (led["code"], led["tail"]) if led else ("", words)
        spoken_of = self._told(tokens(heard.own), {})
        return heard.but(
            nearly="" if command or not heard.rest else self._nearly(heard.own),
            command=command,
            code=code,
            tail=_as_it_came(tail, heard).strip(EDGES) if code or command else "",
            moments=tuple(name for phrase, name in spoken_of if phrase in self._moments),
            told=tuple(name for _, name in self._told(tokens_of_time(tail), self._numbers)),
        )

    def _nearly(self, words: str) -> str:
        """A short text whose first word is a command but for one letter, with that word put right."""
        first, *others = words.split()[: FEW + 1] or [""]
        word = "".join(tokens(first))
        if len(others) >= FEW or len(word) < SHORTEST or (word,) in self._moments:
            return ""
        found = process.extractOne(word, self._words, scorer=OSA.distance, score_cutoff=1)
        return " ".join((found[0].upper(), *others)) if found else ""

    def _told(self, words: Phrase, numbers: Mapping[Phrase, str]) -> Iterator[tuple[Phrase, str]]:
        """The times that are spoken of, the longest phrase first ("thứ hai" is Monday), and all other words."""
        place = 0
        while place < len(words):
            phrase = words[place : place + 1]
            for length in self._lengths.get(words[place], ()):
                if words[place : place + length] in self._moments:
                    phrase = words[place : place + length]
                    break
            yield phrase, self._moments.get(phrase) or numbers.get(phrase) or phrase[0]
            place += len(phrase)

    def _command(self, words: str) -> tuple[str, str]:
        """(the command, what follows it); without one ("", everything)."""
        first = FIRST_WORD.fullmatch(words)
        name = self._commands.get(tokens(first["word"]), "") if first else ""
        return (name, first["tail"]) if first and name else ("", words)


def _lengths(phrases: Iterable[Phrase]) -> dict[str, tuple[int, ...]]:
    """How long the phrases are that begin with a word, the longest first."""
    found: dict[str, set[int]] = {}
    for phrase in filter(None, phrases):
        found.setdefault(phrase[0], set()).add(len(phrase))
    return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in found.items()}


def _as_it_came(tail: str, heard: Heard) -> str:
    """What follows, with all that was only taken off for the meaning: it is passed on whole."""
    before = heard.own[: len(heard.own) - len(tail)]
    return heard.words[len(before) :] if heard.words.startswith(before) else tail


def _phrases(section: dict[str, list[str]]) -> Iterator[tuple[Phrase, str]]:
    for name, phrases in section.items():
        yield from ((tokens(phrase), name) for phrase in phrases)
