"""Retention: what is over for long is forgotten by kind, what is not stays, and an update forgets nothing by itself."""

from collections.abc import Callable
from typing import Any

import pytest

from hotline.cli import main
from hotline.community.model import Retention
from hotline.engine.session import Prompt
from hotline.model.calendar import DAY
from hotline.model.pseudonyms import hashed_id
from hotline.simulator.clock import Clock
from hotline.storage import Store, Transaction
from hotline.storage.tables.retention import PAGE
from hotline.worker.retention import RetentionWorker
from tests.faults.database import change
from tests.storage.asking import ANA, BEN, CHO, NOW, STORY, ask, keep, with_store
from tests.storage.test_migrations import at_version

SAID = {**STORY, "details": "no peanuts", "callback": "5550142"}
SECRETS = ("no peanuts", "5550142", "ring twice", "somebody shouted", "leave me be")


def a_year_ago(tx: Transaction) -> None:
    """Ana asked, Ben helped, they wrote to each other, a person looked; it was over at NOW."""
    for phone in (ANA, BEN, CHO):
        keep(tx, tx.people.get(phone, NOW).session)
    tx.volunteers.enroll(BEN, ("food",), ("north",), "active", NOW)
    number = tx.needs.draft(ANA, "food, no peanuts", NOW)
    tx.needs.record(number, SAID, NOW)
    tx.needs.take(number, BEN, NOW)
    said = Prompt("news.relayed", values={"number": "101", "words": "ring twice"})
    tx.relays.pass_on(number, ANA, BEN, "ring twice", [said], NOW)
    tx.flags.add("wants_a_person", ANA, "somebody shouted", number, NOW)
    tx.flags.add("message", CHO, "leave me be", 0, NOW)
    tx.inbound.receive("SMold", ANA, "text", "no peanuts", "Body=no+peanuts", NOW)
    tx.inbound.give_answer("SMold", "<Response/>")
    tx.needs.finish(number, BEN, NOW)
    still = tx.needs.draft(CHO, "a ride", NOW)
    tx.needs.record(still, {**STORY, "details": "ring twice please"}, NOW)


def looked(url: str, days: float, kept: Retention | None = None) -> Callable[[Store], Any]:
    worker_clock = Clock(NOW + days * DAY)

    async def work(store: Store) -> None:
        await RetentionWorker(store, kept or Retention(), worker_clock).look()

    return work


def everything(url: str) -> str:
    """All that the tables of people's words hold, as one text."""
    tables = ("people", "needs", "relayed", "flags", "dangers", "inbound", "outbox", "alerts", "claims", "volunteers")
    return "\n".join(str(row) for table in tables for row in ask(url, f"SELECT * FROM {table}"))


@pytest.fixture
def year(database_url: str) -> str:
    async def work(store: Store) -> None:
        await store.run(a_year_ago)

    with_store(database_url, work)
    change(database_url, "UPDATE outbox SET status = 'sent'")
    return database_url


def test_each_kind_goes_at_its_time(year: str) -> None:
    with_store(year, looked(year, 29))
    assert all(word in everything(year) for word in SECRETS)
    with_store(year, looked(year, 31))
    assert ask(year, "SELECT id, party, words, body, answer FROM inbound") == [
        {"id": hashed_id("SMold"), "party": "", "words": "", "body": "", "answer": ""}
    ]
    assert "somebody shouted" in everything(year)
    with_store(year, looked(year, 91))
    assert [word for word in SECRETS if word in everything(year).replace("ring twice please", "")] == ["leave me be"]
    assert ask(year, "SELECT COUNT(*) AS rows FROM outbox") == [{"rows": 0}]
    assert ANA in str(ask(year, "SELECT * FROM needs"))
    with_store(year, looked(year, 366))
    assert [word for word in SECRETS if word in everything(year).replace("ring twice please", "")] == []
    assert ANA not in str(ask(year, "SELECT * FROM needs"))
    assert ask(year, "SELECT COUNT(*) AS rows FROM claims") == [{"rows": 0}]
    with_store(year, looked(year, 731))
    assert {row["phone"] for row in ask(year, "SELECT phone FROM people")} == {CHO}
    assert "ring twice please" in everything(year), "what is not over stays, whole"


def test_counts_stay(year: str) -> None:
    with_store(year, looked(year, 1000))
    found = ask(year, "SELECT status, what, area, helpers FROM needs ORDER BY number")
    assert [(row["status"], row["helpers"]) for row in found] == [("done", 1), ("open", 0)]
    assert {(row["what"], row["area"]) for row in found} == {("food", "north")}


def test_a_repeat_changes_nothing_however_late(year: str) -> None:
    with_store(year, looked(year, 40))

    def again(tx: Transaction) -> tuple[bool, str]:
        return tx.inbound.receive("SMold", ANA, "text", "food", "Body=food", NOW), tx.inbound.answer_given("SMold")

    assert with_store(year, lambda store: store.run(again)) == (False, "")


def test_who_wants_no_texts_or_is_blocked_is_not_forgotten(year: str) -> None:
    change(year, f"UPDATE people SET opted_out_at = {NOW} WHERE phone = '{ANA}'")
    change(year, f"UPDATE people SET blocked = 1 WHERE phone = '{BEN}'")
    with_store(year, looked(year, 5000))
    assert {ANA, BEN} <= {row["phone"] for row in ask(year, "SELECT phone FROM people")}


def test_many_go_in_pages_also_where_all_are_of_one_moment(database_url: str) -> None:
    async def work(store: Store) -> int:
        def turn(tx: Transaction) -> None:
            for at in range(2 * PAGE + 7):
                moment = NOW if at < PAGE + 50 else NOW + at
                tx.inbound.receive(f"SM{at}", ANA, "text", "words", "Body=words", moment)

        await store.run(turn)
        return 0

    with_store(database_url, work)
    with_store(database_url, looked(database_url, 40))
    assert ask(database_url, "SELECT COUNT(*) AS rows FROM inbound WHERE body <> ''") == [{"rows": 0}]
    assert ask(database_url, "SELECT COUNT(*) AS rows FROM inbound") == [{"rows": 2 * PAGE + 7}]


def test_an_update_forgets_nothing_before_somebody_was_shown_it(
    empty_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at_version(empty_url, 15, monkeypatch)
    with_store(empty_url, looked(empty_url, 5000))
    change(empty_url, "UPDATE needs SET status = 'done' WHERE number = 101")
    before = everything(empty_url)
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("COMMUNITY_FILE", "hotline/demo.toml")
    assert main(["purge"]) == 0
    shown = capsys.readouterr().out
    assert "       1  requests over for 90 days: what was said about them" in shown
    assert "Nothing is forgotten yet." in shown
    with_store(empty_url, looked(empty_url, 5000))
    assert everything(empty_url) == before
    assert main(["purge", "--yes"]) == 0
    with_store(empty_url, looked(empty_url, 5000))
    assert everything(empty_url) != before
    capsys.readouterr()
    assert main(["purge"]) == 0
    assert "       0  requests over for 90 days: what was said about them" in capsys.readouterr().out
