"""Whose turn it is, and what counts against it: a test for each way in which asking once went wrong."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hotline.dispatch import waves as dispatch_waves
from hotline.dispatch.waves import Wave
from hotline.engine.session import Prompt
from hotline.model.calendar import DAY, HOUR, MINUTE, WEEK
from hotline.model.needs import Need
from hotline.model.outgoing import ALERT
from hotline.model.people import Volunteer
from hotline.storage import Behind, Store, Transaction
from hotline.storage.tables.volunteers import lot
from hotline.worker import waves as worker_waves
from hotline.worker.poison_rows import RowByRow
from hotline.worker.waves import WaveSender, candidates
from tests.storage.asking import ANA, BEN, CHO, STORY, ask, with_store
from tests.unit.build import community

NOON = 1_773_158_400.0  # Tuesday, March 10, 2026, 12:00 in New York
DORA, EVA = "+12125550114", "+12125550115"
OFFER = Prompt("alerts.offer", values={"number": "101", "what": ("food",), "area": ("north",)})


def joins(tx: Transaction, *phones: str, language: str = "en", areas: tuple[str, ...] = ("north",)) -> None:
    for phone in phones:
        tx.people.introduce(phone, "Somebody", language, NOON - DAY)
        tx.volunteers.enroll(phone, ("food", "ride"), areas, "active", NOON - DAY)


def opened(tx: Transaction, neighbor: str = ANA, **fields: Any) -> Need:
    tx.people.introduce(neighbor, "", "en", NOON)
    number = tx.needs.draft(neighbor, "food", NOON)
    tx.needs.record(number, {**STORY, **fields}, NOON)
    return read(tx, number)


def read(tx: Transaction, number: int) -> Need:
    need = tx.needs.get(number)
    assert need is not None
    return need


def asks(tx: Transaction, need: Need, who: str, now: float = NOON, wave: int = 1) -> None:
    stood = next((each for each in tx.alerts.candidates(need, "north", None, now, 99) if each.phone == who), None)
    tx.alerts.send(need, stood or Volunteer(who), wave, [OFFER], now, now + HOUR)


def in_turn(tx: Transaction, need: Need, now: float = NOON) -> list[str]:
    return [who.phone for who in tx.alerts.candidates(need, "north", None, now, 99)]


def play(url: str, turn: Callable[[Transaction], None]) -> None:
    async def work(store: Store) -> None:
        await store.run(turn)

    with_store(url, work)


def test_several_who_did_it_last_week_are_all_asked_first(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN, CHO, DORA)
        need = opened(tx, wanted=2, every="tuesday")
        for who in (BEN, CHO):
            tx.needs.take(need.number, who, NOON)
        for who in (BEN, CHO):
            tx.needs.finish(need.number, who, NOON)
        again = read(tx, tx.needs.again(need.number, None, "", None, NOON))
        assert again.first_choices == (BEN, CHO)
        assert [who.phone for who in tx.alerts.before_all_others(again, NOON)] == [BEN, CHO]

    play(database_url, turn)


def test_the_alarm_begins_anew_when_it_becomes_urgent_or_is_elsewhere(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        for number, change in enumerate((_becomes_urgent, _moves, _is_said_otherwise)):
            need = opened(tx, f"+121255501{number + 20}")
            tx.alerts.escalated(need.number, NOON)
            change(tx, need)
            same = change is _is_said_otherwise
            assert (read(tx, need.number).escalated, read(tx, need.number).asked_since) == (
                same,
                NOON + (0 if same else HOUR),
            )

    play(database_url, turn)


def _becomes_urgent(tx: Transaction, need: Need) -> None:
    tx.needs.make_urgent(need.number, NOON + HOUR)


def _moves(tx: Transaction, need: Need) -> None:
    tx.needs.amend(need.number, "food", "downtown", "", "", NOON + HOUR)


def _is_said_otherwise(tx: Transaction, need: Need) -> None:
    tx.needs.amend(need.number, "food", "north", "three bags", "", NOON + HOUR)


def test_a_question_that_never_left_counts_for_nothing_and_costs_no_place(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN, CHO, DORA, EVA)
        need, other = opened(tx), opened(tx, "+12125550120")
        before = in_turn(tx, other)
        asks(tx, need, before[0])
        assert in_turn(tx, other, NOON + 1) == [*before[1:], before[0]]
        tx.alerts.stand_down(need.number, "", Prompt("news.settled"), NOON + 1)
        assert in_turn(tx, other, NOON + 1) == before
        (first, *_) = tx.alerts.candidates(other, "north", None, NOON + 1, 9)
        assert (first.asks_this_week, first.asks_lately) == (0, 0)

    play(database_url, turn)


def test_whoever_was_asked_again_since_keeps_the_later_place(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN, CHO)
        need, other = opened(tx), opened(tx, "+12125550120")
        asks(tx, need, BEN)
        asks(tx, other, BEN, NOON + 60)
        tx.alerts.withdraw(need.number, BEN, NOON)
        assert in_turn(tx, need, NOON + 120) == [CHO, BEN]

    play(database_url, turn)


def test_an_offer_nobody_asked_for_is_no_question(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN)
        need, other = opened(tx), opened(tx, "+12125550120")
        tx.alerts.reserve(need.number, BEN, NOON)  # too late for what they were never asked
        (ben,) = tx.alerts.candidates(other, "north", None, NOON, 9)
        assert (ben.asks_this_week, ben.asks_lately, ben.yeses_lately) == (0, 0, 0)

    play(database_url, turn)


@pytest.mark.parametrize("way", ["did it last time", "said yes too late", "stands in turn"])
def test_no_calls_today_holds_for_everybody(database_url: str, way: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN)
        tx.people.rest(BEN, NOON + HOUR)
        need = opened(tx)
        if way == "did it last time":
            need = replace(need, first_choices=(BEN,))
        if way == "said yes too late":
            tx.alerts.reserve(need.number, BEN, NOON)
        for now, found in ((NOON, []), (NOON + 2 * HOUR, [BEN])):
            first = tx.alerts.before_all_others(need, now)
            turn = tx.alerts.candidates(need, "north", None, now, 9)
            assert [who.phone for who in dict.fromkeys((*first, *turn))][:1] == found

    play(database_url, turn)


def test_nobody_is_first_because_of_their_number(database_url: str) -> None:
    people = [f"+121255502{place:02}" for place in range(40)]

    def turn(tx: Transaction) -> None:
        joins(tx, *people)
        need, other = opened(tx), opened(tx, "+12125550120")
        assert in_turn(tx, need) == sorted(people, key=lot) != people
        for who in people:
            asks(tx, need, who)
        again = in_turn(tx, other, NOON + 1)
        assert again not in (people, sorted(people, key=lot))  # the lot is drawn anew each time

    play(database_url, turn)


def test_a_record_is_of_ninety_days_and_one_text_is_one_question(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN)
        needs = [opened(tx, f"+121255501{place + 20}") for place in range(5)]
        ben = Volunteer(BEN)
        tx.alerts.send(needs[0], ben, 1, [OFFER], NOON - 91 * DAY, NOON)
        tx.alerts.send(needs[1], ben, 1, [OFFER], NOON - 8 * DAY, NOON)
        tx.alerts.send(needs[2], ben, 1, [OFFER], NOON - DAY, NOON, needs[3:4])
        for need in needs[:4]:
            tx.needs.take(need.number, BEN, NOON - HOUR)
        (found,) = tx.alerts.candidates(needs[4], "north", None, NOON, 9)
        assert (found.asks_this_week, found.asks_lately, found.yeses_lately) == (1, 2, 3)

    play(database_url, turn)


def test_who_was_silent_is_asked_again_when_a_coordinator_says_so_and_nobody_who_said_no(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN, CHO, DORA)
        need = opened(tx)
        for who in (BEN, CHO, DORA):
            asks(tx, need, who)
        tx.alerts.decline(need.number, CHO, NOON + 1)
        assert in_turn(tx, need, NOON + HOUR) == []
        assert tx.alerts.people_asked(need.number) == (3, 2)
        tx.alerts.ask_again(need.number, NOON + HOUR)
        again = read(tx, need.number)
        found = tx.alerts.candidates(again, "north", None, NOON + HOUR, 9)
        assert {who.phone for who in found} == {BEN, DORA}
        assert all(who.was_silent for who in found)
        asks(tx, again, BEN, NOON + HOUR, wave=2)
        assert len(tx.alerts.open(BEN)[0]) == 1  # one question stands, the newer
        assert in_turn(tx, again, NOON + 2 * HOUR) == [DORA]

    play(database_url, turn)


def test_a_text_with_several_that_never_left_offered_none_of_them(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN)
        first, second = opened(tx), opened(tx, "+12125550120")
        (ben,) = tx.alerts.candidates(first, "north", None, NOON, 9)
        tx.alerts.send(first, ben, 1, [OFFER], NOON, NOON + HOUR, [second])
        assert [need.number for need in tx.alerts.open(BEN)[0]] == [first.number, second.number]
        tx.alerts.stand_down(first.number, "", Prompt("news.settled"), NOON)
        assert tx.alerts.open(BEN)[0] == ()
        assert in_turn(tx, second, NOON) == [BEN]

    play(database_url, turn)


def test_while_another_of_the_same_text_is_open_nobody_hears_that_one_is_settled(database_url: str) -> None:
    async def work(store: Store) -> list[int]:
        def before(tx: Transaction) -> tuple[Need, Need]:
            joins(tx, BEN)
            first, second = opened(tx), opened(tx, "+12125550120")
            tx.alerts.send(first, Volunteer(BEN), 1, [OFFER], NOON, NOON + HOUR, [second])
            tx.outbox.lease_due(9, ALERT, NOON + HOUR, NOON)  # it leaves
            return first, second

        needs = await store.run(before)
        told = []
        for need in needs:
            await store.run(lambda tx, number=need.number: _settles(tx, number))
            told.append(len(ask(database_url, "SELECT id FROM outbox WHERE priority = 2")))
        return told

    def _settles(tx: Transaction, number: int) -> None:
        tx.needs.withdraw(number, NOON)
        tx.alerts.stand_down(number, "", Prompt("news.settled"), NOON)

    assert with_store(database_url, work) == [0, 1]


# --- Waves.


def waves_of(store: Store, folder: Path, clock: Callable[[], float]) -> WaveSender:
    here = community(folder)
    return WaveSender(RowByRow(Behind(store), here, clock), here)


def test_a_wave_waits_from_when_its_last_text_has_left(database_url: str, tmp_path: Path) -> None:
    now = NOON + 1

    async def work(store: Store) -> None:
        nonlocal now
        await store.run(lambda tx: joins(tx, BEN, CHO, DORA, EVA))
        await store.run(opened)
        waves = waves_of(store, tmp_path, lambda: now)
        assert await waves.look_after_one()
        assert await _asked(store) == 3
        now += 11 * MINUTE  # nothing has left
        assert await waves.look_after_one()
        assert await _asked(store) == 3
        rows = await store.run(lambda tx: tx.outbox.lease_due(9, ALERT, now + HOUR, now))
        for row in rows:
            await store.run(lambda tx, row=row: tx.outbox.settle(row, "sent", now))
        now += 9 * MINUTE
        while await waves.look_after_one():
            pass
        assert await _asked(store) == 3
        now += 2 * MINUTE
        assert await waves.look_after_one()
        assert await _asked(store) == 4

    with_store(database_url, work)


async def _asked(store: Store) -> int:
    return len(await store.read("asks_lately", since=0.0, before=NOON + WEEK, room=99))


def test_two_needs_never_pass_one_persons_limit_at_once(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = threading.Barrier(2)
    plan = dispatch_waves.plan

    def planned_at_once(*args: Any) -> Wave:
        wave = plan(*args)
        if wave.ask:
            both.wait(10)  # each has found Ben before the other has written anything
        return wave

    async def work(store: Store) -> int:
        await store.run(lambda tx: joins(tx, BEN))
        await store.run(lambda tx: tx.volunteers.ask_at_most(BEN, 1))
        for neighbor in (ANA, "+12125550120"):
            await store.run(opened, neighbor)
        monkeypatch.setattr(worker_waves, "plan", planned_at_once)
        senders = [waves_of(store, tmp_path, lambda: NOON) for _ in range(2)]
        await asyncio.gather(*(sender.look_after_one() for sender in senders))
        return await _asked(store)

    assert with_store(postgres_url, work) == 1


def order(tx: Transaction, need: Need, folder: Path) -> list[str]:
    return [who.phone for who in candidates(tx, need, community(folder), NOON)]


def test_language_counts_for_those_who_do_not_speak_the_first_one_alone(database_url: str, tmp_path: Path) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN, CHO)
        joins(tx, DORA, language="es")
        joins(tx, EVA, language="es", areas=("downtown",))
        english = opened(tx)
        tx.people.introduce("+12125550121", "", "es", NOON)
        spanish = opened(tx, "+12125550121")
        assert order(tx, english, tmp_path) == [*sorted((BEN, CHO, DORA), key=lot), EVA]  # all of them in turn
        assert order(tx, spanish, tmp_path)[:2] == [DORA, EVA]  # near by before the others here

    play(database_url, turn)


def test_several_due_at_once_stand_in_one_text(database_url: str, tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        await store.run(lambda tx: joins(tx, BEN))
        await store.run(lambda tx: [opened(tx, f"+121255501{place + 20}") for place in range(4)])
        waves = waves_of(store, tmp_path, lambda: NOON)
        while await waves.look_after_one():
            pass
        rows = ask(database_url, "SELECT prompt FROM outbox WHERE party = '+12125550112' ORDER BY id")
        assert [row["prompt"].count("alerts.one_of_several") for row in rows] == [3, 0]
        counted = await store.run(lambda tx: tx.alerts.hold([BEN], NOON))
        assert counted == {BEN: 2}

    with_store(database_url, work)


def test_in_a_storm_a_text_offers_what_is_near_by_and_what_was_offered_least(database_url: str, tmp_path: Path) -> None:
    here = community(tmp_path)

    def turn(tx: Transaction) -> None:
        joins(tx, BEN)
        first, often, near = opened(tx), opened(tx, "+12125550120"), opened(tx, "+12125550121", area="downtown")
        tx.alerts.wave_sent(often.number, 4, NOON, NOON)
        areas = here.asked_from(("north",))
        assert set(areas) == {"north", "downtown"}
        beside = tx.alerts.also_given(BEN, areas, first.number, 9)
        assert [need.number for need in beside] == [near.number, often.number]
        assert [need.number for need in tx.alerts.also_given(BEN, ("north",), first.number, 9)] == [often.number]

    play(database_url, turn)


def test_what_coordinators_have_long_known_of_is_no_fresh_request(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        old, _ = opened(tx), opened(tx, "+12125550120")
        tx.alerts.escalated(old.number, NOON)
        assert tx.alerts.being_asked_about(NOON - DAY, NOON - 1, 9) == (2, 2)  # it came lately
        assert tx.alerts.being_asked_about(NOON - DAY, NOON, 9) == (2, 1)
        assert tx.alerts.being_asked_about(NOON, NOON, 9) == (0, 0)

    play(database_url, turn)


def test_in_the_night_the_clocks_change_nobody_is_asked_in_either_of_the_two_hours(
    database_url: str, tmp_path: Path
) -> None:
    evening = 1_793_498_400.0  # Saturday, October 31, 2026, 22:00 in New York
    clock = [evening]

    async def work(store: Store) -> None:
        await store.run(lambda tx: joins(tx, BEN))
        await store.run(lambda tx: opened(tx))
        waves = waves_of(store, tmp_path, lambda: clock[0])
        for hours in (0, 3.5, 4.5, 10.9, 11):  # 22:00, 1:30, 1:30 once more, 7:54, 8:00
            clock[0] = evening + hours * HOUR
            while await waves.look_after_one():
                pass
            asked = ask(database_url, "SELECT COUNT(*) AS asked FROM alerts")[0]["asked"]
            assert asked == (1 if hours == 11 else 0)

    with_store(database_url, work)
