"""Inbound webhooks, side by side in one run: a fixed document, the hotline, and its peers.

python -m benchmarks.webhooks            three rounds, about 25 minutes
python -m benchmarks.webhooks --quick    one short round at 64 at once on a quick disk, for a first look

Two loads: the three texts of a form, always the same words, and a day's mix (benchmarks/mix) in words that vary. Each
cell begins with an empty database and a server that has just started, alone on the machine.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from statistics import median

from benchmarks import documents
from benchmarks.contenders import (
    BARE,
    EXPRESS,
    LOGGING,
    ONE_CORE,
    POSTGRES,
    RAPIDSMS,
    SINGLE,
    SQLITE,
    TUTORIAL,
    Contender,
    Place,
    Skipped,
)
from benchmarks.figures import Cell, Figures, Key, Load, table_of
from benchmarks.load import Job, Result, run
from benchmarks.mix.kept import is_all_there, wanted
from benchmarks.mix.scenes import LEAD, enough
from benchmarks.processes import Server, free_port, machine_cpu, serving
from benchmarks.targets import targets

FLUSH_MS = 5.0
WARM_UP = 0.5  # seconds
ALL = (BARE, SQLITE, LOGGING, ONE_CORE, POSTGRES, TUTORIAL, EXPRESS, RAPIDSMS)
ON_A_SLOW_DISK = (SQLITE, SINGLE, POSTGRES, TUTORIAL, EXPRESS, RAPIDSMS)
OF_ONE_LOAD = {SINGLE: Load.FORM, LOGGING: Load.DAY, ONE_CORE: Load.DAY}  # the other would say nothing new
QUIET = 0.3  # cores of other work: a cell with more of it is measured again
TRIES = 3  # times that a cell is measured until it is a quiet one; the quietest counts
LEADING = 16  # callers who bring the mix to where all of its kinds come
OTHERWISE = 0.01  # of the mix may be understood otherwise than it was meant: what is measured is still the mix


@dataclass(frozen=True)
class Plan:
    """How long the run is."""

    rounds: int
    seconds: float
    callers: tuple[int, ...]
    peers: Path
    only: tuple[str, ...] = ()
    disks: tuple[bool, ...] = (False, True)
    loads: tuple[Load, ...] = tuple(Load)
    tries: int = TRIES

    def contenders(self, slow: bool, load: Load) -> list[Contender]:
        """Whoever takes part."""
        every = ON_A_SLOW_DISK if slow else ALL
        chosen = [each for each in every if not self.only or each.letter in self.only]
        return [each for each in chosen if OF_ONE_LOAD.get(each, load) is load]


@dataclass
class Running:
    """A contender that has just started, and what it was sent so far."""

    contender: Contender
    server: Server
    place: Place
    results: list[Result] = field(default_factory=list)

    def measure(self, callers: int, seconds: float) -> Cell:
        """The one cell that it is for."""
        again = self.contender.kept is None  # a fixed answer is the same however often it is asked for
        most = int(self.contender.most * (1.0 if again else seconds + WARM_UP))
        first = self._lead_in() if self.place.scenes and self.contender.talks else 0
        cpu, machine, begun = self.server.cpu(), machine_cpu(), time.perf_counter()
        result = self._send(callers, seconds, first, most, again)
        cpu, machine, wall = self.server.cpu() - cpu, machine_cpu() - machine, time.perf_counter() - begun
        others = max(0.0, machine - cpu - result.used) / wall
        each = cpu / max(1, result.sent) * 1e6
        return Cell(result.rate, result.p50, result.p99, each, others, self.server.memory())

    def _lead_in(self) -> int:
        """So many texts until the mix is one."""
        return self._send(LEADING, 120.0, 0, LEAD, again=False).sent

    def _send(self, callers: int, seconds: float, first: int, most: int, again: bool) -> Result:
        codes, talks = self.place.codes, self.contender.talks
        job = Job(self.server.port, callers, seconds, first, most, again, WARM_UP, codes, talks)
        self.results.append(run(job))
        return self.results[-1]

    def check(self) -> None:
        """Nothing was refused, and what was answered is kept: else the figures mean nothing."""
        title, sent = self.contender.title, sum(each.sent for each in self.results)
        if wrong := sum(each.wrong for each in self.results):
            raise SystemExit(f"{title}: {wrong} of {sent} were not answered rightly")
        if self.otherwise > OTHERWISE * sent:
            raise SystemExit(f"{title}: {self.otherwise} of {sent} were answered in other words than belong there")
        if self.contender.kept is None:
            return
        kinds = sum((Counter(each.kinds) for each in self.results), Counter[str]())
        kept, told = self.contender.kept(self.place.folder), wanted(sent, kinds)
        if not is_all_there(kept, told, self.otherwise):
            raise SystemExit(f"{title}: {told} was answered, {kept} is there")

    @property
    def otherwise(self) -> int:
        return sum(each.otherwise for each in self.results)

    @property
    def unlike(self) -> Counter[str]:
        """What was understood otherwise, by its kind."""
        return sum((Counter(each.unlike) for each in self.results), Counter[str]())


def main(arguments: Sequence[str] | None = None) -> None:
    chosen = _parser().parse_args(arguments)
    plan = _plan(chosen)
    figures = measure(plan)
    text = report(figures, plan.callers)
    print(text)
    if chosen.write:
        documents.put(chosen.write, "webhooks", text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks.webhooks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round of a second a cell, each measured once")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0, help="for each cell, after half a second to warm up")
    parser.add_argument("--callers", default="", help="how many text at once, such as 1,16,64")
    parser.add_argument("--only", default="", help="letters, such as a,b")
    parser.add_argument("--load", choices=[each.name.lower() for each in Load], help="one of both")
    parser.add_argument("--disk", choices=("quick", "slow"), help="one of both")
    parser.add_argument("--peers", type=Path, default=Path(tempfile.gettempdir()) / "hotline-benchmark-peers",
                        help="where the peers' packages are installed, once")  # fmt: skip
    parser.add_argument("--write", type=Path, help="put the tables into this page, such as docs/benchmarks.md")
    return parser


def _plan(chosen: argparse.Namespace) -> Plan:
    callers = chosen.callers or ("64" if chosen.quick else "1,16,64")
    disk = chosen.disk or ("quick" if chosen.quick else "")
    return Plan(
        rounds=1 if chosen.quick else chosen.rounds,
        seconds=1.0 if chosen.quick else chosen.seconds,
        callers=tuple(map(int, callers.split(","))),
        peers=chosen.peers,
        only=tuple(filter(None, chosen.only.split(","))),
        disks={"quick": (False,), "slow": (True,)}.get(disk, (False, True)),
        loads=(Load[chosen.load.upper()],) if chosen.load else tuple(Load),
        tries=1 if chosen.quick else TRIES,
    )


def measure(plan: Plan) -> Figures:
    figures = Figures()
    figures.ceiling = _ceiling(plan.seconds)
    plan.peers.mkdir(parents=True, exist_ok=True)
    for key, contender in _turns(plan):
        if contender.title not in figures.skipped:
            try:
                cell = _quiet(key, contender, plan, figures)
            except Skipped as reason:
                figures.skipped[contender.title] = str(reason)
                continue
            figures.cells[key].append(cell)
            disk = "slow" if key.slow else ""
            told = f"{cell.rate:>9,.0f} a second {cell.cpu:>7,.0f} µs, {cell.others:.2f} cores of other work"
            print(f"# {contender.title:<30} {key.load.name:<5}{key.callers:>3} {disk:<5}{told}", flush=True)
    return figures


def _ceiling(seconds: float) -> float:
    """What the load itself can do: texts a second against a server that does nothing."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, serving(_fixed(port), port, Path(folder)):
        return run(Job(port, 16, min(2.0, seconds), 0, 2000, again=True)).rate


