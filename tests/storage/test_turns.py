"""Whole turns: each kept or undone by itself, none answered before it is kept."""

import asyncio
import contextlib
import sqlite3
from typing import Any

import pytest

from hotline.storage import Store, StoreDown, Transaction, lists, open_store
from hotline.storage.sqlite import run_batch
from tests.storage.asking import ANA, NOW, ask, with_store


class Odd(Exception):
    """What a turn of these tests raises."""


def begins(tx: Transaction, words: str) -> int:
    tx.people.get(ANA, NOW)
    return tx.needs.draft(ANA, words, NOW)


def fails(tx: Transaction, words: str) -> int:
    begins(tx, words)
    raise Odd(words)


def test_a_turn_is_kept_when_it_returns(database_url: str) -> None:
    async def play(store: Store) -> None:
        number = await store.run(begins, "food")
        assert ask(database_url, "SELECT number, words FROM needs") == [{"number": number, "words": "food"}]

    with_store(database_url, play)


def test_a_turn_that_fails_leaves_nothing_and_the_others_of_its_batch_are_kept(database_url: str) -> None:
    async def play(store: Store) -> None:
        turns = [store.run(fails if number % 3 == 0 else begins, str(number)) for number in range(30)]
        outcomes = await asyncio.gather(*turns, return_exceptions=True)
        assert [isinstance(outcome, Odd) for outcome in outcomes] == [number % 3 == 0 for number in range(30)]
        kept = {row["words"] for row in ask(database_url, "SELECT words FROM needs")}
        assert kept == {str(number) for number in range(30) if number % 3}

    with_store(database_url, play)


def test_what_a_turn_raises_comes_back_to_the_one_who_asked(database_url: str) -> None:
    async def play(store: Store) -> None:
        with pytest.raises(Odd, match="mine"):
            await store.run(fails, "mine")
        assert await store.run(begins, "next") > 100

    with_store(database_url, play)


def test_everyone_who_waits_is_answered_once_kept(database_url: str) -> None:
    """Each reads its own row from outside the moment it is answered."""

    async def one(store: Store, words: str) -> bool:
        number = await store.run(begins, words)
        return bool(ask(database_url, f"SELECT 1 AS kept FROM needs WHERE number = {number} AND words = '{words}'"))

    async def play(store: Store) -> None:
        assert all(await asyncio.gather(*(one(store, str(number)) for number in range(40))))

    with_store(database_url, play)


def test_whoever_stops_waiting_harms_nobody(database_url: str) -> None:
    async def play(store: Store) -> None:
        tasks = [asyncio.ensure_future(store.run(begins, str(number))) for number in range(20)]
        await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert all(task.result() for task in tasks[1::2])
        assert await store.run(begins, "after")

    with_store(database_url, play)


def test_a_store_that_is_closed_says_so_and_lets_nobody_wait(database_url: str) -> None:
    async def play() -> None:
        store = await open_store(database_url)
        await store.close()
        with pytest.raises((StoreDown, RuntimeError)):
            await asyncio.wait_for(store.run(begins, "too late"), 2)

    asyncio.run(play())


def test_whoever_waits_while_the_store_closes_is_told(tmp_path: object) -> None:
    async def play() -> None:
        store = await open_store(f"sqlite:///{tmp_path}/hotline.db")
        waiting = [asyncio.ensure_future(store.run(begins, str(number))) for number in range(20)]
        await asyncio.sleep(0)
        await store.close()
        outcomes = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 2)
        assert all(isinstance(outcome, int | StoreDown) for outcome in outcomes)

    asyncio.run(play())


# SQLite alone: one COMMIT for all who wait.


