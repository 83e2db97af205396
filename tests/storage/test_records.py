"""What is written can be read; a need changes only as the table of records.py allows; alerts and claims are counted."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from hotline.engine.session import Prompt, Session
from hotline.model.due import DueRow, Kind
from hotline.model.needs import CHANGES, Need, Status
from hotline.model.people import Person, Volunteer
from hotline.storage import Store, Transaction
from hotline.storage.tables.volunteers import lot
from tests.storage.asking import ANA, BEN, CHO, NOW, STORY, ask, keep, with_store

OFFER = Prompt("alerts.offer", values={"number": "101"})


def opened(tx: Transaction, neighbor: str = ANA) -> int:
    tx.people.get(neighbor, NOW)
    number = tx.needs.draft(neighbor, "food", NOW)
    tx.needs.record(number, STORY, NOW)
    return number


def joins(tx: Transaction, *phones: str, areas: tuple[str, ...] = ("north",)) -> None:
    for phone in phones:
        tx.people.introduce(phone, "Somebody", "en", NOW)
        tx.volunteers.enroll(phone, ("food",), areas, "active", NOW)


def asks(tx: Transaction, number: int, *phones: str, wave: int = 1, now: float = NOW) -> None:
    for phone in phones:
        tx.alerts.send(need_of(tx, number), Volunteer(phone), wave, [OFFER], now, now + 3600)


def need_of(tx: Transaction, number: int) -> Need:
    need = tx.needs.get(number)
    assert need is not None
    return need


def refused(change: Callable[[], object]) -> bool:
    """Not pytest.raises: what that raises is no Exception, and inside a turn would not come back to the test."""
    try:
        change()
    except RuntimeError:
        return True
    return False


def play(url: str, turn: Callable[[Transaction], None]) -> None:
    async def work(store: Store) -> None:
        await store.run(turn)

    with_store(url, work)


def test_a_number_that_was_never_heard_is_met_once(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        first = tx.people.get(ANA, NOW)
        assert (first.phone, first.known, first.session) == (ANA, False, Session(ANA))
        keep(tx, Session(ANA, language="es", turn=1))
        second = tx.people.get(ANA, NOW)
        assert (second.known, second.session.language, second.session.turn) == (True, "es", 1)

    play(database_url, turn)


def test_whoever_gives_may_have_a_namesake_however_it_is_written(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        for phone, name in ((ANA, "Rosa"), (BEN, "ROSA"), (CHO, "Rosana")):
            tx.people.introduce(phone, name, "en", NOW)
        assert not tx.volunteers.has_namesake(ANA, "Rosa")  # Ben gives nothing yet
        tx.volunteers.enroll(BEN, ("food",), ("north",), "active", NOW)
        tx.volunteers.enroll(CHO, ("food",), ("north",), "active", NOW)
        assert tx.volunteers.has_namesake(ANA, "Rosa")
        assert not tx.volunteers.has_namesake(CHO, "Rosana")

    play(database_url, turn)


def test_a_text_is_received_once(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        assert tx.inbound.receive("SM1", ANA, "text", "food", "Body=food", NOW)
        assert tx.inbound.answer_given("SM1") == ""
        tx.inbound.give_answer("SM1", "<Response />")
        assert not tx.inbound.receive("SM1", BEN, "text", "other", "Body=other", NOW + 1)
        assert tx.inbound.answer_given("SM1") == "<Response />"
        assert tx.inbound.answer_given("SM2") == ""

    play(database_url, turn)
    assert [row["words"] for row in ask(database_url, "SELECT words FROM inbound")] == ["food"]


def test_words_are_added_to_a_draft_as_they_come(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        tx.people.get(ANA, NOW)
        number = tx.needs.draft(ANA, "food", NOW)
        tx.needs.add_words(number, "for two 😀", NOW)
        assert need_of(tx, number).words == "food\nfor two 😀"

    play(database_url, turn)


CALLS: dict[str, tuple[Status, set[Status], Callable[[Transaction, int], object]]] = {
    "record": (Status.OPEN, {Status.DRAFT}, lambda tx, number: tx.needs.record(number, STORY, NOW)),
    "take": (Status.TAKEN, {Status.OPEN}, lambda tx, number: tx.needs.take(number, CHO, NOW + 5)),
    "give_back": (Status.OPEN, {Status.TAKEN}, lambda tx, number: tx.needs.give_back(number, BEN, NOW)),
    "finish": (Status.DONE, {Status.TAKEN}, lambda tx, number: tx.needs.finish(number, BEN, NOW)),
    "withdraw": (
        Status.CANCELLED, {Status.DRAFT, Status.OPEN, Status.TAKEN}, lambda tx, number: tx.needs.withdraw(number, NOW)
    ),
}  # fmt: skip
WAYS: dict[Status, tuple[str, ...]] = {
    Status.DRAFT: (),
    Status.OPEN: ("record",),
    Status.TAKEN: ("record", "first take"),
    Status.DONE: ("record", "first take", "finish"),
    Status.CANCELLED: ("withdraw",),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("status", WAYS)
def test_a_need_changes_only_as_the_table_allows(database_url: str, status: Status, call: str) -> None:
    after, allowed, change = CALLS[call]

    def turn(tx: Transaction) -> None:
        number = _led_to(tx, status)
        assert refused(lambda: change(tx, number)) == (status not in allowed)
        assert need_of(tx, number).status is (after if status in allowed else status)
        assert status not in allowed or after in CHANGES[status]

    play(database_url, turn)


def _led_to(tx: Transaction, status: Status) -> int:
    tx.people.get(ANA, NOW)
    joins(tx, BEN, CHO)
    number = tx.needs.draft(ANA, "food", NOW)
    for way in WAYS[status]:
        if way == "first take":
            tx.needs.take(number, BEN, NOW)
        else:
            CALLS[way][2](tx, number)
    assert need_of(tx, number).status is status
    return number


def test_one_takes_and_gives_back_and_another_takes(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN, CHO)
        number = opened(tx)
        tx.needs.take(number, BEN, NOW)
        assert need_of(tx, number).takers == (BEN,)
        assert [need.number for need in tx.needs.in_hand(BEN)] == [number]
        tx.needs.give_back(number, BEN, NOW + 1)
        assert (need_of(tx, number).takers, tx.needs.in_hand(BEN)) == ((), ())
        tx.needs.take(number, CHO, NOW + 2)
        tx.needs.finish(number, CHO, NOW + 3)
        assert tx.needs.in_hand(CHO) == ()

    play(database_url, turn)
    claims = ask(database_url, "SELECT volunteer, outcome FROM claims ORDER BY taken_at")
    assert claims == [{"volunteer": BEN, "outcome": "dropped"}, {"volunteer": CHO, "outcome": "done"}]


def test_nobody_drops_what_somebody_else_has(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN, CHO)
        number = opened(tx)
        tx.needs.take(number, BEN, NOW)
        assert refused(lambda: tx.needs.give_back(number, CHO, NOW))
        assert need_of(tx, number).takers == (BEN,)

    play(database_url, turn)


def test_facts_about_a_person_are_only_theirs_and_only_what_is_not_over(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN)
        first, second, other = opened(tx), opened(tx), opened(tx, CHO)
        tx.needs.withdraw(first, NOW)
        assert [need.number for need in tx.needs.asked_for(ANA)] == [second]
        assert [need.number for need in tx.needs.asked_for(CHO)] == [other]
        assert tx.needs.asked_for(BEN) == ()

    play(database_url, turn)


def test_open_alerts_are_the_newest_first_and_end_with_an_answer(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN, CHO)
        first, second = opened(tx), opened(tx)
        asks(tx, first, BEN, CHO)
        asks(tx, second, BEN, now=NOW + 60)
        needs, newest = tx.alerts.open(BEN)
        assert ([need.number for need in needs], newest) == ([second, first], NOW + 60)
        tx.alerts.decline(second, BEN, NOW)
        assert [need.number for need in tx.alerts.open(BEN)[0]] == [first]
        tx.needs.take(first, CHO, NOW)
        assert tx.alerts.open(BEN) == ((), 0.0)

    play(database_url, turn)


def test_everyone_else_who_was_asked_hears_once_that_it_is_settled(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN, CHO, "+12125550114", "+12125550115")
        number = opened(tx)
        asks(tx, number, BEN, CHO, "+12125550114", "+12125550115")
        for row in tx.outbox.lease_due(99, 9, NOW + 60, NOW):
            tx.outbox.settle(row, "sent", NOW)
        tx.alerts.decline(number, "+12125550115", NOW)
        tx.needs.take(number, BEN, NOW)
        tx.alerts.stand_down(number, BEN, Prompt("news.settled"), NOW)
        tx.alerts.stand_down(number, BEN, Prompt("news.settled"), NOW)

    play(database_url, turn)
    told = ask(database_url, "SELECT party FROM outbox WHERE prompt LIKE '%news.settled%' ORDER BY party")
    assert [row["party"] for row in told] == [CHO, "+12125550114"]


def test_a_question_that_has_not_left_is_not_asked_about_what_is_settled(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN, CHO)
        number = opened(tx)
        asks(tx, number, BEN, CHO)
        tx.needs.take(number, BEN, NOW)
        tx.alerts.stand_down(number, BEN, Prompt("news.settled"), NOW)
        assert [row.party for row in tx.outbox.lease_due(99, 9, NOW + 60, NOW + 1) if row.priority == 3] == []

    play(database_url, turn)


def test_whom_to_ask_is_read_in_turn_and_without_those_who_will_not(database_url: str) -> None:
    people = sorted((f"+121255502{place:02}" for place in range(8)), key=lot)

    def turn(tx: Transaction) -> None:
        joins(tx, *people, ANA)
        joins(tx, "+12125550300", areas=("downtown",))
        number = opened(tx)
        need = need_of(tx, number)
        asks(tx, opened(tx, CHO), people[0], now=NOW + 5)
        asks(tx, number, people[1])
        tx.alerts.decline(number, people[1], NOW)
        tx.people.opt_out(people[2], NOW)
        found = [who.phone for who in tx.alerts.candidates(need, "north", "en", NOW + 9, 10)]
        assert found == [*people[3:], people[0]]
        assert [who.phone for who in tx.alerts.candidates(need, "north", "en", NOW + 9, 2)] == people[3:5]
        assert [who.phone for who in tx.alerts.candidates(need, "downtown", "en", NOW + 9, 9)] == ["+12125550300"]
        assert tx.alerts.candidates(replace(need, what="ride"), "north", "en", NOW, 9) == []

    play(database_url, turn)


def test_how_often_someone_was_asked_this_week_is_counted(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN)
        for days in (1, 3, 9):
            asks(tx, opened(tx, CHO), BEN, now=NOW - days * 86400)
        (who,) = tx.alerts.candidates(need_of(tx, opened(tx)), "north", "en", NOW, 9)
        assert who.asks_this_week == 2

    play(database_url, turn)


def test_a_volunteer_who_waits_for_approval_is_not_asked_until_approved(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        tx.people.introduce(BEN, "Ben", "en", NOW)
        tx.volunteers.enroll(BEN, ("food",), ("north",), "waiting", NOW)
        need = need_of(tx, opened(tx))
        assert tx.alerts.candidates(need, "north", "en", NOW, 9) == []
        assert not tx.people.get(BEN, NOW).volunteer
        assert (tx.volunteers.approve(BEN), tx.volunteers.approve(BEN), tx.volunteers.approve(CHO)) == (
            True,
            False,
            False,
        )
        assert [who.phone for who in tx.alerts.candidates(need, "north", "en", NOW, 9)] == [BEN]

    play(database_url, turn)


def test_whom_to_ask_is_read_page_by_page(database_url: str) -> None:
    people = sorted((f"+121255502{place:02}" for place in range(9)), key=lot)

    def turn(tx: Transaction) -> None:
        joins(tx, *people)
        need = need_of(tx, opened(tx))
        first = tx.alerts.candidates(need, "north", "en", NOW, 4)
        second = tx.alerts.candidates(need, "north", "en", NOW, 4, first[-1])
        third = tx.alerts.candidates(need, "north", "en", NOW, 4, second[-1])
        assert [who.phone for who in (*first, *second, *third)] == people

    play(database_url, turn)


def test_whoever_pauses_is_not_read_and_comes_back_in_turn(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN, CHO)
        need = need_of(tx, opened(tx))
        asked = [who.phone for who in tx.alerts.candidates(need, "north", "en", NOW, 9)]
        tx.volunteers.pause(BEN, NOW + 60, NOW)
        tx.volunteers.enroll(BEN, ("food",), ("north",), "active", NOW)  # what is changed in a pause leaves the pause
        assert [who.phone for who in tx.alerts.candidates(need, "north", "en", NOW, 9)] == [CHO]
        assert {who.phone for who in tx.alerts.candidates(need, "north", "en", NOW + 61, 9)} == {BEN, CHO}
        tx.volunteers.pause(BEN, 0.0, NOW)
        assert (
            [who.phone for who in tx.alerts.candidates(need, "north", "en", NOW, 9)]
            == asked
            == sorted((BEN, CHO), key=lot)
        )

    play(database_url, turn)


def test_offers_are_read_by_the_language_that_is_spoken_now(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN)
        need = need_of(tx, opened(tx))
        assert [who.phone for who in tx.alerts.candidates(need, "north", "en", NOW, 9)] == [BEN]
        tx.volunteers.speak(BEN, "es")
        assert tx.alerts.candidates(need, "north", "en", NOW, 9) == []
        assert [who.phone for who in tx.alerts.candidates(need, "north", "es", NOW, 9)] == [BEN]

    play(database_url, turn)


def test_reserves_come_before_all_others_once(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN, CHO, "+12125550114")
        number = opened(tx)
        asks(tx, number, CHO)
        tx.needs.take(number, BEN, NOW)
        tx.alerts.stand_down(number, BEN, Prompt("news.settled"), NOW)
        tx.alerts.reserve(number, CHO, NOW + 1)
        tx.alerts.reserve(number, "+12125550114", NOW + 2)
        tx.alerts.reserve(number, CHO, NOW + 3)
        tx.needs.give_back(number, BEN, NOW + 4)
        need = need_of(tx, number)
        assert [who.phone for who in tx.alerts.before_all_others(need, NOW + 5)] == [CHO, "+12125550114"]
        asks(tx, number, CHO, wave=2, now=NOW + 5)
        assert [who.phone for who in tx.alerts.before_all_others(need, NOW + 6)] == ["+12125550114"]
        tx.volunteers.leave("+12125550114", NOW)
        assert tx.alerts.before_all_others(need, NOW + 6) == []

    play(database_url, turn)


def test_who_did_it_last_time_is_known_until_asked(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN, CHO)
        number = opened(tx)
        need = replace(need_of(tx, number), first_choices=(CHO,))
        assert [who.phone for who in tx.alerts.before_all_others(need, NOW)] == [CHO]
        asks(tx, number, CHO)
        assert tx.alerts.before_all_others(need, NOW) == []

    play(database_url, turn)


def test_whoever_left_gives_nothing_and_may_come_back(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN)
        number = opened(tx)
        asks(tx, number, BEN)
        tx.volunteers.leave(BEN, NOW)
        assert tx.alerts.open(BEN) == ((), 0.0)
        assert not tx.people.get(BEN, NOW).volunteer
        other = need_of(tx, opened(tx, CHO))
        assert tx.alerts.candidates(other, "north", "en", NOW + 1, 9) == []
        tx.volunteers.enroll(BEN, ("food",), ("north",), "waiting", NOW)
        assert tx.people.get(BEN, NOW).waits
        assert tx.volunteers.approve(BEN)
        assert [who.phone for who in tx.alerts.candidates(other, "north", "en", NOW + 1, 9)] == [BEN]

    play(database_url, turn)


def test_what_volunteers_set_is_kept(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN)
        tx.volunteers.keep_hours(BEN, "09:00-17:00")
        tx.volunteers.ask_at_most(BEN, 2)
        tx.volunteers.live_in(BEN, "America/Chicago")
        who = tx.volunteers.get(BEN)
        assert who is not None
        assert (who.hours, who.most_a_week, who.timezone) == ("09:00-17:00", 2, "America/Chicago")
        assert tx.volunteers.get(CHO) is None

    play(database_url, turn)


def test_what_cannot_wait_is_looked_at_now(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        number = opened(tx)
        tx.alerts.wave_sent(number, 0, NOW + 3600, NOW)
        assert tx.due.next(Kind.WAVE, NOW + 5) is None
        tx.needs.make_urgent(number, NOW + 5)
        assert tx.due.next(Kind.WAVE, NOW + 5) == DueRow(Kind.WAVE, number, ANA, number)
        need = need_of(tx, number)
        assert (need.urgent, need.asked_since) == (True, NOW + 5)

    play(database_url, turn)


def test_whoever_gives_something_else_gives_only_that(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        joins(tx, BEN)
        tx.volunteers.enroll(BEN, ("ride",), ("downtown",), "active", NOW)
        assert tx.alerts.candidates(need_of(tx, opened(tx)), "north", "en", NOW, 9) == []
        (who,) = tx.volunteers.all()
        assert (who.needs, who.areas) == (("ride",), ("downtown",))

    play(database_url, turn)


def test_a_name_and_a_language_are_kept_but_a_language_that_was_chosen_stays(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        tx.people.introduce(ANA, "Ana", "es", NOW)
        tx.people.introduce(ANA, "Anita", "en", NOW)
        tx.people.introduce(ANA, "", "", NOW)
        me: Person = tx.people.get(ANA, NOW)
        assert (me.name, me.session.language) == ("Anita", "es")

    play(database_url, turn)
