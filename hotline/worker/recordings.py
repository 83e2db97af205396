"""Recordings: fetches what was said aloud from the carrier; retention says when it is forgotten."""

import asyncio
from collections.abc import Callable

from hotline.carriers.api import Carrier, CarrierError
from hotline.carriers.download_recording import NOT_THERE, kind_of
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.due import DueRow, Kind
from hotline.model.recordings import Recording
from hotline.outbound.leases import LEASE, pause
from hotline.storage import Store, Transaction
from hotline.storage.audio import PlaceError, Places
from hotline.worker.poison_rows import RowByRow
from hotline.worker.recording_retention import RecordingRetention

RECORDINGS_AT_ONCE = 8
LONGEST_PAUSE = 15 * MINUTE  # between two tries with one recording
LATE_AFTER = HOUR  # a person knows that we do not have it yet
NOT_FORGOTTEN_AFTER = DAY  # a person knows that it is still there


class RecordingWorker:
    """The carrier's copy stays until ours is kept; whatever fails is tried again, and flagged."""

    def __init__(
        self,
        store: Store,
        rows: RowByRow,
        carrier: Carrier,
        places: Places,
        retention: RecordingRetention,
        clock: Callable[[], float],
    ) -> None:
        self._store, self._rows, self._carrier, self._places, self._clock = store, rows, carrier, places, clock
        self._retention = retention

    async def tend(self) -> None:
        """Everything that is due now."""
        while await self.tend_some():
            pass

    async def tend_some(self) -> bool:
        """Some of what is due now; False when nothing was."""
        await self._store.run(self._retention.sweep)
        due = await self._store.run(self._take)
        looks = (self._rows.tried(DueRow(Kind.SOUND, row.sid, row.party), self._look_after(row)) for row in due)
        await asyncio.gather(*looks)
        return bool(due)

    def _take(self, tx: Transaction) -> list[Recording]:
        now = self._clock()
        return tx.recordings.lease(RECORDINGS_AT_ONCE, now + LEASE, now)

    async def _look_after(self, row: Recording) -> None:
        try:
            match row.status:
                case "waiting":
                    await self._fetch(row)
                case "kept":
                    await self._retention.look_at(row)
                case _:
                    await self._retention.forget(row)
        except CarrierError as error:
            await self._store.run(self._not_now, row, error.code or str(error), error.after)
        except PlaceError as error:
            await self._store.run(self._not_now, row, f"store: {error}")

    async def _fetch(self, row: Recording) -> None:
        sound = await self._carrier.sound(row.sid)
        place = f"{'voice' if row.kind == 'prompt' else 'words'}/{row.sid}.{kind_of(sound)}"
        await self._places.put(place, sound)
        if not await self._store.run(self._keep, row, place):
            await self._places.delete(place)  # it was to be forgotten meanwhile

    def _keep(self, tx: Transaction, row: Recording, place: str) -> bool:
        """False when it is not wanted any more."""
        if tx.recordings.keep(row, place, self._retention.next_look(row), self._clock()):
            return True
        found = tx.recordings.get(row.sid)
        return found is not None and found.place == place  # another worker was faster

    def _not_now(self, tx: Transaction, row: Recording, why: str, after: float = 0.0) -> None:
        """It did not work: again after a while, and a person knows when it takes long."""
        now = self._clock()
        again_at = now + max(after, pause(row.attempts, LONGEST_PAUSE))
        if row.status != "waiting":
            tx.recordings.later(row, again_at, why)
            self._flag_after(tx, row, "recording_not_forgotten", NOT_FORGOTTEN_AFTER, row.changed_at, why)
        elif now - row.made_at > (DAY if why in NOT_THERE else self._retention.longest) or why == "too large":
            tx.recordings.over(row, "lost", why, now)
            self._flag(tx, row, "recording_lost", why)
        else:
            tx.recordings.later(row, again_at, why)
            self._flag_after(tx, row, "recording_late", LATE_AFTER, row.made_at, why)

    def _flag_after(self, tx: Transaction, row: Recording, why: str, patience: float, since: float, code: str) -> None:
        if self._clock() - since >= patience:
            self._flag(tx, row, why, code)

    def _flag(self, tx: Transaction, row: Recording, why: str, code: str) -> None:
        tx.flags.add_once(why, row.party, f"{row.sid} {code}", tx.recordings.about(row.sid), self._clock())
