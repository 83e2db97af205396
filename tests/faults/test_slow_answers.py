"""A carrier that answers slowly: one text whose answer hangs holds up no other, and is looked up afterwards."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from hotline.carriers.api import Sent
from hotline.engine.session import Prompt, Values
from hotline.storage import Transaction
from tests.faults.texting import phones
from tests.figures import Figure, Figures, kind
from tests.world import World, world

HANGS = 15.0  # seconds: as long as the client waits
SOON = 12.0  # seconds within which all others have gone, on a machine that does other things, too
MANY = 100
SLOW = phones(1)[0]
Send = Callable[..., Awaitable[Sent]]


def _slow(send: Send, hang: asyncio.Event) -> Send:
    async def sending(to: str, *rest: Any) -> Sent:
        if to == SLOW:
            await hang.wait()
        return await send(to, *rest)

    return sending


@pytest.mark.first_on("sqlite")
def test_one_slow_answer_holds_up_nobody_elses_text(tmp_path: Path, database_url: str, figures: Figures) -> None:
    """A hundred texts are due, and the answer to the very first of them does not come."""

    async def play() -> tuple[float, int, int]:
        async with world(tmp_path, database_url=database_url) as place:
            hang = asyncio.Event()
            texts = place.hotline.worker._texts
            texts._carrier.send = _slow(place.hotline.carrier.send, hang)  # type: ignore[assignment]
            await place.hotline.store.run(_put, place.clock.now)
            began = time.monotonic()
            while _arrived(place) < MANY - 1 and time.monotonic() - began < HANGS:
                await texts.send_due()
                place.clock.now += 1  # so many segments a second may go
            took, before = time.monotonic() - began, _arrived(place)
            hang.set()
            await place.settle()
            return took, before, _arrived(place)

    took, before, after = asyncio.run(play())
    figures.note(
        Figure("one answer hangs, texts to others", kind(database_url), MANY, MANY - after, 0, 0, f"{took:.1f} s")
    )
    assert before == MANY - 1
    assert took < SOON
    assert after == MANY


def _put(tx: Transaction, now: float) -> None:
    for at, phone in enumerate(phones(MANY)):
        values: Values = {"number": str(1000 + at), "what": ("food",), "name": "Ben"}
        tx.outbox.put(phone, [Prompt("news.taken", values=values)], 0, 2, now)


def _arrived(place: World) -> int:
    return sum(text.direction == "outbound-api" for text in place.exchange.texts)
