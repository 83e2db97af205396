"""Group commit: turns that wait, so that those who come at once share a transaction."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from hotline.storage.store import StoreDown


class Waiting(NamedTuple):
    """A turn of somebody who waits, and where they hear of it."""

    turn: Callable[..., Any]
    args: tuple[Any, ...]
    future: "asyncio.Future[Any]"


async def until_all_are_in(waiting: Sequence[Waiting], most: int) -> None:
    """Whoever is at the door already shares the transaction: until two rounds of the loop bring nobody."""
    quiet = 0
    while quiet < 2 and len(waiting) < most:
        before = len(waiting)
        await asyncio.sleep(0)
        quiet = quiet + 1 if len(waiting) == before else 0


def refuse(batch: Iterable[Waiting], why: StoreDown) -> None:
    """Whoever still waits hears that."""
    for each in batch:
        if not each.future.done():
            each.future.set_exception(why)


def tell(waiting: Waiting, outcome: Any) -> None:
    """What came of it. Whoever asked may have gone; the turn is kept all the same."""
    if waiting.future.done():
        return
    if isinstance(outcome, Exception):
        waiting.future.set_exception(outcome)
    else:
        waiting.future.set_result(outcome)
