"""From every earlier schema, with rows in it, to the newest: nothing is gone, and the hotline goes on."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hotline.engine.session import Prompt, Session
from hotline.model.due import Kind
from hotline.model.needs import Status
from hotline.storage import Store, Transaction, open_store, postgres, sqlite_file
from hotline.storage.statements import Dialect, migrations
from tests.faults.database import change, dump
from tests.figures import Figure, Figures, kind
from tests.in_full import IN_FULL, ON_BOTH
from tests.storage.asking import ANA, BEN, CHO, NOW, ask, keep, with_store
from tests.storage.test_opening import OPENING
from tests.world import NOON, world

VERSIONS = [version for version, _ in migrations("sqlite")]
NEWEST = VERSIONS[-1]
EVERY_EARLIER = VERSIONS[:-1]
EARLIER = EVERY_EARLIER if ON_BOTH else sorted({*EVERY_EARLIER[::4], *EVERY_EARLIER[1:7], *EVERY_EARLIER[-4:]})
"""One in four, the first, which some are about, and the last, from which most come; before a release every one."""
MESSAGE = "RE" + "0" * 32
PROMPT = '[{"key": "news.taken", "values": {"number": "101", "what": ["food"], "name": "Ben"}}]'
OFFER = '[{"key": "alerts.offer", "values": {"number": "102", "what": ["food"], "area": ["north"]}}]'

# What a hotline of the first schema had on record: each table, each status that matters.
FIRST = (
    f"INSERT INTO people (phone, language, name, created_at, heard_at) VALUES ('{ANA}', 'es', 'Ana', 1, 2)",
    f"INSERT INTO people (phone, language, name, created_at) VALUES ('{BEN}', 'en', 'Ben', 1)",
    f"INSERT INTO people (phone, created_at, opted_out_at) VALUES ('{CHO}', 1, 5)",
    f"INSERT INTO volunteers (phone, needs, areas, created_at) VALUES ('{BEN}', 'food ride', 'north', 1)",
    f"INSERT INTO offers (what, area, phone) VALUES ('food', 'north', '{BEN}')",
    f"INSERT INTO needs (number, neighbor, status, what, area, words, details, helpers, takers, created_at, changed_at)"
    f" VALUES (101, '{ANA}', 'taken', 'food', 'north', 'ñ 😀 ''', 'two bags', 1, '{BEN}', 1, 2)",
    f"INSERT INTO needs (number, neighbor, status, what, area, words, look_at, created_at, changed_at)"
    f" VALUES (102, '{ANA}', 'open', 'food', 'north', 'comida', 3, 1, 2)",
    f"INSERT INTO needs (number, neighbor, words, created_at, changed_at) VALUES (103, '{CHO}', 'a draft', 1, 2)",
    f"INSERT INTO needs (number, neighbor, recording, words, created_at, changed_at)"
    f" VALUES (104, '{CHO}', 'REspoken', '', 1, 2)",
    f"INSERT INTO flags (why, party, words, about, raised_at) VALUES ('message', '{ANA}', '{MESSAGE}', 0, 1)",
    f"INSERT INTO flags (why, party, words, about, raised_at) VALUES ('message', '{ANA}', 'typed words', 0, 1)",
    f"INSERT INTO alerts (need, volunteer, wave, sent_at, answer) VALUES (101, '{BEN}', 1, 1, 'yes')",
    f"INSERT INTO alerts (need, volunteer, wave, sent_at) VALUES (102, '{BEN}', 1, 2)",
    f"INSERT INTO claims (need, volunteer, taken_at) VALUES (101, '{BEN}', 2)",
    f"INSERT INTO inbound (id, party, channel, words, body, answer, received_at)"
    f" VALUES ('SM1', '{ANA}', 'text', 'comida', 'Body=comida', '<Response/>', 1)",
    f"INSERT INTO outbox (party, prompt, about, priority, due_at, created_at, changed_at)"
    f" VALUES ('{ANA}', '{PROMPT}', 101, 2, 1, 1, 1)",
    f"INSERT INTO outbox (party, prompt, about, priority, status, attempts, lease, leased_until, due_at, created_at,"
    f" changed_at) VALUES ('{BEN}', '{OFFER}', 102, 3, 'sending', 1, 1, 60, 1, 1, 1)",
    f"INSERT INTO outbox (party, prompt, about, priority, status, attempts, sids, due_at, created_at, changed_at)"
    f" VALUES ('{ANA}', '{PROMPT}', 101, 2, 'sent', 1, 'SMout', 1, 1, 1)",
    "INSERT INTO deliveries (sid, outbox, status, rank, changed_at) VALUES ('SMout', 3, 'sent', 3, 1)",
    f"INSERT INTO flags (why, party, words, about, raised_at) VALUES ('wants_a_person', '{ANA}', 'hello', 101, 1)",
    "INSERT INTO beats (worker, beat_at) VALUES ('worker-1', 1)",
)
CODED = 16  # the schema since which the number that people text is no row's
CODES = (
    "UPDATE needs SET code = number",
    "UPDATE codes SET freed_at = NULL WHERE code IN (SELECT code FROM needs)",
)


def _dialect(url: str) -> Dialect:
    return "sqlite" if url.startswith("sqlite") else "postgres"


def at_version(url: str, version: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the schema as the hotline of that time did, and fills it."""

    def until(dialect: Dialect) -> list[tuple[int, list[str]]]:
        return [step for step in migrations(dialect) if step[0] <= version]

    with monkeypatch.context() as then:
        then.setattr(sqlite_file, "migrations", until)
        then.setattr(postgres, "migrations", until)
        with_store(url, _nothing)
    for statement in (*FIRST, *(CODES if version >= CODED else ())):
        change(url, statement)


