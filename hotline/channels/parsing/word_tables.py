"""Word tables: what phrases mean, as they are looked up; tables of single languages are merged into one of a community.

Nearly all that is understood is the same wherever a language is spoken. So each language has its tables, prepared when
the package is built, and a community's are laid over each other: of two that know a phrase the first says what it is.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from hotline.channels.parsing.tokens import Phrase, spoken

SHORTEST_NEAR_MISS = 4  # letters
K = TypeVar("K", str, Phrase)
Known = TypeVar("Known", frozenset[str], tuple[int, ...], tuple[str, ...])

RUN = re.compile(r"(\w)\1+")


class Word(NamedTuple):
    """One phrase: its language where it tells one, what it means where it means something.

    ``as_written`` says that a word of its own counts only with its accents, as it stands.
    """

    phrase: str
    name: str = ""
    language: str = ""
    as_written: bool = False


@dataclass
class WordTable:
    """Phrases in bare words, and what is known of each."""

    names: dict[Phrase, str] = field(default_factory=dict)
    nameless: dict[Phrase, str] = field(default_factory=dict)  # they only tell a language, and shield their words
    written: dict[str, str] = field(default_factory=dict)  # words that count only with their accents
    languages: dict[Phrase, frozenset[str]] = field(default_factory=dict)
    lengths: dict[Phrase, tuple[int, ...]] = field(default_factory=dict)  # of several words, by the first two
    single: set[str] = field(default_factory=set)
    runs: dict[str, tuple[str, ...]] = field(default_factory=dict)  # words by what is left without their double letters
    long: dict[str, tuple[str, ...]] = field(default_factory=dict)  # words in which a slip may be forgiven, by name


def table(words: Iterable[Word]) -> WordTable:
    """What these words mean, the first first."""
    made = WordTable()
    for word in words:
        _learn(made, word)
    return made


def _learn(made: WordTable, word: Word) -> None:
    phrase, written = spoken(word.phrase)
    if not phrase:
        return
    if word.language:
        made.languages[phrase] = made.languages.get(phrase, frozenset()) | {word.language}
    if word.as_written and len(written) == 1 and word.name:
        made.written.setdefault(written[0], word.name)
    else:
        (made.names if word.name else made.nameless).setdefault(phrase, word.name)
    if len(phrase) > 1:
        made.lengths[phrase[:2]] = _longest_first(made.lengths.get(phrase[:2], ()), (len(phrase),))
        return
    made.single.add(phrase[0])
    if len(phrase[0]) > 1 and word.name:
        _learn_spelling(made, written[0] if word.as_written else phrase[0], word.name)


def _learn_spelling(made: WordTable, bare: str, name: str) -> None:
    run = RUN.sub(r"\1", bare)
    made.runs[run] = (*made.runs.get(run, ()), bare)
    if len(bare) >= SHORTEST_NEAR_MISS:
        made.long[name] = (*made.long.get(name, ()), bare)


def merged(tables: Sequence[WordTable]) -> WordTable:
    """All that these know, the first first."""
    made = WordTable()
    for each in reversed(tables):
        made.names.update(each.names)
        made.nameless.update(each.nameless)
        made.written.update(each.written)
    for each in tables:
        made.single |= each.single
        _join(made.languages, each.languages, frozenset.union)
        _join(made.lengths, each.lengths, _longest_first)
        _join(made.runs, each.runs, tuple.__add__)
        _join(made.long, each.long, tuple.__add__)
    return made


def _longest_first(some: tuple[int, ...], more: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted({*some, *more}, reverse=True))


def _join(into: dict[K, Known], more: dict[K, Known], how: Callable[[Known, Known], Known]) -> None:
    """Adds what more is known; where both know something, together."""
    both = {key: how(into[key], more[key]) for key in into.keys() & more.keys()}
    into.update(more)
    into.update(both)
