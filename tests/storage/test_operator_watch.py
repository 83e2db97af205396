"""Operator watch: whoever runs the hotline is texted when it does not work, and answers the test texts."""

import asyncio
from pathlib import Path

from hotline.carriers.api import Sent
from hotline.channels.catalogue import Catalogue
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.outbound.operator_news import TEST, TestTexts, Worded
from hotline.simulator.clock import Clock
from hotline.storage import Store, Transaction, open_store
from hotline.worker.operator_watch import OperatorWatch
from hotline.worker.own_address import is_reached
from tests.storage.asking import ask, with_store
from tests.unit.build import catalogue
from tests.world import COMMUNITY, NOBODY, NOON, world

PHONE = "+12125550198"
OPERATOR = f'{COMMUNITY}\n[operator]\nphone = "{PHONE}"\ntests = ["12:00"]\nbackups = false\n'


class Phone:
    """A carrier that keeps what it is given."""

    def __init__(self) -> None:
        self.read: list[str] = []

    async def send(self, to: str, body: str, valid_for: int | None = None, key: str = "") -> Sent:
        assert to == PHONE
        self.read.append(body)
        return Sent("SM1", "queued")


def watch(store: Store, phone: Phone, words: Catalogue, clock: Clock, reached: bool = True) -> OperatorWatch:
    async def reach() -> bool:
        return reached

    worded, tests = Worded(words, clock), TestTexts(words)
    return OperatorWatch(store, phone, worded, tests, lambda: False, [], reach, clock)  # type: ignore[arg-type]


def test_a_dead_worker_is_told_once_an_hour_and_that_it_is_well_again(database_url: str, tmp_path: Path) -> None:
    words, clock, phone = catalogue(tmp_path, OPERATOR), Clock(NOON - HOUR), Phone()

    async def work(store: Store) -> None:
        here, another = watch(store, phone, words, clock), watch(store, phone, words, clock)
        await store.run(lambda tx: tx.heartbeat.beat("worker-1", clock() - 10))
        await here.look()
        assert phone.read == []
        clock.now += 6 * MINUTE
        for each in (here, another, here):
            await each.look()
        assert len(phone.read) == 1
        assert "no worker runs" in phone.read[0]
        await store.run(lambda tx: tx.heartbeat.beat("worker-1", clock() + HOUR))
        clock.now += HOUR + 1
        await here.look()
        assert "all is well again" in phone.read[-1]

    with_store(database_url, work)


def test_a_database_that_is_gone_is_told_all_the_same(tmp_path: Path) -> None:
    words, phone = catalogue(tmp_path, OPERATOR), Phone()

    async def play() -> None:
        store = await open_store(f"sqlite:///{tmp_path}/hotline.db")
        await store.close()
        await watch(store, phone, words, Clock(NOON - HOUR)).look()

    asyncio.run(play())
    assert "the database does not answer" in phone.read[0]


def test_a_test_text_goes_at_its_time_and_has_to_be_answered(database_url: str, tmp_path: Path) -> None:
    words, clock, phone = catalogue(tmp_path, OPERATOR), Clock(NOON - MINUTE), Phone()

    def answers(tx: Transaction) -> None:
        tx.inbound.receive("SM7", PHONE, "text", "OK", "Body=OK", clock())

    async def work(store: Store) -> None:
        here = watch(store, phone, words, clock)
        for at in (NOON - MINUTE, NOON + 1, NOON + MINUTE, NOON + 2 * MINUTE):
            clock.now = at
            await here.look()
        assert [row["party"] for row in ask(database_url, "SELECT party FROM outbox")] == [PHONE]
        clock.now = NOON + 2 * HOUR + MINUTE
        await here.look()
        assert "nobody answered the test text" in phone.read[-1]
        clock.now = NOON + DAY + MINUTE
        await here.look()
        await store.run(answers)
        told = len(phone.read)
        clock.now = NOON + DAY + 3 * HOUR
        await here.look()
        assert "nobody answered" not in "".join(phone.read[told:])
        assert await store.run(lambda tx: tx.heartbeat.mark(TEST)) == NOON + DAY

    with_store(database_url, work)


def test_our_own_address_is_tried_with_the_test(tmp_path: Path) -> None:
    words, clock, phone = catalogue(tmp_path, OPERATOR), Clock(NOON + 1), Phone()

    async def work(store: Store) -> None:
        await watch(store, phone, words, clock, reached=False).look()

    with_store(f"sqlite:///{tmp_path}/hotline.db", work)
    assert "our own address" in phone.read[0]


def test_our_name_leads_to_us_only_where_our_own_secret_answers(tmp_path: Path) -> None:
    async def play() -> list[bool]:
        async with world(tmp_path) as place:
            url, ours = place.settings.public_url, place.settings.secret
            asked = [
                (url, ours),
                (f"{url}/health", ours),
                (url, "of another hotline"),
                (NOBODY, ours),
                ("hotline", ours),
            ]
            return [await is_reached(each, secret, place.clock()) for each, secret in asked]

    assert asyncio.run(play()) == [True, False, False, False, False]
