"""How many numbers write for the first time: more than a neighborhood has are a storm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline.model.calendar import MINUTE

if TYPE_CHECKING:
    from hotline.storage import Transaction

HOLDS = 1.0  # seconds


class Newcomers:
    """Counted in the database once a second, and on from there: in a storm each would count all the others."""

    def __init__(self, most: int) -> None:
        self._most = most + 1  # more than that does not matter
        self._count, self._counted_at = 0, float("-inf")

    def count_one(self, tx: Transaction, now: float) -> int:
        """Counts the one who writes just now; how many there were within a minute."""
        if 0 <= now - self._counted_at < HOLDS:
            self._count += 1
        else:
            self._count, self._counted_at = tx.people.newcomers_since(now - MINUTE, self._most), now
        return self._count
