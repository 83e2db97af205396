"""A database that keeps nothing, or that says nothing in the middle of COMMIT: nobody hears what is not so."""

import asyncio
import contextlib
import logging
import os
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from aiohttp import ClientSession

from hotline.storage import sqlite
from tests.faults.texting import AWAKE_COMMUNITY, Wire, phones, wire, wording
from tests.figures import Figure, Figures, kind
from tests.postgres_server import PostgresServer, own_server
from tests.storage.asking import ask
from tests.web.line import status
from tests.world import ACCOUNT, NUMBER, World, world

ANA, EVA = "+12125552111", "+12125552112"  # English, Spanish
CROWD = 10
IN_TIME = 4.5  # seconds; the strictest carrier hangs up after five
Fault = Callable[[World, str], contextlib.AbstractContextManager[None]]


@pytest.fixture
def a_slow_machine_is_no_slow_database() -> None:
    """Here it is what patience is for that is tried."""


@contextlib.contextmanager
def read_only(place: World, url: str) -> Iterator[None]:
    """The disk, or the server, takes nothing any more."""
    if url.startswith("sqlite"):
        connection = place.hotline.store._connection  # type: ignore[attr-defined]
        connection.execute("PRAGMA query_only = ON")
        yield
        connection.execute("PRAGMA query_only = OFF")
        return
    with psycopg.connect(url, autocommit=True) as other:
        for switch in ("on", "off"):
            name = psycopg.sql.Identifier(other.info.dbname)
            if switch == "off":
                other.execute("SET default_transaction_read_only = off")
            change = psycopg.sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = {}")
            other.execute(change.format(name, psycopg.sql.SQL(switch)))
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if switch == "on":
                yield


@contextlib.contextmanager
def a_file_that_takes_nothing(_: World, url: str) -> Iterator[None]:
    """The file system itself refuses: nothing can be written into the file and its log, root or not."""
    file = url.removeprefix("sqlite:///")
    if subprocess.run(["chattr", "+i", file], capture_output=True, check=False).returncode:
        pytest.skip("this file system, or whoever runs this, cannot make a file that takes nothing")
    subprocess.run(["chattr", "+i", f"{file}-wal"], check=True)
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", file, f"{file}-wal"], check=True)


@contextlib.contextmanager
def a_right_withdrawn(_: World, url: str) -> Iterator[None]:
    """Somebody tidied up who may do what."""
    with psycopg.connect(url.partition("options=")[0].rstrip("&?"), autocommit=True) as other:
        role = psycopg.sql.Identifier(_role())
        tables = psycopg.sql.SQL("ON inbound, people, marks, deliveries, calls, recordings")
        other.execute(psycopg.sql.SQL("REVOKE INSERT, UPDATE {} FROM {}").format(tables, role))
        yield
        other.execute(psycopg.sql.SQL("GRANT ALL {} TO {}").format(tables, role))


@contextlib.contextmanager
def broken_pages(place: World, _: str) -> Iterator[None]:
    """What is read makes no sense to SQLite."""
    executor = sqlite._executor

    def broken(connection: sqlite3.Connection) -> Any:
        def execute(name: str, values: Any) -> Any:
            raise sqlite3.DatabaseError("database disk image is malformed")

        return execute

    sqlite._executor = broken
    yield
    sqlite._executor = executor


FAULTS: dict[str, tuple[Fault, tuple[str, ...]]] = {
    "read-only": (read_only, ("SQLite", "PostgreSQL")),
    "a file that takes nothing": (a_file_that_takes_nothing, ("SQLite",)),
    "a right withdrawn": (a_right_withdrawn, ("PostgreSQL",)),
    "broken pages": (broken_pages, ("SQLite",)),
}


def _role() -> str:
    return f"hotline_{os.getpid()}"


@contextlib.contextmanager
def with_few_rights(url: str) -> Iterator[str]:
    """The same database for somebody who may do with its tables what is granted, and no more."""
    with psycopg.connect(url, autocommit=True) as other:
        role = psycopg.sql.Identifier(_role())
        other.execute(psycopg.sql.SQL("CREATE ROLE {}").format(role))
        for what in ("ALL TABLES IN SCHEMA public", "ALL SEQUENCES IN SCHEMA public", "SCHEMA public"):
            other.execute(psycopg.sql.SQL("GRANT ALL ON {} TO {}").format(psycopg.sql.SQL(what), role))
        yield f"{url}{'&' if '?' in url else '?'}options=-c%20role%3D{_role()}"
        other.execute(psycopg.sql.SQL("DROP OWNED BY {}").format(role))
        other.execute(psycopg.sql.SQL("DROP ROLE {}").format(role))


