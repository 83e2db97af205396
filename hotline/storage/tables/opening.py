"""Opening: whether the hotline practices, or is open to everybody."""

from hotline.storage.execute import Table

PRACTICE, OPEN = "practice", "open"  # marks: since when


class Opening(Table):
    """Whether the hotline practices, or is open to everybody. Once open it never practices again."""

    def is_practice(self) -> bool:
        return self._one("mark", name=PRACTICE) is not None and self._one("mark", name=OPEN) is None

    def was_decided(self) -> bool:
        return self._one("mark", name=PRACTICE) is not None or self._one("mark", name=OPEN) is not None

    def ever_reached_anybody(self) -> bool:
        """Whether anybody was ever texted, called or answered."""
        return self._one("ever_reached") is not None

    def begin_practice(self, now: float) -> None:
        self._change("set_mark", name=PRACTICE, at=now)

    def go_live(self, now: float) -> None:
        self._change("set_mark", name=OPEN, at=now)
