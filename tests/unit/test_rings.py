"""When somebody who did not hear us is rung again: how often, at other hours, never at night."""

from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from hotline.dispatch.call_retry import MOST_TRIES, TRIES, again_at
from hotline.dispatch.quiet_hours import wakes_at
from hotline.model.rules import Rules

ZONE = ZoneInfo("America/New_York")
RULES = Rules(ZONE)


def at(clock: str, day: int = 10) -> float:
    return datetime.strptime(f"2026-03-{day:02} {clock}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE).timestamp()


@pytest.mark.parametrize(
    ("now", "then", "day"),
    [
        ("08:00", "10:00", 10),
        ("08:01", "14:00", 10),
        ("10:00", "14:00", 10),
        ("12:00", "14:00", 10),
        ("12:30", "18:30", 10),
        ("14:00", "18:30", 10),
        ("18:30", "10:00", 11),
        ("20:59", "10:00", 11),
    ],
)
def test_the_next_try_is_at_another_time_of_day(now: str, then: str, day: int) -> None:
    assert again_at(1, "no-answer", RULES, at(now)) == at(then, day)


@pytest.mark.parametrize("first", ["08:00", "09:30", "11:00", "13:15", "15:00", "17:45", "20:50"])
def test_three_tries_are_at_three_times_of_day(first: str) -> None:
    tries = [at(first)]
    while (then := again_at(len(tries), "no-answer", RULES, tries[-1])) is not None:
        tries.append(then)
    assert len(tries) == TRIES
    hours = [datetime.fromtimestamp(each, ZONE).hour for each in tries]
    assert all(abs(one - other) >= 2 for one, other in pairwise(hours))
    assert len(set(hours[1:])) == 2


def test_after_the_last_try_a_person_takes_over() -> None:
    assert again_at(TRIES, "no-answer", RULES, at("12:00")) is None
    assert again_at(MOST_TRIES, "busy", RULES, at("12:00")) is None


def test_a_busy_line_is_tried_soon_and_oftener() -> None:
    assert again_at(TRIES, "busy", RULES, at("12:00")) == at("12:15")


def test_a_busy_line_in_the_evening_waits_for_the_morning() -> None:
    assert again_at(1, "busy", RULES, at("20:50")) == at("08:00", 11)


@pytest.mark.parametrize("quiet", ["21:00-08:00", "17:00-12:00", "09:00-19:00", "00:00-00:00", "09:30-09:00"])
@pytest.mark.parametrize("how", ["busy", "no-answer", "completed", "failed"])
def test_nobody_is_rung_while_people_sleep(quiet: str, how: str) -> None:
    rules = Rules(ZONE, quiet_hours=quiet)
    for hour in range(24):
        then = again_at(1, how, rules, at(f"{hour:02}:10"))
        assert then is not None
        assert wakes_at(rules, then) == then > at(f"{hour:02}:10")


def test_clocks_that_change_do_not_matter() -> None:
    """The night before, at one in the morning, the clocks went forward."""
    assert again_at(1, "no-answer", RULES, at("18:30", 7)) == at("10:00", 8)
