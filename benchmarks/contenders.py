"""Who is measured: how each is installed, started, and asked how many texts it has kept."""

import asyncio
import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import postgres
from benchmarks.demo_settings import settings_of
from benchmarks.mix.kept import Sums, of_file, of_hotline
from benchmarks.mix.seed import seed
from benchmarks.processes import REPOSITORY, Server, free_port, serving
from benchmarks.texts import PUBLIC_URL, TOKEN

PEERS = REPOSITORY / "benchmarks" / "peers"
CODES, MESSAGES, EMPTY = "codes.json", "messages.db", "empty.db"
DJANGO = {"DJANGO_SETTINGS_MODULE": "benchmarks.peers.rapidsms.settings", "PYTHONPATH": str(REPOSITORY)}
INSTALLING = 900  # seconds: better-sqlite3 may have to be compiled


class Skipped(Exception):
    """A contender that cannot run here, and why."""


@dataclass(frozen=True)
class Place:
    """Where a contender runs: its empty folder, the folder with the peers' packages, the flush of its disk, and how
    many scenes of the mix a hotline knows beforehand."""

    folder: Path
    peers: Path
    flush_ms: float = 0.0
    scenes: int = 0

    @property
    def codes(self) -> tuple[str, ...]:
        """What people text in each scene; of no account to whoever holds no conversation."""
        file = self.folder / CODES
        known = json.loads(file.read_text()) if file.exists() else [str(101 + each) for each in range(self.scenes)]
        return tuple(known)

    @property
    def slowly(self) -> dict[str, str]:
        return {"FLUSH_MS": str(self.flush_ms)} if self.flush_ms else {}


@dataclass(frozen=True)
class Contender:
    """One that answers texts. `most` is more texts a second than it can answer: so many are made ready. `kept` counts
    what it has kept, nothing where it keeps nothing; `talks` says that it holds a whole conversation."""

    letter: str
    title: str
    start: Callable[[Place], AbstractContextManager[Server]]
    most: int
    kept: Callable[[Path], Sums] | None = None
    talks: bool = False


@contextlib.contextmanager
def bare(place: Place, first: bytes = b"") -> Iterator[Server]:
    port = free_port()
    quiet = ("--no-access-log", "--log-level", "warning")
    command = (sys.executable, "-m", "uvicorn", "benchmarks.peers.bare:app", "--port", str(port), *quiet)
    with serving(command, port, place.folder, first=first) as server:
        yield server


def on_sqlite(
    one_by_one: bool = False, log_level: str = "WARNING", one_core: bool = False
) -> Callable[[Place], AbstractContextManager[Server]]:
    """The hotline on a SQLite file; `one_by_one` with a COMMIT for each text, `one_core` where it has no more."""

    @contextlib.contextmanager
    def start(place: Place) -> Iterator[Server]:
        changed = place.slowly | ({"ONE_BY_ONE": "1"} if one_by_one else {})
        url = f"sqlite:///{place.folder}/hotline.db"
        _sow(place, url)
        with hotline(place.folder, url, changed, besides={"LOG_LEVEL": log_level}) as server:
            if one_core:
                server.stays_on_one_core()
            yield server

    return start


@contextlib.contextmanager
def on_postgres(place: Place) -> Iterator[Server]:
    with contextlib.ExitStack() as stack:
        try:
            url, postmaster = stack.enter_context(postgres.running(place.folder, place.flush_ms))
            _sow(place, url)
            server = stack.enter_context(hotline(place.folder, url))
        except (ImportError, OSError, RuntimeError) as error:
            raise Skipped(str(error).strip().splitlines()[-1]) from None
        if not postgres.is_used(url):
            raise Skipped("the hotline does not keep anything in PostgreSQL yet")
        yield replace(server, pids=(*server.pids, postmaster))


def _sow(place: Place, url: str) -> None:
    if place.scenes:
        (place.folder / CODES).write_text(json.dumps(asyncio.run(seed(url, place.scenes))))


@contextlib.contextmanager
def hotline(
    folder: Path,
    database: str,
    changed: dict[str, str] | None = None,
    worker: str = "outside",
    besides: Mapping[str, str] | None = None,
    first: bytes = b"",
) -> Iterator[Server]:
    """`hotline serve`, or the same with what `changed` says; `besides` are other settings of it, `first` what it has to
    answer before it counts as started."""
    port = free_port()
    settings = settings_of(folder, database) | {
        "TWILIO_API_URL": "http://127.0.0.1:9",  # nobody is there: nothing leaves this machine
        "PORT": str(port),
        "WORKER": worker,
        "LOG_LEVEL": "WARNING",  # the peers write no line for each text either; (b2) does, as it is shipped
    }
    module = ["benchmarks.slow_hotline"] if changed else ["hotline", "serve"]
    settings |= (changed or {}) | dict(besides or {})
    with serving((sys.executable, "-m", *module), port, folder, settings, first) as server:
        yield server


