"""Offers of neighbors, whatever order things happen in: never more promised than there is, and who asked hears an end
once; nothing is said to somebody who left."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hotline.community.reading import from_table
from hotline.dispatch import gifts as dispatch
from hotline.dispatch.gifts import NextOfGift
from hotline.model.calendar import DAY
from hotline.model.gifts import Answer, Gift
from hotline.model.people import Reach
from hotline.outbound import fallback
from hotline.outbound.gifts import GiftNews
from hotline.outbound.sharing import BY_TIME, EMPTY
from hotline.storage import Transaction
from hotline.storage.sqlite_file import migrate
from hotline.storage.statements import statements
from hotline.storage.tables.outbox import outgoing_of
from tests.storage.asking import NOW
from tests.unit.build import plain

GIVER, ASKERS = "+12125550101", tuple(f"+1212555011{place}" for place in range(4))
PORTIONS = 2
T = TypeVar("T")


def _reach(tx: Transaction, who: str) -> Reach:
    return tx.people.reach(who)


def in_memory() -> Callable[[Callable[[Transaction], T]], T]:
    """Runs turns on a database of its own."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    migrate(connection)
    known = statements("sqlite")

    def execute(name: str, values: Mapping[str, Any]) -> tuple[Sequence[Any], int]:
        if not known[name]:
            return [], 0
        done = connection.execute(known[name], dict(values))
        return [dict(row) for row in done.fetchall()], done.rowcount

    def run(turn: Callable[[Transaction], T]) -> T:
        return turn(Transaction(execute))

    run.outbox = lambda: [dict(row) for row in connection.execute("SELECT * FROM outbox ORDER BY id")]  # type: ignore[attr-defined]
    return run


