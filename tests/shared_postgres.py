"""The one PostgreSQL that all tests of a run share, in however many processes they run.

Whoever needs it first starts it. Whoever finds it dead starts it again, with every database that was there, and writes
down what it had said: the run ends with that.
"""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from psycopg.rows import dict_row

from hotline.storage.postgres import migrate
from tests.postgres_server import PostgresServer, folder_for_postgres

FOLDER = "HOTLINE_TESTS_POSTGRES"  # the variable of the environment that tells each process of a run where it is
TEMPLATE = "hotline_template"  # migrated once; each test has a copy
LAST_WORDS = 20  # lines of its log
RECOVERY = 5.0  # seconds in which it may start again by itself, as it does when one of its processes dies
SETTINGS = """
fsync = off
full_page_writes = off
synchronous_commit = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
max_connections = 300
"""

_numbers = count()


@dataclass
class SharedPostgres:
    """Seen from one process. Only `close` ends it for all."""

    folder: Path

    def __post_init__(self) -> None:
        self._server = PostgresServer(self.folder / "data", SETTINGS)

    @contextlib.contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a new one that is empty and up to date, for as long as this lasts."""
        name = f"hotline_{os.getpid()}_{next(_numbers)}"
        self._tell(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
        yield self._named(name)
        self._tell(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    @property
    def deaths(self) -> str:
        """When it died and was started again, and what it had said last."""
        return self._book.read_text("utf-8") if self._book.exists() else ""

    def close(self) -> None:
        self._server.close()

    def _tell(self, statement: str) -> None:
        self._look_after(suspicious=False)
        try:
            self._run("postgres", statement)
        except psycopg.OperationalError:
            self._look_after(suspicious=True)
            self._run("postgres", statement)

    def _look_after(self, suspicious: bool) -> None:
        """Starts it when it does not run; when it does and nobody comes through to it, after a while."""
        with self._alone():
            if self._server.is_new:
                self._server.start()
                self._make_template()
            elif not self._server.runs or (suspicious and not self._answers()):
                self._write_down()
                self._server.kill()
            self._server.start()

    def _answers(self) -> bool:
        until = time.monotonic() + RECOVERY
        while time.monotonic() < until and self._server.runs:
            with contextlib.suppress(psycopg.OperationalError):
                self._run("postgres", "SELECT 1")
                return True
            time.sleep(0.05)
        return False

    def _make_template(self) -> None:
        self._run("postgres", f"CREATE DATABASE {TEMPLATE}")
        with psycopg.connect(self._named(TEMPLATE), row_factory=dict_row) as connection:
            migrate(connection)

    def _run(self, database: str, statement: str) -> None:
        with psycopg.connect(self._named(database), autocommit=True, connect_timeout=10) as connection:
            connection.execute(statement.encode())

    def _named(self, database: str) -> str:
        return self._server.url.replace("/postgres?", f"/{database}?")

    @property
    def _book(self) -> Path:
        return self.folder / "deaths"

    def _write_down(self) -> None:
        with self._book.open("a", encoding="utf-8") as book:
            print(f"{time.strftime('%H:%M:%S')} it was dead; its last words:", file=book)
            print(*self._server.log.splitlines()[-LAST_WORDS:], sep="\n", file=book)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Meanwhile no other process of the run looks after it."""
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@contextlib.contextmanager
def for_this_run() -> Iterator[SharedPostgres]:
    """In the process that the run begins in: those that it starts find it by their environment."""
    with folder_for_postgres() as folder:
        os.environ[FOLDER] = str(folder)
        shared = SharedPostgres(folder)
        try:
            yield shared
        finally:
            shared.close()


def of_this_run() -> SharedPostgres:
    return SharedPostgres(Path(os.environ[FOLDER]))
