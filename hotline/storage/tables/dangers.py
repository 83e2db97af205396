"""Dangers: who spoke of danger, and when somebody looks again."""

from hotline.model.dangers import DangerCase
from hotline.storage.execute import Row, Table


class Dangers(Table):
    """Who spoke of danger, and when somebody looks again."""

    def raised(self, party: str, need: int, level: str, words: str, look_at: float | None, now: float) -> DangerCase:
        """What somebody says now: a new case, or more about one that is open. Its level only grows."""
        values = {"party": party, "need": need, "level": level, "words": words, "look_at": look_at, "now": now}
        return case_of(self._all("danger_raised", **values)[0])

    def told_since(self, party: str, since: float) -> tuple[bool, bool]:
        """(whether coordinators heard of this number since then, whether they heard that it is certain)."""
        row = self._one("danger_told_since", party=party, since=since)
        return (bool(row["told"]), bool(row["alarmed"])) if row else (False, False)

    def said_lately(self, party: str, since: float, room: int) -> list[str]:
        """What this person said of danger since then, and nobody has looked at: the first texts of it."""
        return [row["words"] for row in self._all("danger_said_lately", party=party, since=since, room=room)]

    def named_since(self, party: str, since: float) -> bool:
        """Whether this person spoke of danger since then, whatever became of it."""
        return self._one("danger_since", party=party, since=since) is not None

    def told(self, id: int, now: float, *, certain: bool) -> None:
        self._change("danger_told", id=id, certain=int(certain), now=now)

    def grew(self, id: int, look_at: float | None) -> None:
        """Silence counts as a yes."""
        self._change("danger_grew", id=id, look_at=look_at)

    def look_again(self, id: int, at: float | None) -> None:
        self._change("danger_look_again", id=id, look_at=at)
        self._run.woke = True

    def seen(self, id: int, now: float, look_at: float) -> None:
        """A coordinator has looked; what waits for their word goes on waiting."""
        self._change("danger_seen", id=id, now=now, look_at=look_at)

    def of(self, party: str) -> list[DangerCase]:
        """All that this person spoke of and nobody has settled."""
        return [case_of(row) for row in self._all("open_dangers_of", party=party)]

    def about(self, need: int) -> list[DangerCase]:
        """All that was said about this need and nobody has settled."""
        return [case_of(row) for row in self._all("open_dangers_about", need=need)]

    def open(self, party: str, level: str) -> list[DangerCase]:
        """What this person spoke of at that level and nobody has settled."""
        return [case_of(row) for row in self._all("dangers_of", party=party, level=level)]

    def still_due(self, id: int, now: float) -> DangerCase | None:
        row = self._one("danger_still_due", id=id, now=now)
        return case_of(row) if row else None

    def settle(self, id: int, now: float) -> None:
        self._change("settle_danger", id=id, now=now)

    def settle_about(self, need: int, now: float) -> None:
        """A person has looked at all that was said about this need."""
        self._change("settle_dangers_about", need=need, now=now)

    def is_named_in(self, need: int) -> bool:
        """Whether danger was certain about this need, whatever became of it."""
        return self._one("danger_named", need=need) is not None


def case_of(row: Row) -> DangerCase:
    return DangerCase(**{name: row[name] for name in DangerCase.__dataclass_fields__})
