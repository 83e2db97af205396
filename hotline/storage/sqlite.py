"""SQLite store: one writer, group commit for all the turns that wait, and reads beside it.

Turns run where the webhooks run, and only the COMMIT, which waits for the disk, in a thread of its own. A turn takes a
tenth of a millisecond; in another thread each of its statements would hand Python's lock over and back, at twice that.
Lists are read through aiosqlite on a connection that cannot write: they hold up neither the loop nor the writer.
"""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from hotline.storage.execute import Execute, Row
from hotline.storage.sqlite_file import PATIENCE, is_absent, keep_private, make_private, prepare
from hotline.storage.statements import statements
from hotline.storage.store import InDoubt, NoDatabase, StoreDown, Transaction
from hotline.storage.waiting import Waiting, refuse, tell, until_all_are_in

T = TypeVar("T")
Outcome = tuple[bool, Any]

_columns: dict[str, tuple[str, ...]] = {}  # of each named statement; sqlite3.Row looks for them one by one, every time

SLOW_FLUSH = 0.002  # seconds a COMMIT takes on a cheap disk
MOST_BEHIND = 64  # of those behind, as many as the worker sends texts at a time
STORM = 4  # batches of people in a row, after which the worker has its turn all the same
OF_A_TURN = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.DataError)  # a mistake in what it asked for
MOST_AT_ONCE = 256  # turns in one COMMIT: a storm must not starve those who wait for the first of it
ROWS_AT_ONCE = 256  # of a list that become plain between two looks at what else waits
CALM = 0.01  # seconds that a piece of a page lets turns go first at most