@dataclass
class Seen:
    """What was answered meanwhile."""

    answers: dict[str, str] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)
    ready: list[int] = field(default_factory=list)
    slowest: float = 0.0

    async def text(self, line: Wire, sid: str, phone: str, words: str) -> None:
        began = time.monotonic()
        self.answers[sid] = await line.text(sid, phone, words)
        self.slowest = max(self.slowest, time.monotonic() - began)

    async def everything(self, line: Wire) -> None:
        said = {"SMana": (ANA, "two bags"), "SMeva": (EVA, "dos bolsas")}
        said |= {f"SM{phone}": (phone, "food") for phone in phones(CROWD, 646)}
        await asyncio.gather(*(self.text(line, sid, *each) for sid, each in said.items()))
        call = {"CallSid": "CA1", "AccountSid": ACCOUNT, "From": ANA, "To": NUMBER}
        code, self.answers["CA1"] = await line.post("/twilio/voice", list(call.items()))
        self.statuses.append(code)
        ended = list({**call, "CallStatus": "completed", "CallDuration": "3"}.items())
        sound = list({**call, "RecordingSid": "RE" + "0" * 32, "RecordingStatus": "completed"}.items())
        for path, fields in (
            ("/twilio/status", status("SMsent", "delivered")),
            ("/twilio/status", ended),
            ("/twilio/recording", sound),
        ):
            self.statuses.append((await line.post(path, fields))[0])


async def _ready(place: World) -> int:
    place.clock.now += 1
    await asyncio.sleep(0)
    async with ClientSession() as session, session.get(f"{place.settings.public_url}/ready") as answer:
        return answer.status


@pytest.mark.parametrize(("what", "database"), [(what, each) for what in FAULTS for each in FAULTS[what][1]])
def test_what_cannot_be_kept_is_not_said_to_be(
    tmp_path: Path,
    what: str,
    database: str,
    request: pytest.FixtureRequest,
    figures: Figures,
    caplog: pytest.LogCaptureFixture,
) -> None:
    fault, seen = FAULTS[what][0], Seen()

    async def play(url: str) -> None:
        async with (
            world(tmp_path, AWAKE_COMMUNITY, database_url=url) as place,
            wire(place.exchange.public_url) as line,
        ):
            await line.text("SM1", ANA, "food")
            await line.text("SM2", EVA, "comida")
            await place.hotline.worker.beat()
            seen.ready.append(await _ready(place))
            with fault(place, url):
                await seen.everything(line)
                seen.ready.append(await _ready(place))
            await place.hotline.worker.beat()
            seen.ready.append(await _ready(place))
            assert wording("hello.try_again") not in await line.text("SMafter", ANA, "11216")

    with contextlib.ExitStack() as stack, caplog.at_level(logging.ERROR):
        url = f"sqlite:///{tmp_path}/hotline.db"
        if database == "PostgreSQL":
            url = request.getfixturevalue("postgres_url")
            if what == "a right withdrawn":
                url = stack.enter_context(with_few_rights(url))
        asyncio.run(play(url))
        kept = {row["id"] for row in ask(url, "SELECT id FROM inbound")} & seen.answers.keys()
    sorry = {"en": wording("hello.try_again"), "es": wording("hello.try_again", "es")}
    voice = wording("hello.try_again", channel="voice")
    spoken = seen.answers.pop("CA1")
    false = sum(sorry["es" if sid == "SMeva" else "en"] not in answer for sid, answer in seen.answers.items())
    traces = sum(record.exc_info is not None for record in caplog.records)
    note = f"slowest answer {seen.slowest:.1f} s, {traces} stack traces"
    figures.note(Figure(f"will not write: {what}", database, len(seen.answers), 0, 0, false + len(kept), note))
    assert (false, kept, traces) == (0, set(), 0)
    assert voice in spoken
    assert seen.statuses == [200, 503, 503, 503]
    assert seen.ready == [200, 503, 200]
    assert seen.slowest < IN_TIME


def test_ready_asks_the_database_once_a_second(tmp_path: Path) -> None:
    """Whoever knows the address may ask as often as they like."""

    async def play() -> None:
        async with world(tmp_path) as place:
            turns: list[object] = []
            run = place.hotline.store.run

            async def counted(turn: Any, *args: Any) -> Any:
                turns.append(turn)
                return await run(turn, *args)

            place.hotline.store.run = counted  # type: ignore[method-assign]
            assert {await _ready_now(place) for _ in range(5)} == {503}
            assert set(await asyncio.gather(*(_ready_now(place) for _ in range(50)))) == {503}
            assert len(turns) == 1
            place.clock.now += 1
            await _ready_now(place)
            assert len(turns) == 2

    asyncio.run(play())


async def _ready_now(place: World) -> int:
    async with ClientSession() as session, session.get(f"{place.settings.public_url}/ready") as answer:
        return answer.status


