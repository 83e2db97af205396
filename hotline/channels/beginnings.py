"""How a text begins: with a word of command, the number of a need, or both; and the times it speaks of.

Such words mean something at the beginning only: "close 112 no answer" is a command, "close to the church" is not.
"""

import re
from collections.abc import Iterator

from hotline.channels.catalogue import languages, messages
from hotline.channels.tokens import Phrase, tokens, tokens_of_time
from hotline.channels.vocabulary import numbers_of
from hotline.community import Community
from hotline.engine.answers import Heard

CODE = r"\W*(?:no\.?|num\.?|n[°ºo]\.?)?\s*#?\(?(?P<code>[1-9]\d{2,3})(?!\d)\)?(?P<tail>\W?.*)"
LED_BY_CODE = re.compile(CODE, re.DOTALL)
FIRST_WORD = re.compile(r"\W*(?P<word>[^\W\d_]+)(?P<tail>.*)", re.DOTALL)
EDGES = " \t\r\n:;,.-!"


class Beginnings:
    """The words of command and of time in all the community's languages."""

    def __init__(self, community: Community) -> None:
        self._commands: dict[Phrase, str] = {}
        self._moments: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        for language in community.languages:
            file = messages(language) if language in languages() else {}
            self._commands |= dict(_phrases(file.get("commands", {})))
            self._moments |= {phrase[0]: name for phrase, name in _phrases(file.get("moments", {})) if len(phrase) == 1}
            self._numbers |= {phrase[0]: name for phrase, name in _phrases(numbers_of(language))}

    def read(self, heard: Heard) -> Heard:
        """The same, with what it begins with and the times it speaks of."""
        command, words = self._command(heard.words)
        led = LED_BY_CODE.fullmatch(words)
        code, tail = (led["code"], led["tail"]) if led else ("", words)
        moments = tuple(self._moments[word] for word in tokens(heard.words) if word in self._moments)
        return heard.but(
            command=command,
            code=code,
            tail=tail.strip(EDGES) if code or command else "",
            moments=moments,
            told=tuple(self._told(word) for word in tokens_of_time(tail)),
        )

    def _told(self, word: str) -> str:
        return self._moments.get(word) or self._numbers.get(word) or word

    def _command(self, words: str) -> tuple[str, str]:
        """(the command, what follows it); without one ("", everything)."""
        first = FIRST_WORD.fullmatch(words)
        name = self._commands.get(tokens(first["word"]), "") if first else ""
        return (name, first["tail"]) if first and name else ("", words)


def _phrases(section: dict[str, list[str]]) -> Iterator[tuple[Phrase, str]]:
    for name, phrases in section.items():
        yield from ((tokens(phrase), name) for phrase in phrases)
