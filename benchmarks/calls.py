"""Calls: so many people press their way through a whole call at once; how long the carrier waits for each step.

python -m benchmarks.calls            three rounds, about four minutes
python -m benchmarks.calls --quick    one short round

Every caller is a telephone that follows the documents it gets: it posts to the address of the last Gather or Record,
signed as the carrier signs, and presses the next key the moment it hears the question. People take seconds for that, so
a hundred such telephones are thousands of real ones.
"""

import argparse
import asyncio
import itertools
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit
from xml.sax.saxutils import unescape

import aiohttp

from benchmarks import documents
from benchmarks.contenders import POSTGRES, SQLITE, Contender, Place, Skipped
from benchmarks.figures import Target, table_of
from benchmarks.processes import machine_cpu
from benchmarks.texts import ACCOUNT, NUMBER, PUBLIC_URL, TOKEN, phone
from hotline.simulator.signing import sign

# English, ask for help, food, Northside, no details, that number is right, the whole is right; how it stands; goodbye.
PRESSES = ("1", "1", "1", "1", "#", "1", "1", "2", "*", "2", "1", "2", "#", "9")
SLOWEST = 2000.0  # milliseconds at the 99th percentile that were promised
ACTION = re.compile(r'<(?:Gather|Record)[^>]* action="([^"]*)"')
FLUSH_MS = 5.0


@dataclass
class Steps:
    """What one cell measured: how long each step took, in milliseconds, and how many were not answered with words."""

    waits: list[float] = field(default_factory=list)
    wrong: int = 0

    def part(self, share: float) -> float:
        waits = sorted(self.waits) or [0.0]
        return waits[min(len(waits) - 1, int(len(waits) * share))]


async def call(session: aiohttp.ClientSession, base: str, number: int, until: float, steps: Steps) -> None:
    """One call from its first ring to the goodbye, unless time is over."""
    known = [("CallSid", f"CA{number:032x}"), ("From", phone(number)), ("To", NUMBER), ("AccountSid", ACCOUNT)]
    known += [("Direction", "inbound"), ("CallStatus", "in-progress"), ("ApiVersion", "2010-04-01")]
    address, presses = f"{PUBLIC_URL}/twilio/voice", iter(PRESSES)
    pressed: list[tuple[str, str]] = []
    while address and time.perf_counter() < until:
        document = await _post(session, base, address, [*known, *pressed], steps)
        found = ACTION.search(document)
        key = next(presses, "")
        address, pressed = unescape(found[1]) if found and key else "", [("Digits", key)]


async def _post(
    session: aiohttp.ClientSession, base: str, address: str, form: list[tuple[str, str]], steps: Steps
) -> str:
    there = urlsplit(address)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Twilio-Signature": sign(address, form, TOKEN),
    }
    since = time.perf_counter()
    async with session.post(f"{base}{there.path}?{there.query}", data=urlencode(form), headers=headers) as answer:
        document = await answer.text()
    steps.waits.append((time.perf_counter() - since) * 1000)
    steps.wrong += answer.status != 200 or "<Say" not in document
    return document


async def storm(port: int, callers: int, seconds: float, numbers: Iterator[int]) -> Steps:
    """So many telephones, each of which calls again as soon as its call is over."""
    steps, until = Steps(), time.perf_counter() + seconds

    async def telephone(session: aiohttp.ClientSession) -> None:
        while time.perf_counter() < until:
            await call(session, f"http://127.0.0.1:{port}", next(numbers), until, steps)

    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        await asyncio.gather(*(telephone(session) for _ in range(callers)))
    return steps


@dataclass(frozen=True)
class Row:
    """The medians of the rounds of one contender with so many callers."""

    title: str
    callers: int
    rate: float
    p50: float
    p99: float
    most: float


def measure(contender: Contender, title: str, place: Place, plan: argparse.Namespace) -> list[Row]:
    """All cells of one contender. Raises Skipped where it cannot run, SystemExit where an answer was none."""
    rows, numbers = [], itertools.count()
    with contender.start(place) as server:
        for callers in map(int, plan.callers.split(",")):
            found = [asyncio.run(storm(server.port, callers, plan.seconds, numbers)) for _ in range(plan.rounds)]
            if wrong := sum(each.wrong for each in found):
                raise SystemExit(f"{title}: {wrong} steps were not answered with words")
            rates = [len(each.waits) / plan.seconds for each in found]
            parts = [median(each.part(share) for each in found) for share in (0.5, 0.99, 1.0)]
            rows.append(Row(title, callers, median(rates), *parts))
            print(f"# {title:<34} {callers:>4} {rows[-1].rate:>8,.0f} a second, p99 {rows[-1].p99:,.0f} ms", flush=True)
    return rows


def report(rows: Sequence[Row], busy: float) -> str:
    lines = [
        f"Made by `{documents.command()}` on {documents.machine()}. Busy, with the telephones: {busy:.2f} cores.",
        "",
        "| | calls at once | steps a second | p50 ms | p99 ms | slowest ms |\n|---|---:|---:|---:|---:|---:|",
    ]
    lines[-1] += "".join(
        f"\n| {row.title} | {row.callers} | {row.rate:,.0f} | {row.p50:.1f} | {row.p99:.1f} | {row.most:.1f} |"
        for row in rows
    )
    slowest = max(row.p99 for row in rows)
    promise = Target("no step later than 2 s at the 99th percentile", slowest, SLOWEST, at_least=False, unit="ms")
    return "\n".join([*lines, "", table_of([promise])])


def main(arguments: Sequence[str] | None = None) -> None:
    plan = _parser().parse_args(arguments)
    if plan.quick:
        plan.rounds, plan.seconds = 1, 2.0
    rows, before, begun = [], machine_cpu(), time.perf_counter()
    for contender, title, flush in ((SQLITE, "SQLite", 0.0), (SQLITE, "SQLite, 5 ms a flush", FLUSH_MS),
                                    (POSTGRES, "PostgreSQL", 0.0)):  # fmt: skip
        with tempfile.TemporaryDirectory(prefix="hotline-calls-") as folder:
            try:
                rows += measure(contender, title, Place(Path(folder), Path(folder), flush), plan)
            except Skipped as reason:
                print(f"# left out: {title}, because: {reason}")
    busy = (machine_cpu() - before) / (time.perf_counter() - begun)
    text = report(rows, busy)
    print(text)
    if plan.write:
        documents.put(plan.write, "calls", text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks.calls", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round of two seconds a cell")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0, help="for each cell")
    parser.add_argument("--callers", default="16,64,256", help="how many call at once")
    parser.add_argument("--write", type=Path, help="put the table into this page, such as docs/benchmarks.md")
    return parser


if __name__ == "__main__":
    main()
