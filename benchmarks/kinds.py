"""What each kind of the mix costs, in this process: the door with form and signature, the turn, and the COMMIT; without
the network and HTTP, which are the same for all.

python -m benchmarks.kinds            about a minute
python -m benchmarks.kinds --quick    fewer of each

So many people write the same kind at the same moment, each in words of their own, and then all of them the next; what a
kind takes is the middle of the groups, by the processor's clock. The parts, and the statements, are of groups of their
own, since watching costs something as well.
"""

import argparse
import asyncio
import contextlib
import functools
import gc
import logging
import sqlite3
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import documents
from benchmarks.figures import Target, table_of
from benchmarks.mix.desk import Desk, bring, desk
from benchmarks.mix.scenes import Kind, proportions, scene
from hotline.channels import text, voice
from hotline.flows import dialog_manager
from hotline.inbound import call_steps, switchboard
from hotline.inbound.apply_effects import EffectHandler
from hotline.storage import sqlite

AT_ONCE = 64
STATEMENTS, WINNING = 12, 300.0  # that a YES that wins may take, and microseconds: with three people asked
PARTS: dict[str, tuple[tuple[Any, str], ...]] = {
    "understanding": ((switchboard.Switchboard, "_heard"),),
    "facts": ((switchboard, "load_facts"), (call_steps, "load_facts")),
    "decision": ((dialog_manager, "read"), (dialog_manager, "press"), (dialog_manager, "pick_up")),
    "words": ((text, "render"), (voice, "render")),
    "writing": ((EffectHandler, "keep"),),
    "COMMIT": ((sqlite, "commit"),),
}


@dataclass
class Costs:
    """Microseconds of each group of a kind; what of them went into each part, and how many statements it took."""

    whole: dict[Kind, list[float]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[Kind, dict[str, list[float]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    statements: dict[Kind, list[float]] = field(default_factory=lambda: defaultdict(list))
    otherwise: int = 0

    def middle(self, kind: Kind) -> float:
        return median(self.whole[kind])

    @property
    def mix(self) -> float:
        """Microseconds of one webhook of the mix, in its proportions."""
        return sum(part * self.middle(kind) for kind, part in proportions().items())


async def measure(folder: Path, groups: int, watched: int) -> Costs:
    """So many groups timed, after one to warm up; then so many with every part watched."""
    costs = Costs()
    with counted() as statements:
        async with desk(folder, (1 + groups + watched) * AT_ONCE) as here:
            await _group(here, 0, Costs())
            gc.freeze()
            for group in range(1, 1 + groups):
                await _group(here, group, costs)
            with timed() as parts:
                for group in range(1 + groups, 1 + groups + watched):
                    await _group(here, group, costs, parts, statements)
    return costs


async def _group(
    here: Desk, group: int, costs: Costs, parts: dict[str, float] | None = None, statements: list[str] | None = None
) -> None:
    """Scenes that go on step by step together. What is watched is not timed."""
    scenes = [scene(number, here.codes[number]) for number in range(group * AT_ONCE, (group + 1) * AT_ONCE)]
    for step in zip(*scenes, strict=True):
        kind, several = step[0].kind, [bring(each) for each in step]
        if parts is not None and statements is not None:
            parts.clear()
            statements.clear()
        begun = time.process_time()
        told = await here.answer_all(several)
        took = (time.process_time() - begun) / AT_ONCE * 1e6
        costs.otherwise += sum(each.holds not in document for each, (_, document) in zip(step, told, strict=True))
        if wrong := [status for status, _ in told if status not in (200, 204)]:
            raise SystemExit(f"{kind}: {len(wrong)} were answered with {wrong[0]}")
        if parts is None or statements is None:
            costs.whole[kind].append(took)
        else:
            costs.statements[kind].append(len(statements) / AT_ONCE)
            for part in PARTS:
                costs.parts[kind][part].append(parts[part] / AT_ONCE * 1e6)


@contextlib.contextmanager
def timed() -> Iterator[dict[str, float]]:
    """Seconds of processor time in each part. Says so when the hotline has changed and this does not fit any more."""
    spent: dict[str, float] = defaultdict(float)
    with contextlib.ExitStack() as stack:
        for part, places in PARTS.items():
            for holder, name in places:
                if not hasattr(holder, name):
                    raise SystemExit(f"{holder.__name__} has no {name} any more: benchmarks/kinds.py must follow")
                real = getattr(holder, name)
                setattr(holder, name, _watched(real, part, spent))
                stack.callback(setattr, holder, name, real)
        yield spent


def _watched(work: Callable[..., Any], part: str, spent: dict[str, float]) -> Callable[..., Any]:
    @functools.wraps(work)
    def watched(*args: Any, **values: Any) -> Any:
        begun = time.thread_time()
        try:
            return work(*args, **values)
        finally:
            spent[part] += time.thread_time() - begun

    return watched


class Counted(sqlite3.Connection):
    """Writes down which statements it runs; what begins and ends a batch is nobody's."""

    seen: list[str] | None = None

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        if self.seen is not None and not sql.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")):
            self.seen.append(sql)
        return super().execute(sql, values)


@contextlib.contextmanager
def counted() -> Iterator[list[str]]:
    """The statements of databases that are opened meanwhile."""
    seen: list[str] = []
    real = sqlite3.connect
    sqlite3.connect = functools.partial(real, factory=Counted)  # type: ignore[assignment]
    Counted.seen = seen
    try:
        yield seen
    finally:
        sqlite3.connect = real
        Counted.seen = None


def report(costs: Costs) -> str:
    names = " | ".join(PARTS)
    lines = [
        f"| {AT_ONCE} at once | of the mix | CPU µs each | least to most | statements | {names} | door and rest |",
        f"|---|{'---:|' * (len(PARTS) + 5)}",
        *(_line(costs, kind, part) for kind, part in proportions().items()),
        f"| the mix | 100 % | {costs.mix:,.0f} |" + " |" * (len(PARTS) + 3),
    ]
    wins = Kind.WINS
    targets = [
        Target("a YES that wins, three asked: statements", median(costs.statements[wins]), STATEMENTS, False, ""),
        Target("a YES that wins, three asked", costs.middle(wins), WINNING, False, "µs"),
    ]
    made = f"Made by `{documents.command()}` on {documents.machine()}."
    return "\n\n".join([made, "\n".join(lines), table_of(targets)])


def _line(costs: Costs, kind: Kind, part: float) -> str:
    parts = [median(costs.parts[kind][name]) for name in PARTS]
    whole, times = costs.middle(kind), costs.whole[kind]
    told = " | ".join(f"{each:,.0f}" for each in (*parts, max(0.0, whole - sum(parts))))
    spread = f"{min(times):,.0f} to {max(times):,.0f}"
    return f"| {kind} | {part:.0%} | {whole:,.0f} | {spread} | {median(costs.statements[kind]):.1f} | {told} |"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.kinds", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three groups, and one that is watched")
    parser.add_argument("--write", type=Path, help="put the table into this page, such as docs/benchmarks.md")
    chosen = parser.parse_args(arguments)
    logging.disable(logging.INFO)  # a line for each would be measured, and nobody reads it
    groups, watched = (3, 1) if chosen.quick else (15, 5)
    with tempfile.TemporaryDirectory(prefix="hotline-benchmark-") as folder:
        costs = asyncio.run(measure(Path(folder), groups, watched))
    text = report(costs)
    print(f"{text}\n\n# {costs.otherwise} were answered in other words than belong there")
    if chosen.write:
        documents.put(chosen.write, "kinds", text)


if __name__ == "__main__":
    main()
