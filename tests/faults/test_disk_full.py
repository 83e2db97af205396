"""The disk is full: nobody hears that something is kept which is not, and it goes on as soon as there is room."""

import asyncio
import random
import resource
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.conftest import Size
from tests.faults.mortal import Mortal, Nursery
from tests.faults.texting import AWAKE_COMMUNITY, Wire, phones, wire, wording
from tests.figures import Figure, Figures
from tests.storage.asking import ask
from tests.world import World, world

CROWD = 6  # texts at once while there is no room
ROOM = 6 * 4096  # bytes at most that are still free
UNLIMITED = resource.RLIM_INFINITY


@dataclass
class Said:
    """What everyone heard, by the carrier's id."""

    answers: dict[str, str] = field(default_factory=dict)
    stuck: int = 0

    async def crowd(self, line: Wire, turn: int) -> None:
        people = phones(CROWD, 212 + turn % 100)
        await asyncio.gather(*(self._tell(line, f"SM{turn}-{phone}", phone) for phone in people))

    async def _tell(self, line: Wire, sid: str, phone: str) -> None:
        self.answers[sid] = await line.text(sid, phone, "food " + "x" * random.randrange(1000))

    async def heals(self, line: Wire, turn: int) -> None:
        """The next text is answered."""
        sid = f"SM{turn}-after"
        self.answers[sid] = await line.text(sid, "+13105552000", "STATUS")
        self.stuck += _is_sorry(self.answers[sid])


def _is_sorry(answer: str) -> bool:
    return wording("hello.try_again") in answer


def _judge(url: str, said: Said, times: int, what: str, figures: Figures) -> None:
    kept = {row["id"]: row["answer"] for row in ask(url, "SELECT id, answer FROM inbound")}
    sorry = {sid for sid, answer in said.answers.items() if _is_sorry(answer)}
    lost = [sid for sid, answer in said.answers.items() if sid not in sorry and kept.get(sid) != answer]
    false = [sid for sid in sorry if sid in kept]
    note = f"{len(sorry):,} of {len(said.answers):,} heard 'send it again', {said.stuck} not healed"
    figures.note(Figure(what, "SQLite", times, len(lost), 0, len(false) + said.stuck, note))
    assert (lost, false, said.stuck) == ([], [], 0)
    assert len(sorry) > times / 2
    assert ask(url, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert ask(url, "SELECT number FROM needs WHERE neighbor NOT IN (SELECT party FROM inbound)") == []


def test_no_room_for_another_page(tmp_path: Path, size: Size, figures: Figures) -> None:
    """In the middle of a turn: SQLite's own limit, which fails as a full disk does."""
    said, times = Said(), size(10, 100)

    async def play() -> None:
        async with world(tmp_path, AWAKE_COMMUNITY) as place, wire(place.exchange.public_url) as line:
            place.hotline.inbound.texts._limits = _no_limits()
            for turn in range(times):
                await _pages(place, random.randrange(4))
                await said.crowd(line, turn)
                await _pages(place, 1_000_000)
                await said.heals(line, turn)

    asyncio.run(play())
    _judge(f"sqlite:///{tmp_path}/hotline.db", said, times, "disk full in a turn", figures)


def _no_limits() -> Any:
    from hotline.inbound.admission import Limits

    return Limits(heard_per_hour=10**6, newcomers_per_minute=10**6, fruitless=10**6)


async def _pages(place: World, more: int) -> None:
    """How many pages the file may still grow by, in the writer's own connection."""
    connection = place.hotline.store._connection  # type: ignore[attr-defined]

    now = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {now + more}")


def test_no_room_in_the_log(tmp_path: Path, nursery: Nursery, size: Size, figures: Figures) -> None:
    """At the COMMIT: no file of the process may grow beyond a size that its log soon reaches."""
    (tmp_path / "community.toml").write_text(AWAKE_COMMUNITY, "utf-8")
    said, times = Said(), size(10, 100)

    async def play() -> None:
        mortal = Mortal(tmp_path, "http://127.0.0.1:1", nursery, extra={"WORKER": "outside"})
        await mortal.start()
        try:
            async with wire(mortal.url, mortal.url) as line:
                for turn in range(times):
                    await _while_full(tmp_path, mortal, lambda turn=turn: said.crowd(line, turn))  # type: ignore[misc]
                    await said.heals(line, turn)
        finally:
            await mortal.kill()

    asyncio.run(play())
    _judge(f"sqlite:///{tmp_path}/hotline.db", said, times, "disk full at a commit", figures)


async def _while_full(folder: Path, mortal: Mortal, work: Callable[[], Any]) -> None:
    log = (folder / "hotline.db-wal").stat().st_size
    room = random.randrange(ROOM)
    resource.prlimit(mortal.pid, resource.RLIMIT_FSIZE, (log + room, UNLIMITED))
    try:
        await work()
    finally:
        resource.prlimit(mortal.pid, resource.RLIMIT_FSIZE, (UNLIMITED, UNLIMITED))
