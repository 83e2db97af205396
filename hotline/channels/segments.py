"""SMS segments: which letters fit GSM-7, and how many segments a text costs."""

import unicodedata
from functools import cache

# GSM 03.38: the letters that fit into seven bits, and those that take two places.
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€\f")
PLAIN = BASIC | EXTENDED
PLAINER = {
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "–": "-",
    "—": "-",
    "…": "...",
    "•": "-",
    "`": "'",
}


def is_plain(text: str) -> bool:
    """Whether every letter fits GSM-7."""
    return PLAIN.issuperset(text)


def costly_letters(text: str) -> set[str]:
    """The letters that turn a whole text into 70-letter segments."""
    return set(text) - PLAIN


@cache
def _plainer(letter: str) -> str:
    """The letter as flip phones can show it for less: a for á, a straight quote for a curly one; else as it is."""
    base = PLAINER.get(letter) or "".join(part for part in unicodedata.normalize("NFKD", letter) if part in PLAIN)
    return base or letter


def cheaper(text: str) -> str:
    """The same words in plain letters, if plain letters can write all of them; a text of any other alphabet stays."""
    if is_plain(text):
        return text
    plain = "".join(letter if letter in PLAIN else _plainer(letter) for letter in text)
    return plain if is_plain(plain) else text


def segments(text: str) -> int:
    """How many segments the carrier bills: 160 letters or 153 a part, with any other alphabet 70 or 67."""
    if BASIC.issuperset(text):  # nearly every text of ours; counted on every answer, so it must cost nothing
        return 1 if len(text) <= 160 else -(-len(text) // 153)
    sizes, single, part = _sizes(text)
    if sum(sizes) <= single:
        return 1
    parts, used = 1, 0
    for size in sizes:
        if used + size > part:  # a letter of two places is never cut in half
            parts, used = parts + 1, 0
        used += size
    return parts


def _sizes(text: str) -> tuple[list[int], int, int]:
    if is_plain(text):
        return [2 if letter in EXTENDED else 1 for letter in text], 160, 153
    return [2 if ord(letter) > 0xFFFF else 1 for letter in text], 70, 67
