"""Due rows: which is the first of its kind, and how one is put off.

Nothing of what is in a row is read: one that cannot be read is found and put off like any other.
"""

from hotline.model.due import DueRow, Kind
from hotline.storage.execute import Table
from hotline.storage.shared_tables import SHARED

NEXT = {
    Kind.DANGER: "next_danger",
    Kind.PERSON: "next_flag_to_ring",
    Kind.WAVE: "next_to_look_at",
    Kind.FOLLOW_UP: "next_to_check",
    Kind.NEXT_WEEK: "next_again",
    Kind.DOUBT: "next_in_doubt",
    Kind.STOP: "next_stop_asked",
    Kind.DAILY_RING: "next_daily_ring",
    Kind.ALARM: "next_ring_alarm",
    Kind.CONTACT: "next_ring_contact",
    Kind.SIGN_UP: "next_ring_sign_up",
    **{table.kind: f"next_of_{table.name}" for table in SHARED if table.kind},
    Kind.BROADCAST: "next_broadcast",
}
PUT_OFF = {
    Kind.DANGER: "put_off_danger",
    Kind.PERSON: "put_off_flag",
    Kind.WAVE: "put_off_wave",
    Kind.FOLLOW_UP: "put_off_check",
    Kind.NEXT_WEEK: "put_off_again",
    Kind.DOUBT: "put_off_doubt",
    Kind.STOP: "put_off_stop",
    Kind.DAILY_RING: "put_off_daily_ring",
    Kind.ALARM: "put_off_ring_alarm",
    Kind.CONTACT: "put_off_ring_contact",
    Kind.SIGN_UP: "put_off_ring_sign_up",
    **{table.kind: f"put_off_{table.name}" for table in SHARED if table.kind},
    Kind.BROADCAST: "put_off_broadcast",
    Kind.TEXT: "put_off_text",
    Kind.CALL: "put_off_call",
    Kind.SOUND: "put_off_recording",
}


class DueRows(Table):
    """Which is the first of its kind, and how one is put off."""

    def next(self, kind: Kind, now: float) -> DueRow | None:
        """The one that waits longest. Nothing is locked yet, but a need that a wave is made for."""
        row = self._one(NEXT[kind], now=now)
        return DueRow(kind, row["id"], row["party"], row["about"]) if row else None

    def kinds(self, now: float) -> frozenset[Kind]:
        """Those of which one may be due: found as `next` finds it, all by one statement."""
        return frozenset(Kind[row["kind"]] for row in self._all("kinds_due", now=now))

    def put_off(self, row: DueRow, until: float) -> None:
        """It is due again then."""
        self._change(PUT_OFF[row.kind], id=row.id, until=until)
