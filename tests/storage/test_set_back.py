"""A clock that ran ahead is set back: what it put off moves with it, once, whoever of the workers sees it first."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from hotline.engine.session import Prompt
from hotline.model.senders import Sender, Standing
from hotline.storage import Store, StoreDown, Transaction, open_store
from hotline.worker.clock_step import NOTICED, ClockWatch
from tests.storage.asking import ANA, BEN, NOW, STORY, ask, with_store

HOUR = 3600.0
WRONG = NOW + HOUR
SOME = Prompt("news.taken", values={"number": "101"})


def in_the_wrong_hour(tx: Transaction) -> None:
    """One row put off, one leased, a need looked at again soon, everything held; and a row of before."""
    tx.outbox.put(ANA, [SOME], 101, 2, NOW - 60, expires_at=NOW + 600)
    tx.heartbeat.beat("worker-1", WRONG)
    tx.people.get(BEN, WRONG)
    tx.outbox.put(BEN, [SOME], 101, 2, WRONG, expires_at=WRONG + 600)
    (first, second) = tx.outbox.lease_due(9, 9, WRONG + 120, WRONG)
    tx.outbox.settle(next(row for row in (first, second) if row.party == BEN), "waiting", WRONG, due_at=WRONG + 10)
    number = tx.needs.draft(BEN, "food", WRONG)
    tx.needs.record(number, STORY, WRONG)
    tx.alerts.wave_sent(number, 1, WRONG + 600, WRONG)
    tx.senders.judge("texts", Sender(standing=Standing.HELD, held_until=WRONG + 300, reason="20003"), WRONG)
    tx.heartbeat.set_mark("caught_up", WRONG)


def test_what_was_put_off_waits_as_long_as_was_meant(database_url: str) -> None:
    async def work(store: Store) -> float:
        await store.run(in_the_wrong_hour)
        return await store.run(lambda tx: tx.clock_step.follow(NOW, NOTICED))

    assert with_store(database_url, work) == HOUR
    old, new = ask(database_url, "SELECT * FROM outbox ORDER BY id")
    assert (old["due_at"], old["expires_at"], old["created_at"]) == (NOW - 60, NOW + 600, NOW - 60)
    assert (old["tried_at"], old["leased_until"]) == (NOW, NOW + 120)
    assert (new["due_at"], new["expires_at"], new["created_at"]) == (NOW + 10, NOW + 600, NOW)
    (need,) = ask(database_url, "SELECT * FROM needs")
    assert (need["look_at"], need["asked_since"], need["changed_at"]) == (NOW + 600, NOW, NOW)
    assert ask(database_url, "SELECT held_until FROM sender") == [{"held_until": NOW + 300}]
    assert ask(database_url, "SELECT at FROM marks WHERE name <> 'retention'") == [{"at": NOW - 24 * HOUR}]
    assert ask(database_url, "SELECT created_at FROM people") == [{"created_at": NOW}]
    assert ask(database_url, "SELECT beat_at FROM beats") == [{"beat_at": NOW}]


def test_several_workers_that_see_it_move_it_once(database_url: str) -> None:
    async def work() -> list[float]:
        stores = await asyncio.gather(*(open_store(database_url) for _ in range(3)))
        await stores[0].run(in_the_wrong_hour)
        moved = await asyncio.gather(*(store.run(lambda tx: tx.clock_step.follow(NOW, NOTICED)) for store in stores))
        for store in stores:
            await store.close()
        return sorted(moved)

    assert asyncio.run(work()) == [0.0, 0.0, HOUR]


def test_a_clock_that_is_right_moves_nothing(database_url: str) -> None:
    async def work(store: Store) -> float:
        await store.run(in_the_wrong_hour)
        return await store.run(lambda tx: tx.clock_step.follow(WRONG - NOTICED, NOTICED))

    before = with_store(database_url, work), ask(database_url, "SELECT * FROM outbox ORDER BY id")
    assert before[0] == 0.0
    assert [row["created_at"] for row in before[1]] == [NOW - 60, WRONG]


class _Asked:
    """A store that is down the first time."""

    def __init__(self) -> None:
        self.times: list[float] = []

    async def run(self, _: object, now: float, __: float) -> float:
        self.times.append(now)
        if len(self.times) == 1:
            raise StoreDown("not now")
        return 0.0


def test_only_a_step_back_is_looked_into_and_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(wall=NOW, steady=0.0)
    monkeypatch.setattr("hotline.worker.clock_step.time", SimpleNamespace(monotonic=lambda: clock.steady))
    asked = _Asked()
    watch = ClockWatch(cast(Any, asked), lambda: clock.wall)

    def pass_time(wall: float, steady: float) -> None:
        clock.wall += wall
        clock.steady += steady
        asyncio.run(watch.look())

    with pytest.raises(StoreDown):
        pass_time(0, 0)
    pass_time(1, 1)
    assert asked.times == [NOW, NOW + 1]  # at the start, and once more since nothing could be asked
    for wall, steady in ((1, 1), (HOUR, 1), (300, 300), (1 - NOTICED, 1)):  # forward, a long rest, a little back
        pass_time(wall, steady)
    assert len(asked.times) == 2
    pass_time(1 - HOUR, 1)
    pass_time(1, 1)
    assert len(asked.times) == 3
