"""Flags, marks, and whether everything lives."""

from dataclasses import dataclass

from hotline.model.records import Flag
from hotline.storage.execute import Row, Statements


@dataclass(frozen=True)
class Health:
    """When the worker last beat, since when the oldest answer or news is due, until when nothing can be sent."""

    beat_at: float | None
    waiting_since: float | None
    held_until: float | None


class House(Statements):
    """What the hotline notes about itself."""

    def flag(self, why: str, party: str, words: str, about: int, now: float) -> None:
        self._change("flag", why=why, party=party, words=words, about=about, now=now)

    def flag_once(self, why: str, party: str, words: str, about: int, now: float) -> bool:
        """False when the same stands there already and nobody has looked."""
        return self._change("flag_once", why=why, party=party, words=words, about=about, now=now) == 1

    def is_flagged(self, why: str, about: int) -> bool:
        return self._one("is_flagged", why=why, about=about) is not None

    def open_flags(self) -> list[Flag]:
        return [flag_of(row) for row in self._all("open_flags")]

    def settle_flag(self, id: int, now: float) -> bool:
        """A person has looked; False when there is no such open flag."""
        return self._change("settle_flag", id=id, now=now) == 1

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
        return Health(row["beat_at"], row["waiting_since"], row["held_until"])


def flag_of(row: Row) -> Flag:
    return Flag(row["id"], row["why"], row["party"], row["words"], row["about"], row["raised_at"])