class Offers(RuleBasedStateMachine):
    """One giver of two portions, four who ask."""

    @initialize()
    def begin(self) -> None:
        self.run = in_memory()
        self.now, self.left = NOW, dict[str, int]()
        self.community = from_table(plain(), ("en", "es"))
        self.gifts = GiftNews(self.community)
        self.gift = self.run(self._listed)

    def _listed(self, tx: Transaction) -> int:
        for phone in (GIVER, *ASKERS):
            tx.people.introduce(phone, "", "en", self.now)
        number = tx.gifts.begin(GIVER, "soup", self.now, self.now + DAY)
        more: dict[str, Any] = {
            "what": "food",
            "area": "north",
            "until": self.now + 9 * DAY,
            "lasts": 9 * DAY,
            "portions": PORTIONS,
        }
        tx.gifts.list(Gift(number, GIVER, words="soup", **more), self.now + DAY)
        return number

    @rule(asker=st.sampled_from(ASKERS))
    def ask(self, asker: str) -> None:
        def turn(tx: Transaction) -> None:
            waits = any(ask.gift.number == self.gift for ask in tx.gifts.asks_by(asker))
            if asker not in self.left and not waits:
                self.gifts.asked(tx, self.gift, asker, self.now)

        self.run(turn)

    @rule(place=st.integers(0, 3), answer=st.sampled_from(("yes", "no", "take back", "drop")))
    def answer(self, place: int, answer: str) -> None:
        def turn(tx: Transaction) -> None:
            asks = [ask for ask in tx.gifts.asks_for(self.gift) if ask.answer in (Answer.WAITS, Answer.YES)]
            if not asks or GIVER in self.left:
                return
            ask = asks[place % len(asks)]
            if answer == "yes":
                self.gifts.promised(tx, ask.number, self.now)
            elif answer == "no" and ask.waits:
                tx.gifts.refuse(ask)
            elif answer == "take back" and ask.waits:
                self.gifts.taken_back(tx, ask, self.now)
            elif answer == "drop" and ask.need and (need := tx.needs.get(ask.need)) and need.active:
                tx.needs.withdraw(need.number, self.now)

        self.run(turn)

    @rule(who=st.sampled_from((GIVER, *ASKERS)))
    def leave(self, who: str) -> None:
        def turn(tx: Transaction) -> None:
            self.gifts.left(tx, who, self.now, asks_too=True)
            tx.people.opt_out(who, self.now)

        self.run(turn)
        self.left.setdefault(who, max((row["id"] for row in self._outbox()), default=0))

    @rule(why=st.sampled_from((EMPTY, BY_TIME)))
    def end(self, why: str) -> None:
        def turn(tx: Transaction) -> None:
            if (gift := tx.gifts.get(self.gift)) and GIVER not in self.left:
                self.gifts.ended(tx, gift, why, self.now)

        self.run(turn)

    @rule(days=st.integers(1, 4))
    def time_passes(self, days: int) -> None:
        self.now += days * DAY

        def turn(tx: Transaction) -> None:
            for ask in tx.gifts.asks_for(self.gift):
                if ask.answer in (Answer.WAITS, Answer.NO) and self.now - ask.asked_at > dispatch.PATIENCE:
                    self.gifts.came_to_nothing(tx, ask, self.now)
            gift = tx.gifts.get(self.gift)
            if gift and gift.live:
                assert self.gifts.looked_after(tx, gift, self.now) is not NextOfGift.STILL

        self.run(turn)

    def _outbox(self) -> list[dict[str, Any]]:
        return self.run.outbox()  # type: ignore[attr-defined,no-any-return]

    @invariant()
    def never_more_than_there_is(self) -> None:
        gift = self.run(lambda tx: tx.gifts.get(self.gift))
        assert gift
        assert gift.given <= PORTIONS

    @invariant()
    def who_asked_hears_one_end(self) -> None:
        rows, asks = self._outbox(), self.run(lambda tx: tx.gifts.asks_for(self.gift))
        over = Counter(row["party"] for row in rows if '"news.offer_over"' in str(row["prompt"]))
        off = Counter(row["party"] for row in rows if '"news.offer_off"' in str(row["prompt"]))
        yes = Counter(row["party"] for row in rows if '"news.offer_yes"' in str(row["prompt"]))
        for asker in ASKERS:
            asked = [ask for ask in asks if ask.asker == asker]
            assert over[asker] + yes[asker] <= len(asked)
            assert off[asker] <= yes[asker]
            waits = [ask for ask in asked if ask.answer in (Answer.WAITS, Answer.NO)]
            gift = asked[0].gift if asked else None
            if gift and not gift.live and asker not in self.left:
                ended = [ask for ask in asked if ask.answer is not Answer.TAKEN_BACK]
                assert over[asker] + yes[asker] == len(ended), (waits, rows)

    @invariant()
    def nothing_is_sent_to_who_left(self) -> None:
        for who, last in self.left.items():
            reach = self.run(partial(_reach, who=who))
            for row in self._outbox():
                if row["party"] == who and row["id"] > last:
                    assert fallback.drop_reason(outgoing_of(row), None, reach, "US", self.now)


def test_offers_in_any_order() -> None:
    run_state_machine_as_test(
        Offers,
        settings=settings(
            max_examples=10,
            stateful_step_count=20,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize(
    ("days", "standing", "notices"),
    [(2, False, ["day", "end"]), (20, False, ["week", "day", "end"]), (83, True, ["still", "day", "end"])],
)
def test_a_giver_hears_of_the_end_before_it_comes(days: int, standing: bool, notices: list[str]) -> None:
    gift = Gift(1, GIVER, until=NOW + days * DAY, lasts=days * DAY, standing=standing)
    now, told = NOW, []
    while "end" not in told:
        due = dispatch.due(gift, reached=True, now=now)
        told += [str(due.next)] if due.next is not NextOfGift.NOTHING else []
        gift, now = gift.but(told=due.told), due.check_at
    assert told == notices
    assert dispatch.due(gift, reached=False, now=NOW).next is NextOfGift.GONE
