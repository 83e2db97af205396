"""No file can be opened any more, and a text comes from a country that nobody wrote from before: it heals by itself."""

import asyncio
import os
import resource
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession, TCPConnector

from tests.faults.living import carrier
from tests.faults.mortal import Mortal, Nursery
from tests.faults.texting import Wire
from tests.figures import Figure, Figures, kind
from tests.world import COMMUNITY

# A valid number of each of twenty countries; each has a file of rules of its own in the package that knows them.
COUNTRIES = (
    *("+447911123456", "+4915112345678", "+5511912345678", "+8613812345678", "+21620123456", "+33612345678"),
    *("+34612345678", "+393123456789", "+46701234567", "+48512345678", "+31612345678", "+41781234567"),
    *("+436641234567", "+4520123456", "+4740612345", "+353850123456", "+351912345678", "+302101234567"),
    *("+61412345678", "+64211234567"),
)
SOON = 20.0  # seconds until it must be well again
QUICK = {"hotline.worker.descriptors.SAY_EVERY": 0.1, "hotline.worker.watchdog.TICK": 0.2}


@dataclass
class Seen:
    """What became of each time."""

    healed: int = 0
    answered: int = 0
    longest: float = 0.0
    sick: list[str] = field(default_factory=list)


@pytest.mark.both_databases
def test_twenty_times_no_file_can_be_opened(
    tmp_path: Path, database_url: str, nursery: Nursery, figures: Figures
) -> None:
    (tmp_path / "community.toml").write_text(COMMUNITY, "utf-8")

    async def play() -> Seen:
        async with carrier() as (exchange, url):
            mortal = Mortal(tmp_path, url, nursery, database_url, tune=QUICK)
            exchange.public_url = mortal.url
            await mortal.start()
            try:
                return await _twenty_times(mortal)
            finally:
                await mortal.kill()

    seen = asyncio.run(play())
    said = (tmp_path / "log.txt").read_text("utf-8")
    note = f"{seen.answered} answered meanwhile, well again after at most {seen.longest:.1f} s"
    lost = len(COUNTRIES) - seen.healed
    figures.note(Figure("no file can be opened", kind(database_url), len(COUNTRIES), lost, 0, len(seen.sick), note))
    assert seen.healed == len(COUNTRIES), seen.sick
    assert "no more files can be opened" in said


async def _twenty_times(mortal: Mortal) -> Seen:
    """Each time all descriptors are taken, over connections that are open already and with new ones that knock."""
    seen = Seen()
    for at, phone in enumerate(COUNTRIES):
        async with ClientSession(connector=TCPConnector(limit=4)) as session:
            line = Wire(session, mortal.url)
            await line.text(f"SMbefore{at}", "+12125552000", "STATUS")  # the connection that is kept
            before = _limit_of(mortal.pid, _open_files(mortal.pid))
            try:
                seen.answered += await _knock(line, at, phone)
            finally:
                resource.prlimit(mortal.pid, resource.RLIMIT_NOFILE, before)
            await _healed(seen, line, at)
    return seen


def _open_files(pid: int) -> int:
    """How many descriptors there are below the first that is free."""
    taken = {int(each) for each in os.listdir(f"/proc/{pid}/fd")}
    return next(number for number in range(len(taken) + 1) if number not in taken)


def _limit_of(pid: int, most: int) -> tuple[int, int]:
    """Allows it so many descriptors: what the limit was before."""
    soft, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (most, hard))
    return soft, hard


async def _knock(line: Wire, at: int, phone: str) -> bool:
    """The text itself, while others try to connect."""
    others = [asyncio.create_task(_try_to_connect(line)) for _ in range(5)]
    answered = False
    try:
        async with asyncio.timeout(5):
            await line.text(f"SM{at}", phone, "foood")
            answered = True
    except (TimeoutError, ClientError, AssertionError):
        pass
    await asyncio.sleep(0.5)
    for other in others:
        other.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    return answered


async def _try_to_connect(line: Wire) -> None:
    async with ClientSession() as session, session.get(f"{line.public_url}/health") as response:
        await response.read()


async def _healed(seen: Seen, line: Wire, at: int) -> None:
    """It answers everybody again, over new connections and old ones."""
    begun = time.monotonic()
    while time.monotonic() - begun < SOON:
        try:
            async with asyncio.timeout(5), ClientSession() as session:
                await Wire(session, line.public_url).text(f"SMafter{at}", COUNTRIES[at], "food")
                await line.text(f"SMagain{at}", "+12125552000", "STATUS")
                seen.healed += 1
                seen.longest = max(seen.longest, time.monotonic() - begun)
                return
        except (TimeoutError, ClientError, AssertionError) as error:
            wrong = repr(error)
            await asyncio.sleep(0.1)
    seen.sick.append(f"{at}: {wrong}")
