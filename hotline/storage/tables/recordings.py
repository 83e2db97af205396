"""Recordings: sounds, from the carrier to us, until they are forgotten."""

from hotline.model.recordings import Recording, Spoken
from hotline.storage.execute import Row, Table
from hotline.storage.shared_tables import SHARED


class Recordings(Table):
    """Sounds, from the carrier to us, until they are forgotten."""

    def begun(self, sid: str, party: str, kind: str, due_at: float, now: float) -> None:
        self._change("said_aloud", sid=sid, party=party, kind=kind, due_at=due_at, now=now)

    def reported(self, sid: str, told: str, seconds: int, now: float) -> bool:
        """The carrier's word: completed, failed or absent. False when it changes nothing."""
        there = told == "completed"
        values = {"sid": sid, "told": told, "status": "waiting" if there else told, "seconds": seconds}
        return self._change("recording_reported", **values, due_at=now if there else None, now=now) == 1

    def get(self, sid: str) -> Recording | None:
        row = self._one("recording", sid=sid)
        return recording_of(row) if row else None

    def all(self, room: int) -> list[Recording]:
        return list(map(recording_of, self._all("recordings", room=room)))

    def about(self, sid: str) -> int:
        """The number of the need that was spoken of, 0 when there is none."""
        row = self._one("about_recording", sid=sid)
        return int(row["number"]) if row else 0

    def lease(self, room: int, until: float, now: float) -> list[Recording]:
        return list(map(recording_of, self._all("lease_recordings", room=room, until=until, now=now)))

    def keep(self, row: Recording, place: str, due_at: float, now: float) -> bool:
        """False when it is not wanted any more, or another worker holds it by now."""
        values = {"sid": row.sid, "lease": row.lease, "place": place}
        return self._change("keep_recording", **values, due_at=due_at, now=now) == 1

    def later(self, row: Recording, due_at: float | None, reason: str) -> None:
        self._change("recording_later", sid=row.sid, lease=row.lease, due_at=due_at, reason=reason)

    def over(self, row: Recording, status: str, reason: str, now: float) -> None:
        self._change("recording_over", sid=row.sid, lease=row.lease, status=status, reason=reason, now=now)

    def forget(self, sid: str, now: float) -> None:
        self._change("forget_recording", sid=sid, now=now)

    def gone(self, sid: str, now: float) -> None:
        """It is deleted everywhere, whoever did it."""
        self._change("recording_gone", sid=sid, now=now)

    def forget_what_is_over(self, before: float, now: float) -> None:
        """What was said about needs that were over before then."""
        self._change("forget_what_is_over", before=before, now=now)
        for table in SHARED:
            if table.sounds:
                self._change(f"forget_spoken_{table.name}", before=before, now=now)

    def spoken_to(self, phone: str, room: int) -> tuple[Spoken, ...]:
        return tuple(map(_spoken, self._all("spoken_to", phone=phone, room=room)))

    def all_spoken(self, room: int) -> tuple[Spoken, ...]:
        return tuple(map(_spoken, self._all("all_spoken", room=room)))


def recording_of(row: Row) -> Recording:
    return Recording(**{name: row[name] for name in Recording.__dataclass_fields__})


def _spoken(row: Row) -> Spoken:
    number, code = row["number"] or 0, str(row["code"] or "")
    return Spoken(row["sid"], row["place"], number, code, row["what"] or "", row["area"] or "", row["made_at"])
