"""Fetches what was said aloud from the carrier, and forgets it in time, here and there. Part of the worker."""

import asyncio
import logging
from collections.abc import Callable

from hotline.carriers.api import Carrier, CarrierError
from hotline.carriers.download_recording import NOT_THERE, kind_of
from hotline.community.model import Community
from hotline.model.recordings import Recording
from hotline.storage import Store, StoreDown, Transaction
from hotline.storage.audio import PlaceError, Places

log = logging.getLogger(__name__)

AT_ONCE = 8
LEASE = 120.0  # seconds after which another worker looks after it; longer than any fetch takes
REST = 2.0  # seconds between two looks
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
LONGEST_PAUSE = 15 * MINUTE
LATE = HOUR  # after that a person knows that we do not have it yet
GRACE = DAY  # a need that is over may turn out not to be
SWEEP = 10 * MINUTE
UNHEARD = DAY  # a take that nobody kept, and the carrier's copy of one that was


class Keeper:
    """One worker's keeper. The carrier's copy stays until ours is kept; whatever fails is tried again, and flagged."""

    def __init__(
        self, store: Store, carrier: Carrier, places: Places, community: Community, clock: Callable[[], float]
    ) -> None:
        self._store, self._carrier, self._places, self._clock = store, carrier, places, clock
        self._days = community.recordings_days
        self._swept_at = float("-inf")

    async def run(self) -> None:
        """Works until it is cancelled, beside everything else: a slow carrier must hold up no text."""
        while True:
            try:
                await self.tend()
            except StoreDown as error:
                log.error("the database does not answer: %s", error)
            except Exception:
                log.exception("the keeper of recordings stumbled and goes on")
            await asyncio.sleep(REST)

    async def tend(self) -> None:
        """Everything that is due now."""
        await self._store.run(self._sweep)
        while due := await self._store.run(self._take):
            await asyncio.gather(*map(self._look_after, due))

    def _sweep(self, tx: Transaction) -> None:
        now = self._clock()
        if not 0 <= now - self._swept_at < SWEEP:
            self._swept_at = now
            tx.recordings.forget_what_is_over(now - GRACE, now)

    def _take(self, tx: Transaction) -> list[Recording]:
        now = self._clock()
        return tx.recordings.lease(AT_ONCE, now + LEASE, now)

    async def _look_after(self, row: Recording) -> None:
        try:
            match row.status:
                case "waiting":
                    await self._fetch(row)
                case "kept":
                    await self._due(row)
                case _:
                    await self._forget(row)
        except CarrierError as error:
            await self._store.run(self._not_now, row, error.code or str(error))
        except PlaceError as error:
            await self._store.run(self._not_now, row, f"store: {error}")

    async def _fetch(self, row: Recording) -> None:
        sound = await self._carrier.sound(row.sid)
        place = f"{'voice' if row.kind == 'prompt' else 'words'}/{row.sid}.{kind_of(sound)}"
        await self._places.put(place, sound)
        if not await self._store.run(self._kept, row, place):
            await self._places.delete(place)  # it was to be forgotten meanwhile

    def _kept(self, tx: Transaction, row: Recording, place: str) -> bool:
        now = self._clock()
        due_at = now + UNHEARD if row.kind == "prompt" or not row.party else max(now, self._until(row))
        if tx.recordings.keep(row, place, due_at, now):
            return True
        found = tx.recordings.get(row.sid)
        return found is not None and found.place == place  # another worker was faster

    def _until(self, row: Recording) -> float:
        return row.made_at + self._days * DAY

    async def _due(self, row: Recording) -> None:
        """Time to forget it; the own voice is forgotten at the carrier alone. What no step of a call ever named was a
        second of nothing, and goes after a day."""
        if row.kind == "prompt" and await self._store.run(lambda tx: tx.voices.is_voice(row.sid)):
            await self._carrier.forget_sound(row.sid)
            await self._store.run(lambda tx: tx.recordings.later(row, None, ""))
        elif row.kind == "words" and row.party and self._clock() < self._until(row):
            await self._store.run(lambda tx: tx.recordings.later(row, self._until(row), ""))
        else:
            await self._store.run(lambda tx: tx.recordings.forget(row.sid, self._clock()))

    async def _forget(self, row: Recording) -> None:
        await self._carrier.forget_sound(row.sid)
        if row.place:
            await self._places.delete(row.place)
        await self._store.run(lambda tx: tx.recordings.over(row, "forgotten", "", self._clock()))

    def _not_now(self, tx: Transaction, row: Recording, why: str) -> None:
        """It did not work: again after a while, and a person knows when it takes long."""
        now = self._clock()
        if row.status != "waiting":
            tx.recordings.later(row, now + self._pause(row), why)
            self._flag_after(tx, row, "recording_not_forgotten", DAY, row.changed_at, why)
        elif now - row.made_at > (DAY if why in NOT_THERE else self._days * DAY) or why == "too large":
            tx.recordings.over(row, "lost", why, now)
            self._flag(tx, row, "recording_lost", why)
        else:
            tx.recordings.later(row, now + self._pause(row), why)
            self._flag_after(tx, row, "recording_late", LATE, row.made_at, why)

    def _pause(self, row: Recording) -> float:
        return float(min(LONGEST_PAUSE, 2.0 ** min(row.attempts, 20)))

    def _flag_after(self, tx: Transaction, row: Recording, why: str, patience: float, since: float, code: str) -> None:
        if self._clock() - since >= patience:
            self._flag(tx, row, why, code)

    def _flag(self, tx: Transaction, row: Recording, why: str, code: str) -> None:
        tx.flags.add_once(why, row.party, f"{row.sid} {code}", tx.recordings.about(row.sid), self._clock())

    def reported(self, tx: Transaction, sid: str, told: str, seconds: int) -> None:
        """The carrier's word on a recording, whenever and however often it comes."""
        now = self._clock()
        if tx.recordings.reported(sid, told, seconds, now) and told == "failed":
            found = tx.recordings.get(sid)
            tx.flags.add_once("recording_failed", found.party if found else "", sid, tx.recordings.about(sid), now)
