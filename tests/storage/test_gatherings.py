"""Days together, whatever order things happen in: never more people than places, the line in its order, who waits hears
once that there is room, nothing is said to somebody who left, and the place to nobody but who was let in."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hotline.community.reading import from_table
from hotline.dispatch import gatherings as dispatch
from hotline.dispatch.gatherings import NextOfGathering
from hotline.model.calendar import DAY, HOUR
from hotline.model.gatherings import Gathering, Guest, Weather
from hotline.outbound.gatherings import GatheringNews
from hotline.storage import Transaction
from tests.storage.asking import NOW
from tests.storage.test_gifts import in_memory
from tests.unit.build import plain

HOST, GUESTS = "+12125550101", tuple(f"+1212555011{place}" for place in range(5))
PLACES, PLACE = 6, "12 Elm Street"
ZONE = ZoneInfo("America/New_York")


class Days(RuleBasedStateMachine):
    """One host of one day for six, five who come with up to four."""

    @initialize(anyone=st.booleans())
    def begin(self, anyone: bool) -> None:
        self.run = in_memory()
        self.anyone, self.let_in, self.sent_away = anyone, set[str](), dict[str, int]()
        self.now, self.left = NOW, dict[str, int]()
        self.community = from_table({**plain(), "sharing": {"days": True}}, ("en", "es"))
        self.hosting = GatheringNews(self.community)
        self.starts_at = NOW + 9 * DAY
        self.day = self.run(self._listed)

    def _listed(self, tx: Transaction) -> int:
        for phone in (HOST, *GUESTS):
            tx.people.introduce(phone, "", "en", self.now)
        number = tx.gatherings.begin(HOST, "garden", self.now, self.now + DAY)
        day = Gathering(
            number, HOST, words="garden", place=PLACE, area="north", places=PLACES, starts_at=self.starts_at
        )
        weather: dict[str, Any] = {"weather": Weather.OTHER_DAY, "rain_at": self.starts_at + DAY, "anyone": self.anyone}
        self.hosting._list(tx, day.but(**weather), self.now)
        return number

    @rule(who=st.sampled_from(GUESTS), people=st.integers(1, 4))
    def comes(self, who: str, people: int) -> None:
        if who not in self.left:
            self.run(lambda tx: self.hosting.comes(tx, self.day, who, people, self.now))

    @rule(
        who=st.sampled_from(GUESTS), yes=st.sampled_from((True, True, False)), host=st.sampled_from((HOST, GUESTS[0]))
    )
    def host_answers(self, who: str, yes: bool, host: str) -> None:
        """Somebody else's word about a guest is none."""
        guest = next((each for each in self._guests() if each.guest == who), None)
        day = self.run(lambda tx: tx.gatherings.get(self.day))
        if guest is None or host in self.left:
            return
        self.run(lambda tx: self.hosting.answered(tx, self.day, host, guest.number, self.now, yes=yes))
        if host == HOST and day and day.live:
            if yes and day.starts_at > self.now:
                self.let_in.add(who)
            elif not yes:
                self.sent_away.setdefault(who, self._latest())

    @rule(who=st.sampled_from(GUESTS))
    def does_not(self, who: str) -> None:
        if who not in self.left:
            self.run(lambda tx: self.hosting.does_not_come(tx, self.day, who, self.now))

    @rule(who=st.sampled_from((*GUESTS, *GUESTS, HOST)))
    def leave(self, who: str) -> None:
        def turn(tx: Transaction) -> None:
            tx.people.opt_out(who, self.now)
            self.hosting.left(tx, who, self.now, asks_too=True)

        self.run(turn)
        self.left.setdefault(who, self._latest())

    def _latest(self) -> int:
        return max((row["id"] for row in self._outbox()), default=0)

    @rule()
    def other_day(self) -> None:
        if HOST not in self.left:
            self.run(lambda tx: self.hosting.postponed(tx, self.day, self.now))

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += hours * HOUR

        def turn(tx: Transaction) -> None:
            for _ in range(3):
                if (day := tx.gatherings.get(self.day)) and day.live:
                    self.hosting.look_after(tx, day, self.now)

        self.run(turn)

    def _outbox(self) -> list[dict[str, Any]]:
        return self.run.outbox()  # type: ignore[attr-defined,no-any-return]

    def _guests(self) -> tuple[Guest, ...]:
        return self.run(lambda tx: tx.gatherings.guests(self.day))

    @invariant()
    def never_more_than_there_are_places(self) -> None:
        assert sum(guest.people for guest in self._guests() if guest.comes or guest.asks) <= PLACES

    @invariant()
    def nobody_waits_where_there_is_room(self) -> None:
        day = self.run(lambda tx: tx.gatherings.get(self.day))
        assert day
        if day.live and day.starts_at > self.now:
            assert not [guest for guest in self._guests() if guest.waits and guest.people <= (day.room or 0)]

    @invariant()
    def only_its_host_or_time_ends_it(self) -> None:
        day = self.run(lambda tx: tx.gatherings.get(self.day))
        assert day
        assert day.live or HOST in self.left or self.now > self.starts_at

    @invariant()
    def the_place_is_told_to_nobody_but_who_was_let_in(self) -> None:
        for row in self._outbox():
            if PLACE in str(dict(row)) and row["party"] != HOST:
                assert self.anyone or row["party"] in self.let_in
                assert row["id"] <= self.sent_away.get(row["party"], row["id"])
        assert all(guest.told_at for guest in self._guests() if guest.comes)
        assert self.anyone or not [
            guest for guest in self._guests() if guest.told_at and guest.guest not in self.let_in
        ]

    @invariant()
    def who_was_sent_away_has_no_place_again(self) -> None:
        assert not {guest.guest for guest in self._guests()} & set(self.sent_away)

    @invariant()
    def nothing_is_sent_to_who_left(self) -> None:
        for row in self._outbox():
            assert row["id"] <= self.left.get(row["party"], row["id"])