def _fixed(port: int) -> tuple[str, ...]:
    return (sys.executable, "-m", "benchmarks.ceiling", str(port))


def _turns(plan: Plan) -> Iterator[tuple[Key, Contender]]:
    """Contenders take turns, so that a noisy minute of the machine falls on all alike."""
    for _, slow, load, callers in product(range(plan.rounds), plan.disks, plan.loads, plan.callers):
        for contender in plan.contenders(slow, load):
            yield Key(contender.letter, callers, slow, load), contender


def _quiet(key: Key, contender: Contender, plan: Plan, figures: Figures) -> Cell:
    """A cell; measured again while other work runs beside it, at most so often, and then the quietest."""
    cells: list[Cell] = []
    while not cells or (cells[-1].others > QUIET and len(cells) < plan.tries):
        figures.again += bool(cells)
        cells.append(_once(key, contender, plan, figures))
    return min(cells, key=lambda cell: cell.others)


def _once(key: Key, contender: Contender, plan: Plan, figures: Figures) -> Cell:
    most = int(contender.most * (plan.seconds + WARM_UP)) + LEAD
    with tempfile.TemporaryDirectory(prefix="hotline-benchmark-") as folder:
        scenes = enough(most) if key.load is Load.DAY else 0
        place = Place(Path(folder), plan.peers, FLUSH_MS if key.slow else 0.0, scenes)
        with contender.start(place) as server:
            running = Running(contender, server, place)
            cell = running.measure(key.callers, plan.seconds)
            running.check()
    if scenes and contender.talks:
        figures.unlike += running.unlike
        figures.answered += sum(each.sent for each in running.results)
    return cell


