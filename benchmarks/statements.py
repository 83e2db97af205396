"""Statements: what each does in steps of SQLite's machine, with no past and with a million old rows of the outbox.

python -m benchmarks.statements              three gigabytes of temporary files at most, some minutes
python -m benchmarks.statements --old 30000  a first look

Both files have the same city and the same present: what waits, what is open, what is under way. Steps are counted by
the progress handler, so no other work on the machine is in them; times are medians of pairs that take turns.
"""

import argparse
import re
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import documents
from benchmarks.figures import Target, table_of
from benchmarks.soak.past import fill
from hotline.storage.sqlite_file import SETTINGS, migrate
from hotline.storage.statements import statements
from tests.storage.test_planner import told, values

PAIRS = 10
GRAIN = 1  # steps between two calls of the handler
SMALL = 40  # steps that a statement may take more without growing: another path through the same rows
NOW = float(int(time.time()))
NEIGHBOR, VOLUNTEER = "+12125550111", "+12125550112"

NEEDS = """INSERT INTO needs (neighbor, code, status, what, area, words, takers, created_at, changed_at,
                              check_at, look_at, callback, recording)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 59)
SELECT CASE WHEN i < 3 THEN :neighbor ELSE '+1212555' || CAST(2000 + i AS TEXT) END, 9101 + i,
       CASE i % 3 WHEN 0 THEN 'open' WHEN 1 THEN 'taken' ELSE 'draft' END, 'food', 'north', 'food',
       CASE WHEN i % 3 = 1 THEN :volunteer ELSE '' END, :now - 3600, :now - 3600, :now - 60, :now - 60, '', ''
FROM n"""
OUTBOX = """INSERT INTO outbox (party, prompt, about, priority, status, due_at, leased_until, created_at, changed_at)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 63)
SELECT '+1212555' || CAST(3000 + i AS TEXT), '[]', (SELECT MAX(number) FROM needs) - i % 60, 1 + i % 3,
       CASE WHEN i < 48 THEN 'waiting' WHEN i < 56 THEN 'sending' ELSE 'unknown' END, :now - 10, :now - 5,
       :now - 20, :now - 20 FROM n"""
PRESENT = (
    "INSERT INTO people (phone, language, created_at, heard_at) VALUES (:neighbor, 'en', :now - 86400, :now)",
    "INSERT INTO people (phone, language, created_at, heard_at) VALUES (:volunteer, 'en', :now - 86400, :now)",
    "INSERT INTO volunteers (phone, needs, areas, created_at) VALUES (:volunteer, 'food', 'north', :now - 86400)",
    NEEDS,
    OUTBOX,
    "INSERT INTO deliveries (sid, outbox, status, rank, changed_at, ask_at)"
    " SELECT 'SM' || CAST(id AS TEXT), id, 'sent', 3, :now - 400, :now - 100 FROM outbox WHERE status = 'waiting'",
    "INSERT INTO alerts (need, volunteer, wave, sent_at) SELECT number, :volunteer, 1, :now - 600 FROM needs"
    " WHERE status = 'open'",
    "INSERT INTO claims (need, volunteer, taken_at) SELECT number, :volunteer, :now - 600 FROM needs"
    " WHERE status = 'taken'",
    "INSERT INTO inbound (id, party, channel, words, body, answer, received_at)"
    " VALUES ('SMnow', :neighbor, 'text', 'food', '', '<Response/>', :now - 60)",
)
MOMENTS = ("now", "at", "until", "due_at", "check_at", "again_at", "look_at", "expires_at", "coming_at", "leased_until")
BEFORE = ("since", "quiet_since", "recent_since", "asked_at")


@dataclass(frozen=True)
class Counted:
    """One statement: steps and microseconds without a past, and with it; each time is of one pair."""

    name: str
    steps: tuple[int, int]
    times: tuple[Sequence[float], Sequence[float]]

    @property
    def grows(self) -> bool:
        return self.steps[1] > self.steps[0] * 1.1 + SMALL


@contextmanager
def filled(path: Path, old: int) -> Iterator[sqlite3.Connection]:
    """The city with so many old rows, and the present."""
    with closing(sqlite3.connect(path, isolation_level=None, cached_statements=512)) as connection:
        migrate(connection)
        fill(f"sqlite:///{path}", old, NOW)
        for setting in SETTINGS:
            connection.execute(setting)
        for statement in PRESENT:
            connection.execute(statement, {"neighbor": NEIGHBOR, "volunteer": VOLUNTEER, "now": NOW})
        yield connection


