"""Retention of recordings: when what was said aloud is forgotten, here and at the carrier.

Other records stay.
"""

from collections.abc import Callable

from hotline.carriers.api import Carrier
from hotline.community.model import Community
from hotline.model.calendar import DAY, MINUTE
from hotline.model.recordings import Recording
from hotline.storage import Store, Transaction
from hotline.storage.audio import Places

GRACE = DAY  # a need that is over may turn out not to be
SWEEP_EVERY = 10 * MINUTE
UNHEARD_FOR = DAY  # a take that nobody kept, and the carrier's copy of one that was


class RecordingRetention:
    """How long each recording stays, and its end. The own voice is forgotten at the carrier alone."""

    def __init__(
        self, store: Store, carrier: Carrier, places: Places, community: Community, clock: Callable[[], float]
    ) -> None:
        self._store, self._carrier, self._places, self._clock = store, carrier, places, clock
        self._swept_at, self.longest = float("-inf"), community.recordings_days * DAY

    def sweep(self, tx: Transaction) -> None:
        """What was said about needs that are over is to be forgotten."""
        now = self._clock()
        if not 0 <= now - self._swept_at < SWEEP_EVERY:
            self._swept_at = now
            tx.recordings.forget_what_is_over(now - GRACE, now)

    def next_look(self, row: Recording) -> float:
        """When something is to be done about a recording that we have from now on, UTC seconds."""
        now = self._clock()
        return now + UNHEARD_FOR if row.kind == "prompt" or not row.party else max(now, self._until(row))

    async def look_at(self, row: Recording) -> None:
        """Its time may be over. What no step of a call ever named was a second of nothing, and goes after a day."""
        if row.kind == "prompt" and await self._store.run(lambda tx: tx.voices.is_voice(row.sid)):
            await self._carrier.forget_sound(row.sid)
            await self._store.run(lambda tx: tx.recordings.later(row, None, ""))
        elif row.kind == "words" and row.party and self._clock() < self._until(row):
            await self._store.run(lambda tx: tx.recordings.later(row, self._until(row), ""))
        else:
            await self._store.run(lambda tx: tx.recordings.forget(row.sid, self._clock()))

    async def forget(self, row: Recording) -> None:
        """First at the carrier, then here; what fails is tried again."""
        await self._carrier.forget_sound(row.sid)
        if row.place:
            await self._places.delete(row.place)
        await self._store.run(lambda tx: tx.recordings.over(row, "forgotten", "", self._clock()))

    def _until(self, row: Recording) -> float:
        return row.made_at + self.longest
