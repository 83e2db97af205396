"""What is kept afterwards, held against what was sent: else the figures mean nothing."""

import contextlib
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import postgres
from benchmarks.mix.scenes import Kind

CALLED = (Kind.CALL, Kind.STEP)
REPORTED = (Kind.SENT, Kind.DELIVERED)
TEXTED = tuple(kind for kind in Kind if kind not in (*CALLED, Kind.REPEAT, *REPORTED))


@dataclass(frozen=True)
class Sums:
    """How many texts, steps of calls and texts that arrived, and requests that somebody took, or has done; None where
    nobody takes any."""

    texts: int
    steps: int = 0
    delivered: int = 0
    taken: int | None = None
    done: int | None = None


# Of a hotline: what belongs to the mix. A report "sent" leaves no row of its own behind it, the next one has its place.
OURS = """SELECT
 (SELECT COUNT(*) FROM inbound WHERE channel = 'text'),
 (SELECT COUNT(*) FROM inbound WHERE channel = 'voice'),
 (SELECT COUNT(*) FROM deliveries WHERE status = 'delivered'),
 (SELECT COUNT(*) FROM claims),
 (SELECT COUNT(*) FROM claims WHERE outcome = 'done')"""
# Of a peer: its own tables.
THEIRS = """SELECT
 (SELECT COUNT(*) FROM messages),
 (SELECT COUNT(*) FROM steps),
 (SELECT COUNT(*) FROM reports WHERE status = 'delivered')"""


def of_hotline(folder: Path) -> Sums:
    if (folder / postgres.URL).exists():
        return Sums(*postgres.row(folder, OURS))
    return Sums(*_row(folder / "hotline.db", OURS))


def of_file(folder: Path) -> Sums:
    return Sums(*_row(folder / "messages.db", THEIRS))


def _row(file: Path, question: str) -> tuple[int, ...]:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        found: tuple[int, ...] = connection.execute(question).fetchone()
        return found


def wanted(sent: int, kinds: Mapping[str, int]) -> Sums:
    """What must be there after so many texts, or after so many of each kind of the mix."""
    if not kinds:
        return Sums(sent)
    texts, steps = (sum(kinds.get(kind, 0) for kind in some) for some in (TEXTED, CALLED))
    taken, done = kinds.get(Kind.WINS, 0), kinds.get(Kind.DONE, 0)
    return Sums(texts, steps, kinds.get(Kind.DELIVERED, 0), taken, done)


def is_all_there(kept: Sums, sent: Sums, otherwise: int) -> bool:
    """Whether nothing is lost or doubled. So many words were understood `otherwise`, and took or ended no request."""
    alike = (kept.texts, kept.steps, kept.delivered) == (sent.texts, sent.steps, sent.delivered)
    return alike and all(_is_near(*each, otherwise) for each in ((kept.taken, sent.taken), (kept.done, sent.done)))


def _is_near(found: int | None, told: int | None, otherwise: int) -> bool:
    return found is None or told is None or 0 <= told - found <= otherwise
