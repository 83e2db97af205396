"""Ten thousand volunteers say YES to one need at once: together, and each in a transaction of its own."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import slow_hotline
from benchmarks.figures import Target
from benchmarks.town import Town, neighbor, text, town
from hotline.engine.session import Prompt
from hotline.model.events import Text
from hotline.model.people import Volunteer
from hotline.storage import Transaction

CROWD = 10_000
ALONE = 500  # of those who come one after another, so many are measured
FLUSH = 0.005


async def say_yes(folder: Path, smaller: int) -> tuple[str, list[Target]]:
    size = CROWD // smaller
    fast = await _both(folder / "fast", size)
    slow_hotline.slow_down(FLUSH)
    slow = await _both(folder / "slow", size)
    slow_hotline.slow_down(0.0)
    return _report(size, fast, slow)


async def _both(folder: Path, size: int) -> tuple[float, float]:
    """YES a second: all at once, and one after the other."""
    async with town(folder / "together", size, size) as here:
        together = await _at_once(here, await _asked(here))
    async with town(folder / "alone", size, size) as here:
        alone = await _one_by_one(here, (await _asked(here))[:ALONE])
    return together, alone


async def _asked(here: Town) -> list[Text]:
    """Everybody was asked about one need; what they answer."""
    number = await here.store.run(_ask_everybody, here.size)
    return [text(neighbor(place), f"YES {number}", place) for place in range(here.size)]


def _ask_everybody(tx: Transaction, size: int) -> int:
    now = time.time()
    number = tx.needs.draft("+17182000000", "food", now)
    tx.needs.record(number, {"what": "food", "area": "north", "details": "", "recording": "", "callback": ""}, now)
    need = tx.needs.get(number)
    assert need is not None
    for place in range(size):
        tx.alerts.send(need, Volunteer(neighbor(place)), 1, [Prompt("alerts.offer")], now, now + 3600)
    return number


async def _at_once(here: Town, answers: Sequence[Text]) -> float:
    begun = time.perf_counter()
    await asyncio.gather(*map(here.answer, answers))
    return len(answers) / (time.perf_counter() - begun)


async def _one_by_one(here: Town, answers: Sequence[Text]) -> float:
    begun = time.perf_counter()
    for answer in answers:
        await here.answer(answer)
    return len(answers) / (time.perf_counter() - begun)


def _report(size: int, fast: tuple[float, float], slow: tuple[float, float]) -> tuple[str, list[Target]]:
    lines = [
        f"| {size:,} YES | together, a second | a transaction each | × |",
        "|---|---:|---:|---:|",
        f"| on this disk | {fast[0]:,.0f} | {fast[1]:,.0f} | {fast[0] / fast[1]:.1f} |",
        f"| at {FLUSH * 1000:g} ms a flush | {slow[0]:,.0f} | {slow[1]:,.0f} | {slow[0] / slow[1]:.1f} |",
    ]
    return "\n".join(lines), [
        Target("10,000 YES at least 20 × faster than a transaction each, on this disk", fast[0] / fast[1], 20),
        Target("the same at 5 ms a flush", slow[0] / slow[1], 20),
    ]