@pytest.mark.parametrize("seconds", [1.0, 3.7, 6.0])
def test_a_commit_that_takes_long_is_never_called_not_kept(
    tmp_path: Path, database_url: str, seconds: float, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    """In time: the answer. A little late: looked up, and the same answer. Later: nobody knows, and that is said."""
    seen = Seen()

    async def play() -> None:
        async with (
            world(tmp_path, AWAKE_COMMUNITY, database_url=database_url) as place,
            wire(place.exchange.public_url) as line,
        ):
            await line.text("SM1", ANA, "food")
            await line.text("SM2", EVA, "comida")
            with _slow_commit(database_url, seconds, monkeypatch):
                await asyncio.gather(seen.text(line, "SMana", ANA, "two bags"), seen.text(line, "SMeva", EVA, "dos"))
            await asyncio.sleep(max(0.0, seconds - 3.0))

    asyncio.run(play())
    kept = {row["id"]: row["answer"] for row in ask(database_url, "SELECT id, answer FROM inbound")}
    unsure = {"SMana": wording("hello.unsure"), "SMeva": wording("hello.unsure", "es")}
    said_unsure = {sid for sid, answer in seen.answers.items() if unsure[sid] in answer}
    false = sum(answer != kept.get(sid) for sid, answer in seen.answers.items() if sid not in said_unsure)
    note = f"slowest answer {seen.slowest:.1f} s, {len(said_unsure)} heard that nobody knows"
    figures.note(
        Figure(f"a COMMIT of {seconds:.1f} s", kind(database_url), 2, 2 - len(kept.keys() & unsure), 0, false, note)
    )
    assert kept.keys() >= {"SMana", "SMeva"}
    assert false == 0
    assert said_unsure == (set(unsure) if seconds > IN_TIME else set())
    assert seen.slowest < IN_TIME


@contextlib.contextmanager
def _slow_commit(url: str, seconds: float, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if url.startswith("sqlite"):
        commit, here = sqlite.commit, threading.Event()

        def slow(connection: sqlite3.Connection) -> float:
            here.wait(seconds)
            return commit(connection)

        monkeypatch.setattr(sqlite, "commit", slow)
        yield
        monkeypatch.setattr(sqlite, "commit", commit)
    else:
        with _slow_on_postgres(url, seconds):
            yield


@contextlib.contextmanager
def _slow_on_postgres(url: str, seconds: float) -> Iterator[None]:
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            f"CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN PERFORM pg_sleep({seconds}); RETURN NULL; END $$"
        )
        other.execute(
            "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON inbound DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION slow()"
        )
        yield
        other.execute("DROP TRIGGER slow ON inbound")


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    with own_server() as own:
        yield own


@pytest.mark.parametrize("away", [0.0, 4.0], ids=["back at once", "back after four seconds"])
def test_a_postgresql_that_is_gone_in_the_middle_of_commit(
    tmp_path: Path, server: PostgresServer, away: float, figures: Figures
) -> None:
    seen = Seen()

    async def play() -> None:
        async with (
            world(tmp_path, AWAKE_COMMUNITY, database_url=server.url) as place,
            wire(place.exchange.public_url) as line,
        ):
            await line.text("SM1", ANA, "food")
            await line.text("SM2", EVA, "comida")
            await place.hotline.store.run(lambda tx: tx.outbox.put(ANA, [], 0, 2, place.clock.now))
            with contextlib.suppress(psycopg.OperationalError), _slow_on_postgres(server.url, 1.0):
                told = asyncio.gather(seen.text(line, "SMana", ANA, "two bags"), seen.text(line, "SMeva", EVA, "dos"))
                await asyncio.sleep(0.5)
                await asyncio.to_thread(server.kill)
                reports = [line.post("/twilio/status", status("SMsent", "delivered")) for _ in range(3 * (away > 0))]
                assert {code for code, _ in await asyncio.gather(*reports)} <= {503}
                await asyncio.sleep(max(0.0, away - 2.0))
                await asyncio.to_thread(server.start)
                await told
            code, _ = await line.post("/twilio/status", status("SMsent", "delivered"))
            assert code == 204

    asyncio.run(play())
    kept = {row["id"]: row["answer"] for row in ask(server.url, "SELECT id, answer FROM inbound")}
    sorry = (wording("hello.try_again"), wording("hello.try_again", "es"))
    unsure = (wording("hello.unsure"), wording("hello.unsure", "es"))
    false = 0
    for sid, answer in seen.answers.items():
        if any(words in answer for words in sorry):
            false += sid in kept
        elif not any(words in answer for words in unsure):
            false += kept.get(sid) != answer
    note = f"slowest answer {seen.slowest:.1f} s"
    figures.note(Figure(f"PostgreSQL killed in COMMIT, gone {away:.0f} s", "PostgreSQL", 2, 0, 0, false, note))
    assert false == 0
    assert len(seen.answers) == 2
    assert seen.slowest < IN_TIME
