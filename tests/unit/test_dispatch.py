"""Who is asked: in turn, under their limit, awake; and when to look again, also in the nights the clock changes."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.dispatch.quiet_hours import wakes_at
from hotline.dispatch.waves import plan
from hotline.model.calendar import FOREVER
from hotline.model.needs import Need, Status
from hotline.model.people import Volunteer
from hotline.model.rules import Rules

ZONE = ZoneInfo("America/New_York")
RULES = Rules(ZONE)
MINUTE = 60.0


def at(text: str, fold: int = 0) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE, fold=fold).timestamp()


NOON = at("2026-03-10 12:00")
NEED = Need(112, "+12125550111", Status.OPEN, "food", "north", asked_since=NOON)


def people(*asks: int) -> list[Volunteer]:
    return [Volunteer(f"+1212555{place:04}", asks_this_week=count) for place, count in enumerate(asks)]


def asked(*asks: int, rules: Rules = RULES) -> list[int]:
    return [int(who.phone[-4:]) for who in plan(NEED, people(*asks), rules, NOON).ask]


def test_a_few_are_asked_in_the_order_in_which_they_stand() -> None:
    assert asked(0, 0, 0, 0, 0) == [0, 1, 2]
    assert asked(0, 0, 0, rules=replace(RULES, wave_size=1)) == [0]


def test_whoever_was_asked_enough_this_week_is_left_in_peace() -> None:
    assert asked(5, 4, 9, 0, 0) == [1, 3, 4]
    assert asked(5, 6, 7) == []


def test_no_more_people_are_read_than_are_asked() -> None:
    candidates = iter(people(*[0] * 100))
    plan(NEED, candidates, RULES, NOON)
    assert len(list(candidates)) == 97


def test_after_a_wave_it_waits_and_with_nobody_left_it_looks_again_later() -> None:
    assert plan(NEED, people(0), RULES, NOON).look_at == NOON + 10 * MINUTE
    assert plan(NEED, [], RULES, NOON).look_at > NOON


def test_nobody_to_ask_is_told_to_a_person_at_once_and_once() -> None:
    assert plan(NEED, [], RULES, NOON).waits_too_long
    assert not plan(replace(NEED, escalated=True), [], RULES, NOON).waits_too_long


@pytest.mark.parametrize(("minutes", "too_long"), [(0, False), (44, False), (45, True), (480, True)])
def test_what_waits_too_long_is_told_to_a_person(minutes: int, too_long: bool) -> None:
    now = NOON + minutes * MINUTE
    assert plan(NEED, people(0, 0), RULES, now).waits_too_long == too_long
    assert not plan(replace(NEED, escalated=True), people(0), RULES, now).waits_too_long


def test_at_night_nobody_is_asked_and_nobody_is_told() -> None:
    wave = plan(NEED, people(0), RULES, at("2026-03-10 23:30"))
    assert (wave.ask, wave.look_at, wave.waits_too_long) == ((), at("2026-03-11 08:00"), False)


@pytest.mark.parametrize(
    ("now", "wakes"),
    [
        ("2026-03-10 20:59", "2026-03-10 20:59"),
        ("2026-03-10 21:00", "2026-03-11 08:00"),
        ("2026-03-10 23:59", "2026-03-11 08:00"),
        ("2026-03-11 00:00", "2026-03-11 08:00"),
        ("2026-03-11 07:59", "2026-03-11 08:00"),
        ("2026-03-11 08:00", "2026-03-11 08:00"),
        ("2026-12-31 22:00", "2027-01-01 08:00"),
        ("2026-03-07 22:00", "2026-03-08 08:00"),  # the night that has no 2:30
        ("2026-03-08 03:30", "2026-03-08 08:00"),
        ("2026-10-31 22:00", "2026-11-01 08:00"),  # the night that has 1:30 twice
        ("2026-11-01 01:30", "2026-11-01 08:00"),
    ],
)
def test_the_night_ends_in_the_morning(now: str, wakes: str) -> None:
    assert wakes_at(RULES, at(now)) == at(wakes)


def test_the_night_of_spring_is_an_hour_shorter_and_that_of_autumn_an_hour_longer() -> None:
    assert wakes_at(RULES, at("2026-03-07 21:00")) - at("2026-03-07 21:00") == 10 * 3600
    assert wakes_at(RULES, at("2026-10-31 21:00")) - at("2026-10-31 21:00") == 12 * 3600
    assert wakes_at(RULES, at("2026-06-01 21:00")) - at("2026-06-01 21:00") == 11 * 3600


def test_quiet_hours_may_lie_within_a_day_or_never_be() -> None:
    siesta = replace(RULES, quiet_hours="13:00-15:00")
    assert wakes_at(siesta, at("2026-03-10 14:00")) == at("2026-03-10 15:00")
    assert wakes_at(siesta, at("2026-03-10 23:00")) == at("2026-03-10 23:00")
    assert wakes_at(replace(RULES, quiet_hours="00:00-00:00"), at("2026-03-10 00:00")) == at("2026-03-10 00:00")


def one(**fields: object) -> Volunteer:
    return replace(Volunteer("+12125550190"), **fields)  # type: ignore[arg-type]


def is_asked(who: Volunteer, now: float = NOON, urgent: bool = False, rules: Rules = RULES) -> bool:
    return bool(plan(replace(NEED, urgent=urgent, asked_since=now), [who], rules, now).ask)


def test_nobody_is_asked_about_their_own_need_or_in_a_pause() -> None:
    assert is_asked(one())
    assert not is_asked(one(phone=NEED.neighbor))
    assert not is_asked(one(paused_until=NOON + 1))
    assert not is_asked(one(paused_until=FOREVER), urgent=True)
    assert is_asked(one(paused_until=NOON))


def test_whoever_set_a_limit_is_asked_so_often_whatever_the_community_says() -> None:
    assert not is_asked(one(most_a_week=2, asks_this_week=2))
    assert is_asked(one(most_a_week=9, asks_this_week=8))


@pytest.mark.parametrize(
    ("hours", "now", "asked"),
    [
        ("09:00-17:00", "2026-03-10 08:59", False),
        ("09:00-17:00", "2026-03-10 09:00", True),
        ("09:00-17:00", "2026-03-10 17:00", False),
        ("22:00-10:00", "2026-03-10 09:59", True),
        ("22:00-10:00", "2026-03-10 12:00", False),
        ("18:00-00:00", "2026-03-10 20:00", True),
        ("18:00-23:00", "2026-03-10 22:00", False),  # in the quiet hours: the night is everybody's
        ("01:00-09:00", "2026-03-08 08:30", True),  # the morning after the clock changed
        ("09:00-10:00", "2026-11-01 09:30", True),
    ],
)
def test_own_hours_and_the_night_hold_both(hours: str, now: str, asked: bool) -> None:
    assert is_asked(one(hours=hours), at(now)) is asked


def test_whoever_lives_elsewhere_sleeps_by_their_own_clock() -> None:
    chicago, gone = one(timezone="America/Chicago"), one(timezone="Nowhere/Atall")
    assert not is_asked(chicago, at("2026-03-10 08:30"))
    assert is_asked(chicago, at("2026-03-10 09:00"))
    assert not is_asked(replace(chicago, hours="09:00-17:00"), at("2026-03-10 09:30"))
    assert is_asked(replace(chicago, hours="09:00-17:00"), at("2026-03-10 17:30"))
    assert is_asked(gone, at("2026-03-10 08:30"))  # a name that this machine does not know is the community's


def test_what_cannot_wait_is_asked_at_night_but_not_outside_of_own_hours() -> None:
    night = at("2026-03-10 02:00")
    assert is_asked(one(), night, urgent=True)
    assert not is_asked(one(), night)
    assert not is_asked(one(hours="09:00-17:00"), night, urgent=True)
    assert is_asked(one(hours="22:00-06:00"), night, urgent=True)
    assert is_asked(one(timezone="America/Los_Angeles"), night, urgent=True)


def test_what_cannot_wait_is_asked_in_quick_waves_and_told_sooner() -> None:
    night = at("2026-03-10 02:00")
    need = replace(NEED, urgent=True, asked_since=night)
    assert plan(need, people(0), RULES, night).look_at == night + 3 * MINUTE
    late = [minutes for minutes in range(60) if plan(need, people(0), RULES, night + minutes * MINUTE).waits_too_long]
    assert late[0] == 14
    assert plan(need, people(0), replace(RULES, wave_minutes=1), night).look_at == night + MINUTE


def test_whoever_did_it_last_time_is_asked_alone_first() -> None:
    last, *others = people(0, 0, 0)
    last = replace(last, comes_first=True)
    again = replace(NEED, first_choice=last.phone)
    assert plan(again, [last, *others], RULES, NOON).ask == (last,)
    assert plan(again, others, RULES, NOON).ask == tuple(others)
    assert plan(replace(again, urgent=True), [last, *others], RULES, NOON).ask == (last, *others)
    busy = replace(last, asks_this_week=5)
    assert plan(again, [busy, *others], RULES, NOON).ask == tuple(others)


def test_whoever_said_yes_too_late_is_asked_alone_next_however_often_they_were_asked() -> None:
    late, later, *others = people(5, 5, 0, 0)
    reserves = [replace(who, comes_first=True) for who in (late, later)]
    assert plan(NEED, [*reserves, *others], RULES, NOON).ask == (reserves[0],)
    assert plan(NEED, [reserves[1], *others], RULES, NOON).ask == (reserves[1],)
    assert plan(replace(NEED, urgent=True), [*reserves, *others], RULES, NOON).ask == (*reserves, others[0])


@pytest.mark.parametrize(
    ("wanted", "takers", "asked"), [(1, 0, 3), (2, 0, 6), (3, 1, 6), (3, 2, 3), (4, 0, 12), (9, 0, 12)]
)
def test_more_are_asked_at_once_where_more_are_missing(wanted: int, takers: int, asked: int) -> None:
    need = replace(NEED, wanted=wanted, takers=tuple(f"+121255501{each:02}" for each in range(takers)))
    assert len(plan(need, people(*[0] * 30), RULES, NOON).ask) == asked


HOURS = st.tuples(st.integers(0, 23), st.sampled_from((0, 30)))
DAYS = ("2026-03-07", "2026-03-08", "2026-03-09", "2026-10-31", "2026-11-01", "2026-11-02", "2026-06-01")


@given(HOURS, HOURS, st.sampled_from(DAYS), st.integers(0, 24 * 60), st.lists(st.integers(0, 8), max_size=6))
def test_a_need_is_always_looked_at_again_within_a_day(
    begin: tuple[int, int], end: tuple[int, int], day: str, minutes: int, asks: list[int]
) -> None:
    rules = replace(RULES, quiet_hours="{:02}:{:02}-{:02}:{:02}".format(*begin, *end))
    now = at(f"{day} 00:00") + minutes * MINUTE
    wave = plan(NEED, people(*asks), rules, now)
    assert now < wave.look_at <= now + 25 * 3600
    assert len(wave.ask) <= rules.wave_size
    assert all(who.asks_this_week < rules.asks_per_week for who in wave.ask)
