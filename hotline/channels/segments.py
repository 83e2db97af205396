"""Which letters a plain text message can hold, and how many segments it costs."""

# GSM 03.38: the letters that fit into seven bits, and those that take two places.
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€\f")


def is_plain(text: str) -> bool:
    """Whether every letter fits GSM-7."""
    return all(letter in BASIC or letter in EXTENDED for letter in text)


def costly_letters(text: str) -> set[str]:
    """The letters that turn a whole text into 70-letter segments."""
    return {letter for letter in text if letter not in BASIC and letter not in EXTENDED}


def segments(text: str) -> int:
    """How many segments the carrier bills: 160 letters or 153 a part, with any other alphabet 70 or 67."""
    if not text:
        return 1
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
