"""Daily summary: once for each hour that somebody chose, whatever number of workers run, and not long after it."""

from datetime import datetime
from pathlib import Path

import pytest

from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.simulator.clock import Clock
from hotline.storage import Store
from hotline.worker.daily_summary import DailySummary
from tests.storage.asking import ask, with_store
from tests.unit.build import catalogue
from tests.world import COMMUNITY, NOON, ZONE

AT_NOON = COMMUNITY + 'daily_summary = "12:00"\n[coordinators.jo]\nphone = "+12125550198"\ndaily_summary = "12:00"\n'


def test_several_workers_send_it_once_to_each(database_url: str, tmp_path: Path) -> None:
    here, clock = catalogue(tmp_path, AT_NOON).community, Clock(NOON - MINUTE)

    async def work(store: Store) -> None:
        workers = [DailySummary(store, here, clock) for _ in range(3)]
        for _ in range(4):
            for each in workers:
                await each.send_one()
            clock.now += MINUTE / 2
        assert sorted(row["party"] for row in ask(database_url, "SELECT party FROM outbox")) == [
            "+12125550198",
            "+12125550199",
        ]
        clock.now += HOUR
        await DailySummary(store, here, clock).send_one()  # one that has just begun
        clock.now = NOON + DAY
        await workers[0].send_one()
        assert len(ask(database_url, "SELECT party FROM outbox")) == 4

    with_store(database_url, work)


def test_whoever_was_down_for_hours_begins_with_the_next_day(tmp_path: Path) -> None:
    here, url = catalogue(tmp_path, AT_NOON).community, f"sqlite:///{tmp_path}/hotline.db"

    async def work(store: Store) -> None:
        assert not await DailySummary(store, here, Clock(NOON + 2 * HOUR)).send_one()
        assert await DailySummary(store, here, Clock(NOON + DAY)).send_one()

    with_store(url, work)


@pytest.mark.parametrize("day", [8, 9], ids=["clocks go forward", "the day after"])
def test_it_is_the_clock_on_the_wall_that_counts(tmp_path: Path, day: int) -> None:
    here, url = catalogue(tmp_path, AT_NOON).community, f"sqlite:///{tmp_path}/hotline.db"
    noon = datetime(2026, 3, day, 12, tzinfo=ZONE).timestamp()

    async def work(store: Store) -> None:
        assert not await DailySummary(store, here, Clock(noon - MINUTE)).send_one()
        assert await DailySummary(store, here, Clock(noon)).send_one()

    with_store(url, work)
