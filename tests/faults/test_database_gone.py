"""The database is locked, or gone, or dies again and again: no answer without a commit, and it heals by itself."""

import asyncio
import contextlib
import random
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.faults.conftest import Size
from tests.faults.living import Town, judge, live
from tests.faults.mortal import Mortal, Nursery
from tests.faults.texting import AWAKE_COMMUNITY, Wire, phones, wire, wording
from tests.figures import Figure, Figures, kind
from tests.postgres_server import PostgresServer, own_server
from tests.storage.asking import ask

ANA, EVA = "+12125552111", "+12125552112"  # English, Spanish
CARRIERS_PATIENCE = 4.5  # seconds; the strictest hangs up after five
CROWD = 40  # who write at the same moment while nothing can be kept
HEALED = 5.0  # seconds that healing may take


@pytest.fixture
def a_slow_machine_is_no_slow_database() -> None:
    """Here it is what patience is for that is tried."""


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with own_server() as own:
        yield own


@dataclass
class Broken:
    """What people heard while nothing could be kept."""

    answers: dict[str, str] = field(default_factory=dict)
    slowest: float = 0.0
    late: int = 0
    healed_after: float = 0.0
    ready: list[int] = field(default_factory=list)


@contextlib.asynccontextmanager
async def _running(folder: Path, url: str, nursery: Nursery) -> AsyncIterator[tuple[Mortal, Wire]]:
    (folder / "community.toml").write_text(AWAKE_COMMUNITY, "utf-8")
    mortal = Mortal(folder, "http://127.0.0.1:1", nursery, url)
    await mortal.start()
    try:
        async with wire(mortal.url, mortal.url) as line:
            yield mortal, line
    finally:
        await mortal.kill()


async def _ready(mortal: Mortal, line: Wire) -> int:
    async with line.session.get(f"{mortal.url}/ready") as response:
        return response.status


Gone = Callable[[], contextlib.AbstractContextManager[None]]


async def _suffer(folder: Path, url: str, nursery: Nursery, seconds: float, gone: Gone) -> Broken:
    """Two people known before, a crowd of others, /ready, all while it is gone; then one of them once more."""
    broken = Broken()
    async with _running(folder, url, nursery) as (mortal, line):
        await line.text("SM1", ANA, "food")
        await line.text("SM2", EVA, "comida")
        broken.ready.append(await _until(lambda: _ready(mortal, line), 200))
        with gone():
            until = time.monotonic() + seconds
            said = {"SMana": (ANA, "two bags"), "SMeva": (EVA, "dos bolsas")}
            said |= {f"SM{phone}": (phone, "food") for phone in phones(CROWD, 646)}
            await asyncio.gather(*(_tell(broken, line, sid, *text) for sid, text in said.items()))
            broken.ready.append(await _ready(mortal, line))
            await asyncio.sleep(max(0.0, until - time.monotonic()))
        began = time.monotonic()
        while wording("hello.try_again") in await line.text("SMafter", ANA, "11216"):
            assert time.monotonic() < began + 300, "it does not heal"
        broken.healed_after = time.monotonic() - began
        broken.ready.append(await _until(lambda: _ready(mortal, line), 200))
    return broken


async def _tell(broken: Broken, line: Wire, sid: str, phone: str, words: str) -> None:
    began = time.monotonic()
    broken.answers[sid] = await line.text(sid, phone, words)
    took = time.monotonic() - began
    broken.slowest = max(broken.slowest, took)
    broken.late += took > CARRIERS_PATIENCE


async def _until(look: Callable[[], Awaitable[int]], wanted: int) -> int:
    for _ in range(100):
        if (seen := await look()) == wanted:
            return seen
        await asyncio.sleep(0.1)
    return seen


