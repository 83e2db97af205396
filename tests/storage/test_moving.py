"""A hotline moves from one database to another, and a backup is the whole of it."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from hotline.storage import Transaction, open_store
from hotline.storage.copy_database import NotTheSame, SqliteEnd, copy, sums
from hotline.storage.copy_to_postgres import PostgresEnd
from tests.world import FIRST_ROW


def _live_a_little(tx: Transaction) -> None:
    for phone in ("+12125550111", "+12125550112"):
        tx.people.introduce(phone, "Zoë", "es", 1.5)
        tx.volunteers.enroll(phone, ("food", "ride"), ("north",), "active", 2.5)
    number = tx.needs.draft("+12125550111", "café ☕ 'quoted'", 3.25)
    fields = {"what": "food", "area": "north", "details": "line\nline", "recording": "", "callback": ""}
    tx.needs.record(number, fields, 4.0)
    tx.inbound.receive("SM1", "+12125550111", "text", "hola", "Body=hola", 5.0)
    tx.flags.add("message", "+12125550111", "words", number, 6.125)
    tx.needs.take(number, "+12125550112", 7.0)


async def _run(url: str, turn: Callable[[Transaction], Any]) -> Any:
    store = await open_store(url)
    try:
        return await store.run(turn)
    finally:
        await store.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "source.db"
    asyncio.run(_run(f"sqlite:///{path}", _live_a_little))
    return path


def test_a_copy_into_either_database_is_the_same_to_the_letter(file: Path, database_url: str, tmp_path: Path) -> None:
    if database_url.startswith("sqlite"):
        target: SqliteEnd | PostgresEnd = SqliteEnd(tmp_path / "copy.db", read_only=False)
    else:
        target = PostgresEnd(database_url, read_only=False)
    before = file.read_bytes()
    source = SqliteEnd(file, read_only=True)
    copied = copy(source, target, lambda _: None)
    assert copied["people"].rows == 2
    assert copied["needs"].rows == 1
    source.close()
    target.close()
    assert file.read_bytes() == before


def test_after_a_move_the_numbers_go_on(file: Path, postgres_url: str) -> None:
    _move(file, postgres_url)
    assert asyncio.run(_run(postgres_url, lambda tx: tx.needs.draft("+12125550111", "more", 9.0))) == FIRST_ROW + 1


def test_an_empty_hotline_begins_at_101_after_a_move(tmp_path: Path, postgres_url: str) -> None:
    empty = tmp_path / "empty.db"
    asyncio.run(_run(f"sqlite:///{empty}", lambda tx: None))
    _move(empty, postgres_url)
    assert asyncio.run(_run(postgres_url, lambda tx: tx.needs.draft("+12125550111", "more", 9.0))) == FIRST_ROW


def test_a_move_that_broke_off_goes_on(file: Path, postgres_url: str) -> None:
    _move(file, postgres_url)
    with psycopg.connect(postgres_url) as connection:
        connection.execute("DELETE FROM claims")
        connection.execute("DELETE FROM flags")
    _move(file, postgres_url)


def test_a_target_that_somebody_wrote_to_is_refused(file: Path, postgres_url: str) -> None:
    asyncio.run(_run(postgres_url, lambda tx: tx.people.introduce("+12125550199", "Eve", "en", 1.0)))
    with pytest.raises(NotTheSame, match="people: 2 rows there and 3 here"):
        _move(file, postgres_url)


def test_a_backup_of_postgres_is_a_file_that_restores(file: Path, postgres_url: str, tmp_path: Path) -> None:
    _move(file, postgres_url)
    source, backup = PostgresEnd(postgres_url, read_only=True), SqliteEnd(tmp_path / "backup.db", read_only=False)
    copy(source, backup, lambda _: None)
    assert sums(backup) == sums(SqliteEnd(file, read_only=True))
    backup.close()
    source.close()


def test_a_backup_is_of_one_moment_while_others_write(file: Path, tmp_path: Path) -> None:
    source = SqliteEnd(file, read_only=True)
    before = sums(source)
    with sqlite3.connect(file) as other:
        other.execute("INSERT INTO people (phone, created_at) VALUES ('+12125550177', 1.0)")
    other.close()
    target = SqliteEnd(tmp_path / "copy.db", read_only=False)
    assert copy(source, target, lambda _: None) == before
    source.close()
    target.close()


def _move(file: Path, url: str) -> None:
    source, target = SqliteEnd(file, read_only=True), PostgresEnd(url, read_only=False)
    try:
        copy(source, target, lambda _: None)
    finally:
        source.close()
        target.close()
