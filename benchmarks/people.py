"""The cost of one text in towns of a thousand, a hundred thousand and a million people."""

import asyncio
import time
from contextlib import AsyncExitStack
from itertools import islice
from pathlib import Path
from statistics import median, quantiles

from benchmarks.figures import Target
from benchmarks.town import Town, texts, town

SIZES = (1_000, 100_000, 1_000_000)
TOGETHER, BATCHES, WARM_UP = 16, 450, 50


async def grow(folder: Path, smaller: int) -> tuple[str, list[Target]]:
    """The towns take turns, batch by batch, so that a noisy moment falls on all of them."""
    async with AsyncExitStack() as stack:
        sizes = [max(1_000, size // smaller) for size in SIZES]
        towns = [await stack.enter_async_context(town(folder / str(place), size)) for place, size in enumerate(sizes)]
        costs = await _in_turn(towns)
    return _table(towns, costs), [_target(costs)]


async def _in_turn(towns: list[Town]) -> list[list[float]]:
    """Microseconds a text, of each batch of each town."""
    said = [texts(range((BATCHES + WARM_UP) * TOGETHER), here.size) for here in towns]
    costs: list[list[float]] = [[] for _ in towns]
    for turn in range(BATCHES + WARM_UP):
        for here, words, cost in zip(towns, said, costs, strict=True):
            batch = list(islice(words, TOGETHER))
            begun = time.perf_counter()
            await asyncio.gather(*map(here.answer, batch))
            if turn >= WARM_UP:
                cost.append((time.perf_counter() - begun) / TOGETHER * 1e6)
    return costs


def _table(towns: list[Town], costs: list[list[float]]) -> str:
    lines = ["| people, and as many needs and texts | µs a text | 90 % below |", "|---:|---:|---:|"]
    for here, cost in zip(towns, costs, strict=True):
        lines.append(f"| {here.size:,} | {median(cost):,.0f} | {quantiles(cost, n=10)[-1]:,.0f} |")
    return "\n".join(lines)


def _target(costs: list[list[float]]) -> Target:
    factor = median(costs[2]) / median(costs[1])
    return Target("a text among 1e6 people costs at most 1.2 × one among 1e5", factor, 1.2, at_least=False)
