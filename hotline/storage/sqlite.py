"""SQLite through aiosqlite: one writer, and one COMMIT for all the turns that wait."""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from hotline.storage.execute import Execute, Row
from hotline.storage.statements import migrations, statements
from hotline.storage.store import StoreDown, Transaction

T = TypeVar("T")
Waiting = tuple[Callable[..., Any], tuple[Any, ...], asyncio.Future[Any]]
Outcome = tuple[bool, Any]

MOST_AT_ONCE = 256  # turns in one COMMIT: a storm must not starve those who wait for the first of it
PATIENCE = 5000  # milliseconds to wait for another process that writes

SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -32768",  # KiB: a town's people and needs fit, so that a text reads no disk
    "PRAGMA wal_autocheckpoint = 4000",  # pages: fewer, longer checkpoints, since each holds the writer up
)


class SqliteStore:
    """A file that one process writes. Turns that arrive while one COMMIT is under way share the next."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._waiting: list[Waiting] = []
        self._open = True
        self._wake, self._work = asyncio.Event(), asyncio.Event()
        self._writer = asyncio.create_task(self._write())

    @classmethod
    async def open(cls, url: str) -> "SqliteStore":
        """Opens the file of a `sqlite:///file.db` URL and brings its schema up to date."""
        path = Path(url.removeprefix("sqlite:///"))
        connection = aiosqlite.connect(path, isolation_level=None, cached_statements=256)
        try:
            await connection
        except sqlite3.Error as error:
            await asyncio.to_thread(connection._thread.join)  # it has begun all the same, and ends by itself
            raise StoreDown(f"DATABASE_URL: the file {path} cannot be opened ({error})") from None
        try:
            await _in_its_thread(connection, _prepare, connection)
        except sqlite3.Error as error:
            await connection.close()
            raise StoreDown(f"DATABASE_URL: {path} cannot be used ({error})") from None
        return cls(connection)

    async def run(self, turn: Callable[..., T], *args: Any) -> T:
        if not self._open:
            raise StoreDown("the database is closed")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((turn, args, future))
        self._wake.set()
        return await future

    async def wait(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):  # not wait_for: it may swallow a cancellation, and nobody could stop
                await self._work.wait()
        self._work.clear()

    async def close(self) -> None:
        """Whoever still waits is told that nothing was kept."""
        self._open = False
        self._writer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._writer
        _refuse(self._waiting, "the database is closed")
        await self._connection.close()

    async def _write(self) -> None:
        """All that waits goes into one batch; what comes meanwhile, into the next."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                await self._carry_out(batch)

    async def _carry_out(self, batch: list[Waiting]) -> None:
        """Whatever goes wrong, everyone of the batch hears of it, and the next batch is carried out."""
        try:
            outcomes, woke = await _in_its_thread(self._connection, run_batch, self._connection._conn, batch)
        except asyncio.CancelledError:
            _refuse(batch, "the database is closing")
            raise
        except BaseException as error:
            _refuse(batch, str(error) or type(error).__name__)
            return
        if woke:
            self._work.set()
        for (_, _, future), (kept, outcome) in zip(batch, outcomes, strict=True):
            if future.done():
                continue  # whoever asked has gone; the turn is kept all the same
            if kept:
                future.set_result(outcome)
            else:
                future.set_exception(outcome)


def _refuse(batch: Sequence[Waiting], why: str) -> None:
    for _, _, future in batch:
        if not future.done():
            future.set_exception(StoreDown(why))


async def _in_its_thread(connection: aiosqlite.Connection, work: Callable[..., T], *args: Any) -> T:
    """The one use of aiosqlite that is not public: a public call costs a hop a statement, a batch must cost one."""
    return await connection._execute(work, *args)  # type: ignore[no-any-return,no-untyped-call]


def run_batch(connection: sqlite3.Connection, batch: Sequence[Waiting]) -> tuple[list[Outcome], bool]:
    """Each turn in a savepoint of its own, one COMMIT for all; whether there may be something to send.

    Raises sqlite3.Error when nothing at all was kept.
    """
    connection.execute("BEGIN IMMEDIATE")  # a deferred BEGIN would lose to whoever writes first
    try:
        transaction = Transaction(_executor(connection))
        outcomes = [_run_one(connection, transaction, turn, args) for turn, args, _ in batch]
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return outcomes, transaction.woke


def _run_one(
    connection: sqlite3.Connection, transaction: Transaction, turn: Callable[..., Any], args: tuple[Any, ...]
) -> Outcome:
    connection.execute("SAVEPOINT turn")
    try:
        outcome = turn(transaction, *args)
    except sqlite3.OperationalError:
        raise  # a full or broken disk is nobody's turn: nothing of the batch is kept
    except Exception as error:
        connection.execute("ROLLBACK TO turn")
        connection.execute("RELEASE turn")
        return False, error
    connection.execute("RELEASE turn")
    return True, outcome


def _executor(connection: sqlite3.Connection) -> Execute:
    named = statements("sqlite")

    def execute(name: str, values: Mapping[str, Any]) -> tuple[Sequence[Row], int]:
        statement = named[name]
        if not statement:
            return (), 0
        cursor = connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else (), cursor.rowcount

    return execute


def _prepare(connection: aiosqlite.Connection) -> None:
    raw = connection._conn
    raw.row_factory = sqlite3.Row
    raw.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    for setting in SETTINGS:
        _insist(raw, setting)
    migrate(raw)


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
    """Applies what is missing, in one transaction: two processes that start at once do it once."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, applied_at TEXT)")
        present = connection.execute("SELECT COALESCE(MAX(version), 0) FROM schema_version").fetchone()[0]
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
