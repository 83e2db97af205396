"""Database copy: a whole hotline goes from one database to another, and both are proved to hold the same."""

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from hotline.storage.sqlite_file import keep_private, make_private, migrate
from hotline.storage.store import StoreDown

AT_ONCE = 500  # rows


LIVES = 60.0  # seconds after its last beat for which a process counts as alive


class CannotCopy(StoreDown):
    """A database cannot be read or written: no room, a file of an earlier version. Says why."""


class NotTheSame(Exception):
    """What was copied is not what was there, or what there is to copy to is not empty. One sentence."""


@dataclass(frozen=True)
class Table:
    """One table: all its columns, those that name a row, the one that counts by itself, if any, and whether a new
    database has rows in it already."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    counter: str = ""
    filled: bool = False


class End(Protocol):
    """A database that is copied from or to."""

    def rows(self, table: Table) -> Iterator[Sequence[Any]]:
        """All rows, in the order of their keys."""
        ...

    def put(self, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        """Adds those rows, in place of any of the same key."""
        ...

    def finish(self, tables: Sequence[Table]) -> None:
        """Makes the numbers that count by themselves go on after the copied ones."""
        ...


@dataclass(frozen=True)
class Sum:
    """How many rows, and a checksum over all their values in order."""

    rows: int
    checksum: str


class SqliteEnd:
    """A SQLite file; `read_only` leaves it untouched."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        if not read_only:
            make_private(path)
        mode = "ro" if read_only else "rwc"
        with _says_why():
            self.connection = sqlite3.connect(f"file:{path}?mode={mode}", uri=True, isolation_level=None)
            if not read_only:
                self.connection.execute("PRAGMA synchronous = FULL")
                migrate(self.connection)
                keep_private(path)
            self.connection.execute("BEGIN")  # one moment of it, however long the copy takes

    def whole(self) -> "SqliteEnd":
        """Itself, if the file is sound. Raises NotTheSame."""
        try:
            verdict = self.connection.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.Error as error:
            verdict = str(error)
        if verdict != "ok":
            raise NotTheSame(verdict)
        return self

    def rows(self, table: Table) -> Iterator[Sequence[Any]]:
        with _says_why():
            yield from self.connection.execute(_select(table))

    def put(self, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        with _says_why():
            self.connection.executemany(insert(table, "?"), rows)

    def finish(self, tables: Sequence[Table]) -> None:
        with _says_why():
            self.connection.execute("COMMIT")

    def close(self) -> None:
        self.connection.close()


@contextlib.contextmanager
def _says_why() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise CannotCopy(str(error)) from None


def tables() -> list[Table]:
    """Every table of the schema as it is now, in an order in which rows may be added."""
    with sqlite3.connect(":memory:", isolation_level=None) as empty:
        migrate(empty)
        made = empty.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid").fetchall()
        found = [_table(empty, name, sql) for name, sql in made if not name.startswith(("sqlite_", "schema_"))]
    empty.close()
    return found


def _table(empty: sqlite3.Connection, name: str, sql: str) -> Table:
    columns = empty.execute(f"PRAGMA table_info({name})").fetchall()
    key = [column[1] for column in sorted(columns, key=lambda column: column[5]) if column[5]]
    counter = key[0] if "AUTOINCREMENT" in sql else ""
    filled = empty.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() is not None
    return Table(name, tuple(column[1] for column in columns), tuple(key), counter, filled)


def copy(source: End, target: End, say: Callable[[str], None]) -> dict[str, Sum]:
    """Copies every table and compares. Begun again after a break, it goes on with what is missing."""
    all_tables = tables()
    for table in all_tables:
        for batch in _batches(source.rows(table)):
            target.put(table, batch)
        say(f"{table.name}: copied")
    target.finish(all_tables)
    return {table.name: _the_same(table, source, target) for table in all_tables}


def must_be_empty(end: End) -> None:
    """Raises NotTheSame where somebody's hotline is already."""
    full = [table.name for table in tables() if not table.filled and next(end.rows(table), None) is not None]
    if full:
        raise NotTheSame("DATABASE_URL names a database that is not empty: move it away, or name a new one")


def must_be_still(end: End, now: float) -> None:
    """Raises NotTheSame where a hotline runs on it: what it writes from now on would not be in the copy."""
    (beats,) = (table for table in tables() if table.name == "beats")
    for row in end.rows(beats):
        beat = dict(zip(beats.columns, row, strict=True))
        ago = abs(now - beat["beat_at"])
        if not beat["ended"] and ago < LIVES:
            raise NotTheSame(
                f"a hotline runs on this database ({beat['worker']} showed {ago:.0f} seconds ago that it lives): "
                "stop it first; one that was killed counts as stopped after a minute"
            )


def sums(end: End) -> dict[str, Sum]:
    """What a database holds."""
    return {table.name: _sum(end.rows(table)) for table in tables()}


def _the_same(table: Table, source: End, target: End) -> Sum:
    there, here = _sum(source.rows(table)), _sum(target.rows(table))
    if there != here:
        raise NotTheSame(
            f"{table.name}: {there.rows} rows there and {here.rows} here, or not the same; "
            "the copy must go into a database that nobody else writes"
        )
    return here


def _batches(rows: Iterator[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    batch: list[Sequence[Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _sum(rows: Iterator[Sequence[Any]]) -> Sum:
    digest, count = hashlib.sha256(), 0
    for row in rows:
        digest.update(json.dumps(list(row), ensure_ascii=True).encode() + b"\n")
        count += 1
    return Sum(count, digest.hexdigest())


def insert(table: Table, mark: str) -> str:
    """The statement that puts a row; `mark` stands for a value."""
    marks, names, key = ", ".join([mark] * len(table.columns)), ", ".join(table.columns), ", ".join(table.key)
    others = ", ".join(f"{name} = excluded.{name}" for name in table.columns if name not in table.key)
    again = f"DO UPDATE SET {others}" if others else "DO NOTHING"
    return f"INSERT INTO {table.name} ({names}) VALUES ({marks}) ON CONFLICT ({key}) {again}"


def _select(table: Table, collate: str = "") -> str:
    order = ", ".join(f"{name}{collate}" for name in table.key)
    return f"SELECT {', '.join(table.columns)} FROM {table.name} ORDER BY {order}"
