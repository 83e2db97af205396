"""A wave chosen among 200,000 volunteers, and 10,000 alerts written while people text.

A thousand requests come up at once: that is a storm, so that each text offers one of them and others beside it, and an
alert is that somebody is asked about one of them.
"""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.figures import Target
from benchmarks.town import Town, texts, town, waking
from hotline.dispatch.waves import plan
from hotline.model.events import Text
from hotline.storage import Behind, Transaction
from hotline.worker.poison_rows import RowByRow
from hotline.worker.waves import WaveSender, candidates

VOLUNTEERS, ALERTS = 200_000, 10_000
FIRST_ROW, WAVES = 100_001, 300  # of needs: rows, far above the codes that people text
A_PIECE = 10  # alerts in one transaction
EACH = 0.005  # seconds between two inbound texts
IDLE, FIRST_LOOK = 12.0, 3.0  # seconds that are measured without a fan-out, before it and again after it


async def ask_all(folder: Path, smaller: int) -> tuple[str, list[Target]]:
    async with town(folder / "town", VOLUNTEERS // smaller, VOLUNTEERS // smaller) as here:
        waves = sorted([await here.store.run(_choose, here, number) for number in range(FIRST_ROW, FIRST_ROW + WAVES)])
        nothing = partial(asyncio.sleep, IDLE if smaller == 1 else FIRST_LOOK)
        before = await _inbound_while(here, nothing, 0)
        begun = time.perf_counter()
        busy = await _inbound_while(here, lambda: _alert(here, ALERTS // smaller // A_PIECE), 1_000_000)
        took = time.perf_counter() - begun
        after = await _inbound_while(here, nothing, 2_000_000)
        written = _alerts_since(folder / "town" / "hotline.db", FIRST_ROW + VOLUNTEERS // smaller)
    return _report(here, waves, Waits(before, busy, after, took), written)


def _choose(tx: Transaction, here: Town, number: int) -> float:
    """Milliseconds to find and plan one wave, inside its transaction."""
    need = tx.needs.get(number)
    assert need is not None
    begun, now = time.perf_counter(), time.time()
    rules = here.catalogue.community.rules
    wave = plan(need, candidates(tx, need, here.catalogue.community, now), rules, now)
    assert len(wave.ask) == rules.wave_size
    return (time.perf_counter() - begun) * 1000


@dataclass(frozen=True)
class Waits:
    """How long people waited, sorted, milliseconds; and how long the fan-out took, seconds."""

    before: list[float]
    busy: list[float]
    after: list[float]
    took: float

    @property
    def later(self) -> float:
        """How much later the slowest hundredth is answered, against the calmer of the two idle times.

        A stall of the machine while nothing happens must not make the fan-out look harmless.
        """
        return _at(self.busy, 0.99) - min(_at(self.before, 0.99), _at(self.after, 0.99))


@dataclass
class Steady:
    """Texts that come at a steady pace, whether or not the last was answered; waits in milliseconds."""

    here: Town
    first: int
    waits: list[float] = field(default_factory=list)
    under_way: set["asyncio.Task[None]"] = field(default_factory=set)

    async def come(self) -> None:
        due = time.perf_counter()
        for text in texts(range(self.first, self.first + 10**6), self.here.size):
            due += EACH
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            task = asyncio.create_task(self._one(text, due))
            self.under_way.add(task)
            task.add_done_callback(self.under_way.discard)

    async def _one(self, text: Text, due: float) -> None:
        await self.here.answer(text)
        self.waits.append((time.perf_counter() - due) * 1000)

    @contextlib.asynccontextmanager
    async def coming(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.come())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(*self.under_way)


async def _inbound_while(here: Town, work: Callable[[], Awaitable[None]], first: int) -> list[float]:
    """The waits of those who text meanwhile, sorted."""
    steady = Steady(here, first)
    async with steady.coming():
        await work()
    return sorted(steady.waits)


async def _alert(here: Town, pieces: int) -> None:
    """So many needs become due, and the worker's own waves are sent, one after the other, until everybody is asked."""
    await here.store.run(_make_due, pieces)
    community = waking(here, A_PIECE).community
    waves = WaveSender(RowByRow(Behind(here.store), community, time.time), community)
    while await waves.look_after_one():
        pass


def _make_due(tx: Transaction, pieces: int) -> None:
    """Needs of strangers, open and to be looked at now."""
    for place in range(pieces):
        number = tx.needs.draft(f"+1718{2_000_000 + place}", "food", time.time())
        fields = {"what": "food", "area": "north", "details": "", "recording": "", "callback": ""}
        tx.needs.record(number, fields, time.time())


def _alerts_since(file: Path, first: int) -> int:
    """How often somebody was asked about one of the needs that came after all others."""
    with contextlib.closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM alerts WHERE need >= ?", (first,)).fetchone()[0])


def _at(waits: list[float], part: float) -> float:
    return waits[min(len(waits) - 1, int(len(waits) * part))]


def _report(here: Town, waves: list[float], waits: Waits, alerts: int) -> tuple[str, list[Target]]:
    said = {
        "a wave is chosen": waves,
        "a text is answered, nothing else happens, before": waits.before,
        f"a text is answered, while {alerts:,} alerts are written ({waits.took:.0f} s)": waits.busy,
        "a text is answered, nothing else happens, after": waits.after,
    }
    lines = [f"| among {here.size:,} volunteers | p50 ms | p99 ms |", "|---|---:|---:|"]
    lines += [f"| {what} | {median(ms):.2f} | {_at(ms, 0.99):.2f} |" for what, ms in said.items()]
    return "\n".join(lines), [
        Target("a wave among 2e5 volunteers below 1 ms (p99)", _at(waves, 0.99), 1, at_least=False, unit="ms"),
        Target("1e4 alerts in under 5 s", waits.took * ALERTS / alerts, 5, at_least=False, unit="s"),
        Target("1e4 alerts in pieces: inbound p99 at most 10 ms later", waits.later, 10, at_least=False, unit="ms"),
    ]
