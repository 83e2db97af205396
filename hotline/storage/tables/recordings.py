"""What was said aloud, the community's own voice, and the PIN that opens the coordinators' room."""

from dataclasses import dataclass

from hotline.model.recordings import Spoken
from hotline.storage.execute import Row, Statements


@dataclass(frozen=True)
class Recording:
    """One recording. ``place`` is its name in the store of sounds, "" while we do not have it; times are UTC seconds.

    ``lease`` is the worker's hold on it, ``attempts`` how often it was tried to fetch or to forget it.
    """

    sid: str
    party: str
    kind: str
    status: str
    place: str
    seconds: int
    attempts: int
    lease: int
    reason: str
    made_at: float
    changed_at: float


@dataclass(frozen=True)
class Voice:
    """One piece in the community's own voice: what it says, and where its sound is; "" while it is on its way."""

    language: str
    piece: str
    words: str
    place: str


@dataclass(frozen=True)
class Pin:
    """The hash of a PIN, and how often a wrong one was tried since when."""

    hash: str
    misses: int
    missed_since: float


class RecordingsTable(Statements):
    """Sounds, from the carrier to us, until they are forgotten."""

    def said_aloud(self, sid: str, party: str, kind: str, due_at: float, now: float) -> None:
        self._change("said_aloud", sid=sid, party=party, kind=kind, due_at=due_at, now=now)

    def recording_reported(self, sid: str, told: str, seconds: int, now: float) -> bool:
        """The carrier's word: completed, failed or absent. False when it changes nothing."""
        there = told == "completed"
        values = {"sid": sid, "told": told, "status": "waiting" if there else told, "seconds": seconds}
        return self._change("recording_reported", **values, due_at=now if there else None, now=now) == 1

    def recording(self, sid: str) -> Recording | None:
        row = self._one("recording", sid=sid)
        return _recording(row) if row else None

    def recordings(self, room: int) -> list[Recording]:
        return list(map(_recording, self._all("recordings", room=room)))

    def about_recording(self, sid: str) -> int:
        """The number of the need that was spoken of, 0 when there is none."""
        row = self._one("about_recording", sid=sid)
        return int(row["number"]) if row else 0

    def lease_recordings(self, room: int, until: float, now: float) -> list[Recording]:
        return list(map(_recording, self._all("lease_recordings", room=room, until=until, now=now)))

    def keep_recording(self, row: Recording, place: str, due_at: float, now: float) -> bool:
        """False when it is not wanted any more, or another worker holds it by now."""
        values = {"sid": row.sid, "lease": row.lease, "place": place}
        return self._change("keep_recording", **values, due_at=due_at, now=now) == 1

    def recording_later(self, row: Recording, due_at: float | None, reason: str) -> None:
        self._change("recording_later", sid=row.sid, lease=row.lease, due_at=due_at, reason=reason)

    def recording_over(self, row: Recording, status: str, reason: str, now: float) -> None:
        self._change("recording_over", sid=row.sid, lease=row.lease, status=status, reason=reason, now=now)

    def forget_recording(self, sid: str, now: float) -> None:
        self._change("forget_recording", sid=sid, now=now)

    def forget_what_is_over(self, before: float, now: float) -> None:
        """What was said about needs that were over before then."""
        self._change("forget_what_is_over", before=before, now=now)

    def spoken_to(self, phone: str, room: int) -> tuple[Spoken, ...]:
        return tuple(map(_spoken, self._all("spoken_to", phone=phone, room=room)))

    def all_spoken(self, room: int) -> tuple[Spoken, ...]:
        return tuple(map(_spoken, self._all("all_spoken", room=room)))

    def keep_voice(self, language: str, piece: str, words: str, sid: str, now: float) -> None:
        """From now on that recording says this piece; the one before is forgotten."""
        self._change("forget_replaced", language=language, piece=piece, sid=sid, now=now)
        self._change("keep_voice", language=language, piece=piece, words=words, sid=sid, now=now)

    def own_file(self, sid: str, place: str, now: float) -> None:
        self._change("own_file", sid=sid, place=place, now=now)

    def voices(self) -> list[Voice]:
        rows = self._all("voices")
        return [Voice(row["language"], row["piece"], row["words"], row["place"]) for row in rows if _has_sound(row)]

    def is_voice(self, sid: str) -> bool:
        return self._one("is_voice", sid=sid) is not None

    def pin(self, name: str) -> Pin | None:
        row = self._one("pin", name=name)
        return Pin(row["hash"], row["misses"], row["missed_since"]) if row else None

    def set_pin(self, name: str, hash: str) -> None:
        self._change("set_pin", name=name, hash=hash)

    def pin_missed(self, name: str, misses: int, since: float) -> None:
        self._change("pin_missed", name=name, misses=misses, since=since)


def _has_sound(row: Row) -> bool:
    """Whether a sound is there or may still come: one that was lost says nothing."""
    return row["status"] in ("waiting", "kept")


def _recording(row: Row) -> Recording:
    return Recording(**{name: row[name] for name in Recording.__dataclass_fields__})


def _spoken(row: Row) -> Spoken:
    number = row["number"] or 0
    return Spoken(row["sid"], row["place"], number, row["what"] or "", row["area"] or "", row["made_at"])
