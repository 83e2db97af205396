"""PostgreSQL store through psycopg: most who text or call share a transaction, all others have one each.

Who waits when a batch begins is in it (postgres_batch.py), in a thread of its own. Where one of it fails, or another
process holds what it needs, the batch is undone and each of its turns is run by itself, as all other turns are: in a
worker thread with a connection of its own.
"""

import asyncio
import contextlib
import logging
import random
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any, TypeVar

import psycopg
from psycopg.rows import dict_row

from hotline.model.events import CallStep, Text
from hotline.storage.execute import Execute, Row
from hotline.storage.postgres_batch import Batch, fits
from hotline.storage.statements import migrations, newest, statements
from hotline.storage.store import InDoubt, NoDatabase, StoreDown, Transaction, refuse_newer
from hotline.storage.waiting import Waiting, refuse, tell, until_all_are_in

T = TypeVar("T")
Connection = psycopg.Connection[dict[str, Any]]

log = logging.getLogger(__name__)

ALONE = 9  # connections for turns by themselves, beside the one for batches
READERS = 2  # of them for pages and lists at most, so that no turn waits for a thread behind them
PATIENCE = 1.5  # seconds to go on trying without a database: it may only be starting again
STARTING = 5.0  # the same when the hotline starts
LONGEST_PAUSE = 0.3  # seconds between two tries
TRIES = 12
MOST_AT_ONCE = 64  # turns in one batch: what they lock is locked until the last of them is decided
PATIENCE_OF_A_BATCH = 1000  # milliseconds for a lock that another process holds; then its turns are run one by one
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
        self._threads = ThreadPoolExecutor(ALONE, thread_name_prefix="hotline-store")
        self._batches = ThreadPoolExecutor(1, thread_name_prefix="hotline-batch")
        self._waiting: list[Waiting] = []
        self._numbers: list[int] = []  # of needs, taken from the sequence and nobody's yet
        self._by_themselves: set[asyncio.Task[Any]] = set()
        self._open, self._wake = True, asyncio.Event()
        self._together = asyncio.create_task(self._carry_out())
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
        if not (args and isinstance(args[0], Text | CallStep) and fits(args[0])):
            return await self.run_behind(turn, *args)
        if not self._open:
            raise StoreDown("the database is closed")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(Waiting(turn, args, future))
        self._wake.set()
        return await future

    async def run_behind(self, turn: Callable[..., T], *args: Any) -> T:
        """By itself: nobody stands in anybody's way."""
        return await self._alone(turn, args)

    async def _alone(self, turn: Callable[..., T], args: tuple[Any, ...], down: type[StoreDown] = StoreDown) -> T:
        until = time.monotonic() + PATIENCE  # from now on: whoever waited for a thread has been patient already
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, self._until_kept, until, turn, args, down
        )

    async def calm(self) -> None:
        """Its turns run in threads and in another program: one round of the loop is all they need of it."""
        await asyncio.sleep(0)

    async def read(self, name: str, /, **values: Any) -> Sequence[Row]:
        async with self._reading:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._read, name, values)

    async def wait(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):  # not wait_for: it may swallow a cancellation, and nobody could stop
                await self._work.wait()
        self._work.clear()

    async def close(self) -> None:
        self._open = False
        self._together.cancel()
        refuse(self._waiting, StoreDown("the database is closed"))
        await asyncio.gather(self._together, *self._by_themselves, return_exceptions=True)
        while not self._listener.done():  # the driver may swallow a cancellation that comes with a notice
            self._listener.cancel()
            await asyncio.wait([self._listener], timeout=0.1)
        await asyncio.to_thread(self._batches.shutdown)
        await asyncio.to_thread(self._threads.shutdown)
        for connection in self._connections.values():
            connection.close()

    # --- Together.

    async def _carry_out(self) -> None:
        """All that waits goes into one batch; what comes meanwhile, into the next."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                await until_all_are_in(self._waiting, MOST_AT_ONCE)
                batch = self._next()
                try:
                    await self._carry_out_together(batch)
                except asyncio.CancelledError:
                    refuse(batch, InDoubt("the database is closing"))
                    raise

    def _next(self) -> list[Waiting]:
        """One turn of each person; who has gone is left out."""
        chosen: dict[str, Waiting] = {}
        later = []
        for each in self._waiting:
            if len(chosen) == MOST_AT_ONCE or _came(each).party in chosen:
                later.append(each)
            elif not each.future.done():
                chosen[_came(each).party] = each
        self._waiting = later
        return list(chosen.values())

    async def _carry_out_together(self, batch: list[Waiting]) -> None:
        """Where they cannot be kept together, each is run by itself, and nobody waits for that."""
        try:
            loop = asyncio.get_running_loop()
            outcomes = await loop.run_in_executor(self._batches, self._all_at_once, batch)
        except Exception as error:
            down = InDoubt if isinstance(error, CommitBroke) else StoreDown
            for each in batch:
                task = asyncio.create_task(self._alone(each.turn, each.args, down))
                self._by_themselves.add(task)
                task.add_done_callback(self._by_themselves.discard)
                task.add_done_callback(partial(_tell_when_done, each))
            return
        for each, outcome in zip(batch, outcomes, strict=True):
            tell(each, outcome)

    def _all_at_once(self, batch: Sequence[Waiting]) -> list[Any]:
        """What comes of each turn, once all are kept: what it returns, or what it raised before it asked anything.
        Raises whatever keeps them from being kept together."""
        connection = self._connection(PATIENCE_OF_A_BATCH)
        came = {_came(each).party: _came(each) for each in batch}
        run = Batch(connection, _executor(connection), _statements(), came, self._numbers)
        with _kept(connection, run) as transaction:
            outcomes = [_decide(run, transaction, each) for each in batch]
            run.send()
        return outcomes

    # --- By itself.

    def _until_kept(
        self, until: float, turn: Callable[..., T], args: tuple[Any, ...], down: type[StoreDown] = StoreDown
    ) -> T:
        """Deciding touches nothing outside, so a turn that lost a lock, or its connection, is simply run again.

        A connection that breaks at COMMIT leaves a doubt; running again settles it, since what was kept is known by
        the carrier's id or by its lease. Where the database does not come back in time, the doubt stays.
        """
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
        connection = self._connection()
        with _kept(connection, _executor(connection)) as transaction:
            return turn(transaction, *args)

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

    def _connection(self, patience: int = 0) -> Connection:
        """This thread's own, which waits so many milliseconds for a lock; 0 is for ever."""
        mine = self._connections.get(threading.get_ident())
        if mine is None or mine.closed:
            mine = self._connections[threading.get_ident()] = _connect(self._url)
            if patience:
                mine.execute(f"SET lock_timeout = {patience:d}".encode())
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