@contextlib.contextmanager
def tutorial(place: Place) -> Iterator[Server]:
    python, port = _installed_flask(place.peers), free_port()
    command = (str(python), "-m", "gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{port}", "app:app")
    with serving(
        (*command, "--chdir", str(PEERS / "tutorial")), port, place.folder, _peer_settings(place, port)
    ) as server:
        yield server


@contextlib.contextmanager
def express(place: Place) -> Iterator[Server]:
    port = free_port()
    command = ("node", str(_installed_express(place.peers) / "server.js"))
    settings = _peer_settings(place, port) | {"NODE_ENV": "production"}
    with serving(command, port, place.folder, settings) as server:
        yield server


@contextlib.contextmanager
def rapidsms(place: Place) -> Iterator[Server]:
    home, port = _installed_rapidsms(place.peers), free_port()
    shutil.copy(home / EMPTY, place.folder / MESSAGES)
    command = (str(home / "bin" / "python"), "-m", "gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{port}")
    app = ("django.core.wsgi:get_wsgi_application()",)
    with serving((*command, *app), port, place.folder, _peer_settings(place, port) | DJANGO) as server:
        yield server


def _peer_settings(place: Place, port: int) -> dict[str, str]:
    database = str(place.folder / MESSAGES)
    own = {"PUBLIC_URL": PUBLIC_URL, "TWILIO_AUTH_TOKEN": TOKEN, "DATABASE": database, "PORT": str(port)}
    return own | place.slowly


def _installed_flask(peers: Path) -> Path:
    """The Python of an environment that has Flask and gunicorn."""
    return _environment(peers / "flask", PEERS / "tutorial") / "bin" / "python"


def _installed_rapidsms(peers: Path) -> Path:
    """An environment that has RapidSMS, and an empty database of it."""
    home = _environment(peers / "rapidsms", PEERS / "rapidsms")
    if not (home / EMPTY).exists():
        made = home / f"{EMPTY}.new"
        made.unlink(missing_ok=True)
        settings = {"DATABASE": str(made), "PUBLIC_URL": "", "TWILIO_AUTH_TOKEN": ""}
        _run(str(home / "bin" / "python"), "-m", "django", "migrate", "--run-syncdb", settings=settings | DJANGO)
        made.rename(home / EMPTY)
    return home


def _environment(home: Path, peer: Path) -> Path:
    """With the packages that a peer wants; made once, and anew where it wants others."""
    wanted, complete = peer / "requirements.txt", home / "complete"
    if not complete.exists() or complete.read_text() != wanted.read_text():
        _run(sys.executable, "-m", "venv", "--clear", str(home))
        _run(str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--requirement", str(wanted))
        complete.write_text(wanted.read_text())
    return home


def _installed_express(peers: Path) -> Path:
    """A folder with the server and its packages; made once."""
    home = peers / "express"
    shutil.copytree(PEERS / "express", home, dirs_exist_ok=True)
    if not (home / "complete").exists():
        _run("npm", "install", "--no-audit", "--no-fund", "--prefix", str(home))
        (home / "complete").touch()
    return home


def _run(*command: str, settings: dict[str, str] | None = None) -> None:
    environment = {**os.environ, **(settings or {})}
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALLING, env=environment)
    except FileNotFoundError:
        raise Skipped(f"{command[0]} is not installed") from None
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise Skipped(f"{' '.join(command)}: {str(error.stderr or error).strip()[-300:]}") from None


BARE = Contender("a", "Starlette, a fixed document", bare, 4000)
SQLITE = Contender("b", "the hotline on SQLite", on_sqlite(), 8000, of_hotline, talks=True)
POSTGRES = Contender("c", "the hotline on PostgreSQL", on_postgres, 4000, of_hotline, talks=True)
TUTORIAL = Contender("d", "Flask, gunicorn, sqlite3", tutorial, 3000, of_file)
EXPRESS = Contender("e", "Express, better-sqlite3", express, 6000, of_file)
RAPIDSMS = Contender("f", "RapidSMS, gunicorn, Django", rapidsms, 1500, of_file)
LOGGING = Contender("b2", "the hotline, logs at INFO", on_sqlite(log_level="INFO"), 8000, of_hotline, talks=True)
ONE_CORE = Contender("b3", "the hotline on one core", on_sqlite(one_core=True), 8000, of_hotline, talks=True)
SINGLE = Contender("b1", "the hotline, a commit a text", on_sqlite(True), 2000, of_hotline, talks=True)
