"""Companion: a volunteer who rings somebody at the hour of their daily ring, joined through the line."""

from dataclasses import dataclass

from hotline.engine.plain import Plain
from hotline.engine.session import Values
from hotline.model.calendar import DAY, HOUR

EVERY = {1: 7 * DAY, 3: 2 * DAY, 7: DAY}  # so many days a week at most, and how far apart those are
CLOCKS = 3 * HOUR  # that a day may be shorter, where clocks change or the hour of the ring does
MOST_MISSED = 3  # times in a row that they did not pick up, then they are rung for it no more


@dataclass(frozen=True)
class Companion(Plain):
    """One volunteer. ``most`` is on how many days a week they ring at most, ``other`` whom they ring, "" while nobody
    has said yes; ``rung_at`` is when they were rung for it last (UTC seconds), ``missed`` how often in a row in vain.
    """

    volunteer: str
    most: int
    other: str = ""
    rung_at: float = 0.0
    missed: int = 0

    def has_a_turn(self, due_at: float) -> bool:
        """Whether they may be rung again for the ring of that moment."""
        return bool(self.other) and due_at - self.rung_at >= EVERY[self.most] - CLOCKS


@dataclass(frozen=True)
class Company(Plain):
    """Company in the daily ring. ``mine`` is what this person, a volunteer, has offered; ``theirs`` the one who rings
    this person, ``offered`` one who would. ``hour`` is that of the ring of whom they ring themselves; ``names`` are
    first names by number."""

    mine: Companion | None = None
    theirs: Companion | None = None
    offered: Companion | None = None
    hour: str = ""
    names: tuple[tuple[str, str], ...] = ()

    def name_of(self, phone: str) -> Values:
        return {"name": dict(self.names).get(phone) or ("someone",)}
