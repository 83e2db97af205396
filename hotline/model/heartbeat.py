"""Heartbeat: what shows that the hotline works."""

from dataclasses import dataclass

STARTED = "started"  # the mark that says when the hotline began to run last
SENSELESS = 10  # answers of the carrier in a row that made no sense, after which somebody has to look
BACKED_UP = "backed_up"  # the mark that says when `hotline backup` last made one


@dataclass(frozen=True)
class Health:
    """When the worker last beat, since when the oldest answer or news is due, the code for which nothing goes, and how
    many answers of the carrier in a row made no sense."""

    beat_at: float | None
    waiting_since: float | None
    held_for: str
    unclear: int

    @property
    def senseless(self) -> bool:
        return self.unclear >= SENSELESS


@dataclass(frozen=True)
class Work:
    """When the hotline began to run last, when a text and a call came in last (UTC seconds, None for never), and how
    much could not be sent lately."""

    started: float | None
    text_at: float | None
    call_at: float | None
    dead_letters: int
