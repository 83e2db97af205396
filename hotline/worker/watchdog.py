"""Watchdog: ends a process that does not answer itself any more, so that the service manager starts it again.

A thread beside the event loop asks it for a sign of life. Where the loop is stuck for good (a lock that nobody gives
back, a disk that is gone) nothing inside could mend it, and `/health` would hang like everything else.
"""

import asyncio
import contextlib
import faulthandler
import logging
import os
import sys
import threading
from collections.abc import Iterator

from hotline.worker.descriptors import Lookout

log = logging.getLogger(__name__)

TICK = 1.0  # seconds
SILENCE = 60  # ticks without a sign of life. Ticks, not seconds: a machine that was asleep has not been stuck
DEAF = 90.0  # seconds after which the process ends even if no thread of it comes to its turn, this one neither
LAST_WORDS = 5.0  # seconds for the line in the log: whatever holds up the loop may hold up the log, too
STUCK = 70  # the exit code


class Watchdog:
    """Watches one event loop from a thread of its own."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop, self._lookout = loop, Lookout()
        self._silent, self._over = 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, name="hotline-watchdog", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()

    def _watch(self) -> None:
        while not self._over.wait(TICK):
            faulthandler.dump_traceback_later(DEAF, exit=True)  # from C: no thread that holds Python's lock stops it
            self._lookout.look()
            self._silent += 1
            if self._silent > SILENCE:
                _end(self._silent)
            with contextlib.suppress(RuntimeError):  # the loop is closed: everything is over
                self._loop.call_soon_threadsafe(self._lives)
        faulthandler.cancel_dump_traceback_later()

    def _lives(self) -> None:
        self._silent = 0


def _end(silent: int) -> None:
    threading.Thread(target=_end_soon, daemon=True).start()
    log.critical("this process has not answered itself for %d seconds and ends; where it is stuck stands below", silent)
    faulthandler.dump_traceback(file=sys.stderr)  # names of functions and lines, no values
    os._exit(STUCK)


def _end_soon() -> None:
    threading.Event().wait(LAST_WORDS)
    os._exit(STUCK)


@contextlib.contextmanager
def watched() -> Iterator[None]:
    """The running loop is watched meanwhile. Begun when everything is open: a migration may take its time."""
    watchdog = Watchdog(asyncio.get_running_loop())
    watchdog.start()
    try:
        yield
    finally:
        watchdog.stop()