def report(figures: Figures, callers: Sequence[int]) -> str:
    """Everything as Markdown."""
    parts = [
        f"Made by `{documents.command()}` on {documents.machine()}.",
        *(_table(figures, slow, load, callers) for slow, load in product((False, True), Load)),
        _beside(figures, callers),
        _noise(figures),
        *(f"Left out: {title}, because: {reason}" for title, reason in figures.skipped.items()),
        table_of(targets(figures)),
    ]
    return "\n\n".join(filter(None, parts))


HEAD = """| | at once | texts a second | ± | p50 ms | p99 ms | CPU µs a text | MiB |
|---|---:|---:|---:|---:|---:|---:|---:|"""


def _table(figures: Figures, slow: bool, load: Load, callers: Sequence[int]) -> str:
    """One load on one disk; nothing where nobody was measured."""
    where = f", on a disk whose flush takes {FLUSH_MS:g} ms" if slow else ""
    cells = product(ON_A_SLOW_DISK if slow else ALL, callers)
    lines = [_line(figures, each, Key(each.letter, many, slow, load)) for each, many in cells]
    return "\n".join([f"{str(load).capitalize()}{where}:", "", HEAD, *filter(None, lines)]) if any(lines) else ""


def _line(figures: Figures, contender: Contender, key: Key) -> str:
    cell = figures.middle(*key)
    if cell is None:
        return ""
    return (
        f"| ({contender.letter}) {contender.title} | {key.callers} | {cell.rate:,.0f} | {figures.spread(*key):.0%} "
        f"| {cell.p50:.2f} | {cell.p99:.2f} | {cell.cpu:,.0f} | {cell.memory:,.0f} |"
    )


def _beside(figures: Figures, callers: Sequence[int]) -> str:
    """How the hotline stands beside the others: its rate against theirs, and their processor time against its own."""
    lines = []
    for slow, load, many in product((False, True), Load, callers):
        mine = figures.middle("b", many, slow, load)
        others = [figures.middle(letter, many, slow, load) for letter in "aedf"]
        if mine and any(others):
            told = " | ".join(_against(mine, each) for each in others)
            lines.append(f"| {load}{', slow disk' if slow else ''} | {many} | {told} |")
    head = "| (b) against: rate, and their processor time by its own | at once | (a) | (e) | (d) | (f) |"
    return "\n".join([head, "|---|---:|---:|---:|---:|---:|", *lines]) if lines else ""


def _against(mine: Cell, other: Cell | None) -> str:
    return f"{mine.rate / other.rate:.2f}, {other.cpu / mine.cpu:.2f}" if other else ""


def _noise(figures: Figures) -> str:
    others = [cell.others for cells in figures.cells.values() for cell in cells]
    loud = sum(each > QUIET for each in others)
    parts = [
        f"The load alone, against a server that does nothing: {figures.ceiling:,.0f} a second. Other work on the",
        f"machine during the cells: {median(others):.2f} of {os.cpu_count()} cores in the middle, {max(others):.2f} at",
        f"most; more than {QUIET:g} in {loud} of {len(others)} cells, after {figures.again} were measured again.",
    ]
    if figures.answered:
        kinds = ", ".join(f"{kind}: {many}" for kind, many in figures.unlike.most_common())
        meant = f"{figures.unlike.total():,} of {figures.answered:,} webhooks of the mix"
        parts.append(f"The hotline understood {meant} otherwise than they were meant{f' ({kinds})' if kinds else ''}.")
    return " ".join(parts)


if __name__ == "__main__":
    main()
