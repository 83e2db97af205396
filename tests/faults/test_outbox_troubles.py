"""One thing that cannot be said must not hold up what others wait for."""

import asyncio
import contextlib
from pathlib import Path

from hotline.engine.session import Prompt
from hotline.model.people import Volunteer
from hotline.storage import Transaction
from tests.web.line import ANA, post, select, sms
from tests.world import World, world

BEN, CHO = "+12125550112", "+12125550113"


async def works(place: World, times: int = 3) -> None:
    """As the worker's loop does: whatever goes wrong is tried again."""
    for _ in range(times):
        with contextlib.suppress(Exception):
            await place.settle()


def test_words_that_are_gone_after_a_deploy_hold_up_nobody(tmp_path: Path) -> None:
    """A row of the outbox may name a wording that a new version no longer has."""

    async def play() -> None:
        async with world(tmp_path) as place:
            ana, ben = place.exchange.handset(ANA, "Ana"), place.exchange.handset(BEN, "Ben")

            def put(tx: Transaction) -> None:
                tx.outbox.put(ANA, [Prompt("gone.away")], 0, 1, place.clock.now)
                tx.outbox.put(BEN, [Prompt("hello.thanks")], 0, 2, place.clock.now)
                tx.outbox.put(ANA, [Prompt("hello.thanks")], 0, 2, place.clock.now)

            await place.hotline.store.run(put)
            await works(place)
            assert (len(ben.inbox), len(ana.inbox)) == (1, 1)
            first, *_ = select(place, "SELECT status FROM outbox ORDER BY id")
            assert first["status"] == "failed"

    asyncio.run(play())


def test_nobody_is_offered_what_is_taken_already(tmp_path: Path) -> None:
    """The questions of a wave wait in the outbox while the carrier is slow; meanwhile someone takes it."""

    async def play() -> None:
        async with world(tmp_path) as place:
            cho = place.exchange.handset(CHO, "Cho")
            for phone in (BEN, CHO):
                await place.add_volunteer(Volunteer(phone, "Somebody", ("food",), ("north",), "en"))
            place.exchange.faults.next_send = ["429"] * 50
            for body in ("food 11216", "two bags", "1"):
                await post(place, sms(body))
            await works(place, 1)
            place.exchange.faults.next_send = []
            (need,) = select(place, "SELECT code FROM needs")
            await post(place, sms(f"YES {need['code']}", From=BEN))
            await place.pass_time(600)
            assert [text.body for text in cho.inbox] == []

    asyncio.run(play())
