"""Daily rings on both databases: made once whoever works, told once when we were down, and nothing for who has left."""

from pathlib import Path
from typing import Any

from hotline.community.model import Community
from hotline.model import effects
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.outbound.call_queue import CallQueue
from hotline.outbound.daily_rings import DailyRings
from hotline.simulator.clock import Clock
from hotline.storage import Store, Transaction
from hotline.worker.daily_rings import DailyRingWorker
from hotline.worker.poison_rows import RowByRow
from tests.storage.asking import ANA, BEN, CHO, ask, with_store
from tests.unit.build import catalogue
from tests.world import COMMUNITY, NOON

RUNG = COMMUNITY.replace("rings = false", "rings = true")
AT_ONE = NOON + HOUR


class Place:
    """One community on one database; a worker is a process that may be killed between any two looks."""

    def __init__(self, store: Store, url: str, here: Community) -> None:
        self.store, self.url, self.here, self.clock = store, url, here, Clock(NOON)
        self.queue = CallQueue(here, self.clock)

    def worker(self) -> DailyRingWorker:
        return DailyRingWorker(self.store, RowByRow(self.store, self.here, self.clock), self.here, self.clock)

    async def work(self, *workers: DailyRingWorker) -> None:
        for each in workers or (self.worker(),):
            while await each.look_after_one():
                pass
            await each.tell_not_made()

    async def asks(self, *phones: str, hour: str = "13:00") -> None:
        def begin(tx: Transaction, phone: str) -> None:
            tx.people.introduce(phone, "", "en", self.clock())
            tx.people.lock([phone])
            DailyRings(self.here).begin(tx, phone, hour, self.clock())

        for phone in phones:
            await self.store.run(begin, phone)

    async def ends(self, phone: str, how: str) -> None:
        """The call is placed, and comes to an end that way."""

        def end(tx: Transaction) -> None:
            tx.people.lock([phone])
            ring, _ = self.queue.take(tx)
            assert ring
            assert ring.party == phone
            self.queue.placed(tx, ring.id, f"CA{self.clock()}")
            self.queue.ended(tx, ring.id, f"CA{self.clock()}", phone, how)

        await self.store.run(end)

    def rows(self, query: str) -> list[dict[str, Any]]:
        return ask(self.url, query)


def played(url: str, tmp_path: Path, work: Any) -> None:
    here = catalogue(tmp_path, RUNG).community

    async def play(store: Store) -> None:
        await work(Place(store, url, here))

    with_store(url, play)


def test_it_is_made_once_whoever_works_and_two_tries_end_the_day(database_url: str, tmp_path: Path) -> None:
    async def work(place: Place) -> None:
        await place.asks(ANA)
        place.clock.now = AT_ONE
        await place.work(place.worker(), place.worker())
        assert len(place.rows("SELECT 1 AS so FROM rings WHERE status = 'waiting'")) == 1
        await place.ends(ANA, "completed")  # a machine
        await place.work()
        assert not place.rows("SELECT 1 AS so FROM rings WHERE status = 'waiting'")
        place.clock.now += 15 * MINUTE
        await place.work()
        await place.ends(ANA, "no-answer")
        await place.work()
        (row,) = place.rows("SELECT came, silent, rings, due_at FROM daily_rings")
        assert row == {"came": "silent", "silent": 1, "rings": 0, "due_at": AT_ONE + DAY}
        assert not place.rows("SELECT 1 AS so FROM rings WHERE status <> 'over'")
        assert not place.rows("SELECT 1 AS so FROM outbox")  # for company: nobody is alarmed

    played(database_url, tmp_path, work)


def test_a_person_looks_once_where_nobody_answers_for_three_days(database_url: str, tmp_path: Path) -> None:
    async def work(place: Place) -> None:
        await place.asks(ANA)
        flagged = []
        for day in range(5):
            place.clock.now = AT_ONE + day * DAY
            await place.work()
            for _ in range(2):
                await place.ends(ANA, "no-answer")
                place.clock.now += 15 * MINUTE
                await place.work()
            flagged.append(len(place.rows("SELECT 1 AS so FROM flags WHERE why = 'daily_silent'")))
        assert flagged == [0, 0, 1, 1, 1]
        assert not place.rows("SELECT 1 AS so FROM outbox")  # no alarm

    played(database_url, tmp_path, work)


