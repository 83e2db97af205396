"""Start and rest: how soon the hotline answers a first text, what it weighs then and what it does when nobody texts,
beside an app that answers a fixed document.

A start is timed from the command to the answer: the connection may be taken long before, and what is read when it is
first used belongs to it. The database is there already, as after any restart; the very first start makes it.
"""

import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.contenders import Place, bare, hotline
from benchmarks.figures import Target
from benchmarks.processes import Server
from benchmarks.texts import request
from hotline.channels.parsing import prepared, stopping

ROUNDS = 6
REST = 4.0  # seconds: it is weighed at their end, and what it did meanwhile is told
Start = Callable[[Path, bytes], AbstractContextManager[Server]]
URL = "sqlite:///hotline.db"
FIXED, OUTSIDE = "a fixed document", "the hotline, WORKER=outside"
ALL: dict[str, Start] = {
    FIXED: lambda folder, first: bare(Place(folder, folder), first),
    OUTSIDE: lambda folder, first: hotline(folder, URL, first=first),
    "the hotline, WORKER=inside": lambda folder, first: hotline(folder, URL, worker="inside", first=first),
}


@dataclass(frozen=True)
class Rest:
    """Seconds to the first answer, without a database and with one; MiB; and processor time, in ms a second."""

    anew: float
    start: float
    memory: float
    awake: float


def weigh(smaller: int = 1) -> tuple[str, list[Target]]:
    """Medians of several starts, in turn; the first of each only makes what Python keeps of its modules."""
    if not prepared.kept(stopping.TABLE, bool):
        raise SystemExit("the words are not prepared, as they are where it is installed: pip install -e .")
    rounds = ROUNDS // smaller or 1
    seen: dict[str, list[Rest]] = {name: [] for name in ALL}
    for turn in range(rounds + 1):
        for name, start in ALL.items():
            once = _once(start)
            if turn:
                seen[name].append(once)
    middle = {name: _middle(several) for name, several in seen.items()}
    lines = [
        "| idle | seconds to the first answer | the very first start | MiB resident | processor, ms a second |",
        "|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {name} | {each.start:.2f} | {each.anew:.2f} | {each.memory:.1f} | {each.awake:.1f} |"
        for name, each in middle.items()
    ]
    return "\n".join(lines), _targets(middle[FIXED], middle[OUTSIDE])


def _middle(several: list[Rest]) -> Rest:
    return Rest(*(median(getattr(each, name) for each in several) for name in Rest.__dataclass_fields__))


def _once(start: Start) -> Rest:
    with tempfile.TemporaryDirectory(prefix="hotline-benchmark-") as name:
        folder = Path(name)
        begun = time.perf_counter()
        with start(folder, request(0)):
            anew = time.perf_counter() - begun
        begun = time.perf_counter()
        with start(folder, request(1)) as server:
            seconds, cpu = time.perf_counter() - begun, server.cpu()
            time.sleep(REST)
            return Rest(anew, seconds, server.memory(), (server.cpu() - cpu) / REST * 1000)


def _targets(fixed: Rest, outside: Rest) -> list[Target]:
    return [
        Target("idle memory at most 1.4 ×", outside.memory / fixed.memory, 1.4, at_least=False),
        Target("first answer after a start at most 2.5 ×", outside.start / fixed.start, 2.5, at_least=False),
        Target("the same of the very first start", outside.anew / fixed.anew, 2.5, at_least=False),
    ]
