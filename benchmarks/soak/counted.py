"""`hotline serve` that counts what its SQLite does: steps of the virtual machine, by the kind of turn, and no time.

SQLite calls a progress handler each so many steps, whatever else the machine does meanwhile; a scan of a table that
grew shows as steps that grew. The sums are written once a second to the file that COUNTS names, as JSON: for each kind
of turn how many there were and how many steps they took.
"""

import functools
import json
import os
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hotline.storage import sqlite

GRAIN = 10  # steps between two calls of the handler; SQLite carries the rest on to the statement's next run
EVERY = 1.0  # seconds between two writings


@dataclass
class Counts:
    """(turns, steps) by kind of turn; `COMMIT` is the time between two turns."""

    steps: int = 0
    turns: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def tick(self) -> int:
        self.steps += GRAIN
        return 0  # anything else would end the statement

    def during(self, kind: str, work: Callable[[], Any]) -> Any:
        before = self.steps
        try:
            return work()
        finally:
            tally = self.turns[kind]
            tally[0] += 1
            tally[1] += self.steps - before


def count() -> Counts:
    """Databases that are opened from now on are counted."""
    counts, connect, run_one, commit = Counts(), sqlite._connect, sqlite._run_one, sqlite.commit

    def connected(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.set_progress_handler(counts.tick, GRAIN)
        return connection

    def one(connection: Any, transaction: Any, turn: Any, *rest: Any) -> Any:
        work = functools.partial(run_one, connection, transaction, turn, *rest)
        return counts.during(_kind(turn), work)

    def committed(connection: sqlite3.Connection) -> Any:
        return counts.during("COMMIT", functools.partial(commit, connection))

    for name, counted in (("_connect", connected), ("_run_one", one), ("commit", committed)):
        setattr(sqlite, name, counted)
    return counts


def _kind(turn: Any) -> str:
    """The function that is run, as `Switchboard.answer_text`; a webhook's is wrapped in its deadline."""
    inner = getattr(turn, "_turn", turn)
    return str(getattr(inner, "__qualname__", type(inner).__name__)).replace(".<locals>", "")


def write_down(counts: Counts, file: Path) -> None:
    """For as long as the process lives. Whoever reads finds one moment, whole."""
    while True:
        beside = file.with_suffix(".new")
        beside.write_text(json.dumps({kind: tuple(tally) for kind, tally in list(counts.turns.items())}))
        beside.replace(file)
        threading.Event().wait(EVERY)


if __name__ == "__main__":
    from hotline.cli import main

    threading.Thread(target=write_down, args=(count(), Path(os.environ["COUNTS"])), daemon=True).start()
    raise SystemExit(main(["serve"]))
