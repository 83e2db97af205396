"""Query plans: nothing grows with the past. Every statement finds its rows by an index, on both databases.

The databases hold years of a city: 100,000 needs that are over, 300,000 old rows of the outbox, 200,000 volunteers. A
statement that may read a whole table, or sort what it found, says so in its comment ("May scan: ...", "Sorts: ...").
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from hotline.storage.postgres import parameters
from hotline.storage.sqlite_file import migrate
from hotline.storage.statements import Dialect, comments, statements
from tests.shared_postgres import SharedPostgres
from tests.storage.city import LARGE, fill

VALUES: dict[str, Any] = {
    **dict.fromkeys(("phone", "party", "neighbor", "reader", "writer"), "+12120000777"),
    **dict.fromkeys(("now", "due_at", "until", "since", "before", "at", "check_at", "again_at", "look_at"), 2_000_000),
    **dict.fromkeys(("expires_at", "coming_at", "leased_until", "quiet_since", "week_ago", "asked_at"), 2_000_000),
    **dict.fromkeys(("lately", "sent_at", "stood_at", "again_since"), 2_000_000),
    **dict.fromkeys(("tokens", "recent_since", "step", "lot"), 60),
    "phones": ["+12120000777"],
    "ids": ["SM777"],
    "people": '["+12120000777"]',
    "spellings": '["Name 777"]',
    "numbers": [777],
    "listed": "[777]",
    "sids": '["SM777", "CA777"]',
    "status": "open",
    "words": "words",
}
NUMBERS = frozenset(
    (
        *(
            "about",
            "any_hour",
            "blocked",
            "calls",
            "checks",
            "fruitless",
            "human",
            "id",
            "introduced",
            "lease",
            "looks",
        ),
        *("misses", "most", "need", "number", "outbox", "priority", "rank", "recent", "ring", "room", "seconds"),
        *("gathering", "many", "over", "rings", "told"),
        *("by_report", "segments", "times", "trial", "tries", "turn", "up_to", "urgent", "wanted", "wave"),
    )
)
GROWING = (
    "rings_sid",
    "outbox_told",
    "needs_spoken",
    "needs_callback",
    "flags_spoken",
)  # partial, and large all the same
TABLE = re.compile(r"\b(?:FROM|JOIN|UPDATE|INTO) (\w+)(?: (?!SET\b|WHERE\b|JOIN\b|LEFT\b|ORDER\b|ON\b)(\w+))?")
# A search that names no index looks at every row, for the least or the greatest of them.
SCAN = re.compile(r"(?:SCAN|SEARCH(?= \w+$)) (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
FEW = 1000  # rows that PostgreSQL may sort: those of one person, of one need
MARK = re.compile(r"(?<!:):([a-z_]+)")


def values(sql: str) -> dict[str, Any]:
    """Something for each value of a statement."""
    return {name: VALUES.get(name, 7 if name in NUMBERS else "x") for name in MARK.findall(sql)}


def told(name: str, dialect: Dialect) -> str:
    """The comment of a statement."""
    return comments(dialect)[name]


def asked(dialect: Dialect) -> list[str]:
    return [name for name, sql in statements(dialect).items() if sql]


@pytest.fixture(scope="module")
def sqlite_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = tmp_path_factory.mktemp("city") / "city.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection)
        connection.execute("PRAGMA synchronous = OFF")
        fill(lambda sql: connection.execute(sql), "sqlite")
        yield connection


def sqlite_faults(connection: sqlite3.Connection, name: str, statistics: bool) -> list[str]:
    """What a plan does that grows with the past. With statistics SQLite knows that it sorts two rows, and does."""
    sql, said = statements("sqlite")[name], told(name, "sqlite")
    rows = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values(sql))]
    large = {alias or table for table, alias in TABLE.findall(sql) if table in LARGE} | LARGE
    scans = [
        row
        for row in rows
        if (match := SCAN.match(row)) and match[1] in large and not _is_partial(connection, match[2])
    ]
    by_ids = [row for row in rows if "rowid<" in row or "rowid>" in row]
    sorts = [row for row in rows if "USE TEMP B-TREE" in row and not statistics]
    return [*(scans + by_ids if "May scan: " not in said else []), *(sorts if "Sorts: " not in said else [])]


def _is_partial(connection: sqlite3.Connection, index: str | None) -> bool:
    """Whether it is the index of a few rows: what waits, what is open."""
    row = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (index,)).fetchone()
    return bool(row and row[0] and " WHERE " in row[0]) and index not in GROWING


@pytest.mark.parametrize("statistics", [False, True], ids=["without statistics", "with statistics"])
def test_sqlite_finds_rows_by_an_index(sqlite_city: sqlite3.Connection, statistics: bool) -> None:
    """The program never gathers statistics: the plans are the same without them, and somebody else may."""
    if statistics:
        sqlite_city.execute("ANALYZE")
    found = {name: faults for name in asked("sqlite") if (faults := sqlite_faults(sqlite_city, name, statistics))}
    assert found == {}, "\n".join(f"{name}: {faults}" for name, faults in found.items())


def test_sqlite_plans_each_statement_once() -> None:
    """It asks whether a table may be used whenever it plans: a second run asks nothing. Where a pattern begins it looks
    up each time; only what a person asks for has one."""
    asked_whether = 0

    def may(*_: object) -> int:
        nonlocal asked_whether
        asked_whether += 1
        return sqlite3.SQLITE_OK

    again = set()
    with closing(sqlite3.connect(":memory:", isolation_level=None, cached_statements=1000)) as connection:
        migrate(connection)
        connection.set_authorizer(may)
        for name in asked("sqlite"):
            sql = statements("sqlite")[name]
            for _ in range(2):
                asked_whether = 0
                with suppress(sqlite3.IntegrityError):
                    connection.execute(sql, values(sql)).fetchall()
            if asked_whether and not re.search(r" (LIKE|GLOB) :", sql):
                again.add(name)
    assert again == set()


def test_no_index_of_sqlite_makes_a_table_at_each_write(sqlite_city: sqlite3.Connection) -> None:
    """For a list of three or more it would, in each statement that writes any row of that table."""
    indexes = sqlite_city.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    assert [name for name, sql in indexes if re.search(r" IN \([^)]*,[^)]*,", sql)] == []


@pytest.fixture(scope="module")
def postgres_city(postgres: SharedPostgres) -> Iterator[psycopg.Connection[Any]]:
    with postgres.database() as url, psycopg.connect(url, autocommit=True) as connection:
        fill(lambda sql: connection.execute(sql.encode()), "postgres")
        connection.execute("ANALYZE")
        yield connection


def postgres_faults(connection: psycopg.Connection[Any], name: str) -> list[str]:
    sql, said = statements("postgres")[name], told(name, "postgres")
    told_as = {name: "7" if each == "x" else each for name, each in values(sql).items()}
    # As text without a type PostgreSQL takes a value for whatever it is compared with.
    given = {name: each if isinstance(each, list) else str(each) for name, each in told_as.items()}
    plan = connection.execute(b"EXPLAIN " + parameters(sql).encode(), given).fetchall()
    rows = [row[0] for row in plan]
    scans = [row for row in rows if (match := re.search(r"Seq Scan on (\w+)", row)) and match[1] in LARGE]
    scans += _walks(connection, rows)
    sorts = [row for row in rows if (match := re.search(r"Sort +\(cost.* rows=(\d+)", row)) and int(match[1]) > FEW]
    return [*(scans if "May scan: " not in said else []), *(sorts if "Sorts: " not in said else [])]


def _walks(connection: psycopg.Connection[Any], rows: list[str]) -> list[str]:
    """Scans of a whole index: it gives the order, and each row is read to see whether it is meant."""
    walks = []
    for row, after in zip(rows, [*rows[1:], ""], strict=True):
        match = re.search(r"Index (?:Only )?Scan (?:Backward )?using (\w+) on (\w+)", row)
        if match and match[2] in LARGE and "Index Cond" not in after and not _holds_few(connection, match[1]):
            walks.append(row)
    return walks


def _holds_few(connection: psycopg.Connection[Any], index: str) -> bool:
    row = connection.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", (index,)).fetchone()
    return bool(row and " WHERE " in row[0])


def test_postgresql_finds_rows_by_an_index(postgres_city: psycopg.Connection[Any]) -> None:
    found = {name: faults for name in asked("postgres") if (faults := postgres_faults(postgres_city, name))}
    assert found == {}, "\n".join(f"{name}: {faults}" for name, faults in found.items())