def test_days_in_any_order() -> None:
    run_state_machine_as_test(
        Days,
        settings=settings(max_examples=25, stateful_step_count=30, suppress_health_check=list(HealthCheck)),
    )


def _at(*moment: int) -> float:
    return datetime(*moment, tzinfo=ZONE).timestamp()  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("starts", "decided"),
    [
        ((2026, 3, 14, 10), (2026, 3, 14, 8)),
        ((2026, 3, 14, 18), (2026, 3, 14, 16)),
        ((2026, 3, 14, 9), (2026, 3, 13, 20)),  # seven in the morning is night: the evening before
        ((2026, 3, 8, 9), (2026, 3, 7, 20)),  # in the night the clocks go forward
    ],
)
def test_when_it_is_decided_for_weather(starts: tuple[int, ...], decided: tuple[int, ...]) -> None:
    rules = from_table({**plain(), "timezone": ZONE.key}, ("en", "es")).rules
    assert dispatch.decided_at(_at(*starts), rules) == _at(*decided)


@pytest.mark.parametrize(("weather", "asked"), [(Weather.ANYWAY, False), (Weather.OFF, True)])
def test_what_is_done_and_when(weather: Weather, asked: bool) -> None:
    rules = from_table({**plain(), "timezone": ZONE.key}, ("en", "es")).rules
    day, now = Gathering(1, HOST, starts_at=_at(2026, 3, 14, 10), weather=weather), _at(2026, 3, 10, 12)
    begins, done = dispatch.begun(day, rules, now), []
    at, day = begins.check_at, day.but(told=begins.told)
    while at is not None:
        due = dispatch.due(day, reached=True, now=at, rules=rules)
        done += [(str(due.next), at)] if due.next is not NextOfGathering.NOTHING else []
        day, at = day.but(told=due.told), due.check_at
    decide = [("decide", _at(2026, 3, 14, 8))] if asked else []
    assert done == [("remind", _at(2026, 3, 13, 18)), *decide, ("over", _at(2026, 3, 15))]


def test_what_was_not_said_in_time_is_not_said_afterwards() -> None:
    rules = from_table({**plain(), "timezone": ZONE.key}, ("en", "es")).rules
    day = Gathering(1, HOST, starts_at=_at(2026, 3, 14, 10), weather=Weather.OFF)
    assert dispatch.due(day, reached=True, now=_at(2026, 3, 14, 11), rules=rules).next is NextOfGathering.NOTHING
    assert dispatch.due(day, reached=False, now=_at(2026, 3, 13), rules=rules).next is NextOfGathering.GONE
