"""Who is asked: in turn, under their limit, awake; and when to look again, also in the nights the clock changes."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.dispatch import Rules, plan, wakes_at
from hotline.records import Need, Status, Volunteer

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
