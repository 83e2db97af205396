"""The past that the database begins with: two months of a city, all of it over. The same rows on both databases."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import psycopg

PEOPLE, VOLUNTEERS = 200_000, 50_000
OLD = 300_000  # rows of the outbox, where nobody says otherwise
DAYS = 60  # younger than all that is forgotten by age

COUNT = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many})",
    "postgres": "WITH n(i) AS (SELECT generate_series(1, CAST({many} AS BIGINT)))",
}
PHONE = f"'+1646' || CAST(2000000 + (i % {PEOPLE}) * 1299709 % 7999993 AS TEXT)"
VOLUNTEER = f"'+1646' || CAST(2000000 + (i % {VOLUNTEERS}) * 1299709 % 7999993 AS TEXT)"
AGO = f"{{now}} - 86400 - i * 7919 % {DAYS * 86400}"

# (table, its part of the old outbox rows, columns, values of row i)
ROWS: tuple[tuple[str, float, str, str], ...] = (
    ("needs", 1 / 3, "neighbor, code, status, what, area, words, details, created_at, changed_at",
     f"{PHONE}, 101 + i % 9000, 'done', 'food', 'north', 'food', 'two bags', {AGO}, {AGO}"),
    ("alerts", 1, "need, volunteer, wave, sent_at, answer",
     f"{{first}} + i % {{needs}}, {VOLUNTEER}, 1 + i / {{needs}}, {AGO}, 'no'"),
    ("claims", 1 / 3, "need, volunteer, taken_at, ended_at, outcome",
     f"{{first}} + i % {{needs}}, {VOLUNTEER}, {AGO}, {AGO}, 'done'"),
    ("inbound", 1, "id, party, channel, words, body, answer, received_at",
     f"'SMold' || CAST(i AS TEXT), {PHONE}, 'text', 'food', '', '<Response/>', {AGO}"),
    ("outbox", 1, "party, prompt, about, priority, status, due_at, created_at, changed_at",
     f"{PHONE}, '[]', {{first}} + i % {{needs}}, 2, 'sent', {AGO}, {AGO}, {AGO}"),
    ("deliveries", 1, "sid, outbox, status, rank, changed_at",
     f"'SMsent' || CAST(i AS TEXT), i, 'delivered', 4, {AGO}"),
    ("flags", 1 / 10, "why, party, words, about, raised_at, settled_at",
     f"'wants_a_person', {PHONE}, '', {{first}} + i % {{needs}}, {AGO}, {AGO}"),
)  # fmt: skip
CITY: tuple[tuple[str, int, str, str], ...] = (
    ("people", PEOPLE, "phone, language, created_at, heard_at", f"{PHONE}, 'en', {AGO}, {AGO}"),
    ("volunteers", VOLUNTEERS, "phone, needs, areas, asked_at, created_at", f"{PHONE}, 'food', 'north', {AGO}, {AGO}"),
    ("offers", VOLUNTEERS, "what, area, language, phone, asked_at", f"'food', 'north', 'en', {PHONE}, {AGO}"),
)


def fill(url: str, old: int, now: float) -> None:
    """Writes the city and `old` rows of the outbox, with all that belongs to them, into a migrated database."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as file:
            file.execute("PRAGMA synchronous = OFF")
            _fill(lambda sql: file.execute(sql), "sqlite", old, now)
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    with psycopg.connect(url, autocommit=True) as server:
        _fill(lambda sql: server.execute(sql.encode()), "postgres", old, now)
        server.execute("VACUUM ANALYZE")


def _fill(execute: Callable[[str], Any], dialect: str, old: int, now: float) -> None:
    execute("BEGIN")
    for table, many, columns, values in CITY:
        _insert(execute, dialect, table, many, columns, values.format(now=int(now)))
    given: dict[str, Any] = {"now": int(now), "first": 100_001, "needs": max(1, old // 3)}
    for table, part, columns, values in ROWS:
        _insert(execute, dialect, table, int(old * part), columns, values.format(**given))
    execute("COMMIT")


def _insert(execute: Callable[[str], Any], dialect: str, table: str, many: int, columns: str, values: str) -> None:
    count = COUNT[dialect].format(many=many)
    if not many:
        return
    if dialect == "sqlite":
        execute(f"{count} INSERT INTO {table} ({columns}) SELECT {values} FROM n")
    else:
        execute(f"INSERT INTO {table} ({columns}) {count} SELECT {values} FROM n")
