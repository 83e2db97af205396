"""Database condition: whether there is one, of which version, and whether it is whole. It is read, and nothing else."""

import asyncio
import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from hotline.storage.statements import newest

PATIENCE = 5  # seconds


@dataclass(frozen=True)
class Condition:
    """``present`` is the schema of the database, 0 for an empty one, None where there is none or it does not answer;
    then ``gone`` says why. ``damage`` is what is broken in the file."""

    present: int | None
    newest: int
    gone: str = ""
    damage: str = ""

    @property
    def can_be_read(self) -> bool:
        """Whether this program can look into it without changing it."""
        return self.present == self.newest and not self.damage


async def condition(url: str) -> Condition:
    """How the database that DATABASE_URL names is."""
    if url.startswith("sqlite:"):
        return await asyncio.to_thread(file_condition, Path(url.removeprefix("sqlite:///")))
    return await asyncio.to_thread(_of_postgres, url)


def file_condition(path: Path) -> Condition:
    """The same for a SQLite file, such as a backup."""
    known = newest("sqlite")
    if not path.is_file():
        return Condition(None, known, "there is no such file")
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            verdict = str(connection.execute("PRAGMA quick_check").fetchone()[0])
            return Condition(_schema_of(connection), known, damage="" if verdict == "ok" else verdict)
    except sqlite3.DatabaseError as error:
        broken = not isinstance(error, sqlite3.OperationalError)
        return Condition(None, known, "" if broken else str(error), str(error) if broken else "")


def _schema_of(connection: sqlite3.Connection) -> int:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'").fetchone():
        return 0
    return int(connection.execute("SELECT COALESCE(MAX(version), 0) FROM schema_version").fetchone()[0])


def _of_postgres(url: str) -> Condition:
    try:
        import psycopg
    except ImportError:
        return Condition(None, newest("postgres"), "its driver is not installed: pip install 'hotline[postgres]'")
    try:
        with psycopg.connect(url, connect_timeout=PATIENCE) as connection:
            connection.read_only = True
            there = connection.execute("SELECT to_regclass('schema_version')").fetchone()
            if not there or there[0] is None:
                return Condition(0, newest("postgres"))
            found = connection.execute("SELECT COALESCE(MAX(version), 0) FROM schema_version").fetchone()
            return Condition(int(found[0]) if found else 0, newest("postgres"))
    except psycopg.Error as error:
        return Condition(None, newest("postgres"), str(error).strip().splitlines()[0])
