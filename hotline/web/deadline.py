"""Deadline: how long the carrier waits for an answer. What cannot be kept until then is not kept at all."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar

from hotline.storage import Store, StoreDown, Transaction

T = TypeVar("T")

PATIENCE = 3.0  # seconds until which a turn must be decided; the strictest carrier hangs up after five
COMMITTING = 0.5  # seconds more for the COMMIT of one that was decided in time


async def in_time(store: Store, turn: Callable[..., T], *args: Any) -> T:
    """As `store.run`, but StoreDown comes while the carrier still listens, however the database is stuck."""
    until = time.monotonic() + PATIENCE
    try:
        async with asyncio.timeout(PATIENCE + COMMITTING):
            return await store.run(_unless_late, until, turn, args)
    except TimeoutError:
        raise StoreDown("the database does not answer in time") from None


def _unless_late(tx: Transaction, until: float, turn: Callable[..., T], args: tuple[Any, ...]) -> T:
    """Who reads "send it again" must not have been kept after all: a turn that is late undoes itself."""
    _hurry(until)
    outcome = turn(tx, *args)
    _hurry(until)
    return outcome


def _hurry(until: float) -> None:
    if time.monotonic() > until:
        raise StoreDown("the database is too slow")
