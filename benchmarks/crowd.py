"""Ten thousand volunteers say YES to one need at once: together, and each in a transaction of its own.

Judged at a flush of 5 ms, a cheap disk's: on a quick one this would measure the disk alone.
"""

import asyncio
import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Cost:
    """Microseconds of each YES, on the wall and of the processor."""

    each: float
    cpu: float


@contextlib.contextmanager
def _costs(many: int) -> Iterator[list[Cost]]:
    """Holds what each of so many cost, once they are answered."""
    found: list[Cost] = []
    begun, used = time.perf_counter(), time.process_time()
    yield found
    spent = time.perf_counter() - begun, time.process_time() - used
    found.append(Cost(*(seconds / many * 1e6 for seconds in spent)))


async def _both(folder: Path, size: int) -> tuple[Cost, Cost]:
    """All at once, and one after the other."""
    async with town(folder / "together", size, size) as here:
        together = await _at_once(here, await _asked(here))
    async with town(folder / "alone", size, size) as here:
        alone = await _one_by_one(here, (await _asked(here))[:ALONE])
    return together, alone


async def _asked(here: Town) -> list[Text]:
    """Everybody was asked about one need; what they answer."""
    code = await here.store.run(_ask_everybody, here.size)
    return [text(neighbor(place), f"YES {code}", place) for place in range(here.size)]


def _ask_everybody(tx: Transaction, size: int) -> str:
    """What they text back."""
    now = time.time()
    number = tx.needs.draft("+17182000000", "food", now)
    tx.needs.record(number, {"what": "food", "area": "north", "details": "", "recording": "", "callback": ""}, now)
    need = tx.needs.get(number)
    assert need is not None
    for place in range(size):
        tx.alerts.send(need, Volunteer(neighbor(place)), 1, [Prompt("alerts.offer")], now, now + 3600)
    return need.code


def _is_won_once(answers: Sequence[str]) -> None:
    """Else they said something else than yes to it, and the figures would mean nothing."""
    assert sum("is yours" in answer for answer in answers) == 1
    assert sum("Someone has" in answer for answer in answers) == len(answers) - 1


async def _at_once(here: Town, answers: Sequence[Text]) -> Cost:
    with _costs(len(answers)) as found:
        said = await asyncio.gather(*map(here.answer, answers))
    _is_won_once(said)
    return found[0]


async def _one_by_one(here: Town, answers: Sequence[Text]) -> Cost:
    with _costs(len(answers)) as found:
        said = [await here.answer(answer) for answer in answers]
    _is_won_once(said)
    return found[0]


def _report(size: int, fast: tuple[Cost, Cost], slow: tuple[Cost, Cost]) -> tuple[str, list[Target]]:
    lines = [
        f"| {size:,} YES, µs each | together | of it processor | a transaction each | of it processor | × |",
        "|---|---:|---:|---:|---:|---:|",
        _line("on this disk", *fast),
        _line(f"at {FLUSH * 1000:g} ms a flush", *slow),
    ]
    gained = slow[1].each / slow[0].each
    return "\n".join(lines), [
        Target("10,000 YES at 5 ms a flush at least 20 × faster than a transaction each", gained, 20)
    ]


def _line(where: str, together: Cost, alone: Cost) -> str:
    costs = f"{together.each:,.0f} | {together.cpu:,.0f} | {alone.each:,.0f} | {alone.cpu:,.0f}"
    return f"| {where} | {costs} | {alone.each / together.each:.1f} |"