async def _nothing(_: Store) -> None:
    """Only opens and closes."""


def _same(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> bool:
    """Every row is there with all that it had; it may have more."""
    shapes = {frozenset(row) for row in before}
    kept = {frozenset((name, row[name]) for name in shape if name in row) for shape in shapes for row in after}
    return len(before) == len(after) and kept.issuperset(frozenset(row.items()) for row in before)


def _moved(tables: dict[str, list[dict[str, Any]]], version: int) -> dict[str, list[dict[str, Any]]]:
    """What a later schema keeps in a column of its own."""
    spoken = [{**row, "words": "", "recording": MESSAGE} for row in tables["flags"] if row["words"] == MESSAGE]
    others = [row for row in tables["flags"] if row["words"] != MESSAGE]
    return {**tables, "flags": [*others, *spoken]} if version < 7 else tables


@pytest.mark.parametrize("version", EARLIER)
def test_every_row_of_an_earlier_schema_is_there_afterwards(
    empty_url: str, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_version(empty_url, version, monkeypatch)
    before = dump(empty_url)
    with_store(empty_url, _nothing)
    after = dump(empty_url)
    assert sorted(row["version"] for row in after.pop("schema_version")) == VERSIONS
    before.pop("schema_version")
    assert {table for table, rows in _moved(before, version).items() if not _same(rows, after.get(table, []))} == set()


@pytest.mark.parametrize("version", EARLIER)
def test_the_schema_is_the_same_whichever_way_it_came(
    empty_url: str, tmp_path: Path, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_store(empty_url, _nothing)
    straight = _schema(empty_url)
    if empty_url.startswith("sqlite"):
        (tmp_path / "hotline.db").unlink()
    else:
        change(empty_url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    at_version(empty_url, version, monkeypatch)
    with_store(empty_url, _nothing)
    assert _schema(empty_url) == straight


@pytest.mark.parametrize("version", [version for version in EARLIER if version < 4])
def test_what_was_said_aloud_before_is_fetched_as_well(
    empty_url: str, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_version(empty_url, version, monkeypatch)
    with_store(empty_url, _nothing)
    found = ask(empty_url, "SELECT sid, party, status FROM recordings WHERE due_at IS NOT NULL ORDER BY sid")
    assert [tuple(row.values()) for row in map(dict, found)] == [
        (MESSAGE, ANA, "waiting"),
        ("REspoken", CHO, "waiting"),
    ]


@pytest.mark.parametrize("version", [version for version in EARLIER if version < 7])
def test_what_stood_in_words_or_in_other_numbers_has_a_column(
    empty_url: str, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How often a doubtful text or call was looked for, what was spoken, and a day that was taken for a need."""
    at_version(empty_url, version, monkeypatch)
    for status, reason in (("unknown", "looked 1"), ("sending", "looked 1"), ("unknown", ""), ("sent", "looked 1")):
        change(
            empty_url,
            "INSERT INTO outbox (party, prompt, priority, status, reason, due_at, created_at, changed_at)"
            f" VALUES ('new', '[]', 2, '{status}', '{reason}', 1, 1, 1)",
        )
    if version == 6:
        for party, status in (("a", "unknown"), ("b", "over")):
            change(
                empty_url,
                "INSERT INTO rings (party, status, reason, due_at, created_at, changed_at)"
                f" VALUES ('{party}', '{status}', 'looked 1', 1, 1, 1)",
            )
    change(empty_url, "INSERT INTO flags (why, party, about, raised_at) VALUES ('spent_texts', '', 20522, 1)")
    with_store(empty_url, _nothing)
    looks = ask(empty_url, "SELECT looks FROM outbox WHERE party = 'new' ORDER BY id")
    assert [row["looks"] for row in looks] == [1, 1, 0, 0]
    assert [row["looks"] for row in ask(empty_url, "SELECT looks FROM rings ORDER BY id")] == [1, 0] * (version == 6)
    flags = ask(empty_url, "SELECT why, about, words, recording FROM flags ORDER BY id")
    assert [tuple(dict(row).values()) for row in flags] == [
        ("message", 0, "", MESSAGE),
        ("message", 0, "typed words", ""),
        ("wants_a_person", 101, "hello", ""),
        ("spent_texts", 0, "", ""),
    ]


def _schema(url: str) -> list[str]:
    """Every column and every index, in words."""
    if url.startswith("sqlite"):
        rows = ask(url, "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name")
        return [str(row) for row in rows]
    columns = "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns"
    indexes = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
    rows = [*ask(url, f"{columns} WHERE table_schema = 'public'"), *ask(url, indexes)]
    return sorted(map(str, rows))


@pytest.mark.parametrize("version", EARLIER)
def test_the_hotline_goes_on_with_an_earlier_one_s_rows(
    empty_url: str, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Conversations, claims, what waits to be sent, what was under way when the old one stopped."""
    at_version(empty_url, version, monkeypatch)

    def go_on(tx: Transaction) -> None:
        me = tx.people.get(ANA, NOW)
        assert (me.name, me.session.language, me.known) == ("Ana", "es", True)
        assert [(need.number, need.status) for need in tx.needs.asked_for(ANA)] == [
            (101, Status.TAKEN),
            (102, Status.OPEN),
        ]
        keep(tx, Session(ANA, "intake", "what", "es"))
        assert not tx.inbound.receive("SM1", ANA, "text", "comida", "", NOW)
        assert tx.inbound.answer_given("SM1") == "<Response/>"
        assert [need.number for need in tx.needs.in_hand(BEN)] == [101]
        tx.needs.finish(101, BEN, NOW)
        row = tx.due.next(Kind.WAVE, NOW)
        assert row is not None
        assert row.about == 102
        assert tx.needs.code_of(tx.needs.draft(BEN, "a ride", NOW)) == "105"
        assert tx.heartbeat.health().beat_at == 1

    def send(tx: Transaction) -> None:
        (waiting,) = [row for row in tx.outbox.lease_due(10, 9, NOW + 60, NOW) if row.party == ANA]
        assert waiting.prompts == (Prompt("news.taken", values={"number": "101", "what": ("food",), "name": "Ben"}),)
        (doubtful,) = tx.outbox.lease_doubtful(10, NOW + 60, NOW)
        assert (doubtful.party, doubtful.texts, doubtful.tried_at >= 0.0) == (BEN, (), True)
        assert tx.outbox.report("SMout", "delivered", 4, "", NOW)
        late = tx.outbox.by_sid("SMout")
        assert late is not None
        assert late.sids == ("SMout",)

    async def play(store: Store) -> None:
        await store.run(go_on)
        await store.run(send)

    with_store(empty_url, play)


@pytest.mark.parametrize("version", EARLIER)
def test_what_waited_in_an_earlier_one_is_sent(
    empty_url: str, version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    """News that waited, and a question that was under way when the old one stopped: each arrives, once."""
    at_version(empty_url, version, monkeypatch)
    change(empty_url, f"UPDATE outbox SET created_at = {NOON - 60}, due_at = {NOON - 60}")
    change(empty_url, f"UPDATE outbox SET leased_until = {NOON - 1} WHERE status = 'sending'")
    change(empty_url, f"UPDATE needs SET look_at = {NOON + 86400}")

    async def play() -> list[tuple[str, str]]:
        async with world(tmp_path, database_url=empty_url) as place:
            await place.pass_time(300)
            return [(text.to, text.body) for text in place.exchange.texts if text.direction == "outbound-api"]

    went = asyncio.run(play())
    news = [body for to, body in went if to == ANA and "Ben" in body and "101" in body]
    asked = [body for to, body in went if to == BEN and "102" in body]
    lost, doubled = 2 - min(1, len(news)) - min(1, len(asked)), len(news) + len(asked) - len({*news, *asked})
    figures.note(Figure(f"rows that waited at schema {version}", kind(empty_url), 2, lost, doubled))
    assert (len(news), len(asked)) == (1, 1), went


@pytest.mark.parametrize("version", sorted({*EARLIER[:: 4 if IN_FULL else 99], EARLIER[-1]}))
def test_several_processes_at_once_bring_it_up_to_date_once(
    empty_url: str, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_version(empty_url, version, monkeypatch)
    before = dump(empty_url)
    command = [sys.executable, "-c", OPENING, empty_url]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    try:
        troubles = [process.communicate(timeout=30)[1] for process in running]
    finally:
        for process in running:
            process.kill()
            process.wait()
    assert [process.returncode for process in running] == [0] * 4, troubles
    after = dump(empty_url)
    assert sorted(row["version"] for row in after["schema_version"]) == VERSIONS
    assert all(
        _same(rows, after[table]) for table, rows in _moved(before, version).items() if table != "schema_version"
    )


@pytest.mark.parametrize("version", EARLIER)
def test_a_migration_that_fails_in_its_middle_leaves_the_earlier_schema_whole(
    empty_url: str, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_version(empty_url, version, monkeypatch)
    before = dump(empty_url)

    def broken(dialect: Dialect) -> list[tuple[int, list[str]]]:
        steps = migrations(dialect)
        return [*steps[:-1], (steps[-1][0], [*steps[-1][1], "INSERT INTO nowhere VALUES (1)"])]

    with monkeypatch.context() as then:
        then.setattr(sqlite_file, "migrations", broken)
        then.setattr(postgres, "migrations", broken)
        with pytest.raises(Exception, match="nowhere"):
            asyncio.run(open_store(empty_url))
    assert dump(empty_url) == before
    with_store(empty_url, _nothing)
