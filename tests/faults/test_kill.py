"""kill -9 of a real hotline, again and again, under load: what was answered for is there, and there once."""

import asyncio
import random
import signal
import time
from pathlib import Path

import pytest

from tests.faults.conftest import Size
from tests.faults.living import Ordeal, Town, judge, live
from tests.faults.mortal import Nursery
from tests.faults.points import POINTS
from tests.figures import Figure, Figures, kind

SOONEST, LATEST = 0.02, 0.15  # seconds of life
PAUSE = 0.1  # seconds between two neighbors, so that the worker comes to everything it does


@pytest.mark.both_databases
def test_nothing_is_lost_or_doubled_however_often_the_hotline_dies(
    tmp_path: Path, database_url: str, nursery: Nursery, kills: int, figures: Figures
) -> None:
    times = (kills + database_url.startswith("sqlite")) // 2  # half on each database

    async def ordeal(town: Town) -> None:
        await town.mortal.start()
        for _ in range(times):
            await asyncio.sleep(random.uniform(SOONEST, LATEST))
            await town.mortal.kill()
            await town.mortal.start()

    _live_and_judge(tmp_path, database_url, nursery, ordeal, "kill -9 at random, 8 writers", times, figures)


@pytest.mark.both_databases
def test_nothing_is_lost_or_doubled_wherever_the_hotline_dies(
    tmp_path: Path, database_url: str, nursery: Nursery, long: bool, size: Size, figures: Figures
) -> None:
    """It dies at each of the named points, and every start after a death is the next one's life."""
    is_file, most = database_url.startswith("sqlite"), size(2, 5)
    third = POINTS[1::3]  # in the short form each is met on one database: a third of them on PostgreSQL
    mine = POINTS if long else [point for point in POINTS if is_file != (point in third)]
    deaths = [point for point in mine for _ in range(size(1, 25))]
    random.shuffle(deaths)

    async def ordeal(town: Town) -> None:
        for point in deaths:
            await town.mortal.start(point=point, nth=random.randint(1, most))
            assert await town.mortal.dies(where=point) == -signal.SIGKILL, point
        await town.mortal.start()

    what = f"kill -9 at {len(mine)} named points"
    _live_and_judge(tmp_path, database_url, nursery, ordeal, what, len(deaths), figures, PAUSE)


def _live_and_judge(
    folder: Path,
    url: str,
    nursery: Nursery,
    ordeal: Ordeal,
    what: str,
    times: int,
    figures: Figures,
    pause: float = 0.0,
) -> None:
    began = time.monotonic()
    town = asyncio.run(live(folder, url, nursery, ordeal, pause))
    each = (time.monotonic() - began) / times
    verdict = judge(url, town)
    needs = len(town.load.recorded)
    note = f"{needs:,} needs, {town.load.postman.again:,} texts cut off, {each:.2f} s a death"
    counts = (len(verdict.lost), len(verdict.doubled), len(verdict.false))
    figures.note(Figure(what, kind(url), times, *counts, note))
    assert (verdict.lost, verdict.doubled, verdict.false) == ([], [], [])
    assert town.load.postman.again > 0, "no text was ever under way when it died"
    assert needs > times / 4, (folder / "log.txt").read_text()[-3000:]


@pytest.fixture(autouse=True)
def _any_dice() -> None:
    random.seed()
