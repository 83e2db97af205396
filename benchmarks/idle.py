"""What the hotline weighs and how soon it answers when nobody texts, beside an app that answers a fixed document."""

import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median

from benchmarks.contenders import Place, bare, hotline
from benchmarks.figures import Target
from benchmarks.processes import Server

ROUNDS = 5
REST = 1.5  # seconds before it is weighed
Start = Callable[[Path], AbstractContextManager[Server]]
ALL: dict[str, Start] = {
    "a fixed document": lambda folder: bare(Place(folder, folder)),
    "the hotline, WORKER=outside": lambda folder: hotline(folder, "sqlite:///hotline.db"),
    "the hotline, WORKER=inside": lambda folder: hotline(folder, "sqlite:///hotline.db", worker="inside"),
}


def weigh() -> tuple[str, list[Target]]:
    """Medians of several starts, in turn."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in ALL}
    for _ in range(ROUNDS):
        for name, start in ALL.items():
            seen[name].append(_once(start))
    middle = {name: (median(s for s, _ in rows), median(m for _, m in rows)) for name, rows in seen.items()}
    lines = ["| idle | seconds to the first answer | MiB resident |", "|---|---:|---:|"]
    lines += [f"| {name} | {seconds:.2f} | {memory:.0f} |" for name, (seconds, memory) in middle.items()]
    return "\n".join(lines), _targets(*middle.values())


def _once(start: Start) -> tuple[float, float]:
    """(seconds until it answers, MiB)."""
    with tempfile.TemporaryDirectory(prefix="hotline-benchmark-") as folder:
        begun = time.perf_counter()
        with start(Path(folder)) as server:
            seconds = time.perf_counter() - begun
            time.sleep(REST)
            return seconds, server.memory()


def _targets(fixed: tuple[float, float], outside: tuple[float, float], _: tuple[float, float]) -> list[Target]:
    return [
        Target("idle memory at most 1.5 ×", outside[1] / fixed[1], 1.5, at_least=False),
        Target("cold start at most 1.5 ×", outside[0] / fixed[0], 1.5, at_least=False),
    ]
