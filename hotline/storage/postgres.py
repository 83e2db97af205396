"""PostgreSQL through psycopg: every turn in a transaction of its own, on a pooled connection in a worker thread."""

import asyncio
import contextlib
import logging
import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

import psycopg
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool, PoolTimeout

from hotline.storage.execute import Execute, Row
from hotline.storage.statements import migrations, statements
from hotline.storage.store import StoreDown, Transaction

T = TypeVar("T")
Connection = psycopg.Connection[dict[str, Any]]

log = logging.getLogger("hotline.storage")

CONNECTIONS = 8
PATIENCE = 5.0  # seconds to wait for a connection
TRIES = 12
CHANNEL = "hotline_outbox"
MIGRATING = 5_550_100  # an advisory lock of our own: two processes that start at once migrate once
AGAIN = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure, psycopg.errors.LockNotAvailable)
GONE = (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout)


class PostgresStore:
    """A database that any number of processes share. Locks are taken by the statements, before anything is decided."""

    def __init__(self, url: str, pool: ConnectionPool[Connection]) -> None:
        self._pool = pool
        self._threads = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="hotline-store")
        self._work = asyncio.Event()
        self._listener = asyncio.create_task(self._listen(url))

    @classmethod
    async def open(cls, url: str) -> "PostgresStore":
        """Connects to a `postgresql://` URL and brings its schema up to date."""
        pool: ConnectionPool[Connection] = ConnectionPool(
            url, min_size=1, max_size=CONNECTIONS, timeout=PATIENCE, open=False, kwargs={"row_factory": dict_row}
        )
        try:
            await asyncio.to_thread(_prepare, pool)
        except (psycopg.Error, PoolTimeout) as error:
            await asyncio.to_thread(pool.close)
            raise StoreDown(f"DATABASE_URL: PostgreSQL cannot be used ({str(error).strip()})") from None
        return cls(url, pool)

    async def run(self, turn: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._until_kept, turn, args)

    run_behind = run  # each has a connection of its own: nobody stands in anybody's way

    async def wait(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._work.wait(), seconds)
        self._work.clear()

    async def close(self) -> None:
        self._listener.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._listener
        await asyncio.to_thread(self._threads.shutdown)
        await asyncio.to_thread(self._pool.close)

    def _until_kept(self, turn: Callable[..., T], args: tuple[Any, ...]) -> T:
        """Deciding touches nothing outside, so a turn that lost a lock, or its connection, is simply run again.

        A connection that breaks at COMMIT leaves a doubt; running again settles it, since what was kept is known by
        the carrier's id or by its lease.
        """
        until = time.monotonic() + PATIENCE
        for attempt in range(TRIES):
            try:
                return self._once(turn, args)
            except AGAIN:
                time.sleep(random.uniform(0, 0.005 * 2**attempt))
            except GONE as error:
                if time.monotonic() > until:
                    raise StoreDown(str(error).strip()) from None
                time.sleep(min(0.05 * 2**attempt, 1.0))
        raise StoreDown("the database is too busy")

    def _once(self, turn: Callable[..., T], args: tuple[Any, ...]) -> T:
        with self._pool.connection() as connection, connection.transaction():
            transaction = Transaction(_executor(connection))
            outcome = turn(transaction, *args)
            if transaction.woke:
                connection.execute("SELECT pg_notify(%s, '')", (CHANNEL,))
        return outcome

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
    doubled = {name: text.replace("%", "%%") for name, text in statements("postgres").items()}
    return {name: re.sub(r"(?<!:):(\w+)", r"%(\1)s", text) for name, text in doubled.items()}


def _prepare(pool: ConnectionPool[Connection]) -> None:
    pool.open(wait=True, timeout=PATIENCE)
    with pool.connection() as connection, connection.transaction():
        migrate(connection)


def migrate(connection: Connection) -> None:
    """Applies what is missing, in the transaction that is open."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATING,))
    connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, applied_at TEXT)")
    row = connection.execute("SELECT COALESCE(MAX(version), 0) AS version FROM schema_version").fetchone()
    present = row["version"] if row else 0
    for version, steps in migrations("postgres"):
        if version > present:
            for step in steps:
                connection.execute(step)
            connection.execute("INSERT INTO schema_version VALUES (%s, now()::text)", (version,))
