"""Senders: whether our texts, or our calls, go at all just now, and what the carrier has against them."""

from dataclasses import dataclass
from enum import StrEnum

from hotline.engine.plain import Plain


class Standing(StrEnum):
    """How a sender stands with the carrier."""

    FREE = ""
    ON_TRIAL = "trial"  # several people in a row were refused, nobody knows why: one goes at a time
    HELD = "held"  # it is about us: nothing goes but a trial now and then


@dataclass(frozen=True)
class Sender(Plain):
    """One way out, texts or calls. ``held_until`` is when something is tried next (UTC seconds).

    ``refused`` are the people whom the carrier refused for a reason that nobody knows, since it last took something.
    ``unclear`` counts answers in a row that made no sense. ``trial`` is the row or call that is being tried.
    ``by_report`` says that the carrier takes everything and lets it fail later, so a trial has succeeded only when it
    has arrived. ``tokens`` are the segments that could go at ``counted_at``.
    """

    standing: Standing = Standing.FREE
    held_until: float = 0.0
    reason: str = ""
    refused: tuple[str, ...] = ()
    unclear: int = 0
    trial: int = 0
    by_report: bool = False
    tokens: float = float("inf")
    counted_at: float = 0.0

    def room(self, rate: float, most: float, now: float) -> float:
        """Segments that may go now, at so many a second."""
        return min(most, self.tokens + max(0.0, now - self.counted_at) * rate)
