"""Codes: what people text for a need never runs out, and an old one never reaches somebody else's."""

from collections.abc import Iterator

import pytest

from hotline.community.model import Retention
from hotline.model.needs import Status
from hotline.simulator.clock import Clock
from hotline.storage import Store, Transaction
from hotline.storage.tables.codes import FREE_AFTER
from hotline.worker.retention import RetentionWorker
from tests.faults.database import change
from tests.storage.asking import ANA, BEN, CHO, NOW, ask, with_store
from tests.storage.test_migrations import at_version
from tests.world import FIRST_ROW

EVERY = 9999 - 100
YEARS = 20


def ask_and_withdraw(tx: Transaction, now: float) -> int:
    number = tx.needs.draft(ANA, "food", now)
    tx.needs.withdraw(number, now)
    return number


def few(url: str, last: int) -> None:
    """No codes but those up to `last`."""
    with_store(url, _nothing)
    change(url, f"DELETE FROM codes WHERE code > {last}")


def codes_of(tx: Transaction, numbers: Iterator[int]) -> list[str]:
    return [tx.needs.code_of(number) for number in numbers]


def test_codes_begin_at_101_and_leave_out_the_emergency_number(database_url: str) -> None:
    def turn(tx: Transaction) -> list[str]:
        tx.codes.reserve(("103", "105", "18005550100"))
        before = codes_of(tx, (tx.needs.draft(ANA, "food", NOW) for _ in range(3)))
        tx.codes.reserve(("106",))
        return before + codes_of(tx, (tx.needs.draft(ANA, "food", NOW) for _ in range(3)))

    assert with_store(database_url, lambda store: store.run(turn)) == ["101", "102", "104", "103", "105", "107"]


def test_a_city_goes_on_past_ten_thousand(database_url: str) -> None:
    """Twenty years of it: every code is on something, all but a few of which are over for long."""

    async def work(store: Store) -> None:
        retention = RetentionWorker(store, Retention(), lambda: NOW + YEARS * 365 * 24 * 3600)
        for year in range(2):
            for begin in range(0, EVERY, 600):
                many = range(min(600, EVERY - begin))
                await store.run(lambda tx, many=many, year=year: [ask_and_withdraw(tx, NOW + year) for _ in many])
            await retention.look()
        codes = await store.run(lambda tx: codes_of(tx, (tx.needs.draft(ANA, "food", NOW) for _ in range(300))))
        assert codes == list(map(str, range(101, 401)))

    with_store(database_url, work)
    assert ask(database_url, "SELECT COUNT(*) AS needs, MAX(number) AS last FROM needs") == [
        {"needs": 2 * EVERY + 300, "last": FIRST_ROW - 1 + 2 * EVERY + 300}
    ]
    worst = ask(
        database_url, "SELECT COUNT(*) AS times FROM needs WHERE status = 'draft' GROUP BY code ORDER BY 1 DESC LIMIT 1"
    )
    assert worst == [{"times": 1}]


def test_a_code_is_free_again_only_long_after_its_thing_is_over(database_url: str) -> None:
    async def work(store: Store) -> list[str]:
        first = await store.run(ask_and_withdraw, NOW)
        await store.run(lambda tx: tx.needs.draft(BEN, "ride", NOW))
        given = [await store.run(lambda tx: tx.needs.code_of(first))]
        for after in (FREE_AFTER - 1, FREE_AFTER + 1):
            clock = Clock(NOW + after)
            await RetentionWorker(store, Retention(), clock).look()
            given.append(await store.run(lambda tx: tx.needs.code_of(tx.needs.draft(CHO, "food", NOW + 1))))
        return given

    few(database_url, 103)
    assert with_store(database_url, work) == ["101", "103", "101"]


