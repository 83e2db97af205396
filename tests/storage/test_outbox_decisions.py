"""What the outbox decides: who goes first, how fast, how much a day, and what each error of the carrier asks for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from hotline.carriers.api import Reaction
from hotline.carriers.twilio.forms import RANKS
from hotline.engine.session import Prompt
from hotline.model.outgoing import ALERT, ANSWER, NEWS
from hotline.outbound.budget import Budget, DailyLimits
from hotline.outbound.carrier_reports import CarrierReports
from hotline.outbound.leases import HALF_AN_HOUR, KEEP_TRYING, LOOKS
from hotline.outbound.outbox import BURST, TextQueue, WordedRow
from hotline.simulator.clock import Clock
from hotline.storage import Store, Transaction
from tests.storage.asking import ANA, BEN, CHO, NOW, STORY, ask, with_store
from tests.unit.build import catalogue

THANKS = Prompt("hello.thanks")


FAST = 1000.0  # segments a second


@dataclass
class Outbox:
    """What is decided about rows before and after they are sent."""

    texts: TextQueue
    reports: CarrierReports


@dataclass
class Desk:
    """An outbox with its database and its clock."""

    url: str
    folder: Path
    rate: float = FAST
    limits: DailyLimits = field(default_factory=DailyLimits)

    def play(self, *turns: Callable[[Transaction, Outbox, Clock], Any]) -> list[Any]:
        clock = Clock(NOW)
        words = catalogue(self.folder)
        budget = Budget(words.community, self.limits, clock)
        outbox = Outbox(TextQueue(words, self.rate, budget, clock), CarrierReports(words.community, clock))

        async def work(store: Store) -> list[Any]:
            return [await store.run(turn, outbox, clock) for turn in turns]

        return with_store(self.url, work)

    def rows(self) -> dict[str, tuple[str, str]]:
        return {
            row["party"]: (row["status"], row["reason"]) for row in ask(self.url, "SELECT * FROM outbox ORDER BY id")
        }


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Desk:
    return Desk(database_url, tmp_path)


def put(party: str, priority: int = NEWS, prompt: Prompt = THANKS) -> Callable[..., None]:
    def turn(tx: Transaction, _: Outbox, clock: Clock) -> None:
        tx.people.introduce(party, "", "en", clock.now)
        tx.outbox.put(party, [prompt], 0, priority, clock.now)

    return turn


def take(tx: Transaction, outbox: Outbox, _: Clock) -> list[WordedRow]:
    return outbox.texts.take(tx)


def later(seconds: float) -> Callable[..., None]:
    def turn(_: Transaction, __: Outbox, clock: Clock) -> None:
        clock.now += seconds

    return turn


def fail(react: Reaction, code: str = "x") -> Callable[..., None]:
    def turn(tx: Transaction, outbox: Outbox, _: Clock) -> None:
        for worded in outbox.texts.take(tx):
            outbox.reports.failed(tx, worded.row, react, code)

    return turn


def send(tx: Transaction, outbox: Outbox, _: Clock) -> None:
    for worded in outbox.texts.take(tx):
        for place, (words, _key) in enumerate(worded.due):
            outbox.reports.sent(tx, worded.row, f"SM{worded.row.id}.{place}", "queued", words)
        outbox.reports.done(tx, worded.row)


def report(status: str, code: str, sid: str = "SM1.0") -> Callable[..., None]:
    def turn(tx: Transaction, outbox: Outbox, _: Clock) -> None:
        outbox.reports.reported(tx, sid, status, RANKS[status], code)

    return turn


def parties(wordeds: list[WordedRow]) -> list[str]:
    return [worded.row.party for worded in wordeds]


def test_answers_go_before_news_and_news_before_questions(desk: Desk) -> None:
    *_, taken = desk.play(put(ANA, ALERT), put(BEN, NEWS), put(CHO, ANSWER), take)
    assert parties(taken) == [CHO, BEN, ANA]


def test_for_each_person_the_order_is_kept_whatever_the_priority(desk: Desk) -> None:
    first, second = desk.play(put(ANA, NEWS), put(ANA, ANSWER), take, send, send)[2:4]
    assert parties(first) == [ANA]
    assert second is None
    assert [row["priority"] for row in ask(desk.url, "SELECT priority FROM outbox WHERE status = 'sending'")] == [NEWS]


def test_a_text_that_waits_for_later_holds_up_nothing_else(desk: Desk) -> None:
    *_, taken = desk.play(put(ANA), fail(Reaction.LATER), put(ANA), take)
    assert parties(taken) == [ANA]


def test_the_sender_keeps_its_rate_after_a_burst(desk: Desk) -> None:
    desk.rate = 1.0
    puts = [put(f"+121255501{place:02}") for place in range(50)]
    *_, first, at_once, __, after_ten = desk.play(*puts, take, take, later(10), take)
    assert len(first) == int(BURST)
    assert at_once == []
    assert len(after_ten) == 10


def test_past_the_day_s_spending_questions_wait_and_news_go(desk: Desk) -> None:
    desk.limits = DailyLimits(segments=1)
    *_, taken = desk.play(put(ANA), send, later(60), put(BEN, ALERT), put(CHO, NEWS), take)
    assert sorted(parties(taken)) == [CHO, "+12125550199"]  # and the coordinator hears of it
    assert [row["why"] for row in ask(desk.url, "SELECT why FROM flags")] == ["spent_texts"]


def test_a_day_s_limit_is_told_once_a_day_and_is_no_need(desk: Desk) -> None:
    """Whether or not somebody has looked; and what was raised by a clock that ran ahead does not count."""

    def seen(tx: Transaction, _: Outbox, clock: Clock) -> None:
        for flag in tx.flags.open():
            tx.flags.settle(flag.id, clock.now)

    def raised() -> int:
        flags = ask(desk.url, "SELECT about, party FROM flags WHERE why = 'spent_texts'")
        assert {(row["about"], row["party"]) for row in flags} <= {(0, "")}
        return len(flags)

    desk.limits = DailyLimits(segments=1)
    desk.play(later(86400), put(BEN), send, later(60), take)
    assert raised() == 1
    desk.play(put(ANA), send, later(60), take, seen, later(60), take)
    assert raised() == 2
    desk.play(later(2 * 86400), put(CHO), send, later(60), take)
    assert raised() == 3


def test_the_next_day_the_questions_go(desk: Desk) -> None:
    desk.limits = DailyLimits(segments=1)
    *_, today, __, tomorrow = desk.play(put(ANA), send, later(60), put(BEN, ALERT), take, later(86400), take)
    assert BEN not in parties(today)
    assert BEN in parties(tomorrow)


def test_a_stale_question_is_never_asked(desk: Desk) -> None:
    def question(tx: Transaction, _: Outbox, clock: Clock) -> None:
        tx.people.introduce(ANA, "", "en", clock.now)
        tx.outbox.put(ANA, [THANKS], 0, ALERT, clock.now, clock.now + 600)

    *_, taken = desk.play(question, later(601), take)
    assert taken == []
    assert desk.rows()[ANA] == ("dropped", "too late")


def test_a_question_about_a_need_that_has_someone_is_never_asked(desk: Desk) -> None:
    def settled(tx: Transaction, _: Outbox, clock: Clock) -> None:
        for who in (ANA, BEN, CHO):
            tx.people.introduce(who, "", "en", clock.now)
        tx.volunteers.enroll(BEN, ("food",), ("north",), "active", clock.now)
        number = tx.needs.draft(ANA, "food", clock.now)
        tx.needs.record(number, STORY, clock.now)
        tx.outbox.put(CHO, [THANKS], number, ALERT, clock.now)
        tx.needs.take(number, BEN, clock.now)

    *_, taken = desk.play(settled, take)
    assert taken == []
    assert desk.rows()[CHO] == ("dropped", "settled meanwhile")


@pytest.mark.parametrize("party", ["+4915112345678", "withheld:CA1"])
def test_only_numbers_of_this_country_are_texted(desk: Desk, party: str) -> None:
    *_, taken = desk.play(put(party), take)
    assert taken == []
    assert desk.rows()[party][0] in ("dropped", "failed")


OUTCOMES = {
    Reaction.AGAIN: "waiting",
    Reaction.LATER: "waiting",
    Reaction.UNKNOWN: "unknown",
    Reaction.CALL: "to_ring",
    Reaction.OPTED_OUT: "dropped",
    Reaction.NEVER: "failed",
    Reaction.WORDS: "failed",
    Reaction.STOP: "waiting",
    Reaction.TOMORROW: "waiting",
    Reaction.REFUSED: "waiting",
}


@pytest.mark.parametrize("react", list(Reaction))
def test_each_reaction_has_one_outcome(desk: Desk, react: Reaction) -> None:
    desk.play(put(ANA), fail(react, "code"))
    assert desk.rows()[ANA] == (OUTCOMES[react], "code")


def test_a_carrier_that_is_gone_for_an_hour_loses_nothing_and_one_that_is_gone_for_ever_is_given_up(desk: Desk) -> None:
    tries = [turn for _ in range(12) for turn in (fail(Reaction.AGAIN), later(301))]
    desk.play(put(ANA), *tries)
    assert desk.rows()[ANA][0] == "waiting"
    desk.play(later(KEEP_TRYING + 1), fail(Reaction.AGAIN))
    assert desk.rows()[ANA][0] == "failed"


def test_a_phone_that_is_off_is_tried_once_more_in_half_an_hour(desk: Desk) -> None:
    early, _, late = desk.play(put(ANA), fail(Reaction.LATER), take, later(HALF_AN_HOUR), take)[2:]
    assert (early, parties(late)) == ([], [ANA])


def test_a_number_that_takes_no_texts_is_remembered_and_rung(desk: Desk) -> None:
    *_, taken = desk.play(put(ANA), fail(Reaction.CALL, "21614"), put(ANA), take)
    assert ask(desk.url, "SELECT can_text FROM people")[0]["can_text"] == 0
    assert taken == []
    assert [row["status"] for row in ask(desk.url, "SELECT status FROM outbox")] == ["to_ring", "to_ring"]
    assert [row["party"] for row in ask(desk.url, "SELECT party FROM rings")] == [ANA]


def test_who_opted_out_at_the_carrier_is_sent_nothing_more(desk: Desk) -> None:
    *_, taken = desk.play(put(ANA), fail(Reaction.OPTED_OUT, "21610"), put(ANA), take)
    assert taken == []


def test_when_nothing_can_be_sent_the_queue_is_kept_and_somebody_knows(desk: Desk) -> None:
    *_, held, __, trial = desk.play(put(ANA), put(BEN), fail(Reaction.STOP, "20003"), take, later(301), take)
    assert held == []
    assert parties(trial) == [ANA]  # one finds out whether texts go again
    assert [row["why"] for row in ask(desk.url, "SELECT why FROM flags")] == ["cannot_send"]


def test_a_doubt_is_looked_up_twice_before_it_is_sent_again(desk: Desk) -> None:
    def missing(tx: Transaction, outbox: Outbox, _: Clock) -> list[int]:
        doubtful = outbox.texts.take_doubtful(tx)
        for row in doubtful:
            outbox.reports.not_found(tx, row)
        return [row.looks for row in doubtful]

    doubts = [turn for _ in range(LOOKS) for turn in (later(121), missing, later(61), take)]
    looked = desk.play(put(ANA), fail(Reaction.UNKNOWN), take, *doubts)[3:]
    assert looked[1::4] == [[0], [1]]
    assert [parties(each) for each in looked[3::4]] == [[], [ANA]]


def test_a_list_that_cannot_be_read_is_no_look(desk: Desk) -> None:
    def unreadable(tx: Transaction, outbox: Outbox, _: Clock) -> list[int]:
        doubtful = outbox.texts.take_doubtful(tx)
        for row in doubtful:
            outbox.reports.not_readable(tx, row)
        return [row.looks for row in doubtful]

    doubts = [turn for _ in range(LOOKS + 2) for turn in (later(121), unreadable)]
    assert desk.play(put(ANA), fail(Reaction.UNKNOWN), *doubts, take)[3::2] == [[0]] * (LOOKS + 2)


@pytest.mark.parametrize(
    ("code", "status"), [("30003", "waiting"), ("30006", "waiting"), ("30007", "failed"), ("30034", "waiting")]
)
def test_a_text_that_did_not_arrive_is_seen_to(desk: Desk, code: str, status: str) -> None:
    desk.play(put(ANA), send, report("undelivered", code))
    assert desk.rows()[ANA] == (status, code)


def test_a_report_that_comes_before_we_know_the_text_is_seen_to_all_the_same(desk: Desk) -> None:
    desk.play(put(ANA), report("undelivered", "30006"), send)
    assert desk.rows()[ANA] == ("waiting", "30006")
    desk.play(take)
    assert desk.rows()[ANA][0] == "to_ring"


def test_a_wording_that_is_gone_holds_up_nobody_else(desk: Desk) -> None:
    *_, taken = desk.play(put(ANA, NEWS, Prompt("news.of_yesterday")), put(BEN), take)
    assert parties(taken) == [BEN]
    assert desk.rows()[ANA] == ("failed", "cannot be worded")


def test_a_dead_letter_can_be_sent_again(desk: Desk) -> None:
    def revive(tx: Transaction, _: Outbox, clock: Clock) -> bool:
        return tx.outbox.revive(tx.outbox.dead_letters(10)[0].id, clock.now)

    *_, revived, taken = desk.play(put(ANA), fail(Reaction.NEVER), revive, take)
    assert revived
    assert parties(taken) == [ANA]


def test_who_holds_a_row_no_longer_changes_nothing(desk: Desk) -> None:
    """The fence: a worker that slept through its lease comes back with an old one."""

    def late(tx: Transaction, outbox: Outbox, clock: Clock) -> None:
        worded = outbox.texts.take(tx)[0]
        clock.now += 1000
        tx.outbox.lease_doubtful(10, clock.now + 60, clock.now)
        outbox.reports.done(tx, worded.row)

    desk.play(put(ANA), late)
    assert desk.rows()[ANA][0] == "unknown"
