"""Money: about what texts and calls cost, said only where prices are known; elsewhere it is said that they are not."""

from hotline.model.calendar import MINUTE
from hotline.model.line import Line
from hotline.web.board.words import Words

WHERE_PRICES_ARE_KNOWN = "US"
CENTS_A_SEGMENT, CENTS_A_MINUTE = (1.0, 1.5), (1.0, 2.0)  # as docs/going-live.md has them


def is_known(country: str, line: Line) -> bool:
    """Other countries' prices are many times as high, other carriers' are their own, and a phone's plan costs what it
    says."""
    return country == WHERE_PRICES_ARE_KNOWN and line.priced


def about(segments: int, seconds: float, key: str, words: Words) -> str:
    """From how much to how much, as `key` says it."""
    low, high = (
        (segments * segment + seconds / MINUTE * minute) / 100
        for segment, minute in zip(CENTS_A_SEGMENT, CENTS_A_MINUTE, strict=True)
    )
    return words(key, low=f"{low:,.2f}", high=f"{high:,.2f}")