def given(connection: sqlite3.Connection, sql: str) -> dict[str, Any]:
    """Something of the present for each value of a statement."""
    number = connection.execute("SELECT MAX(number) - 58 FROM needs").fetchone()[0]
    row = connection.execute("SELECT MAX(id) - 60 FROM outbox").fetchone()[0]
    known: dict[str, Any] = (
        dict.fromkeys(MOMENTS, NOW) | dict.fromkeys(BEFORE, NOW - 3600) | {"before": NOW - 90 * 86400}
    )
    known |= {"week_ago": NOW - 7 * 86400, "phone": VOLUNTEER, "party": NEIGHBOR, "neighbor": NEIGHBOR, "room": 32}
    known |= {"number": number, "need": number, "about": number, "numbers": f"[{number}]", "id": row, "outbox": row}
    known |= {"what": "food", "area": "north", "language": "en", "up_to": 3, "after": "", "sids": '["SMsent7"]'}
    return {name: known.get(name, "[]" if isinstance(each, list) else each) for name, each in values(sql).items()}


def run(connection: sqlite3.Connection, sql: str, told_as: Mapping[str, Any]) -> float:
    """Microseconds; whatever it changes is undone."""
    connection.execute("BEGIN")
    try:
        begun = time.perf_counter()
        connection.execute(sql, told_as).fetchall()
        return (time.perf_counter() - begun) * 1e6
    finally:
        connection.execute("ROLLBACK")


def steps(connection: sqlite3.Connection, sql: str, told_as: Mapping[str, Any]) -> int:
    """Steps of the virtual machine, each of them."""
    counted = [0]

    def tick() -> int:
        counted[0] += GRAIN
        return 0

    connection.set_progress_handler(tick, GRAIN)
    try:
        run(connection, sql, told_as)
    finally:
        connection.set_progress_handler(None, GRAIN)
    return counted[0]


def count(two: tuple[sqlite3.Connection, sqlite3.Connection]) -> tuple[list[Counted], list[str]]:
    """(what was counted, the names of those that cannot be run on these values)."""
    found, left = [], []
    for name, sql in statements("sqlite").items():
        if not sql or "May scan: " in told(name, "sqlite"):
            continue
        try:
            found.append(_count(name, sql, two))
        except sqlite3.Error:
            left.append(name)
    return found, left


def _count(name: str, sql: str, two: tuple[sqlite3.Connection, sqlite3.Connection]) -> Counted:
    told_as = [given(connection, sql) for connection in two]
    counted = [steps(connection, sql, each) for connection, each in zip(two, told_as, strict=True)]
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(PAIRS):
        for at in (0, 1):
            times[at].append(run(two[at], sql, told_as[at]))
    return Counted(name, (counted[0], counted[1]), times)


SHOWN = re.compile(
    "candidates|lease_due|lease_doubtful|forget_waiting|told_in|untell|callback_of|about_recording|waiting_needs|"
    "open_needs|known_sids|spoken_to|spent_since|next_.*|pending|report|give_code|asked_for|person|receive|record|"
    "give_answer|health|outgoing|weekly"
)


def report(found: Sequence[Counted], left: Sequence[str], old: int) -> str:
    """Those that people and the worker's rounds meet most often, and whatever grows."""
    shown = [each for each in found if SHOWN.fullmatch(each.name) or each.grows]
    grown = [each.name for each in found if each.grows]
    head = f"| statement | steps, no past | steps, {old:,} old rows | µs, no past | µs, {old:,} old rows |"
    rows = [_row(each) for each in sorted(shown, key=lambda each: each.name)]
    slower = median(median(each.times[1]) / median(each.times[0]) for each in found)
    targets = [
        Target("statements that take more steps with the past", len(grown), 0, at_least=False, unit=""),
        Target("time with the past against without, the middle of all", slower, 1.2, at_least=False),
    ]
    note = f"{len(found)} statements were run on both; {len(left)} need values that this makes none of."
    made = f"Made by `{documents.command()}` on {documents.machine()}."
    return "\n\n".join([made, "\n".join([head, "|---|---:|---:|---:|---:|", *rows]), note, table_of(targets)])


def _row(each: Counted) -> str:
    new, aged = each.times
    return f"| `{each.name}` | {each.steps[0]:,} | {each.steps[1]:,} | {_spread(new)} | {_spread(aged)} |"


def _spread(times: Sequence[float]) -> str:
    return f"{median(times):,.0f} ({min(times):,.0f} to {max(times):,.0f})"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.statements", description=__doc__)
    parser.add_argument("--old", type=int, default=1_000_000, help="old rows of the outbox")
    parser.add_argument("--write", type=Path, help="put the table into this page, such as docs/benchmarks.md")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="hotline-benchmark-") as name:
        folder = Path(name)
        with filled(folder / "new.db", 0) as new, filled(folder / "old.db", chosen.old) as aged:
            found, left = count((new, aged))
    text = report(found, left, chosen.old)
    print(text, f"\nnot run: {' '.join(left)}")
    if chosen.write:
        documents.put(chosen.write, "statements", text)


if __name__ == "__main__":
    main()
