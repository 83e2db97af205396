"""Daily rings: the timetable alone. One ring a day, two tries, nothing but a person counts, whatever the clocks do."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hotline.dispatch.daily_rings import LATE, LATEST, TURN, Next, Step, answered, begun, due, ended, gone, moved
from hotline.engine.answers import Clock, Heard, TimeSaid
from hotline.flows.intents.time_expressions import time_of_day
from hotline.model.calendar import DAY, HOUR, MINUTE, local
from hotline.model.daily_rings import TRIES, Came, DailyRing, next_at

ANA, BEN = "+12125550111", "+12125550113"
BERLIN = ZoneInfo("Europe/Berlin")


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> float:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN).timestamp()


def rung(hour: str = "08:30", since: float = 0.0) -> DailyRing:
    return begun(ANA, hour, since or at(3, 10, 12), BERLIN)


def step(ring: DailyRing, now: float) -> Step:
    return due(ring, now, BERLIN)


def test_the_first_ring_is_the_next_time_that_the_clocks_show_the_hour() -> None:
    assert rung(since=at(3, 10, 8, 29)).due_at == at(3, 10, 8, 30)
    assert rung(since=at(3, 10, 8, 30)).due_at == at(3, 11, 8, 30)


def test_an_hour_that_is_passed_over_comes_when_they_do_and_one_that_is_shown_twice_once() -> None:
    assert next_at("02:30", at(3, 28, 12), BERLIN) == at(3, 29, 3)
    first = next_at("02:30", at(10, 24, 12), BERLIN)
    assert local(first, BERLIN).strftime("%d %H:%M") == "25 02:30"
    assert next_at("02:30", first, BERLIN) == at(10, 26, 2, 30)


def test_nothing_is_done_before_the_hour() -> None:
    assert step(rung(), at(3, 11, 8, 29)) == Step(Next.NOTHING, rung())


def test_two_tries_a_quarter_of_an_hour_apart_then_the_day_is_silent() -> None:
    now, ring = at(3, 11, 8, 30), rung()
    for place in range(TRIES):
        made = step(ring, now)
        assert made.next is Next.RING
        assert made.ring.rings
        ring = ended(made.ring, "no-answer" if place else "completed", now + 30)  # a machine picked up, then nobody
        now = ring.check_at
    over = step(ring, now)
    assert (over.next, over.ring.came, over.ring.silent) == (Next.NOTHING, Came.SILENT, 1)
    assert over.ring.due_at == at(3, 12, 8, 30)
    assert now - at(3, 11, 8, 30) == 15 * MINUTE + 60


def test_a_busy_line_is_no_silence_and_is_tried_for_an_hour() -> None:
    now, ring, calls = at(3, 11, 8, 30), rung(), 0
    while (made := step(ring, now)).next is Next.RING:
        calls += 1
        ring = ended(made.ring, "busy", now)
        now = ring.check_at
    assert (made.ring.came, made.ring.silent) == (Came.ENGAGED, 0)
    assert calls == LATE // (5 * MINUTE) + 1


@pytest.mark.parametrize("late", [1.0, LATE])
def test_somewhat_late_it_is_made_all_the_same(late: float) -> None:
    assert step(rung(), at(3, 11, 8, 30) + late).next is Next.RING


def test_hours_late_it_is_not_and_coordinators_hear_of_it_once() -> None:
    over = step(rung(), at(3, 13, 12))
    assert (over.next, over.ring.came, over.ring.told, over.ring.silent) == (Next.NOT_MADE, Came.NOT_MADE, False, 0)
    assert over.ring.due_at == at(3, 14, 8, 30)


def test_calls_that_do_not_go_are_our_fault_and_no_silence() -> None:
    now, ring = at(3, 11, 8, 30), rung()
    while (made := step(ring, now)).next is Next.RING:
        ring, now = made.ring, made.ring.check_at
    assert made.next is Next.NOT_MADE
    assert made.ring.silent == 0


def test_a_word_shortly_before_is_in_its_place_and_one_of_yesterday_is_not() -> None:
    soon = answered(rung(), Came.FINE, at(3, 11, 7), BERLIN)
    assert step(soon, at(3, 11, 8, 30)).ring.came is Came.HEARD
    assert step(answered(rung(), Came.FINE, at(3, 10, 20), BERLIN), at(3, 11, 8, 30)).next is Next.RING


def test_an_answer_while_it_rings_ends_it_and_the_call_that_ends_later_changes_nothing() -> None:
    ring = step(rung(), at(3, 11, 8, 30)).ring
    over = answered(ring, Came.NEED, at(3, 11, 8, 31), BERLIN)
    assert (over.came, over.rings, over.due_at) == (Came.NEED, False, at(3, 12, 8, 30))
    assert ended(over, "completed", at(3, 11, 8, 33)) == over


def test_away_is_no_ring_until_the_first_one_after() -> None:
    ring = gone(rung(), at(3, 15), at(3, 10, 12), BERLIN)
    assert ring.next_due(BERLIN) == at(3, 15, 8, 30)
    for day in (11, 12, 13, 14):
        made = step(ring, at(3, day, 8, 30))
        assert (made.next, made.ring.came) == (Next.NOTHING, Came.AWAY)
        ring = made.ring
    assert step(ring, at(3, 15, 8, 30)).next is Next.RING


def test_a_new_hour_ends_being_away_and_rings_at_its_own_time() -> None:
    ring = moved(gone(rung(), at(3, 20), at(3, 10, 12), BERLIN), "19:00", at(3, 10, 12), BERLIN)
    assert (ring.due_at, ring.next_due(BERLIN)) == (at(3, 10, 19), at(3, 10, 19))


def test_a_clock_that_was_years_ahead_is_planned_anew() -> None:
    ring = rung(since=at(3, 10, 12) + 900 * DAY).but(check_at=at(3, 10, 12))
    assert step(ring, at(3, 10, 12)).ring.due_at == at(3, 11, 8, 30)


@pytest.mark.parametrize(
    ("said", "hour"),
    [("8", "08:00?"), ("830", "08:30?"), ("0830", "08:30"), ("2030", "20:30"), ("12", "12:00"), ("1115", "11:15?")]
    + [(wrong, None) for wrong in ("0", "24", "2561", "99", "", "12345")],
)
def test_hours_by_keys(said: str, hour: str | None) -> None:
    assert Clock().read(Heard(keys=said)) == hour


def test_hours_in_words() -> None:
    assert Clock().read(Heard(words="8 pm", when=TimeSaid(how="at", begin="20:00"))) == "20:00"
    assert time_of_day(("8:30",)) == ("08:30", True)
    assert time_of_day(("at", "8", "in", "filler", "evening")) == ("20:00", False)
    assert time_of_day(("bread",)) is None
    assert time_of_day(("8", "9")) is None


def made_in_vain(ring: DailyRing, now: float, *ends: str) -> Step:
    """The first of these calls is made, and they end in that way, each when its time comes; what is done then."""
    made = step(ring, now)
    for how in ends:
        assert made.next is Next.RING
        over = ended(made.ring, how, now + 30)
        now = max(now + 30, over.check_at)
        made = step(over, now)
    return made


def test_for_safety_three_tries_a_quarter_of_an_hour_apart_then_an_alarm() -> None:
    done = made_in_vain(rung().but(safety=True), at(3, 11, 8, 30), "no-answer", "completed", "no-answer")
    assert (done.next, done.ring.came, done.ring.due_at) == (Next.ALARM, Came.SILENT, at(3, 12, 8, 30))
    assert made_in_vain(rung(), at(3, 11, 8, 30), "no-answer", "no-answer").next is Next.NOTHING


def test_a_busy_line_is_no_silence_and_coordinators_hear_of_an_hour_of_it() -> None:
    done = made_in_vain(rung().but(safety=True), at(3, 11, 8, 30), *["busy"] * 11)
    assert (done.next, done.ring.came, done.ring.tries) == (Next.ENGAGED, Came.ENGAGED, 0)
    mixed = made_in_vain(rung().but(safety=True), at(3, 11, 8, 30), "busy", "no-answer", "busy", "no-answer")
    assert (mixed.next, mixed.ring.tries) == (Next.RING, 2)


def test_after_one_vain_call_a_line_that_stays_busy_ends_in_an_alarm() -> None:
    ring = made_in_vain(rung().but(safety=True), at(3, 11, 8, 30), "no-answer", "busy").ring
    assert step(ring.but(engaged=True), at(3, 11, 9, 31)).next is Next.RING
    assert step(ring.but(engaged=True), at(3, 11, 10, 31)).next is Next.ALARM


def test_while_we_were_down_none_was_made_and_that_is_no_alarm() -> None:
    assert step(rung().but(safety=True), at(3, 11, 12)).next is Next.NOT_MADE


def test_a_volunteer_who_says_nothing_leaves_the_machine_all_its_tries() -> None:
    hour = at(3, 11, 8, 30)
    begun_by = due(rung().but(safety=True), hour, BERLIN, BEN)
    assert (begun_by.next, begun_by.ring.asked, begun_by.ring.tries) == (Next.COMPANION, BEN, 0)
    assert due(begun_by.ring, hour + 4 * MINUTE, BERLIN).next is Next.NOTHING
    machine = due(begun_by.ring, hour + TURN, BERLIN)
    assert (machine.next, machine.ring.asked) == (Next.RING, "")
    done = made_in_vain(begun_by.ring, hour + TURN, "no-answer", "completed", "no-answer")
    assert (done.next, done.ring.came) == (Next.ALARM, Came.SILENT)


def test_a_volunteer_rings_only_at_the_beginning_of_a_ring_that_is_made() -> None:
    hour = at(3, 11, 8, 30)
    assert due(rung().but(away_until=hour + DAY), hour, BERLIN, BEN).next is Next.NOTHING
    assert due(rung().but(alive_at=hour - HOUR), hour, BERLIN, BEN).next is Next.NOTHING
    assert due(rung(), hour + 2 * HOUR, BERLIN, BEN).next is Next.NOT_MADE
    heard = answered(due(rung(), hour, BERLIN, BEN).ring, Came.FINE, hour + MINUTE, BERLIN)
    assert (heard.rings, heard.asked, heard.came) == (False, "", Came.FINE)


class Rings(RuleBasedStateMachine):
    """Days of one person: calls end in any way, words come at any time, we stop for any while. On some days a volunteer
    has a turn before the machine."""

    @initialize(hour=st.sampled_from(("02:30", "08:30", "23:59")), safety=st.booleans())
    def begin(self, hour: str, safety: bool) -> None:
        self.now = at(3, 27, 9)  # two days before the clocks change
        self.ring = begun(ANA, hour, self.now, BERLIN).but(safety=safety)
        self.alarms: list[float] = []  # the rings that ended in one
        self.placed = False  # a call is under way
        self.made: list[float] = []  # the moments whose ring came to something
        self.calls: dict[float, int] = {}
        self.companion = ""

    @rule(minutes=st.sampled_from((0, 1, 5, 16, 61, 400, 1500, 5000)))
    def time_passes(self, minutes: int) -> None:
        self.now += minutes * MINUTE
        self.look()

    def look(self) -> None:
        for _ in range(2):  # whoever looks twice does nothing twice
            before = self.ring
            done = due(before, self.now, BERLIN, "" if before.rings else self.companion)
            if done.next is Next.COMPANION:
                assert not before.rings
                assert done.ring.asked
            if done.next is Next.RING:
                self.calls[before.due_at] = self.calls.get(before.due_at, 0) + 1
                assert before.away_until <= before.due_at or before.rings
                assert self.now <= before.due_at + (LATEST if before.safety and before.tries else LATE)
                self.placed = True
            if done.next is Next.ALARM:
                assert before.safety
                assert before.tries
                self.alarms.append(before.due_at)
            self.ring = done.ring
            self.note(before)

    def note(self, before: DailyRing) -> None:
        if self.ring.due_at != before.due_at:
            self.made.append(before.due_at)

    @rule(there=st.booleans())
    def a_volunteer_rings_or_not(self, there: bool) -> None:
        self.companion = BEN if there else ""

    @precondition(lambda self: bool(self.ring.asked))
    @rule()
    def their_turn_is_over(self) -> None:
        self.ring = self.ring.but(asked="", check_at=self.now)
        self.look()
        assert self.ring.tries or self.placed or not self.ring.rings  # the machine rings at once, or it is too late

    @precondition(lambda self: self.placed)
    @rule(how=st.sampled_from(("completed", "no-answer", "failed", "busy")))
    def call_ends(self, how: str) -> None:
        self.ring, self.placed = ended(self.ring, how, self.now), False

    @rule(came=st.sampled_from((Came.FINE, Came.HEARD, Came.NEED)))
    def is_heard(self, came: Came) -> None:
        before = self.ring
        self.ring = answered(before, came, self.now, BERLIN)
        self.note(before)
        assert not self.ring.rings

    @rule(days=st.integers(0, 3))
    def goes_away(self, days: int) -> None:
        before = self.ring
        self.ring = gone(before, self.now + days * DAY if days else 0.0, self.now, BERLIN)
        self.note(before)

    @invariant()
    def each_ring_comes_to_one_thing_and_the_next_is_ahead(self) -> None:
        assert self.made == sorted(set(self.made))
        assert self.ring.check_at >= self.ring.due_at or not self.ring.rings
        assert self.ring.due_at - self.now <= DAY + HOUR
        assert self.ring.tries <= self.ring.most_tries
        assert self.ring.rings or not self.ring.asked

    @invariant()
    def an_alarm_is_given_once_and_where_all_was_silent_never_lost(self) -> None:
        assert self.alarms == sorted(set(self.alarms))
        silent = self.ring.safety and self.ring.came is Came.SILENT
        assert not silent or self.ring.came_at in self.alarms


TestRings = Rings.TestCase
