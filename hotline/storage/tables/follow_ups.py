"""Follow-ups: when a need is looked after again, and which comes again each week."""

from hotline.model.needs import Need
from hotline.storage.execute import Row, Table
from hotline.storage.tables.needs import need_of


class FollowUps(Table):
    """When a need is looked after again, and which comes again each week."""

    def check(self, number: int, at: float | None, checks: int = 0) -> None:
        """When to look after a need again; `checks` is how often nothing was heard of it by then."""
        self._change("check", number=number, check_at=at, checks=checks)

    def still_due(self, number: int, now: float) -> Need | None:
        return _need(self._one("still_due", number=number, now=now))

    def still_in_doubt(self, number: int, now: float) -> Need | None:
        return _need(self._one("still_in_doubt", number=number, now=now))

    def still_again(self, number: int, now: float) -> Need | None:
        return _need(self._one("still_again", number=number, now=now))

    def weekly(self, number: int, every: str, again_at: float | None, now: float) -> None:
        self._change("weekly", number=number, every=every, again_at=again_at, now=now)


def _need(row: Row | None) -> Need | None:
    return need_of(row) if row else None