def test_a_worker_that_dies_in_the_middle_is_followed_by_one_that_goes_on(database_url: str, tmp_path: Path) -> None:
    async def work(place: Place) -> None:
        await place.asks(ANA)
        place.clock.now = AT_ONE
        await place.work()

        def leased(tx: Transaction) -> None:
            assert place.queue.take(tx)[0]

        await place.store.run(leased)  # and then it was killed: nobody knows whether the call was placed
        place.clock.now += 20 * MINUTE
        await place.work()
        assert place.rows("SELECT rings, tries FROM daily_rings") == [{"rings": 1, "tries": 0}]
        place.clock.now += HOUR
        await place.work()
        assert place.rows("SELECT came FROM daily_rings") == [{"came": "not_made"}]
        assert len(place.rows("SELECT 1 AS so FROM outbox")) == 1

    played(database_url, tmp_path, work)


def test_after_an_outage_coordinators_read_once_whose_rings_were_not_made(database_url: str, tmp_path: Path) -> None:
    async def work(place: Place) -> None:
        await place.asks(ANA, BEN)
        await place.asks(CHO, hour="16:30")
        place.clock.now = NOON + 5 * HOUR
        await place.work(place.worker(), place.worker())
        (told,) = place.rows("SELECT party, prompt FROM outbox")
        assert told["party"] == "+12125550199"
        assert f"...{ANA[-4:]} (13:00), ...{BEN[-4:]} (13:00)" in told["prompt"]
        assert CHO[-4:] not in told["prompt"]
        assert [row["party"] for row in place.rows("SELECT party FROM rings")] == [CHO]  # half an hour late: it is made
        await place.work()
        assert len(place.rows("SELECT 1 AS so FROM outbox")) == 1

    played(database_url, tmp_path, work)


def test_nobody_is_rung_who_left_or_was_forgotten(database_url: str, tmp_path: Path) -> None:
    async def work(place: Place) -> None:
        await place.asks(ANA, BEN, CHO)
        rings = DailyRings(place.here)
        await place.store.run(lambda tx: rings.left(tx, ANA, NOON, asks_too=False))  # gives no more, and is rung on
        await place.store.run(lambda tx: rings.carry_out(tx, effects.EndDailyRing(), BEN, NOON))
        await place.store.run(lambda tx: tx.forgotten.forget_person(CHO, (), NOON))
        assert [row["phone"] for row in place.rows("SELECT phone FROM daily_rings")] == [ANA]
        await place.store.run(lambda tx: tx.people.opt_out(ANA, NOON, rung_instead=False))
        place.clock.now = AT_ONE
        await place.work()
        assert not place.rows("SELECT phone FROM daily_rings")
        assert not place.rows("SELECT 1 AS so FROM rings")

    played(database_url, tmp_path, work)


def test_whoever_ended_only_the_texts_is_rung_on(database_url: str, tmp_path: Path) -> None:
    async def work(place: Place) -> None:
        await place.asks(ANA)
        await place.store.run(lambda tx: tx.people.opt_out(ANA, NOON, rung_instead=True))
        place.clock.now = AT_ONE
        await place.work()
        await place.ends(ANA, "busy")
        assert place.rows("SELECT rings, engaged FROM daily_rings") == [{"rings": 1, "engaged": 1}]

    played(database_url, tmp_path, work)


def test_a_clock_that_was_ahead_leaves_no_ring_behind(database_url: str, tmp_path: Path) -> None:
    async def work(place: Place) -> None:
        place.clock.now = NOON + 400 * DAY
        await place.asks(ANA)
        await place.store.run(lambda tx: tx.heartbeat.beat("worker-1", place.clock()))
        place.clock.now = NOON
        assert await place.store.run(lambda tx: tx.clock_step.follow(NOON, MINUTE)) > 0
        await place.work()
        assert place.rows("SELECT due_at FROM daily_rings") == [{"due_at": AT_ONE}]

    played(database_url, tmp_path, work)
