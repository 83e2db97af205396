"""Tokenizer: a text becomes words without case, accents, punctuation or emoji; digits of every script as 0 to 9."""

import re
import unicodedata
from functools import lru_cache

Phrase = tuple[str, ...]

# Written without spaces: each letter is a word of its own here, and the longest phrase wins.
UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Vowels that hang on a letter (Hindi, Bengali, Thai ...) and accents are part of the word.
MARKS = "".join(chr(code) for code in range(0x0300, 0x1DFF) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
WORD = re.compile(rf"[{UNSPACED}]|(?:[^\W\d_{UNSPACED}][{MARKS}]*)+|\d+")
PLAIN_WORD = re.compile(r"[a-z]+|[0-9]+")
UNSEEN = re.compile("['’‘ʼ`´\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
CLOCK = re.compile(r"((?<!\d)\d{1,2}[:hH]\d{2}(?!\d))")
ASKING = re.compile("[?？؟՞፧⸮❓❔]")

# Letters that people write one for the other.
ALIKE = str.maketrans("đłıøةىیکےۀہھەٱۃ", "dlioهييكيههههاه")
ETHIOPIC = {0x1369 + place: str(place + 1) for place in range(9)}  # digits that Unicode does not count as such
REMEMBERED = 8192  # words


def spoken(words: str) -> tuple[Phrase, Phrase]:
    """The words of a text, bare and as they were written; both have the same places."""
    if words.isascii():
        bare = tuple(PLAIN_WORD.findall(words.casefold().replace("'", "").replace("`", "")))
        return bare, bare
    flat = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", UNSEEN.sub("", words)).casefold())
    written = tuple(WORD.findall(flat.translate(ETHIOPIC)))
    return tuple(map(_bare, written)), written


def tokens(words: str) -> Phrase:
    """The bare words of a text."""
    return spoken(words)[0]


def tokens_of_time(words: str) -> Phrase:
    """The bare words, with the times of a clock in one piece: "5:30", also where it was written 5h30."""
    pieces = CLOCK.split(words)
    return tuple(
        token for piece in pieces for token in ([_bare_time(piece)] if CLOCK.fullmatch(piece) else tokens(piece))
    )


def _bare_time(piece: str) -> str:
    return ":".join(map(_bare, re.findall(r"\d+", piece)))


def asks(words: str) -> bool:
    """Whether there is a question mark of any script in it."""
    return ASKING.search(words) is not None


@lru_cache(REMEMBERED)
def _bare(word: str) -> str:
    """A word without its accents; digits of any script as 0 to 9, a zero in front stays (a ZIP code may have one)."""
    if word.isdecimal():
        return "".join(str(unicodedata.digit(letter)) for letter in word)
    apart = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(ALIKE)
