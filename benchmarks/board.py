"""Board: how long its pages take with 10,000 open needs, 100,000 past ones and 100,000 people, and how large they are.

    python -m benchmarks.board [FOLDER]

The database is made once, in FOLDER (a temporary one if none is given), and read through HTTP as a
coordinator's browser would, fifty times over.
"""

import asyncio
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from aiohttp import ClientSession

from hotline.inbound.board_sign_in import hashed, token
from hotline.storage.sqlite_file import migrate
from tests.world import COMMUNITY, NOON, world

NEEDS, PAST, PEOPLE, TIMES = 10_000, 100_000, 100_000, 50
PAGES = ("", "/tray", "/column/new", "/need/100002", "/day", "/handover", "/people", "/pictures")
FILL = f"""
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {PEOPLE})
INSERT INTO people (phone, name, language, created_at, heard_at)
SELECT '+1212' || (2000000 + i), 'Name' || i, CASE WHEN i % 3 THEN 'en' ELSE 'es' END, {NOON} - 86400, {NOON} - i
FROM n;
INSERT INTO volunteers (phone, needs, areas, created_at) SELECT phone, 'food ride', 'north', created_at FROM people
WHERE CAST(SUBSTR(phone, 6) AS INTEGER) % 5 = 0;
INSERT INTO offers (what, area, phone, language) SELECT 'food', 'north', phone, 'en' FROM volunteers;
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {NEEDS})
INSERT INTO needs (number, neighbor, code, status, what, area, words, details, takers, wave, checks, created_at,
                   changed_at)
SELECT 100000 + i, '+1212' || (2000000 + i), 101 + i % 9899,
       CASE i % 4 WHEN 0 THEN 'draft' WHEN 1 THEN 'taken' ELSE 'open' END, 'food', 'north', 'food please',
       '4 Elm Street', CASE i % 4 WHEN 1 THEN '+1212' || (2000000 + i % 1000 * 5 + 5) ELSE '' END, i % 2, i % 7 = 1,
       {NOON} - i * 60, {NOON} - i * 40 FROM n;
INSERT INTO alerts (need, volunteer, wave, sent_at) SELECT n.number, v.phone, 1, n.created_at + 60
FROM needs n JOIN volunteers v ON v.rowid BETWEEN n.number % 19000 + 1 AND n.number % 19000 + 5;
INSERT INTO claims (need, volunteer, taken_at) SELECT number, takers, created_at + 600 FROM needs WHERE takers <> '';
INSERT INTO relayed (need, writer, reader, words, outbox, said_at)
SELECT number, takers, neighbor, 'on my way', 0, created_at + 700 FROM needs WHERE takers <> '';
INSERT INTO flags (why, party, about, raised_at)
SELECT 'wants_a_person', neighbor, number, created_at + 800 FROM needs WHERE number % 20 = 0;
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {PAST})
INSERT INTO needs (number, neighbor, code, status, what, area, helped, wave, created_at, changed_at)
SELECT 200000 + i, '+1212' || (2000000 + i), 101 + i % 9899, CASE WHEN i % 9 = 0 THEN 'expired' ELSE 'done' END,
       CASE i % 3 WHEN 0 THEN 'ride' ELSE 'food' END, CASE i % 2 WHEN 0 THEN 'downtown' ELSE 'north' END,
       '+1212' || (2000000 + i % 1000 * 5 + 5), 1, {NOON} - 90.0 * 86400 * i / {PAST},
       {NOON} - 90.0 * 86400 * i / {PAST} + 7200 FROM n;
INSERT INTO claims (need, volunteer, taken_at, ended_at, outcome)
SELECT number, helped, created_at + number % 7000, changed_at, 'done' FROM needs
WHERE number > 200000 AND status = 'done';
INSERT INTO outbox (party, prompt, priority, status, due_at, segments, created_at, changed_at)
SELECT neighbor, '[]', 2, 'sent', created_at, 1, created_at, created_at FROM needs WHERE number > 200000;
INSERT INTO outbox (party, prompt, priority, status, due_at, segments, created_at, changed_at)
SELECT party, '[]', 2, 'sent', due_at, 2, created_at, changed_at FROM outbox;
INSERT INTO inbound (id, party, channel, words, body, segments, received_at)
SELECT 'SM' || number, neighbor, 'text', 'food', '', 1, created_at FROM needs WHERE number > 200000;
"""


def fill(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection)
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(FILL)


async def measure(folder: Path) -> None:
    path = folder / "board.db"
    if not path.exists():
        fill(path)
    async with world(folder, COMMUNITY, database_url=f"sqlite:///{path}") as place, ClientSession() as http:
        shown = token()
        await place.hotline.store.run(lambda tx: tx.sign_in.begin_session(hashed(shown), "rosa", place.clock.now))
        headers = {"Cookie": f"board_session={shown}", "Accept-Encoding": "identity"}
        for name in PAGES:
            begun = time.perf_counter()
            async with http.get(f"{place.exchange.public_url}/board{name}", headers=headers) as answer:
                await answer.read()
            first = (time.perf_counter() - begun) * 1000
            took, page, worked = [], b"", time.process_time()
            for _ in range(TIMES):
                begun = time.perf_counter()
                async with http.get(f"{place.exchange.public_url}/board{name}", headers=headers) as answer:
                    page = await answer.read()
                    assert answer.status == 200
                took.append((time.perf_counter() - begun) * 1000)
            worked = (time.process_time() - worked) / TIMES * 1000
            middle, late = statistics.median(took), statistics.quantiles(took, n=20)[18]
            async with http.get(
                f"{place.exchange.public_url}/board{name}",
                headers={**headers, "Accept-Encoding": "gzip"},
                auto_decompress=False,
            ) as answer:
                packed = len(await answer.read())
            times = f"first {first:6.1f} ms  p50 {middle:6.1f} ms  p95 {late:6.1f} ms  worked {worked:5.1f} ms"
            print(f"/board{name:14} {times}  {len(page):7,} bytes, packed {packed:6,}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(measure(Path(sys.argv[1])))
    else:
        with tempfile.TemporaryDirectory() as made:
            asyncio.run(measure(Path(made)))
