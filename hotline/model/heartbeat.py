"""Heartbeat: what shows that the hotline works."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Health:
    """When the worker last beat, since when the oldest answer or news is due, the code for which nothing goes, and how
    many answers of the carrier in a row made no sense."""

    beat_at: float | None
    waiting_since: float | None
    held_for: str
    unclear: int
