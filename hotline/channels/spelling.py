"""The bare words of what people write: no case, accents, punctuation or emoji, digits of every script as digits."""

import re
import unicodedata

Phrase = tuple[str, ...]

WORD = re.compile(r"[^\W\d_]+|\d+")


def tokens(words: str) -> Phrase:
    """The bare words, in order."""
    flat = unicodedata.normalize("NFKD", words).casefold().replace("'", "").replace("\u2019", "")
    letters = "".join(letter for letter in flat if not unicodedata.combining(letter))
    return tuple(_digits(word) if word.isdecimal() else word for word in WORD.findall(letters))


def _digits(word: str) -> str:
    """Digits of any script as 0 to 9; a zero in front stays, since a ZIP code may begin with one."""
    return "".join(str(unicodedata.digit(letter)) for letter in word)
