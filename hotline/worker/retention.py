"""Retention: what is over for long is forgotten, a page at a time, and its code is free for something else."""

import asyncio
import logging
from collections.abc import Callable
from itertools import count

from hotline.community.model import Retention
from hotline.model.board import FORM_KEPT_FOR, HANDOVER_KEPT_FOR
from hotline.model.calendar import DAY
from hotline.storage import Store
from hotline.storage.tables import retention
from hotline.storage.tables.retention import Kind

log = logging.getLogger(__name__)

PAGES_AROUND = 20  # in one round, of what is gone through again and again
BETWEEN = 0.05  # seconds between two pages: whoever texts is answered meanwhile


def days(kept: Retention) -> dict[Kind, int]:
    """After how many days each kind is forgotten."""
    return {
        retention.SAID: kept.said_days,
        retention.ASKED: max(kept.asked_days, kept.said_days),
        retention.OTHER_WORDS: kept.other_words_days,
        retention.TEXTS_IN: kept.texts_in_days,
        retention.CALLS: kept.texts_in_days,
        retention.SOUNDS: kept.texts_in_days,
        retention.TEXTS_OUT: kept.texts_out_days,
        retention.CALLS_MADE: kept.texts_out_days,
        retention.BROADCASTS: kept.texts_out_days,
        retention.SHEETS: kept.said_days,
        **dict.fromkeys(retention.OF_SHARING, kept.said_days),
        retention.PEOPLE: kept.people_days,
    }


class RetentionWorker:
    """Forgets what has become old enough."""

    def __init__(self, store: Store, kept: Retention, clock: Callable[[], float]) -> None:
        self._store, self._days, self._clock = store, days(kept), clock
        self._said = False

    async def look(self) -> None:
        """Everything that is due now."""
        await self._store.run(lambda tx: tx.codes.free(self._clock()))
        await self._store.run(lambda tx: tx.retained.forget_tries(self._clock() - DAY))
        await self._store.run(lambda tx: tx.sign_in.forget_old(self._clock() - DAY))
        await self._store.run(lambda tx: tx.typed.forget_old(self._clock() - DAY))
        await self._store.run(lambda tx: tx.typed.forget_forms(self._clock() - FORM_KEPT_FOR))
        await self._store.run(lambda tx: tx.board.forget_handovers(self._clock() - HANDOVER_KEPT_FOR))
        await self._store.run(lambda tx: tx.undo.forget_old(self._clock()))
        await self._store.run(lambda tx: tx.person_undo.forget_old(self._clock()))
        if await self._store.run(lambda tx: tx.retained.may_begin()):
            for kind, after in self._days.items():
                await self._forget(kind, self._clock() - after * DAY)
        elif not self._said:
            self._said = True
            log.warning("nothing is forgotten yet: `hotline purge` shows what would be, and begins it")

    async def _forget(self, kind: Kind, before: float) -> None:
        for _ in range(PAGES_AROUND) if kind.around else count():
            if not await self._store.run(lambda tx: tx.retained.forget_page(kind, before)):
                return
            await asyncio.sleep(BETWEEN)
