"""What the carrier has against us: the queue is held, one at a time finds out, and what goes again goes at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hotline.carriers.api import Reaction
from hotline.carriers.error_codes import reaction
from hotline.model.outgoing import ALERT
from hotline.model.senders import Standing
from hotline.outbound.leases import KEEP_TRYING, SENDER_HELD
from hotline.outbound.sender_hold import SEVERAL, TRIAL_EVERY
from hotline.simulator.clock import Clock
from hotline.storage import Transaction
from tests.storage.asking import ANA, BEN, CHO, ask
from tests.storage.test_outbox_decisions import Desk, Outbox, later, parties, put, report, send, take

ROSA = "+12125550199"
DORA, EVA = "+12125550118", "+12125550119"
ODD = "99999"


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Desk:
    return Desk(database_url, tmp_path)


def refuse(code: str) -> Callable[..., list[str]]:
    """The carrier refuses everything that goes now; whom."""

    def turn(tx: Transaction, outbox: Outbox, _: Clock) -> list[str]:
        rows = outbox.texts.take(tx)
        for worded in rows:
            outbox.reports.failed(tx, worded.row, reaction(code, 400), code)
        return parties(rows)

    return turn


def standing(tx: Transaction, _: Outbox, __: Clock) -> Standing:
    return tx.senders.get("texts").standing


def flags(desk: Desk) -> list[str]:
    return [row["why"] for row in ask(desk.url, "SELECT why FROM flags WHERE settled_at IS NULL ORDER BY id")]


def told(desk: Desk) -> list[tuple[str, str]]:
    """What waits for the coordinator."""
    rows = ask(desk.url, f"SELECT status, prompt FROM outbox WHERE party = '{ROSA}' ORDER BY id")
    return [(row["status"], row["prompt"].split('"key": "')[1].split('"')[0]) for row in rows]


@pytest.mark.parametrize("code", ["21660", "21661", "21701", "21704", "63038"])
def test_what_is_about_us_is_lost_to_nobody(desk: Desk, code: str) -> None:
    *_, held, early, __, ___, ____ = desk.play(
        put(ANA), put(BEN), refuse(code), standing, take, later(SENDER_HELD + 1), send, send
    )
    assert (held, early) == (Standing.HELD, [])
    assert desk.rows()[ANA][0] == desk.rows()[BEN][0] == "sent"
    assert flags(desk) == []  # it is not so any more


def test_while_it_is_held_a_person_is_rung_and_told_once(desk: Desk) -> None:
    again = [turn for _ in range(2) for turn in (later(SENDER_HELD + 1), refuse("21704"))]
    desk.play(put(ANA), refuse("21704"), *again)
    assert flags(desk) == ["cannot_send"]
    assert told(desk) == [("to_ring", "news.texts_held")]
    assert [row["party"] for row in ask(desk.url, "SELECT party FROM rings")] == [ROSA]
    assert desk.rows()[ANA] == ("waiting", "21704")


def test_when_it_is_over_that_is_told_and_nothing_else(desk: Desk) -> None:
    desk.play(put(ANA), refuse("21704"), later(SENDER_HELD + 1), send)
    assert told(desk) == [("dropped", "news.texts_held"), ("waiting", "news.texts_again")]


def test_it_can_happen_again_and_is_told_again(desk: Desk) -> None:
    desk.play(put(ANA), refuse("21704"), later(SENDER_HELD + 1), send, send, put(BEN), refuse("20003"))
    assert flags(desk) == ["cannot_send"]
    assert told(desk)[-1] == ("to_ring", "news.texts_held")


def test_one_at_a_time_finds_out_whether_it_is_still_so(desk: Desk) -> None:
    *_, first, at_once, __, second = desk.play(
        put(ANA), put(BEN), put(CHO), refuse("20003"), later(SENDER_HELD + 1), refuse("20003"), take,
        later(SENDER_HELD + 1), refuse("20003"),
    )  # fmt: skip
    assert (len(first), at_once, len(second)) == (1, [], 1)


def test_a_refusal_that_nobody_knows_is_tried_once_more_and_then_a_person_looks(desk: Desk) -> None:
    *_, early, __, again, ___, state = desk.play(
        put(ANA), refuse(ODD), take, later(TRIAL_EVERY + 1), refuse(ODD), later(TRIAL_EVERY + 1), standing
    )
    assert (early, again, state) == ([], [ANA], Standing.FREE)
    assert desk.rows()[ANA] == ("failed", ODD)
    assert flags(desk) == ["not_told"]


def test_the_same_person_three_times_says_nothing_about_us(desk: Desk) -> None:
    *_, state = desk.play(put(ANA), put(ANA), put(ANA), refuse(ODD), refuse(ODD), refuse(ODD), standing)
    assert state is Standing.FREE


def test_whoever_is_reached_in_between_begins_the_count_anew(desk: Desk) -> None:
    *_, state = desk.play(
        put(ANA), refuse(ODD), put(BEN), refuse(ODD), put(CHO), send, put(DORA), refuse(ODD), put(EVA), refuse(ODD),
        standing,
    )  # fmt: skip
    assert state is Standing.FREE


def three_refused(known: str = BEN) -> list[Callable[..., Any]]:
    """Ben was reached this week; then three others are refused, and more waits."""
    assert SEVERAL == 3
    return [put(known), send, put(ANA), put(CHO), put(DORA), refuse(ODD)]


def test_after_three_people_one_a_minute_goes_on_trial_to_somebody_who_was_reached(desk: Desk) -> None:
    *_, state, at_once, __, ___, trial, ____ = desk.play(
        *three_refused(), standing, take, put(BEN, ALERT), later(TRIAL_EVERY + 1), refuse("30003"), take
    )
    assert (state, at_once) == (Standing.ON_TRIAL, [])
    assert trial == [BEN]  # though the others came before, and are more urgent
    assert flags(desk) == []


def test_a_trial_that_goes_releases_everybody(desk: Desk) -> None:
    *_, state, rest = desk.play(*three_refused(), put(BEN), later(TRIAL_EVERY + 1), send, standing, take)
    assert state is Standing.FREE
    assert sorted(parties(rest)) == [ANA, CHO, DORA]
    assert flags(desk) == []


def test_a_trial_that_is_refused_is_about_us(desk: Desk) -> None:
    *_, state = desk.play(*three_refused(), put(BEN), later(TRIAL_EVERY + 1), refuse(ODD), standing)
    assert state is Standing.HELD
    assert flags(desk) == ["cannot_send"]
    assert {desk.rows()[who] for who in (ANA, BEN, CHO, DORA)} == {("waiting", ODD)}
    desk.play(later(3 * SENDER_HELD), send, send)
    assert {desk.rows()[who][0] for who in (ANA, BEN, CHO, DORA)} == {"sent"}


def test_where_nobody_was_reached_the_most_urgent_finds_out(desk: Desk) -> None:
    *_, trial, state = desk.play(
        put(ANA), put(CHO), put(DORA), refuse(ODD), later(TRIAL_EVERY + 1), refuse(ODD), standing
    )
    assert len(trial) == 1
    assert state is Standing.HELD


def test_a_trial_of_which_nobody_knows_the_end_decides_nothing(desk: Desk) -> None:
    def doubt(tx: Transaction, outbox: Outbox, _: Clock) -> None:
        for worded in outbox.texts.take(tx):
            outbox.reports.failed(tx, worded.row, Reaction.UNKNOWN, "Timeout")

    *_, state = desk.play(*three_refused(), put(BEN), later(TRIAL_EVERY + 1), doubt, standing)
    assert state is Standing.ON_TRIAL


def test_what_is_taken_and_fails_later_is_released_when_it_arrives(desk: Desk) -> None:
    """The number is not registered: the carrier takes every text. That it took one more says nothing."""
    *_, taken, __, arrived = desk.play(
        put(ANA),
        send,
        report("undelivered", "30034"),
        later(SENDER_HELD + 1),
        send_as("SMnew"),
        standing,
        report("delivered", "", sid="SMnew"),
        standing,
    )
    assert taken is Standing.HELD
    assert arrived is Standing.FREE
    assert flags(desk) == []


def test_a_trial_that_has_not_failed_by_the_next_has_arrived(desk: Desk) -> None:
    """Some networks never say that a text has arrived."""
    *_, early, __, ___, late = desk.play(
        put(ANA), send, report("undelivered", "30034"), later(SENDER_HELD + 1), send_as("SMnew"), standing,
        later(SENDER_HELD + 1), take, standing,
    )  # fmt: skip
    assert (early, late) == (Standing.HELD, Standing.FREE)


def send_as(sid: str) -> Callable[..., None]:
    def turn(tx: Transaction, outbox: Outbox, _: Clock) -> None:
        for worded in outbox.texts.take(tx):
            outbox.reports.sent(tx, worded.row, sid, "queued", worded.due[0][0])
            outbox.reports.done(tx, worded.row)

    return turn


def test_what_failed_at_an_earlier_try_is_no_failure_of_the_next(desk: Desk) -> None:
    desk.play(put(ANA), send, report("undelivered", "30034"), later(SENDER_HELD + 1), send_as("SMnew"))
    assert desk.rows()[ANA][0] == "sent"


def test_one_network_that_is_full_waits_until_tomorrow_and_the_others_go(desk: Desk) -> None:
    *_, taken = desk.play(put(ANA), send, report("undelivered", "30023"), put(BEN), take)
    assert parties(taken) == [BEN]
    assert desk.rows()[ANA] == ("waiting", "30023")
    assert flags(desk) == ["network_full"]
    *_, tomorrow = desk.play(later(24 * 3600), take)
    assert ANA in parties(tomorrow)


def test_a_hold_is_kept_longer_than_a_day(desk: Desk) -> None:
    desk.play(put(ANA), refuse("10001"), later(3 * KEEP_TRYING), refuse("10001"))
    assert desk.rows()[ANA] == ("waiting", "10001")


def test_two_desks_agree(desk: Desk) -> None:
    """What one worker finds holds the other; nothing of it is in memory."""
    desk.play(put(ANA), put(BEN), refuse("20003"))
    (taken,) = desk.play(take)
    assert taken == []
