"""Tokenizer: a text becomes words without case, accents or punctuation; digits of every script as 0 to 9.

Of signs and emoji only those stay that speak against a yes or for it, each a word of its own (`world.toml`, signs).
"""

import re
import unicodedata
from functools import lru_cache

Phrase = tuple[str, ...]

# Written without spaces: each letter is a word of its own here, and the longest phrase wins.
UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Vowels that hang on a letter (Hindi, Bengali, Thai ...) and accents are part of the word.
MARKS = "".join(chr(code) for code in range(0x0300, 0x1DFF) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
# Skin tones and the signs that join two emoji into one fall away: 🙅🏾\u200d♀ is 🙅.
SIGNS = "%$£€¥°❌✖❎⛔🚫👎🙅🤷😡🤬😠😤😒🙄🖕💔✅✔☑👍👌💯🆗🙏❤💚💙💜🧡💛😊🙂😀😃😄"
WORD = re.compile(rf"[{UNSPACED}{SIGNS}]|(?:[^\W\d_{UNSPACED}][{MARKS}]*)+|\d+")
PLAIN_WORD = re.compile(r"[a-z]+|[0-9]+|[%$]")
NUMBER_SIGN = re.compile(r"№|\b[nN][º°˚]\.?(?=\W{0,2}\d)")  # "nº 112": no "no", and no degree
UNSEEN = re.compile("['’‘ʼ`´\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
CLOCK = re.compile(r"((?<!\d)\d{1,2}[:hH]\d{2}(?!\d))")
ASKING = re.compile("[?？؟՞፧⸮❓❔]")

# Letters that people write one for the other.
ALIKE = str.maketrans("đłıøةىیکےۀہھەٱۃ", "dlioهييكيههههاه")
ETHIOPIC = {0x1369 + place: str(place + 1) for place in range(9)}  # digits that Unicode does not count as such
TONES_ALIKE = str.maketrans("\u0303", "\u0309")  # the Vietnamese ngã, in the south said and written as the hỏi
REMEMBERED = 8192  # words
JUST_NOW = 64  # texts; each is asked for by several who read it


@lru_cache(JUST_NOW)
def spoken(words: str) -> tuple[Phrase, Phrase]:
    """The words of a text, bare and as they were written; both have the same places."""
    if words.isascii():
        said = tuple(PLAIN_WORD.findall(words.casefold().replace("'", "").replace("`", "")))
        return said, said
    plain = NUMBER_SIGN.sub(" ", UNSEEN.sub("", words))
    flat = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", plain).casefold())
    written = tuple(WORD.findall(flat.translate(ETHIOPIC)))
    return tuple(map(bare, written)), written


def tokens(words: str) -> Phrase:
    """The bare words of a text."""
    return spoken(words)[0]


def tokens_of_time(words: str) -> Phrase:
    """The bare words, with the times of a clock in one piece: "5:30", also where it was written 5h30."""
    if not CLOCK.search(words):
        return tokens(words)
    pieces = CLOCK.split(words)
    return tuple(
        token for piece in pieces for token in ([_bare_time(piece)] if CLOCK.fullmatch(piece) else tokens(piece))
    )


def _bare_time(piece: str) -> str:
    return ":".join(map(bare, re.findall(r"\d+", piece)))


def asks(words: str) -> bool:
    """Whether there is a question mark of any script in it."""
    return ASKING.search(words) is not None


@lru_cache(REMEMBERED)
def bare(word: str) -> str:
    """A word without its accents; digits of any script as 0 to 9, a zero in front stays (a ZIP code may have one)."""
    if word.isdecimal():
        return "".join(str(unicodedata.digit(letter)) for letter in word)
    apart = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(ALIKE)


@lru_cache(REMEMBERED)
def accents(word: str) -> Phrase:
    """The accents of a word, in one order wherever they stand: "hủy" and "huỷ" have the same."""
    apart = unicodedata.normalize("NFD", word.casefold()).translate(TONES_ALIKE)
    return tuple(sorted(letter for letter in apart if unicodedata.combining(letter) or letter == "đ"))
