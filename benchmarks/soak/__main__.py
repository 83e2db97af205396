"""An hour of soak: texts at a steady pace on a database that begins with years of past.

python -m benchmarks.soak --keep hour.jsonl            an hour at 30 texts a second on 300,000 old outbox rows
python -m benchmarks.soak --minutes 4 --old 30000      a first look
python -m benchmarks.soak --database postgres          on a PostgreSQL of its own, which ends with it
"""

import argparse
import asyncio
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.processes import free_port, serving
from benchmarks.soak import minutes
from benchmarks.soak.minutes import Book, Minute
from benchmarks.soak.past import OLD, PEOPLE, fill
from benchmarks.soak.talk import Town
from hotline.storage import open_store
from tests.faults.living import carrier
from tests.faults.texting import AWAKE_COMMUNITY, wire
from tests.postgres_server import own_server
from tests.world import ACCOUNT, NUMBER, TOKEN

MINUTE = 60.0
HEAD = "minute texts answering all p50 p99 MiB file WAL CPU wrong needs"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--rate", type=float, default=30.0, help="texts a second")
    parser.add_argument("--old", type=int, default=OLD, help="rows of the outbox that are there already")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--keep", type=Path, help="write each minute's figures into this file, as JSON")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="hotline-soak-") as name, _database(Path(name), chosen.database) as url:
        pages = asyncio.run(soak(Path(name), url, chosen.minutes, chosen.rate, chosen.old, chosen.keep))
    print(f"{sum(page.texts for page in pages):,} texts answered, {pages[-1].wrong:,} of them wrongly")


@contextlib.contextmanager
def _database(folder: Path, kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder}/hotline.db"
        return
    with own_server() as server:
        yield server.url


async def soak(folder: Path, url: str, many: int, rate: float, old: int, keep: Path | None = None) -> list[Minute]:
    """One page a minute. The hotline is a process of its own, the people and their carrier are this one."""
    await (await open_store(url)).close()
    fill(url, old, time.time())
    (folder / "community.toml").write_text(AWAKE_COMMUNITY, "utf-8")
    async with carrier() as (exchange, carrier_url):
        settings = _settings(folder, url, carrier_url)
        exchange.public_url = home = settings["PUBLIC_URL"]
        command = (sys.executable, "-m", "benchmarks.soak.counted")
        with serving(command, int(settings["PORT"]), folder, settings) as server:
            async with wire(home, home) as line:
                town = Town(line, exchange, rate, PEOPLE)
                book = Book(server, town, url, Path(settings["COUNTS"]))
                living = asyncio.create_task(town.live(many * MINUTE))
                pages = await _write(book, living, many, keep)
                await living
        print(*town.wrong[:5], *(folder / "log").read_text().splitlines()[-5:], sep="\n", file=sys.stderr)
        told = f"{town.unasked} needs nobody was asked about, {town.otherwise} requests not recorded"
        print(f"{town.again} texts brought again, {told}", file=sys.stderr)
        print(_kinds(Path(settings["COUNTS"])), file=sys.stderr)
    return pages


async def _write(book: Book, living: "asyncio.Task[None]", many: int, keep: Path | None) -> list[Minute]:
    pages: list[Minute] = []
    began = time.monotonic()
    print(HEAD, flush=True)
    book.turn()  # what the start took is nobody's minute
    book.minute = 0
    for minute in range(1, many + 1):
        await asyncio.wait([living], timeout=max(0.0, began + minute * MINUTE - time.monotonic()))
        pages.append(await asyncio.to_thread(book.turn))
        print(_line(pages[-1]), flush=True)
        if keep:
            minutes.keep(pages, keep)
        if living.done():
            break
    return pages


def _line(page: Minute) -> str:
    figures = (page.answering, page.all, page.p50, page.p99, page.memory, page.file, page.wal, page.cpu)
    return " ".join(
        [str(page.minute), str(page.texts), *(f"{each:.1f}" for each in figures), f"{page.wrong} {page.needs}"]
    )


def _kinds(file: Path) -> str:
    """What each kind of turn took in all, the dearest first."""
    tallies = json.loads(file.read_text()) if file.exists() else {}
    dearest = sorted(tallies.items(), key=lambda each: -each[1][1])
    return "\n".join(f"{steps:>14,} steps in {turns:>9,} of {kind}" for kind, (turns, steps) in dearest)


def _settings(folder: Path, url: str, carrier_url: str) -> dict[str, str]:
    port = free_port()
    return {
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_PHONE_NUMBER": NUMBER,
        "TWILIO_API_URL": f"{carrier_url}/simulator/api",
        "DATABASE_URL": url,
        "COMMUNITY_FILE": f"{folder}/community.toml",
        "LOG_LEVEL": "WARNING",
        "SEGMENTS_PER_SECOND": "1000",
        "SEGMENTS_PER_DAY": "10000000",
        "NEW_NUMBERS_PER_MINUTE": "60000",
        "TEXTS_PER_HOUR": "60000",
        "COUNTS": f"{folder}/counts.json",
    }


if __name__ == "__main__":
    main()