def _judge(url: str, broken: Broken, what: str, seconds: float, figures: Figures) -> None:
    """Whoever reads "send it again" was not kept, whoever reads anything else was; in their language, in time."""
    kept = {row["id"]: row["answer"] for row in ask(url, "SELECT id, answer FROM inbound")}
    sorry = {sid for sid, answer in broken.answers.items() if _is_sorry(answer)}
    false = sum((sid in kept) == (sid in sorry) for sid in broken.answers)
    languages = (wording("hello.try_again") in broken.answers["SMana"]) + (
        wording("hello.try_again", "es") in broken.answers["SMeva"]
    )
    healed = f"slowest answer {broken.slowest:.1f} s, healed after {broken.healed_after:.1f} s"
    note = f"{broken.late} too late, gone {seconds} s, {healed}"
    figures.note(Figure(what, kind(url), len(broken.answers), broken.late, 0, false, note))
    assert len(sorry) == len(broken.answers), "it was gone, and yet somebody was answered"
    assert false == 0
    assert languages == 2
    assert broken.ready == [200, 503, 200]
    assert broken.late == 0, f"{broken.slowest:.1f} s: the carrier has hung up"
    assert broken.healed_after < HEALED


def _is_sorry(answer: str) -> bool:
    return wording("hello.try_again") in answer or wording("hello.try_again", "es") in answer


def test_a_file_that_another_program_locks(tmp_path: Path, nursery: Nursery, long: bool, figures: Figures) -> None:
    url, seconds = f"sqlite:///{tmp_path}/hotline.db", 30 if long else 6.0

    @contextlib.contextmanager
    def locked() -> Iterator[None]:
        with contextlib.closing(sqlite3.connect(tmp_path / "hotline.db", isolation_level=None, timeout=30)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")

    broken = asyncio.run(_suffer(tmp_path, url, nursery, seconds, locked))
    _judge(url, broken, "file locked by another program", seconds, figures)


def test_a_postgresql_that_is_gone(
    tmp_path: Path, nursery: Nursery, server: PostgresServer, long: bool, figures: Figures
) -> None:
    seconds = 300 if long else 2.5

    @contextlib.contextmanager
    def gone() -> Iterator[None]:
        server.kill()
        try:
            yield
        finally:
            server.start()

    broken = asyncio.run(_suffer(tmp_path, server.url, nursery, seconds, gone))
    _judge(server.url, broken, "PostgreSQL gone", seconds, figures)


def test_a_postgresql_that_stands_still(
    tmp_path: Path, nursery: Nursery, server: PostgresServer, long: bool, figures: Figures
) -> None:
    """Connections stay, and no word comes: what was under way is not kept when it goes on."""
    url, seconds = _another_database(server), 60 if long else 6.0
    broken = asyncio.run(_suffer(tmp_path, url, nursery, seconds, server.frozen))
    _judge(url, broken, "PostgreSQL stands still", seconds, figures)


def test_a_postgresql_that_dies_again_and_again(
    tmp_path: Path, nursery: Nursery, server: PostgresServer, size: Size, figures: Figures
) -> None:
    times = size(2, 50)
    url = _another_database(server)

    async def ordeal(town: Town) -> None:
        await town.mortal.start()
        for _ in range(times):
            await asyncio.sleep(random.uniform(0.1, 0.4))
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.start)
        await asyncio.sleep(0.5)

    town = asyncio.run(live(tmp_path, url, nursery, ordeal))
    verdict = judge(url, town)
    note = f"{len(town.load.recorded):,} needs, {town.load.postman.sorry} times 'send it again'"
    counts = (len(verdict.lost), len(verdict.doubled), len(verdict.false))
    figures.note(Figure("PostgreSQL killed, 8 writers", "PostgreSQL", times, *counts, note))
    assert (verdict.lost, verdict.doubled, verdict.false) == ([], [], [])


def _another_database(server: PostgresServer) -> str:
    import psycopg

    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS dying")
        connection.execute("CREATE DATABASE dying")
    return server.url.replace("/postgres?", "/dying?")