def test_turns_that_wait_share_one_commit(tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/hotline.db"
    seen: list[str] = []

    async def play(store: Store) -> None:
        connection = getattr(store, "_connection")  # noqa: B009 - a look inside
        connection.set_trace_callback(seen.append)
        await asyncio.gather(*(store.run(begins, str(number)) for number in range(100)))
        connection.set_trace_callback(None)

    with_store(url, play)
    assert len(ask(url, "SELECT * FROM needs")) == 100
    assert seen.count("COMMIT") <= 3
    assert all(statement == "BEGIN IMMEDIATE" for statement in seen if statement.startswith("BEGIN"))


def test_a_broken_disk_keeps_nothing_of_a_batch_and_says_so(tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/hotline.db"

    def broken(tx: Transaction) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    async def play(store: Store) -> None:
        turns: list[Any] = [store.run(begins, "one"), store.run(broken), store.run(begins, "two")]
        outcomes = await asyncio.gather(*turns, return_exceptions=True)
        assert all(isinstance(outcome, StoreDown) for outcome in outcomes)
        assert ask(url, "SELECT * FROM needs") == []
        assert await store.run(begins, "three")

    with_store(url, play)


def test_the_writer_survives_whatever_happens_in_its_thread(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that ends is a hotline that answers nobody any more, and looks alive."""
    url = f"sqlite:///{tmp_path}/hotline.db"

    def stumbles(*_: object) -> object:
        monkeypatch.setattr("hotline.storage.sqlite.run_batch", run_batch)
        raise MemoryError("no room")

    async def play() -> int:
        store = await open_store(url)
        monkeypatch.setattr("hotline.storage.sqlite.run_batch", stumbles)
        try:
            with pytest.raises((StoreDown, MemoryError)):
                await asyncio.wait_for(store.run(begins, "one"), 1)
            return await asyncio.wait_for(store.run(begins, "two"), 1)
        finally:
            with contextlib.suppress(MemoryError):
                await store.close()
            getattr(store, "_connection").close()  # noqa: B009 - so that a dead writer holds nothing up here

    assert asyncio.run(play()) > 100


def test_the_file_is_safe_against_a_power_cut(tmp_path: object) -> None:
    async def play(store: Store) -> None:
        connection = getattr(store, "_connection")  # noqa: B009 - a look inside
        for name, value in {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}.items():
            row = connection.execute(f"PRAGMA {name}").fetchone()
            assert row[0] == value, name

    with_store(f"sqlite:///{tmp_path}/hotline.db", play)


def test_a_list_is_read_beside_a_turn_that_does_not_end(tmp_path: object) -> None:
    """A page that somebody looks at waits for no text, and no text for it."""

    async def play(store: Store) -> None:
        await store.run(begins, "kept")
        connection = getattr(store, "_connection")  # noqa: B009 - a writer in the middle of its turn
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM needs")
        found = await asyncio.wait_for(lists.open_needs(store, 10), 1)
        assert [need.words for need in found] == ["kept"]
        connection.execute("ROLLBACK")

    with_store(f"sqlite:///{tmp_path}/hotline.db", play)


def test_a_list_shows_what_was_kept_before_whoever_else_reads_or_has_gone(tmp_path: object) -> None:
    """A statement that is half read while another begins once showed that one an older moment: whoever had signed in
    just now was nobody."""

    async def play(store: Store) -> None:
        for number in range(200):
            await store.run(lambda tx, number: tx.people.introduce(f"+1212555{number:04}", "Ana", "en", NOW), number)
        for number in range(200, 260):
            others = [asyncio.ensure_future(store.read("board_people", room=500, skipped=0)) for _ in range(3)]
            await asyncio.sleep(number % 7 / 10_000)
            others[0].cancel()
            phone = f"+1212555{number:04}"
            await store.run(lambda tx, phone: tx.people.introduce(phone, "Ana", "en", NOW), phone)
            assert len(await store.read("board_people_given", people=f'["{phone}"]')) == 1
            assert len((await asyncio.gather(*others[1:]))[0]) >= number

    with_store(f"sqlite:///{tmp_path}/hotline.db", play)


def test_what_is_read_beside_the_writer_cannot_write(tmp_path: object) -> None:
    async def play(store: Store) -> None:
        with pytest.raises(StoreDown, match="readonly"):
            await store.read("block", phone="+12125550111", blocked=1)

    with_store(f"sqlite:///{tmp_path}/hotline.db", play)


def test_lists_are_read_on_both_databases(database_url: str) -> None:
    async def play(store: Store) -> None:
        await store.run(begins, "one")
        await store.run(lambda tx: tx.flags.add("person", "+12125550111", "please", 0, 1.0))
        assert [need.words for need in await lists.open_needs(store, 10)] == ["one"]
        assert [flag.words for flag in await lists.open_flags(store)] == ["please"]
        assert await lists.volunteers(store) == []
        assert await lists.dead_letters(store, 10) == []
        assert await lists.recordings(store, 10) == []

    with_store(database_url, play)
