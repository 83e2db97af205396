"""PostgreSQL store through psycopg: every turn in a transaction, in a worker thread with a connection of its own."""

import asyncio
import contextlib
import logging
import random
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

import psycopg
from psycopg.rows import dict_row

from hotline.storage.execute import Execute, Row
from hotline.storage.statements import migrations, newest, statements
from hotline.storage.store import InDoubt, NoDatabase, StoreDown, Transaction, refuse_newer

T = TypeVar("T")
Connection = psycopg.Connection[dict[str, Any]]

log = logging.getLogger(__name__)

CONNECTIONS, READERS = 10, 2  # in all; for pages and lists at most, so that no turn waits for a thread behind them
PATIENCE = 1.5  # seconds to go on trying without a database: it may only be starting again
STARTING = 5.0  # the same when the hotline starts
LONGEST_PAUSE = 0.3  # seconds between two tries
TRIES = 12
LINE: dict[str, Any] = {  # how soon a machine that is gone without a word is noticed, in seconds
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
CHANNEL = "hotline_outbox"
MIGRATING = 5_550_100  # an advisory lock of our own: two processes that start at once migrate once
AGAIN = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure, psycopg.errors.LockNotAvailable)
GONE = (psycopg.OperationalError, psycopg.InterfaceError)
WRITES_NOTHING = (psycopg.errors.InsufficientPrivilege, psycopg.InternalError, psycopg.NotSupportedError)


class CommitBroke(Exception):
    """The connection was lost in the middle of COMMIT."""


class PostgresStore:
    """A database that any number of processes share. Locks are taken by the statements, before anything is decided."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._threads = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="hotline-store")
        self._reading = asyncio.Semaphore(READERS)
        self._connections: dict[int, Connection] = {}  # by thread: a lost one is replaced at once, by whoever needs it
        self._work = asyncio.Event()
        self._listener = asyncio.create_task(self._listen(url))

    @classmethod
    async def open(cls, url: str, *, create: bool = True) -> "PostgresStore":
        """Connects to a `postgresql://` URL and brings its schema up to date."""
        try:
            await asyncio.to_thread(_prepare, url, create)
        except psycopg.Error as error:
            raise StoreDown(f"DATABASE_URL: PostgreSQL cannot be used ({str(error).strip()})") from None
        return cls(url)

    async def run(self, turn: Callable[..., T], *args: Any) -> T:
        until = time.monotonic() + PATIENCE  # from now on: whoever waited for a thread has been patient already
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._until_kept, until, turn, args)

    async def read(self, name: str, /, **values: Any) -> Sequence[Row]:
        async with self._reading:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._read, name, values)

    run_behind = run  # each has a connection of its own: nobody stands in anybody's way

    async def wait(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):  # not wait_for: it may swallow a cancellation, and nobody could stop
                await self._work.wait()
        self._work.clear()

    async def close(self) -> None:
        while not self._listener.done():  # the driver may swallow a cancellation that comes with a notice
            self._listener.cancel()
            await asyncio.wait([self._listener], timeout=0.1)
        await asyncio.to_thread(self._threads.shutdown)
        for connection in self._connections.values():
            connection.close()

    def _until_kept(self, until: float, turn: Callable[..., T], args: tuple[Any, ...]) -> T:
        """Deciding touches nothing outside, so a turn that lost a lock, or its connection, is simply run again.

        A connection that breaks at COMMIT leaves a doubt; running again settles it, since what was kept is known by
        the carrier's id or by its lease. Where the database does not come back in time, the doubt stays.
        """
        down: type[StoreDown] = StoreDown
        for attempt in range(TRIES):
            try:
                return self._once(turn, args)
            except AGAIN:
                time.sleep(random.uniform(0, min(LONGEST_PAUSE, 0.005 * 2**attempt)))
            except WRITES_NOTHING as error:
                self._connection().close()  # the next one may lead to a server that writes
                raise down(str(error).strip()) from None
            except (*GONE, CommitBroke) as error:
                down = InDoubt if isinstance(error, CommitBroke) else down
                if time.monotonic() > until:
                    raise down(str(error).strip()) from None
                time.sleep(min(LONGEST_PAUSE, 0.02 * 2**attempt))
        raise down("the database is too busy")

    def _once(self, turn: Callable[..., T], args: tuple[Any, ...]) -> T:
        connection, decided = self._connection(), False
        try:
            with connection.transaction():
                transaction = Transaction(_executor(connection))
                outcome = turn(transaction, *args)
                if transaction.woke:
                    connection.execute("SELECT pg_notify(%s, '')", (CHANNEL,))
                decided = True
        except GONE as error:
            if decided and connection.broken:
                raise CommitBroke(str(error)) from None
            raise
        return outcome

    def _read(self, name: str, values: Mapping[str, Any]) -> Sequence[Row]:
        """Reads wait for nobody and hold nobody up; a connection that was lost is replaced once."""
        for last in (False, True):
            try:
                return _executor(self._connection())(name, values)[0]
            except GONE as error:
                if last:
                    raise StoreDown(str(error).strip()) from None
            except WRITES_NOTHING as error:
                raise StoreDown(str(error).strip()) from None
        raise AssertionError("unreachable")

    def _connection(self) -> Connection:
        """This thread's own."""
        mine = self._connections.get(threading.get_ident())
        if mine is None or mine.closed:
            mine = self._connections[threading.get_ident()] = _connect(self._url)
        return mine

    async def _listen(self, url: str) -> None:
        """Hears of work that other processes leave. Without it the worker looks every second all the same."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    async for _ in connection.notifies():
                        self._work.set()
            except psycopg.Error:
                log.warning("the database does not tell of new work now")
            await asyncio.sleep(1)


def _executor(connection: Connection) -> Execute:
    named = _statements()

    def execute(name: str, values: Mapping[str, Any]) -> tuple[Sequence[Row], int]:
        cursor = connection.execute(named[name], values)
        return cursor.fetchall() if cursor.description else (), cursor.rowcount

    return execute


@cache
def _statements() -> dict[str, str]:
    """The named statements with psycopg's marks: :name becomes %(name)s."""
    return {name: parameters(text) for name, text in statements("postgres").items()}


def parameters(statement: str) -> str:
    """A statement with psycopg's marks for its values."""
    return re.sub(r"(?<!:):(\w+)", r"%(\1)s", statement.replace("%", "%%"))


def _connect(url: str) -> Connection:
    return psycopg.connect(url, autocommit=True, row_factory=dict_row, **LINE)


def _prepare(url: str, create: bool) -> None:
    with _first_connection(url) as connection, connection.transaction():
        if not create and connection.execute("SELECT 1 WHERE to_regclass('schema_version') IS NULL").fetchone():
            raise NoDatabase("a PostgreSQL database without a hotline in it")
        migrate(connection)


def _first_connection(url: str) -> Connection:
    """A machine that starts, starts both at once, and the database is the slower."""
    until = time.monotonic() + STARTING
    while True:
        try:
            return _connect(url)
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(LONGEST_PAUSE)


def migrate(connection: Connection) -> None:
    """Applies what is missing, in the transaction that is open."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATING,))
    connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, applied_at TEXT)")
    row = connection.execute("SELECT COALESCE(MAX(version), 0) AS version FROM schema_version").fetchone()
    present = row["version"] if row else 0
    refuse_newer(present, newest("postgres"))
    for version, steps in migrations("postgres"):
        if version > present:
            for step in steps:
                connection.execute(step)
            connection.execute("INSERT INTO schema_version VALUES (%s, now()::text)", (version,))
