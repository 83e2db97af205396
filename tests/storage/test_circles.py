"""Circles, whatever order things happen in: each person has one turn at most, and all who stayed have had one when it
is over; nothing counts unless both said it, a rest stops the clock, and nothing is said to somebody who left."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hotline.community.reading import from_table
from hotline.dispatch import circles as dispatch
from hotline.dispatch.circles import NextOfCircle
from hotline.model import calendar
from hotline.model.calendar import DAY, HOUR
from hotline.model.circles import NOON, Beat, Circle, Deed, Member, TurnOrder, after_beats, ordered
from hotline.outbound.circles import CircleNews
from hotline.storage import Transaction
from tests.storage.asking import NOW
from tests.storage.test_gifts import in_memory
from tests.unit.build import plain

ORGANIZER, OTHERS = "+12125550101", tuple(f"+1212555011{place}" for place in range(4))
ALL = (ORGANIZER, *OTHERS)
ZONE = ZoneInfo("America/New_York")
BEATS = st.sampled_from(tuple(Beat))


class Turns(RuleBasedStateMachine):
    """One circle, begun by its organizer; four more may join."""

    @initialize(
        beat=BEATS,
        order=st.sampled_from(tuple(TurnOrder)),
        last=st.booleans(),
        begun=st.sampled_from((True, True, False)),
    )
    def begin(self, beat: Beat, order: TurnOrder, last: bool, begun: bool) -> None:
        self.run = in_memory()
        self.now, self.left = NOW, dict[str, int]()
        self.community = from_table({**plain(), "sharing": {"circles": True}}, ("en", "es"))
        self.circles = CircleNews(self.community)
        self.had: dict[int, int] = {}  # whose turn each turn was
        zone = self.community.rules.timezone
        starts = calendar.at(calendar.today(NOW + 4 * DAY, zone), NOON, zone)

        def listed(tx: Transaction) -> int:
            for phone in ALL:
                tx.people.introduce(phone, "", "en", self.now)
            number = tx.circles.begin(ORGANIZER, "corner", self.now, self.now + DAY)
            circle = Circle(number, ORGANIZER, words="corner", beat=beat, order=order, newcomers_last=last)
            self.circles._list(tx, circle.but(starts_at=starts), "Ana", self.now)
            return number

        self.number = self.run(listed)
        for phone in OTHERS[: 4 if begun else 2]:
            self.join(phone, new=False)
        if begun:
            self.start(ORGANIZER)

    def _circle(self) -> Circle:
        circle = self.run(lambda tx: tx.circles.get(self.number))
        assert circle
        return circle

    def _do(self, who: str, deed: Any) -> None:
        """Nobody who left says anything."""
        if who not in self.left:
            self.run(lambda tx: deed(tx, self.number, who))

    @rule(who=st.sampled_from(OTHERS), new=st.booleans())
    def join(self, who: str, new: bool) -> None:
        self._do(who, lambda tx, number, phone: self.circles.join(tx, number, phone, "", self.now, newcomer=new))

    @rule(who=st.sampled_from((ORGANIZER, ORGANIZER, *OTHERS)))
    def start(self, who: str) -> None:
        self._do(who, lambda tx, number, phone: self.circles.start(tx, number, phone, self.now))

    @rule(who=st.sampled_from(ALL), not_yet=st.sampled_from((False, False, False, True)))
    def gave(self, who: str, not_yet: bool) -> None:
        self._do(who, lambda tx, number, phone: self.circles.gave(tx, number, phone, self.now, not_yet=not_yet))

    @rule(who=st.sampled_from(ALL), giver=st.sampled_from(ALL), missing=st.sampled_from((False, False, True)))
    def got(self, who: str, giver: str, missing: bool) -> None:
        one = next((each.number for each in self._circle().members if each.phone == giver), 0)
        self._do(who, lambda tx, n, phone: self.circles.got(tx, n, phone, one, self.now, missing=missing))

    @rule()
    def all_is_said(self) -> None:
        """All of the open turn, by both."""
        circle = self._circle()
        taker = circle.taker()
        if circle.running and taker and not circle.rests:
            for giver in circle.missing(circle.turn):
                self.got(taker.phone, giver.phone, missing=False)

    @rule(giver=st.sampled_from(ALL))
    def two_disagree(self, giver: str) -> None:
        """One says given, and whose turn it is that it did not come."""
        taker = self._circle().taker()
        if taker:
            self.gave(giver, not_yet=False)
            self.got(taker.phone, giver, missing=True)

    @rule(who=st.sampled_from(ALL), other=st.sampled_from(ALL))
    def two_swap(self, who: str, other: str) -> None:
        """All who must say yes."""
        self.swap(who, other)
        for each in (other, ORGANIZER):
            self.answer(each, yes=True)

    @rule(who=st.sampled_from(ALL), other=st.sampled_from(ALL))
    def swap(self, who: str, other: str) -> None:
        one = next((each.number for each in self._circle().members if each.phone == other), 0)
        self._do(who, lambda tx, number, phone: self.circles.ask_to_swap(tx, number, phone, one, self.now))

    @rule(who=st.sampled_from(ALL), yes=st.booleans())
    def answer(self, who: str, yes: bool) -> None:
        self._do(who, lambda tx, number, phone: self.circles.answer_swap(tx, number, phone, self.now, yes=yes))

    @rule(who=st.sampled_from((*OTHERS, *OTHERS, ORGANIZER)), out_of_reach=st.booleans())
    def leave(self, who: str, out_of_reach: bool) -> None:
        """By their word, or since their texts ended, which only the next look finds."""

        def turn(tx: Transaction) -> None:
            tx.people.opt_out(who, self.now)
            if not out_of_reach:
                self.circles.left(tx, who, self.now, asks_too=True)

        self.run(turn)
        self.left.setdefault(who, max((row["id"] for row in self._outbox()), default=0))

    @rule(hours=st.integers(1, 200))
    def time_passes(self, hours: int) -> None:
        self.now += hours * HOUR

        def turn(tx: Transaction) -> None:
            for _ in range(20):
                circle = tx.circles.get(self.number)
                if circle is None or not circle.live:
                    return
                before = circle
                self.circles.look_after(tx, circle, self.now)
                after = tx.circles.get(self.number)
                assert after
                # Where one of the two was found to have left, the rest is over by that.
                assert not (before.rests and after.rests) or after.turn == before.turn
                if before == after:
                    return

        self.run(turn)

    def _outbox(self) -> list[dict[str, Any]]:
        return self.run.outbox()  # type: ignore[attr-defined,no-any-return]

    @invariant()
    def each_has_one_turn(self) -> None:
        """Nobody has two, no turn is of two, and whose turn was begun keeps it."""
        circle = self._circle()
        places = [each.place for each in circle.members if each.place]
        assert sorted(places) == list(range(1, len(places) + 1))
        if circle.begun:
            for each in circle.had_a_turn:
                assert self.had.setdefault(each.place, each.number) == each.number
            assert all(each.place for each in circle.present)
            assert all(each.is_in or each in circle.had_a_turn for each in circle.in_order)
        assert len(set(self.had.values())) == len(self.had)

    @invariant()
    def all_who_stayed_had_theirs_when_it_is_over(self) -> None:
        circle = self._circle()
        told = [row for row in self._outbox() if "circle_over" in str(dict(row))]
        if told and not circle.live:
            assert all(1 <= each.place <= circle.turn for each in circle.present)

    @invariant()
    def nothing_counts_that_one_alone_said(self) -> None:
        """What came was said by whose turn it is."""
        circle = self._circle()
        for turn in range(1, circle.turn + 1):
            taker = circle.taker(turn)
            for giver in circle.givers(turn):
                mark = circle.share_of(giver, turn)
                if mark and mark.deed in (Deed.RECEIVED, Deed.NOT_RECEIVED):
                    assert taker
                    assert mark.by == taker.number

    @invariant()
    def nothing_is_sent_to_who_left(self) -> None:
        for row in self._outbox():
            assert row["id"] <= self.left.get(row["party"], row["id"])

    @invariant()
    def the_end_is_told_once(self) -> None:
        ends = ("circle_over", "circle_ends", "circle_off")
        told = [row["party"] for row in self._outbox() if any(end in str(dict(row)) for end in ends)]
        assert len(told) == len(set(told))


def test_circles_in_any_order() -> None:
    run_state_machine_as_test(
        Turns,
        settings=settings(
            max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


# --- The draw.


def _seated(count: int, newcomers: tuple[int, ...] = ()) -> Circle:
    members = tuple(Member(seat, f"+1212555010{seat}", seat in newcomers, seat) for seat in range(1, count + 1))
    return Circle(1, ORGANIZER, members=members, newcomers_last=bool(newcomers))


def test_the_same_words_give_the_same_order_by_a_rule_that_anybody_can_follow() -> None:
    words = "bread river moon song"
    by_hand = sorted(range(1, 7), key=lambda seat: sha256(f"{words} {seat}".encode()).hexdigest())
    assert [each.seat for each in ordered(_seated(6), words)] == by_hand
    assert [each.seat for each in ordered(_seated(6), "moon river bread song")] != by_hand


def test_who_is_new_is_last_where_that_was_wished() -> None:
    assert {each.seat for each in ordered(_seated(5, (1, 2)), "sun moon star rain")[-2:]} == {1, 2}
    assert [each.seat for each in ordered(_seated(4, (2,)), "")] == [1, 3, 4, 2]


# --- When.


@pytest.mark.parametrize(
    ("beat", "times", "day"),
    [
        (Beat.WEEK, 2, date(2026, 2, 14)),
        (Beat.TWO_WEEKS, 2, date(2026, 2, 28)),
        (Beat.MONTH, 1, date(2026, 2, 28)),  # a month that is too short
        (Beat.MONTH, 2, date(2026, 3, 31)),  # and the next is not
        (Beat.MONTH, 12, date(2027, 1, 31)),
    ],
)
def test_when_a_turn_is(beat: Beat, times: int, day: date) -> None:
    assert after_beats(date(2026, 1, 31), beat, times) == day


def test_noon_stays_noon_when_the_clocks_change() -> None:
    circle = Circle(1, ORGANIZER, beat=Beat.WEEK, starts_at=_at(2026, 3, 7, 12))
    assert circle.turn_at(2, ZONE) == _at(2026, 3, 14, 12) == circle.starts_at + 7 * DAY - HOUR


def _at(*moment: int) -> float:
    return datetime(*moment, tzinfo=ZONE).timestamp()  # type: ignore[misc,arg-type]


def test_what_is_done_in_a_turn_and_when() -> None:
    rules = from_table({**plain(), "timezone": ZONE.key}, ("en", "es")).rules
    members = tuple(each.but(place=each.seat) for each in _seated(2).members)
    circle = Circle(1, ORGANIZER, starts_at=_at(2026, 3, 14, 12), turn=1, members=members)
    done: list[tuple[NextOfCircle, float]] = []
    at = dispatch.due(circle, _at(2026, 3, 10), rules).check_at
    while at is not None and len(done) < 5:
        due = dispatch.due(circle, at, rules)
        done += [(due.next, at)] if due.next is not NextOfCircle.NOTHING else []
        circle, at = circle.but(told=due.told), due.check_at
    assert done == [
        (NextOfCircle.REMIND, _at(2026, 3, 13, 18)),
        (NextOfCircle.MISSING, _at(2026, 3, 15, 12)),
        (NextOfCircle.TELL, _at(2026, 3, 17, 12)),
        (NextOfCircle.SILENT, _at(2026, 3, 19, 12)),
        (NextOfCircle.NEXT_TURN, _at(2026, 4, 13, 18) - 1),
    ]


def test_more_than_half_a_year_is_long() -> None:
    starts = _at(2026, 1, 10, 12)
    assert not _seated(6).but(beat=Beat.MONTH, starts_at=starts).is_long(ZONE)
    assert _seated(8).but(beat=Beat.MONTH, starts_at=starts).is_long(ZONE)
