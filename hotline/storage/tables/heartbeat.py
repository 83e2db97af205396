"""Heartbeat: whether everything lives, and up to when a chore was done."""

from hotline.model.heartbeat import Health, Work
from hotline.storage.execute import Table


class Heartbeat(Table):
    """Whether everything lives, and up to when a chore was done."""

    def mark(self, name: str) -> float | None:
        """Up to when something was done."""
        row = self._one("mark", name=name)
        return row["at"] if row else None

    def set_mark(self, name: str, at: float) -> None:
        self._change("set_mark", name=name, at=at)

    def take_mark(self, name: str, before: float, at: float) -> bool:
        """Sets it, unless it is later than `before`: of several processes one is first."""
        return self._change("take_mark", name=name, before=before, at=at) == 1

    def beat(self, worker: str, now: float) -> None:
        """A process lives: a worker, or a web process ("web-" and its number) without one."""
        self._change("beat", worker=worker, now=now)

    def last_beat(self, process: str) -> None:
        """It has ended of itself."""
        self._change("last_beat", worker=process)

    def living(self) -> float | None:
        """When a process that has not ended of itself showed last that it lives."""
        at = self._all("living")[0]["at"]
        return None if at is None else float(at)

    def health(self) -> Health:
        row = self._all("health")[0]
        return Health(row["beat_at"], row["waiting_since"], row["held_for"] or "", row["unclear"] or 0)

    def work(self, since: float) -> Work:
        """How the work goes; what could not be sent is counted since then."""
        return Work(**self._all("state_of_work", since=since)[0])