def test_where_every_code_is_taken_the_one_that_was_over_first_is_given_sooner(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        for at in range(3):
            ask_and_withdraw(tx, NOW + at)
        assert tx.needs.code_of(tx.needs.draft(BEN, "ride", NOW + 20)) in ("101", "102", "103")
        tx.needs.draft(BEN, "ride", NOW + 20)
        tx.needs.draft(BEN, "ride", NOW + 20)
        with pytest.raises(RuntimeError, match="close what is over"):
            tx.needs.draft(BEN, "ride", NOW + 20)

    few(database_url, 103)
    with_store(database_url, lambda store: store.run(turn))


def test_an_old_code_means_the_need_that_the_person_had(database_url: str) -> None:
    """Ana's 101 is over for long and Cho's is 101 now: each means their own, and a stranger the one that is."""

    def turn(tx: Transaction) -> None:
        old = tx.needs.draft(ANA, "food", NOW)
        tx.needs.record(old, {"what": "food", "area": "north", "details": "", "recording": "", "callback": ""}, NOW)
        tx.needs.take(old, BEN, NOW)
        tx.needs.finish(old, BEN, NOW)
        assert tx.codes.free(NOW + FREE_AFTER + 1) == 1
        new = tx.needs.draft(CHO, "ride", NOW + FREE_AFTER + 2)
        assert tx.needs.code_of(new) == tx.needs.code_of(old) == "101"
        meant = {phone: tx.needs.of_code(101, phone) for phone in (ANA, BEN, CHO, "+12125550119")}
        assert {phone: need and need.number for phone, need in meant.items()} == {
            ANA: old,
            BEN: old,
            CHO: new,
            "+12125550119": new,
        }
        assert tx.needs.of_code(102, ANA) is None

    few(database_url, 101)
    with_store(database_url, lambda store: store.run(turn))


def test_what_is_needed_after_all_has_a_code_of_its_own(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        others = tx.needs.draft(BEN, "ride", NOW)
        lost, kept = tx.needs.draft(ANA, "food", NOW), tx.needs.draft(ANA, "ride", NOW)
        tx.needs.expire(lost, NOW)
        tx.needs.expire(kept, NOW)
        assert tx.codes.free(NOW + FREE_AFTER + 1) == 2
        new = tx.needs.draft(CHO, "ride", NOW + FREE_AFTER + 2)
        assert tx.needs.code_of(new) == "102"
        tx.needs.withdraw(others, NOW)
        tx.needs.still_needed(lost, NOW + FREE_AFTER + 3)
        tx.needs.still_needed(kept, NOW + FREE_AFTER + 3)
        assert [tx.needs.code_of(number) for number in (lost, kept, new)] == ["103", "101", "102"]
        assert [need.status for need in tx.needs.asked_for(ANA)] == [Status.OPEN, Status.OPEN]

    few(database_url, 103)
    with_store(database_url, lambda store: store.run(turn))


def test_needs_beyond_9999_of_an_earlier_hotline_have_codes_that_can_be_texted(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_version(empty_url, 15, monkeypatch)
    rows = (
        (9998, "done", 5),
        (9999, "open", 6),
        (10000, "open", 7),
        (10001, "done", 8),
        (10002, "taken", 9),
    )
    for number, status, at in rows:
        change(
            empty_url,
            "INSERT INTO needs (number, neighbor, status, created_at, changed_at)"
            f" VALUES ({number}, '{ANA}', '{status}', {at}, {at})",
        )
    with_store(empty_url, _nothing)
    found = ask(empty_url, "SELECT number, code FROM needs WHERE number > 9000 ORDER BY number")
    codes = {row["number"]: row["code"] for row in found}
    assert (codes[9998], codes[9999], codes[10001]) == (9998, 9999, 0)
    given = {codes[10000], codes[10002]}
    assert len(given) == 2
    assert given <= {*range(101, 9998), 9998}
    taken = ask(empty_url, "SELECT code FROM codes WHERE freed_at IS NULL")
    assert given <= {row["code"] for row in taken}
    again = with_store(empty_url, lambda store: store.run(lambda tx: tx.needs.draft(BEN, "food", NOW)))
    assert again >= FIRST_ROW


async def _nothing(_: Store) -> None:
    """Only opens and closes."""
