"""Codes: the short numbers that people text back, such as 112 in YES 112. They never run out.

A code is no row's number. There are those from 101 to 9999, less the emergency number and the crisis line; one is free
again 90 days after its thing is over, so that nobody who finds an old text reaches somebody else with it.
"""

from collections.abc import Iterable

from hotline.model.calendar import DAY
from hotline.storage.execute import Table

FREE_AFTER = 90 * DAY


class Codes(Table):
    """Which codes are free. Things keep their code in a column of their own."""

    def give(self, now: float) -> int:
        """A code for a new thing: one that nothing ever had, else the one that is free for longest.

        Where all are taken, those of what is over are free sooner. RuntimeError when 9,899 things are not over.
        """
        rows = self._all("give_code") or (self.free(now) and self._all("give_code"))
        if not rows:
            rows = self.free(now, after=0.0) and self._all("give_code")
        if not rows:
            raise RuntimeError("every code from 101 to 9999 is in use; close what is over")
        return int(rows[0]["code"])

    def free(self, now: float, after: float = FREE_AFTER) -> int:
        """Frees the codes of what is over for so many seconds; how many."""
        return self._change("free_codes", before=now - after)

    def tables(self, code: int) -> tuple[str, ...]:
        """In which tables something has, or had, a code."""
        return tuple(row["kind"] for row in self._all("under_code", code=code))

    def reserve(self, numbers: Iterable[str]) -> None:
        """These alone are never given."""
        self._change("reserve_no_code")
        for number in numbers:
            if number.isdecimal():
                self._change("reserve_code", code=int(number))