class SqliteStore:
    """A file that one process writes. Turns that arrive while one COMMIT is under way share the next."""

    def __init__(self, path: Path, connection: sqlite3.Connection, disk: ThreadPoolExecutor) -> None:
        self._connection, self._disk = connection, disk
        self._reader = Reader(path, self.calm)
        self._waiting: list[Waiting] = []
        self._behind: list[Waiting] = []
        self._passed = 0  # batches since one of those behind had its turn
        self._open, self._flush = True, 0.0
        self._idle = asyncio.Event()
        self._idle.set()
        self._wake, self._work = asyncio.Event(), asyncio.Event()
        self._writer = asyncio.create_task(self._write())

    @classmethod
    async def open(cls, url: str, *, create: bool = True) -> "SqliteStore":
        """Opens the file of a `sqlite:///file.db` URL and brings its schema up to date."""
        path = Path(url.removeprefix("sqlite:///"))
        if not create and is_absent(path):
            raise NoDatabase(str(path))
        disk = ThreadPoolExecutor(1, "hotline-disk")  # one thread: what it is given is done in that order
        try:
            connection = await _on(disk, _connect, path)
        except sqlite3.Error as error:
            disk.shutdown()
            raise StoreDown(f"DATABASE_URL: the file {path} cannot be opened ({error})") from None
        try:
            await _on(disk, prepare, connection)
        except (sqlite3.Error, StoreDown) as error:
            await _on(disk, connection.close)
            disk.shutdown()
            if isinstance(error, StoreDown):
                raise
            raise StoreDown(f"DATABASE_URL: {path} cannot be used ({error})") from None
        keep_private(path)
        return cls(path, connection, disk)

    async def run(self, turn: Callable[..., T], *args: Any) -> T:
        return await self._queue(self._waiting, turn, args)

    async def read(self, name: str, /, **values: Any) -> Sequence[Row]:
        return await self._reader.rows(name, values)

    async def run_behind(self, turn: Callable[..., T], *args: Any) -> T:
        return await self._queue(self._behind, turn, args)

    async def _queue(self, waiting: list[Waiting], turn: Callable[..., T], args: tuple[Any, ...]) -> T:
        if not self._open:
            raise StoreDown("the database is closed")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        waiting.append(Waiting(turn, args, future))
        self._idle.clear()
        self._wake.set()
        return await future

    async def calm(self) -> None:
        await asyncio.sleep(0)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CALM):
                await self._idle.wait()

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
        refuse([*self._waiting, *self._behind], StoreDown("the database is closed"))
        await self._reader.close()
        await _on(self._disk, self._connection.close)  # behind a COMMIT that is under way
        self._disk.shutdown()

    async def _write(self) -> None:
        """All that waits goes into one batch; what comes meanwhile, into the next."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting or self._behind:
                await self._until_all_are_in()
                await self._carry_out(self._next())
            self._idle.set()

    def _next(self) -> list[Waiting]:
        """People first. What nobody waits for goes alone, when nobody is there, or after some batches of a storm."""
        alone = self._behind and (not self._waiting or self._passed >= STORM)
        chosen, most = (self._behind, MOST_BEHIND) if alone else (self._waiting, MOST_AT_ONCE)
        batch = chosen[:most]
        del chosen[:most]
        self._passed = 0 if alone else self._passed + 1
        return batch

    async def _until_all_are_in(self) -> None:
        """Whoever is at the door already shares the COMMIT: it ends as soon as two rounds of the loop bring nobody.

        Where the disk is slow and several wait, a short pause is time well spent: those answered just now write again.
        """
        if self._flush > SLOW_FLUSH and 1 < len(self._waiting) < MOST_AT_ONCE:
            await asyncio.sleep(self._flush / 8)
        await until_all_are_in(self._waiting, MOST_AT_ONCE)

    async def _carry_out(self, batch: list[Waiting]) -> None:
        """Whatever goes wrong, everyone of the batch hears of it, and the next batch is carried out."""
        why: StoreDown = StoreDown("the database is closing")
        try:
            before = self._connection.total_changes
            outcomes, woke = await self._until_free(batch)
            if self._connection.total_changes == before:
                commit(self._connection)  # nothing of it goes to the disk
            else:
                why = InDoubt("the database is closing")
                self._flush = await _on(self._disk, commit, self._connection)
        except asyncio.CancelledError:
            refuse(batch, why)
            raise
        except BaseException as error:
            refuse(batch, StoreDown(str(error) or type(error).__name__))
            return
        if woke:
            self._work.set()
        for each, (_, outcome) in zip(batch, outcomes, strict=True):
            tell(each, outcome)

    async def _until_free(self, batch: Sequence[Waiting]) -> tuple[list[Outcome], bool]:
        """Runs a batch as soon as no other process writes."""
        until = time.monotonic() + PATIENCE / 1000
        while True:
            try:
                return run_batch(self._connection, batch)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
            await asyncio.sleep(0.01)


async def _on(thread: ThreadPoolExecutor, work: Callable[..., T], *args: Any) -> T:
    return await asyncio.get_running_loop().run_in_executor(thread, work, *args)


def _connect(path: Path) -> sqlite3.Connection:
    """Two threads use it, never at once: one of them always waits for the other."""
    make_private(path)
    return sqlite3.connect(path, isolation_level=None, cached_statements=256, check_same_thread=False)


class Reader:
    """A connection of its own that can only read, opened when it is first used."""

    def __init__(self, path: Path, calm: Callable[[], Awaitable[None]]) -> None:
        self._uri, self._calm = f"{path.absolute().as_uri()}?mode=ro", calm
        self._connection: aiosqlite.Connection | None = None
        self._opening = asyncio.Lock()

    async def rows(self, name: str, values: Mapping[str, Any]) -> Sequence[Row]:
        """The rows of one named statement, as they are now. Raises StoreDown.

        Each statement is read to its end in one piece: one that is half read, while others begin or because whoever
        asked has gone, holds the connection at its moment, and all that is read meanwhile is as old."""
        try:
            connection = await self._open()
            await self._calm()  # a thread that makes rows and the loop wait for each other
            found = await connection.execute_fetchall(statements("sqlite")[name], values)
        except sqlite3.Error as error:
            raise StoreDown(f"the database cannot be read ({error})") from None
        rows: list[Row] = []
        for place, row in enumerate(found, 1):
            rows.append(dict(row))
            if place % ROWS_AT_ONCE == 0:
                await self._calm()  # whoever texts is answered meanwhile
        return rows

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def _open(self) -> aiosqlite.Connection:
        async with self._opening:
            if self._connection is None:
                self._connection = await aiosqlite.connect(self._uri, uri=True)
                self._connection.row_factory = sqlite3.Row
                await self._connection.execute_fetchall(f"PRAGMA busy_timeout = {PATIENCE}")
            return self._connection


def run_batch(connection: sqlite3.Connection, batch: Sequence[Waiting]) -> tuple[list[Outcome], bool]:
    """All turns in one transaction, which is left open; whether there may be something to send.

    Raises sqlite3.Error when nothing at all is to be kept.
    """
    outcomes, woke = _run_all(connection, batch, apart=False)
    if not all(well for well, _ in outcomes):  # rare, so only then each turn pays for a savepoint of its own
        connection.execute("ROLLBACK")
        outcomes, woke = _run_all(connection, batch, apart=True)
    return outcomes, woke


def _run_all(connection: sqlite3.Connection, batch: Sequence[Waiting], apart: bool) -> tuple[list[Outcome], bool]:
    connection.execute("BEGIN IMMEDIATE")  # a deferred BEGIN would lose to whoever writes first
    try:
        transaction = Transaction(_executor(connection))
        outcomes = [_run_one(connection, transaction, each.turn, each.args, apart) for each in batch]
    except BaseException:
        _undo(connection)
        raise
    return outcomes, transaction.woke


def _run_one(
    connection: sqlite3.Connection,
    transaction: Transaction,
    turn: Callable[..., Any],
    args: tuple[Any, ...],
    apart: bool,
) -> Outcome:
    if apart:
        connection.execute("SAVEPOINT turn")
    try:
        outcome = turn(transaction, *args)
    except sqlite3.Error as error:
        if not isinstance(error, OF_A_TURN):
            raise  # a full, broken or read-only disk is nobody's turn: nothing of the batch is kept
        failed: Exception = error
    except Exception as error:
        failed = error
    else:
        if apart:
            connection.execute("RELEASE turn")
        return True, outcome
    if apart:
        connection.execute("ROLLBACK TO turn")
        connection.execute("RELEASE turn")
    return False, failed


def commit(connection: sqlite3.Connection) -> float:
    """Returns when the disk has it: the seconds that took. Raises sqlite3.Error when nothing was kept."""
    begun = time.monotonic()
    try:
        connection.execute("COMMIT")
    except BaseException:
        _undo(connection)
        raise
    return time.monotonic() - begun


def _undo(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:  # SQLite ends it by itself where the disk failed
        connection.execute("ROLLBACK")


def _executor(connection: sqlite3.Connection) -> Execute:
    named, columns = statements("sqlite"), _columns

    def execute(name: str, values: Mapping[str, Any]) -> tuple[Sequence[Row], int]:
        statement = named[name]
        if not statement:
            return (), 0
        cursor = connection.execute(statement, values)
        if not cursor.description:
            return (), cursor.rowcount
        if name not in columns:
            columns[name] = tuple(column[0] for column in cursor.description)
        return [dict(zip(columns[name], row, strict=True)) for row in cursor], cursor.rowcount

    return execute
