"""Heartbeat: whether everything lives, and up to when a chore was done."""

from hotline.model.heartbeat import Health
from hotline.storage.execute import Table


class Heartbeat(Table):
    """Whether everything lives, and up to when a chore was done."""

    def mark(self, name: str) -> float | None:
        """Up to when something was done."""
        row = self._one("mark", name=name)
        return row["at"] if row else None

    def set_mark(self, name: str, at: float) -> None:
        self._change("set_mark", name=name, at=at)

    def beat(self, worker: str, now: float) -> None:
        self._change("beat", worker=worker, now=now)

    def health(self) -> Health:
        row = self._all("health")[0]
        return Health(row["beat_at"], row["waiting_since"], row["held_for"] or "")
