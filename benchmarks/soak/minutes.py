"""What is written down each minute: work, waits, memory, the sizes of the files."""

import contextlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg

from benchmarks.processes import Server
from benchmarks.soak.talk import Town

ANSWERING = "Switchboard.answer_text"
BUFFERS = """SELECT COALESCE(SUM(hits), 0) + COALESCE(SUM(reads), 0) FROM pg_stat_io
WHERE backend_type = 'client backend' AND object = 'relation'"""


@dataclass(frozen=True)
class Minute:
    """One minute. `work` is of the machine's own unit: steps of SQLite, buffers of PostgreSQL."""

    minute: int
    texts: int
    answering: float
    """Work in the turns that answer texts, of each text. None is told apart on PostgreSQL."""
    all: float
    """All work of the process, the worker's with it, of each text."""
    p50: float
    p99: float
    """Milliseconds."""
    memory: float
    """MiB resident."""
    file: float
    wal: float
    """MiB."""
    cpu: float
    """Processor time of the hotline, microseconds a text."""
    wrong: int
    needs: int


@dataclass
class Book:
    """Reads what has happened since it last did."""

    server: Server
    town: Town
    url: str
    counts: Path
    minute: int = 0
    _texts: int = 0
    _answering: float = 0.0
    _all: float = 0.0
    _cpu: float = 0.0

    def turn(self) -> Minute:
        """The page of the minute that ends now."""
        self.minute += 1
        answering, whole, cpu = *self.work(), self.server.cpu()
        texts, waits = self.town.texts - self._texts, sorted(self.town.waits)
        self.town.waits.clear()
        file, wal = sizes(self.url)
        each = 1 / max(1, texts)
        page = Minute(
            minute=self.minute,
            texts=texts,
            answering=(answering - self._answering) * each,
            all=(whole - self._all) * each,
            p50=_at(waits, 0.5),
            p99=_at(waits, 0.99),
            memory=self.server.memory(),
            file=file,
            wal=wal,
            cpu=(cpu - self._cpu) * each * 1e6,
            wrong=len(self.town.wrong),
            needs=self.town.needs,
        )
        self._texts, self._answering, self._all, self._cpu = self.town.texts, answering, whole, cpu
        return page

    def work(self) -> tuple[float, float]:
        """(in answering texts, in all) since the process started."""
        if not self.url.startswith("sqlite"):
            return 0.0, buffers(self.url)
        with contextlib.suppress(OSError):
            tallies = json.loads(self.counts.read_text())
            return tallies.get(ANSWERING, (0, 0))[1], sum(steps for _, steps in tallies.values())
        return 0.0, 0.0


def buffers(url: str) -> float:
    """Pages that PostgreSQL looked at for its clients since it started."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(BUFFERS.encode()).fetchone()
        return float(row[0]) if row else 0.0


def sizes(url: str) -> tuple[float, float]:
    """(the database, its write-ahead log) in MiB."""
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        return _mib(file), _mib(Path(f"{file}-wal"))
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(
            b"SELECT pg_database_size(current_database()), (SELECT SUM(size) FROM pg_ls_waldir())"
        ).fetchone()
        return (row[0] / 2**20, float(row[1]) / 2**20) if row else (0.0, 0.0)


def _mib(file: Path) -> float:
    with contextlib.suppress(OSError):
        return file.stat().st_size / 2**20
    return 0.0


def _at(waits: Sequence[float], part: float) -> float:
    return waits[min(len(waits) - 1, int(len(waits) * part))] * 1000 if waits else 0.0


def keep(pages: Sequence[Minute], file: Path) -> None:
    """As JSON, so that a picture can be drawn of it again."""
    file.write_text("\n".join(json.dumps(asdict(page)) for page in pages) + "\n")


def read(file: Path) -> list[Minute]:
    """What `keep` wrote."""
    return [Minute(**json.loads(line)) for line in file.read_text().splitlines()]
