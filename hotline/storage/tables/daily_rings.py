"""Daily rings: who is rung each day, when next, and what came of the last one."""

from typing import Any

from hotline.model.daily_rings import Came, DailyRing
from hotline.model.rounds import Consent
from hotline.storage.execute import Row, Table

AS_KEPT = ("phone", "hour", "due_at", "check_at", "tries", "came_at", "silent", "alive_at", "away_until", "asked")
YES_OR_NO = ("rings", "engaged", "told")  # `safety`, and `consent` to company, are written by themselves


class DailyRings(Table):
    """One row a person. Whoever writes has locked the person."""

    def of(self, phone: str) -> DailyRing | None:
        row = self._one("daily_ring", phone=phone)
        return daily_ring_of(row) if row else None

    def keep(self, ring: DailyRing, now: float) -> None:
        """As it stands from now on."""
        values = {name: getattr(ring, name) for name in AS_KEPT} | {"came": str(ring.came)}
        self._change("keep_daily_ring", **values, **_flags(ring), now=now)
        self._run.woke = True

    def tried(self, ring: DailyRing) -> None:
        """A call of this ring is over, unless the ring has come to something meanwhile."""
        same = {name: getattr(ring, name) for name in ("phone", "due_at", "tries", "check_at")}
        self._change("daily_ring_tried", **same, engaged=int(ring.engaged))
        self._run.woke = True

    def consent(self, phone: str, consent: Consent) -> None:
        """Whether they want a volunteer to ring them. By itself: they may be away from a ring that is being made."""
        self._change("daily_ring_consent", phone=phone, consent=consent)

    def to_machine(self, phone: str, volunteer: str, now: float) -> bool:
        """The volunteer's turn is over, and the machine rings now; False where it was not their turn any more."""
        self._run.woke = True
        return self._change("daily_ring_to_machine", phone=phone, volunteer=volunteer, now=now) == 1

    def is_made(self, phone: str) -> bool:
        """Whether this person is to be rung, or asked in any other call, just now."""
        return self._one("daily_ring_is_made", phone=phone) is not None

    def not_made(self) -> list[tuple[bool, str, str]]:
        """(whether for safety, the hour, whose) of rings that were not made for a fault of ours, each once:
        coordinators are told now."""
        return sorted((bool(row["safety"]), row["hour"], row["phone"]) for row in self._all("tell_rings_not_made"))

    def end(self, phone: str) -> None:
        self._change("drop_daily_ring", phone=phone)


def daily_ring_of(row: Row) -> DailyRing:
    same: dict[str, Any] = {name: row[name] for name in AS_KEPT}
    same |= {name: bool(row[name]) for name in YES_OR_NO}
    return DailyRing(**same, came=Came(row["came"]), safety=bool(row["safety"]), consent=Consent(row["consent"]))


def _flags(ring: DailyRing) -> dict[str, int]:
    return {name: int(getattr(ring, name)) for name in YES_OR_NO}
