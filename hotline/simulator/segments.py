"""How many segments a text costs, as the carrier counts."""

_SINGLE = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE = frozenset("^{}\\[~]|€\f")


def count_segments(body: str) -> int:
    """160 letters of GSM-7 (153 a part), or 70 of anything else (67 a part)."""
    if all(letter in _SINGLE or letter in _DOUBLE for letter in body):
        return _parts(sum(2 if letter in _DOUBLE else 1 for letter in body), 160, 153)
    return _parts(len(body.encode("utf-16-be", "surrogatepass")) // 2, 70, 67)


def _parts(length: int, whole: int, part: int) -> int:
    return 1 if length <= whole else -(-length // part)
