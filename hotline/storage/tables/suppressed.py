"""Suppression list: numbers that ended our texts or were blocked, as hashes, after everything else is forgotten."""

from hotline.storage.execute import Table


class Suppressed(Table):
    """Hashes of numbers that are left alone; what makes them stands in outbound/suppression.py."""

    def add(self, hash: str, why: str, now: float) -> None:
        self._change("suppress", hash=hash, why=why, now=now)

    def why(self, hash: str) -> str:
        """Why that number is left alone, "" where it is not."""
        row = self._one("suppressed", hash=hash)
        return row["why"] if row else ""

    def lift(self, hash: str) -> None:
        self._change("lift_suppression", hash=hash)
