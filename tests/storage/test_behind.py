"""Work that nobody waits for goes behind the turns of people, and is done all the same."""

import asyncio
import time
from pathlib import Path

from hotline.storage import Behind, Store, Transaction
from tests.storage.asking import ANA, NOW, with_store


def test_people_go_first(tmp_path: Path) -> None:
    done: list[str] = []

    def turn(tx: Transaction, who: str) -> None:
        tx.people.get(ANA, NOW)
        done.append(who)

    async def play(store: Store) -> None:
        behind = Behind(store)
        waves = [behind.run(turn, "wave") for _ in range(3)]
        await asyncio.gather(*waves, *(store.run(turn, "text") for _ in range(300)))

    with_store(f"sqlite:///{tmp_path}/hotline.db", play)
    assert done == ["text"] * 300 + ["wave"] * 3


def test_a_storm_does_not_keep_the_worker_waiting_for_ever(tmp_path: Path) -> None:
    async def texts(store: Store, over: asyncio.Event) -> int:
        count = 0
        while not over.is_set():
            await store.run(lambda tx: tx.people.get(ANA, NOW))
            count += 1
        return count

    async def play(store: Store) -> list[int]:
        over = asyncio.Event()
        crowd = [asyncio.ensure_future(texts(store, over)) for _ in range(8)]
        for _ in range(20):
            await asyncio.wait_for(Behind(store).run(lambda tx: tx.heartbeat.beat("worker", NOW)), 2)
        over.set()
        return await asyncio.gather(*crowd)

    assert min(with_store(f"sqlite:///{tmp_path}/hotline.db", play)) > 5


def test_a_page_lets_the_turn_that_is_under_way_go_first(tmp_path: Path) -> None:
    done: list[str] = []

    async def page(store: Store) -> None:
        for _ in range(3):
            await store.calm()
            done.append("piece")

    def turn(tx: Transaction) -> None:
        tx.heartbeat.beat("worker", NOW)
        done.append("text")

    async def play(store: Store) -> None:
        text = asyncio.ensure_future(store.run(turn))
        await asyncio.sleep(0)  # it waits by now
        await page(store)
        await text

    with_store(f"sqlite:///{tmp_path}/hotline.db", play)
    assert done == ["text", "piece", "piece", "piece"]


def test_a_page_is_made_in_a_storm_as_well(tmp_path: Path) -> None:
    async def play(store: Store) -> float:
        def slow(tx: Transaction) -> None:
            time.sleep(0.002)
            tx.heartbeat.beat("worker", NOW)

        storm = asyncio.gather(*(store.run(slow) for _ in range(300)))
        begun = time.monotonic()
        for _ in range(10):
            await store.calm()
        took = time.monotonic() - begun
        await storm
        return took

    assert with_store(f"sqlite:///{tmp_path}/hotline.db", play) < 5
