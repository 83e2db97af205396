"""Language of a text, as the page marks it for whoever has it read aloud: by the words of each language."""

import re
from collections.abc import Sequence
from functools import cache

from hotline.channels.lint.wordings import HOLE, texts
from hotline.channels.parsing.lexicon import phrases_of

TOKEN = re.compile(r"[^\W\d_]+")
IDEOGRAM = re.compile(r"[\u3400-\u9fff]")


def language_of(body: str, languages: Sequence[str]) -> str:
    """The one of these to which most of its words belong; the first of them where none does, or as many."""
    said = _tokens(body)
    return max(languages, key=lambda language: len(said & _vocabulary(language)))


@cache
def _vocabulary(language: str) -> frozenset[str]:
    """What we say in it, and what people write to us."""
    written = (" ".join(phrase) for phrase in phrases_of(language))
    return frozenset(_tokens(" ".join((*written, *(HOLE.sub(" ", each.words) for each in texts(language))))))


def _tokens(words: str) -> set[str]:
    """Words; where they are not set apart, letters."""
    return {part for token in TOKEN.findall(words.casefold()) for part in (IDEOGRAM.findall(token) or [token])}
