"""Deadline: how long the carrier waits for an answer. What cannot be kept until then is not kept at all.

But for one case: where the COMMIT has begun and the database says no more, nobody knows. Then nobody is told that it
was not kept.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar

from hotline.model.pseudonyms import hashed_id
from hotline.storage import InDoubt, Store, StoreDown, Transaction

T = TypeVar("T")

PATIENCE = 3.0  # seconds until which a turn must be decided; the strictest carrier hangs up after five
COMMITTING = 0.5  # seconds more for the COMMIT of one that was decided in time
LOOKING, LOOK_EVERY = 0.7, 0.1  # seconds to look up what became of a COMMIT of which nobody knows


async def in_time(store: Store, turn: Callable[..., T], *args: Any) -> T:
    """As `store.run`, but StoreDown comes while the carrier still listens, however the database is stuck."""
    work = _InTime(time.monotonic() + PATIENCE, turn)
    try:
        async with asyncio.timeout(PATIENCE + COMMITTING):
            return await store.run(work, *args)
    except TimeoutError:
        down = InDoubt if work.decided else StoreDown
        raise down("the database does not answer in time") from None


async def answer_kept(store: Store, id: str) -> str:
    """What was answered to something that came in, if the database says that it was kept; "" where it says nothing."""
    hashed = hashed_id(id)
    try:
        async with asyncio.timeout(LOOKING):
            # Nobody tells us when it comes.
            while not (rows := await store.read("answer_given", id=id, hashed=hashed)):  # noqa: ASYNC110
                await asyncio.sleep(LOOK_EVERY)
    except (StoreDown, TimeoutError):
        return ""
    return str(rows[0]["answer"] or "")


class _InTime:
    """A turn that is late undoes itself: who reads "send it again" must not have been kept after all."""

    def __init__(self, until: float, turn: Callable[..., Any]) -> None:
        self._until, self._turn = until, turn
        self.decided = False  # from then on the COMMIT may be under way

    def __call__(self, tx: Transaction, *args: Any) -> Any:
        self._hurry()
        outcome = self._turn(tx, *args)
        self.decided = True
        self._hurry()
        return outcome

    def _hurry(self) -> None:
        if time.monotonic() > self._until:
            raise StoreDown("the database is too slow")
