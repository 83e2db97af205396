"""Inbound texts, side by side in one run: a fixed document, the hotline, and its peers.

python -m benchmarks.webhooks            three rounds, about eight minutes
python -m benchmarks.webhooks --quick    one short round, for a first look
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import documents
from benchmarks.contenders import BARE, EXPRESS, POSTGRES, SINGLE, SQLITE, TUTORIAL, Contender, Place, Skipped
from benchmarks.figures import Cell, Figures, table_of
from benchmarks.load import Job, run
from benchmarks.processes import Server, free_port, machine_cpu, serving
from benchmarks.targets import targets

FLUSH_MS = 5.0
ALL = (BARE, SQLITE, POSTGRES, TUTORIAL, EXPRESS)
ON_A_SLOW_DISK = (SQLITE, SINGLE, POSTGRES, TUTORIAL, EXPRESS)


@dataclass(frozen=True)
class Plan:
    """How long the run is."""

    rounds: int
    seconds: float
    callers: tuple[int, ...]
    peers: Path
    only: tuple[str, ...] = ()


@dataclass
class Running:
    """A contender that answers, and how many texts it was sent so far."""

    contender: Contender
    server: Server
    folder: Path
    sent: int = 0
    wrong: int = 0

    def measure(self, callers: int, seconds: float) -> Cell:
        """One cell; texts go on where the last cell left off."""
        again = self.contender.kept is None  # a fixed answer is the same however often it is asked for
        most = int(self.contender.most * (1.0 if again else seconds + 0.5))
        cpu, machine = self.server.cpu(), machine_cpu()
        result = run(Job(self.server.port, callers, seconds, self.sent, most, again))
        cpu, machine = self.server.cpu() - cpu, machine_cpu() - machine
        self.sent, self.wrong = self.sent + result.sent, self.wrong + result.wrong
        others = max(0.0, machine - cpu - result.busy - MAKING * most)
        return Cell(result.rate, result.p50, result.p99, cpu / max(1, result.sent) * 1e6, others / (seconds + 0.5))

    def check(self) -> None:
        """Nothing was refused, and what was answered is kept: else the figures mean nothing."""
        if self.wrong:
            raise SystemExit(f"{self.contender.title}: {self.wrong} texts were not answered rightly")
        kept = self.contender.kept(self.folder) if self.contender.kept else self.sent
        if kept != self.sent:
            raise SystemExit(f"{self.contender.title}: {self.sent} texts answered, {kept} kept")


MAKING = 36e-6  # seconds of CPU for making one text ready beforehand: no noise


def main(arguments: Sequence[str] | None = None) -> None:
    chosen = _parser().parse_args(arguments)
    callers = tuple(map(int, chosen.callers.split(",")))
    only = tuple(filter(None, chosen.only.split(",")))
    rounds, seconds = (1, 1.0) if chosen.quick else (chosen.rounds, chosen.seconds)
    figures = measure(Plan(rounds, seconds, callers, chosen.peers, only))
    text = report(figures, callers)
    print(text)
    if chosen.write:
        documents.put(chosen.write, "webhooks", text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks.webhooks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round of one second a cell")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0, help="for each cell, after half a second to warm up")
    parser.add_argument("--callers", default="1,16,64", help="how many text at once")
    parser.add_argument("--only", default="", help="letters, such as a,b")
    parser.add_argument("--peers", type=Path, default=Path(tempfile.gettempdir()) / "hotline-benchmark-peers",
                        help="where the peers' packages are installed, once")  # fmt: skip
    parser.add_argument("--write", type=Path, help="put the tables into this page, such as docs/benchmarks.md")
    return parser


def measure(plan: Plan) -> Figures:
    figures = Figures()
    figures.ceiling = _ceiling(plan.seconds)
    for slow, contenders in ((False, ALL), (True, ON_A_SLOW_DISK)):
        chosen = [each for each in contenders if not plan.only or each.letter in plan.only]
        with ExitStack() as stack, tempfile.TemporaryDirectory(prefix="hotline-benchmark-") as folder:
            running = _start(stack, chosen, Path(folder), plan, figures, slow)
            _rounds(running, plan, figures, slow)
            for each in running:
                each.check()
    return figures


def _ceiling(seconds: float) -> float:
    """What the load itself can do: texts a second against a server that does nothing."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, serving(_fixed(port), port, Path(folder)):
        return run(Job(port, 16, min(2.0, seconds), 0, 2000, again=True)).rate


def _fixed(port: int) -> tuple[str, ...]:
    return (sys.executable, "-m", "benchmarks.ceiling", str(port))


def _start(
    stack: ExitStack, contenders: Sequence[Contender], folder: Path, plan: Plan, figures: Figures, slow: bool
) -> list[Running]:
    plan.peers.mkdir(parents=True, exist_ok=True)
    running = []
    for contender in contenders:
        own = folder / contender.letter
        own.mkdir()
        try:
            server = stack.enter_context(contender.start(Place(own, plan.peers, FLUSH_MS if slow else 0.0)))
        except Skipped as reason:
            figures.skipped[contender.title] = str(reason)
        else:
            running.append(Running(contender, server, own))
    return running


def _rounds(running: Sequence[Running], plan: Plan, figures: Figures, slow: bool) -> None:
    """Interleaved, so that a noisy minute of the machine falls on all alike."""
    for _ in range(plan.rounds):
        for callers in plan.callers:
            for each in running:
                cell = each.measure(callers, plan.seconds)
                figures.cells[each.contender.letter, callers, slow].append(cell)
                print(
                    f"# {each.contender.title:<30} {callers:>3} {'slow' if slow else '':<5}{cell.rate:>9,.0f}",
                    flush=True,
                )


def report(figures: Figures, callers: Sequence[int]) -> str:
    """Everything as Markdown."""
    parts = [
        f"Made by `{documents.command()}` on {documents.machine()}.",
        _table(figures, ALL, callers, False),
        f"The same on a disk whose flush takes {FLUSH_MS:g} ms:",
        _table(figures, ON_A_SLOW_DISK, callers, True),
        _noise(figures),
        *(f"Left out: {title}, because: {reason}" for title, reason in figures.skipped.items()),
        table_of(targets(figures)),
    ]
    return "\n\n".join(parts)


def _table(figures: Figures, contenders: Sequence[Contender], callers: Sequence[int], slow: bool) -> str:
    head = "| | at once | texts a second | ± | p50 ms | p99 ms | CPU µs a text |\n|---|---:|---:|---:|---:|---:|---:|"
    lines = [_line(figures, each, at_once, slow) for each in contenders for at_once in callers]
    return "\n".join([head, *filter(None, lines)])


def _line(figures: Figures, contender: Contender, callers: int, slow: bool) -> str:
    cell = figures.middle(contender.letter, callers, slow)
    if cell is None:
        return ""
    spread = figures.spread(contender.letter, callers, slow)
    return (
        f"| ({contender.letter}) {contender.title} | {callers} | {cell.rate:,.0f} | {spread:.0%} "
        f"| {cell.p50:.2f} | {cell.p99:.2f} | {cell.cpu:,.0f} |"
    )


def _noise(figures: Figures) -> str:
    others = [cell.others for cells in figures.cells.values() for cell in cells]
    middle, most, cores = median(others), max(others), os.cpu_count()
    return (
        f"The load alone, against a server that does nothing: {figures.ceiling:,.0f} a second. Other work on the "
        f"machine during the cells: {middle:.2f} of {cores} cores in the middle, {most:.2f} at most."
    )


if __name__ == "__main__":
    main()
