"""kill -9 of a real hotline, again and again, under load: what was answered for is there, and there once."""

import asyncio
import random
import signal
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest

from tests.faults.conftest import Size
from tests.faults.living import Load, Ordeal, Town, judge, live
from tests.faults.mortal import Mortal, MortalWorker, Nursery
from tests.faults.points import POINTS
from tests.figures import Figure, Figures, kind
from tests.postgres_server import PostgresServer, own_server

SOONEST, LATEST = 0.02, 0.15  # seconds of life, longer where a first answer takes long
LIVES = 4  # as long as a first answer, at the longest
PAUSE = 0.1  # seconds between two neighbors, so that the worker comes to everything it does
CALM = 0.5  # the same where three processes do the work of one
FEW = 10  # deaths in which perhaps no text is cut off
OUTSIDE = {"WORKER": "outside"}
VICTIMS = ("web", "worker", "server")


@pytest.mark.both_databases
def test_nothing_is_lost_or_doubled_however_often_the_hotline_dies(
    tmp_path: Path, database_url: str, nursery: Nursery, kills: int, figures: Figures
) -> None:
    times = (kills + database_url.startswith("sqlite")) // 2  # half on each database

    async def ordeal(town: Town) -> None:
        await town.mortal.start()
        latest = max(LATEST, LIVES * await _until_answered(town))
        for _ in range(times):
            await asyncio.sleep(random.uniform(SOONEST, latest))
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


async def _until_answered(town: Town) -> float:
    """Seconds from a start until somebody has their first answer: a slow machine needs longer, and dies as often in the
    midst of it."""
    begun = time.monotonic()
    while not town.load.postman.answers:  # noqa: ASYNC110 - whoever writes tells nobody
        await asyncio.sleep(0.001)
    return time.monotonic() - begun


@pytest.fixture
def safe_postgres() -> Iterator[PostgresServer]:
    """As safe as it is delivered: what it has committed outlives it."""
    with own_server() as server:
        yield server


@pytest.mark.both_databases
@pytest.mark.parametrize("victim", VICTIMS)
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_nothing_is_lost_or_doubled_whichever_process_dies(
    tmp_path: Path,
    database: str,
    victim: str,
    nursery: Nursery,
    size: Size,
    figures: Figures,
    request: pytest.FixtureRequest,
) -> None:
    """The web process, the worker and the database server are three processes; one of them dies again and again."""
    if database == "sqlite" and victim == "server":
        pytest.skip("a file has no server")
    server = request.getfixturevalue("safe_postgres") if database == "postgres" else None
    url = server.url if server else f"sqlite:///{tmp_path}/hotline.db"
    times = int(request.config.getoption("--kills", 0)) or size(4, 900)

    async def ordeal(town: Town) -> None:
        worker = MortalWorker(town.mortal)
        await town.mortal.start()
        await worker.start()
        await worker.works()
        try:
            for _ in range(times):
                await asyncio.sleep(random.uniform(SOONEST, LATEST * 3))
                await _dies_and_lives(town, worker, server)[victim]()
        finally:
            await worker.kill()

    what = f"kill -9 of the {victim}, 8 writers, worker outside"
    _live_and_judge(tmp_path, url, nursery, ordeal, what, times, figures, CALM, OUTSIDE)


def _dies_and_lives(
    town: Town, worker: MortalWorker, server: PostgresServer | None
) -> dict[str, Callable[[], Awaitable[None]]]:
    async def again() -> None:
        assert server
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)

    async def restart(process: Mortal | MortalWorker) -> None:
        await process.kill()
        await process.start()

    return {"web": partial(restart, town.mortal), "worker": partial(restart, worker), "server": again}


def _live_and_judge(
    folder: Path,
    url: str,
    nursery: Nursery,
    ordeal: Ordeal,
    what: str,
    times: int,
    figures: Figures,
    pause: float = 0.0,
    extra: Mapping[str, str] | None = None,
) -> None:
    began = time.monotonic()
    town = asyncio.run(live(folder, url, nursery, ordeal, pause, extra))
    each = (time.monotonic() - began) / times
    verdict, load = judge(url, town), town.load
    counts = (len(verdict.lost), len(verdict.doubled), len(verdict.false))
    figures.note(Figure(what, kind(url), times, *counts, f"{_told(load)}, {each:.2f} s a death"))
    assert (verdict.lost, verdict.doubled, verdict.false) == ([], [], [])
    cut_off = load.postman.again + load.postman.sorry
    assert cut_off > 0 or times < FEW or "of the worker" in what, "no text was ever under way when it died"
    assert len(load.recorded) > times / 4, (folder / "log.txt").read_text()[-3000:]


def _told(load: Load) -> str:
    """What happened meanwhile: the note of a line."""
    winners = sum(map(len, load.races.values()))
    return (
        f"{len(load.postman.answers):,} texts answered, {len(load.recorded):,} needs, {len(load.races):,} races,"
        f" {winners:,} winners, {load.postman.again:,} texts cut off, {load.postman.sorry:,} told to send again"
    )


@pytest.fixture(autouse=True)
def _any_dice() -> None:
    random.seed()
