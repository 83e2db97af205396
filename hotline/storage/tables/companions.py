"""Companions: which volunteers ring somebody at the hour of their daily ring, and whom."""

from hotline.model.companions import Companion
from hotline.storage.execute import Row, Table

AS_KEPT = ("volunteer", "most", "other", "rung_at", "missed")


class Companions(Table):
    """One row a volunteer. Between two people all is one conditional statement: each side may leave at any moment."""

    def of(self, volunteer: str) -> Companion | None:
        row = self._one("companion", volunteer=volunteer)
        return companion_of(row) if row else None

    def who_rings(self, phone: str) -> Companion | None:
        row = self._one("companion_of", phone=phone)
        return companion_of(row) if row else None

    def free(self, room: int) -> list[Companion]:
        """Those who ring nobody yet, first come first."""
        return [companion_of(row) for row in self._all("companions_free", room=room)]

    def offer(self, volunteer: str, most: int, now: float) -> None:
        self._change("offer_company", volunteer=volunteer, most=most, now=now)

    def join(self, volunteer: str, phone: str) -> bool:
        """From now on they ring this person; False where one of the two has somebody else by now."""
        return self._change("join_companion", volunteer=volunteer, phone=phone) == 1

    def part(self, volunteer: str, phone: str) -> bool:
        """They ring this person no more, and may ring another; False where they did not."""
        return self._change("part_companion", volunteer=volunteer, phone=phone) == 1

    def end(self, volunteer: str) -> bool:
        """They ring nobody any more."""
        return self._change("end_companion", volunteer=volunteer) == 1

    def rung(self, volunteer: str, at: float, missed: int) -> None:
        self._change("companion_rung", volunteer=volunteer, at=at, missed=missed)


def companion_of(row: Row) -> Companion:
    return Companion(**{name: row[name] for name in AS_KEPT})