@contextlib.contextmanager
def _kept(connection: Connection, execute: Execute) -> Iterator[Transaction]:
    """What is written in it is kept at its end, and the worker woken where it should look. Raises CommitBroke."""
    transaction, decided = Transaction(execute), False
    try:
        with connection.transaction():
            yield transaction
            if transaction.woke:
                connection.execute("SELECT pg_notify(%s, '')", (CHANNEL,))
            decided = True
    except GONE as error:
        if decided and connection.broken:
            raise CommitBroke(str(error)) from None
        raise


def _came(waiting: Waiting) -> Text | CallStep:
    """What came of somebody who waits for a batch: the first of a turn's arguments."""
    came: Text | CallStep = waiting.args[0]
    return came


def _decide(run: Batch, transaction: Transaction, waiting: Waiting) -> Any:
    """What a turn returns, or what it raised before it asked anything, which harms nobody."""
    run.turn_of(_came(waiting).party)
    asked = run.asked
    try:
        return waiting.turn(transaction, *waiting.args)
    except Exception as error:
        if run.asked > asked:
            raise
        return error


def _tell_when_done(waiting: Waiting, task: "asyncio.Task[Any]") -> None:
    if task.cancelled():
        waiting.future.cancel()
    else:
        tell(waiting, task.exception() or task.result())


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
