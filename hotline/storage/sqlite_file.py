"""SQLite file: its settings and its schema, when it is opened."""

import contextlib
import os
import sqlite3
import time
from pathlib import Path

from hotline.storage.statements import migrations, newest
from hotline.storage.store import refuse_newer

PATIENCE = 5000  # milliseconds to wait for another process that writes
MIGRATING = 600_000  # milliseconds to wait for one that brings the file up to date

BESIDE = ("-wal", "-shm", "-journal")

SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -32768",  # KiB: a town's people and needs fit, so that a text reads no disk
    "PRAGMA secure_delete = ON",  # what is forgotten is overwritten in the file
    "PRAGMA wal_autocheckpoint = 4000",  # pages: fewer, longer checkpoints, since each holds the writer up
)


def make_private(path: Path) -> None:
    """Makes the file if it is not there, for its owner alone, whatever the umask. SQLite gives the files that it makes
    beside it, -wal and -shm, the same rights. One that is there is not opened: closing it would drop SQLite's locks."""
    with contextlib.suppress(OSError):  # what cannot be done here SQLite says better
        made = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        os.fchmod(made, 0o600)
        os.close(made)


def is_absent(path: Path) -> bool:
    """Whether there is no database: no file, or an empty one that a wrong command once left behind."""
    try:
        return path.stat().st_size == 0
    except FileNotFoundError:
        return True
    except OSError:
        return False  # opening it says better what is wrong


def keep_private(path: Path) -> None:
    """Takes from everybody but the owner what an earlier version, or a copy made by hand, let them do."""
    for each in (path, *(Path(f"{path}{end}") for end in BESIDE)):
        with contextlib.suppress(OSError):
            each.chmod(each.stat().st_mode & 0o700)


def prepare(connection: sqlite3.Connection) -> None:
    """Sets a new connection up. Raises sqlite3.Error where the file cannot be used."""
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    for setting in SETTINGS:
        _insist(connection, setting)
    migrate(connection)
    # Tables of a moment, as RETURNING makes them, want no file. Not before: an index of a whole town is sorted on disk.
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA busy_timeout = 0")  # from here on the store waits by itself, and holds nobody up


def _insist(connection: sqlite3.Connection, setting: str) -> None:
    """Turning on the WAL fails at once, without the patience set above, while another process does the same."""
    until = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            connection.execute(setting)
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)


def migrate(connection: sqlite3.Connection) -> None:
    """Applies what is missing, in one transaction: two processes that start at once do it once, and the second waits
    for the first, however large the file is."""
    if _version(connection) == newest("sqlite"):
        return
    connection.execute(f"PRAGMA busy_timeout = {MIGRATING}")
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, applied_at TEXT)")
        present = _version(connection)
        refuse_newer(present, newest("sqlite"))
        for version, steps in migrations("sqlite"):
            if version > present:
                for step in steps:
                    connection.execute(step)
                connection.execute("INSERT INTO schema_version VALUES (?, datetime('now'))", (version,))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    """The schema of the file; 0 for an empty one."""
    try:
        return int(connection.execute("SELECT COALESCE(MAX(version), 0) FROM schema_version").fetchone()[0])
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return 0
        raise
