"""`hotline serve` as it would be on another disk, or with another way to commit. The hotline itself is as it is.

FLUSH_MS=5         a COMMIT takes that long, as on a cheap machine
ONE_BY_ONE=1       each text has a COMMIT of its own, as without group commit
"""

import functools
import os
import sqlite3
import time
from typing import Any

from hotline.storage import sqlite

CONNECT = sqlite3.connect


class SlowDisk(sqlite3.Connection):
    """Waits before each COMMIT; the thread that writes waits, as it does for a real disk."""

    flush = 0.0  # seconds

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        if sql == "COMMIT":
            time.sleep(self.flush)
        return super().execute(sql, values)

    def commit(self) -> None:
        time.sleep(self.flush)
        super().commit()


def slow_down(flush: float) -> None:
    """Databases that are opened from now on take `flush` seconds for a COMMIT; 0 is as fast as the disk is."""
    SlowDisk.flush = flush
    sqlite3.connect = functools.partial(CONNECT, factory=SlowDisk) if flush else CONNECT  # type: ignore[assignment]


def one_by_one() -> None:
    """Says so when the hotline has changed and this does not fit any more."""
    if not hasattr(sqlite, "MOST_AT_ONCE"):
        raise SystemExit("hotline.storage.sqlite has no MOST_AT_ONCE any more: benchmarks/slow_hotline.py must follow")
    sqlite.MOST_AT_ONCE = 1


if __name__ == "__main__":
    from hotline.cli import main

    slow_down(float(os.environ.get("FLUSH_MS", "0")) / 1000)
    if os.environ.get("ONE_BY_ONE"):
        one_by_one()
    raise SystemExit(main(["serve"]))
