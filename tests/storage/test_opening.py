"""Opening a database: from nothing, again, twice at once, after a restart, and where there is none."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hotline.cli import main
from hotline.engine.session import Prompt, Session
from hotline.model.needs import Status
from hotline.storage import Store, StoreDown, Transaction, open_store
from hotline.storage.statements import migrations
from tests.faults.database import change
from tests.storage.asking import ANA, BEN, NOW, STORY, ask, keep, with_store
from tests.world import FIRST_ROW

OPENING = """
import asyncio, sys
from hotline.storage import open_store

async def main():
    await (await open_store(sys.argv[1])).close()

asyncio.run(main())
"""


def versions(url: str) -> list[int]:
    return [row["version"] for row in ask(url, "SELECT version FROM schema_version ORDER BY version")]


async def nothing(_: Store) -> None:
    """Only opens and closes."""


def test_an_empty_database_gets_its_schema_and_keeps_it(empty_url: str) -> None:
    dialect = "sqlite" if empty_url.startswith("sqlite") else "postgres"
    all_versions = [version for version, _ in migrations("sqlite" if dialect == "sqlite" else "postgres")]
    for _ in range(3):
        with_store(empty_url, nothing)
        assert versions(empty_url) == all_versions


def test_schema_files_are_numbered_without_a_gap() -> None:
    for dialect in ("sqlite", "postgres"):
        numbers = [version for version, _ in migrations("sqlite" if dialect == "sqlite" else "postgres")]
        assert numbers == list(range(1, len(numbers) + 1))


def test_a_database_of_a_newer_program_is_refused_and_not_touched(database_url: str) -> None:
    with_store(database_url, nothing)
    change(database_url, "INSERT INTO schema_version VALUES (9999, 'tomorrow')")
    with pytest.raises(StoreDown, match="belongs to a newer hotline"):
        with_store(database_url, nothing)
    change(database_url, "DELETE FROM schema_version WHERE version = 9999")
    with_store(database_url, nothing)


def test_processes_that_start_at_once_migrate_once(empty_url: str) -> None:
    command = [sys.executable, "-c", OPENING, empty_url]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    troubles = [process.communicate(timeout=30)[1] for process in running]
    assert [process.returncode for process in running] == [0] * 4, troubles
    assert versions(empty_url) == sorted(set(versions(empty_url)))


def test_several_stores_may_be_opened_at_once_in_one_process(empty_url: str) -> None:
    async def play() -> None:
        stores = await asyncio.gather(*(open_store(empty_url) for _ in range(3)))
        await asyncio.gather(*(store.run(lambda tx: tx.people.get(ANA, NOW)) for store in stores))
        for store in stores:
            await store.close()

    asyncio.run(play())
    assert len(ask(empty_url, "SELECT * FROM people")) == 1


def test_everything_is_still_there_after_a_restart(database_url: str) -> None:
    answers, behind = {"what": "food", "words": "ñ😀'"}, Session(ANA, "menu", "x")
    session = Session(ANA, "intake", "details", "es", answers, 1, 7, 2, behind)

    def write(tx: Transaction) -> int:
        tx.people.get(ANA, NOW)
        keep(tx, session)
        number = tx.needs.draft(ANA, "comida", NOW)
        tx.needs.record(number, STORY, NOW)
        tx.outbox.put(
            ANA, [Prompt("news.taken", values={"number": "101", "what": ("food",), "name": "Ben"})], number, 2, NOW
        )
        return number

    async def before(store: Store) -> int:
        return await store.run(write)

    async def after(store: Store) -> None:
        me = await store.run(lambda tx: tx.people.get(ANA, NOW))
        kept = Session(ANA, "menu", "x", "es", {}, 0, 7)
        assert me.session == Session(ANA, "intake", "details", "es", session.answers, 1, 7, 2, kept)
        need = await store.run(lambda tx: tx.needs.get(number))
        assert need is not None
        assert (need.status, need.what, need.details) == (Status.OPEN, "food", "two bags")
        (row,) = await store.run(lambda tx: tx.outbox.lease_due(10, 9, NOW + 60, NOW))
        assert row.prompts == (Prompt("news.taken", values={"number": "101", "what": ("food",), "name": "Ben"}),)

    number = with_store(database_url, before)
    with_store(database_url, after)


def test_rows_of_needs_are_never_given_twice_and_never_a_code(database_url: str) -> None:
    async def first(store: Store) -> list[int]:
        await store.run(lambda tx: tx.people.get(ANA, NOW))
        numbers = [await store.run(lambda tx: tx.needs.draft(ANA, "food", NOW)) for _ in range(3)]
        await store.run(lambda tx: tx.needs.withdraw(numbers[-1], NOW))
        return numbers

    async def later(store: Store) -> int:
        return await store.run(lambda tx: tx.needs.draft(BEN, "ride", NOW))

    assert with_store(database_url, first) == [FIRST_ROW, FIRST_ROW + 1, FIRST_ROW + 2]
    assert with_store(database_url, later) > FIRST_ROW + 2


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////no/such/folder/hotline.db",
        "sqlite:///",
        "postgresql://nobody:do-not-tell@127.0.0.1:1/nothing?connect_timeout=1",
    ],
)
def test_a_database_that_cannot_be_opened_is_one_sentence_without_the_password(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotline.storage.postgres.STARTING", 0.2)
    with pytest.raises(StoreDown) as trouble:
        with_store(url, nothing)
    assert str(trouble.value).startswith("DATABASE_URL")
    assert "do-not-tell" not in str(trouble.value)


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "hotline.db").write_bytes(b"this is a letter, not a database" * 100)
    with pytest.raises(StoreDown, match=r"^DATABASE_URL"):
        with_store(f"sqlite:///{tmp_path}/hotline.db", nothing)


def test_a_wait_for_work_can_be_stopped_at_the_very_moment_that_work_comes(database_url: str) -> None:
    """Or a worker that is told to end now and then would not."""

    async def work(store: Any) -> bool:
        waiting = asyncio.create_task(store.wait(10))
        await asyncio.sleep(0.05)
        store._work.set()
        waiting.cancel()
        await asyncio.wait([waiting])
        return waiting.cancelled()

    assert with_store(database_url, work)


def test_a_command_makes_no_database_where_there_is_none(
    empty_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)
    assert main(["flags", "list"]) == 2
    assert "hotline init" in capsys.readouterr().err
    assert main(["migrate"]) == 0
    assert main(["flags", "list"]) == 0
