"""Drain: how fast the outbox goes out through a carrier that takes 50 ms for each text, behind a million old rows.

python -m benchmarks.drain            about three minutes
python -m benchmarks.drain --quick    fewer rows, old and new

The worker runs inside `hotline serve`, as on one small machine. The carrier is a process of its own; it says when each
text came, so that the start and the end, where the room is not full, can be left out.
"""

import argparse
import asyncio
import contextlib
import json
import sqlite3
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import documents
from benchmarks.contenders import hotline
from benchmarks.figures import Target, table_of
from benchmarks.mix.scenes import ASKED
from benchmarks.mix.seed import sow
from benchmarks.processes import Server, free_port, machine_cpu, serving
from benchmarks.soak.past import fill
from hotline.outbound.outbox import ROWS_AT_ONCE
from hotline.storage import open_store

WAIT = 0.05  # seconds that the carrier takes for a text
WANTED = 64  # texts under way that the share is held against
SHARE = 0.9  # of what those allow, that was promised
LONGEST = 600.0  # seconds
EDGE = 0.1  # of the texts at the start and at the end are not counted
# A number in the US goes at a segment a second, and a day has its limit: nothing but these would be measured.
PACE = {"SEGMENTS_PER_SECOND": "100000", "SEGMENTS_PER_DAY": "10000000"}


@dataclass(frozen=True)
class Drained:
    """What one database did. `rate` is texts a second, `cpu` microseconds of the hotline for each."""

    old: int
    texts: int
    rate: float
    most: int
    cpu: float
    others: float

    @property
    def share(self) -> float:
        """Of what `WANTED` under way allow."""
        return self.rate * WAIT / WANTED

    @property
    def own(self) -> float:
        """Of what the hotline's own number under way allows."""
        return self.rate * WAIT / ROWS_AT_ONCE


async def _fill(url: str, old: int, requests: int) -> None:
    await (await open_store(url)).close()
    if old:
        fill(url, old, time.time())
    store = await open_store(url)
    await sow(store, requests, gone=False)
    await store.close()


def drain(folder: Path, old: int, requests: int) -> Drained:
    """Three texts about each request, behind so many old rows."""
    url, port, texts = f"sqlite:///{folder}/hotline.db", free_port(), requests * ASKED
    asyncio.run(_fill(url, old, requests))
    carrier = (sys.executable, "-m", "benchmarks.slow_carrier", str(port), f"{WAIT * 1000:g}")
    with serving(carrier, port, folder) as taker:
        besides = {**PACE, "TWILIO_API_URL": f"http://127.0.0.1:{port}"}
        began, machine = time.perf_counter(), machine_cpu()
        with hotline(folder, url, worker="inside", besides=besides) as sender:
            started = sender.cpu()
            taken = _until_all_have_gone(port, texts, folder)
            cpu, machine = sender.cpu() - started, machine_cpu() - machine
            others = max(0.0, machine - cpu - started - taker.cpu()) / (time.perf_counter() - began)
            _settled(folder, sender)
    _check(folder, texts, taken["to"])
    return Drained(old, texts, rate(taken["at"]), taken["most"], cpu / texts * 1e6, others)


def _until_all_have_gone(port: int, texts: int, folder: Path) -> dict[str, Any]:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/taken", timeout=30) as answer:
            taken: dict[str, Any] = json.load(answer)
        if len(taken["at"]) >= texts:
            return taken
        time.sleep(1.0)
    raise SystemExit(f"{len(taken['at'])} of {texts} texts went: {(folder / 'log').read_text()[-1500:]}")


def _settled(folder: Path, _: Server) -> None:
    """What the carrier took is written down a moment later."""
    until = time.monotonic() + 10.0
    while time.monotonic() < until and _count(
        folder, "SELECT COUNT(*) FROM outbox WHERE status IN ('waiting', 'sending')"
    ):
        time.sleep(0.2)


def _check(folder: Path, texts: int, to: Sequence[str]) -> None:
    """Each of them went, once, and the hotline knows it: else the figures mean nothing."""
    if len(to) != texts or len(set(to)) != texts:
        raise SystemExit(f"{len(to)} texts went to {len(set(to))} people, and not one to each of {texts}")
    if left := _count(folder, "SELECT COUNT(*) FROM outbox WHERE status <> 'sent'"):
        raise SystemExit(f"{left} rows of the outbox are not settled")


def _count(folder: Path, question: str) -> int:
    with contextlib.closing(sqlite3.connect(folder / "hotline.db")) as connection:
        return int(connection.execute(question).fetchone()[0])


def rate(at: Sequence[float]) -> float:
    """Texts a second, the start and the end left out."""
    edge = int(len(at) * EDGE)
    some = sorted(at)[edge : len(at) - edge]
    return (len(some) - 1) / (some[-1] - some[0])


def report(drained: Sequence[Drained]) -> str:
    lines = [
        f"| a carrier that takes {WAIT * 1000:g} ms | texts | a second | under way at most | of what {WANTED} allow "
        f"| of what {ROWS_AT_ONCE}, its own number, allow | CPU µs a text | other work, cores |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {each.old:,} old rows | {each.texts:,} | {each.rate:,.0f} | {each.most} | {each.share:.2f} "
            f"| {each.own:.2f} | {each.cpu:,.0f} | {each.others:.2f} |"
            for each in drained
        ),
    ]
    behind = drained[-1]
    promise = f"the outbox drains at 0.9 of what {WANTED} sends under way allow, behind {behind.old:,} old rows"
    made = f"Made by `{documents.command()}` on {documents.machine()}."
    return "\n\n".join([made, "\n".join(lines), table_of([Target(promise, behind.share, SHARE)])])


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.drain", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="behind 50,000 old rows, and 3,000 texts")
    parser.add_argument("--write", type=Path, help="put the table into this page, such as docs/benchmarks.md")
    chosen = parser.parse_args(arguments)
    old, requests = (50_000, 1_000) if chosen.quick else (1_000_000, 8_000)  # codes are fewer than 9,900
    drained = []
    for many in (0, old):
        with tempfile.TemporaryDirectory(prefix="hotline-benchmark-") as folder:
            drained.append(drain(Path(folder), many, requests))
    text = report(drained)
    print(text)
    if chosen.write:
        documents.put(chosen.write, "drain", text)


if __name__ == "__main__":
    main()
