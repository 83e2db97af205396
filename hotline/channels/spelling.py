"""The bare words of what people write: no case, accents, punctuation or emoji, digits of every script as digits."""

import re
import unicodedata

Phrase = tuple[str, ...]

WORD = re.compile(r"[^\W\d_]+|\d+")
WORD_OR_TIME = re.compile(r"(?<!\d)\d{1,2}[:h]\d{2}(?!\d)|[^\W\d_]+|\d+")


def tokens(words: str) -> Phrase:
    """The bare words, in order."""
    return tuple(_digits(word) if word.isdecimal() else word for word in WORD.findall(_flat(words)))


def tokens_of_time(words: str) -> Phrase:
    """The same, with the times of a clock in one piece: "5:30", also where it was written 5h30."""
    found = WORD_OR_TIME.findall(_flat(words))
    return tuple(word if word.isalpha() else _digits(word.replace("h", ":")) for word in found)


def _flat(words: str) -> str:
    flat = unicodedata.normalize("NFKD", words).casefold().replace("'", "").replace("\u2019", "")
    return "".join(letter for letter in flat if not unicodedata.combining(letter))


def _digits(word: str) -> str:
    """Digits of any script as 0 to 9; a zero in front stays, since a ZIP code may begin with one."""
    return "".join(letter if letter == ":" else str(unicodedata.digit(letter)) for letter in word)
