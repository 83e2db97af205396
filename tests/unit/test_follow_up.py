"""When a need is looked after for the first time and later, and when the next of a weekly one is made."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from hotline.dispatch.follow_up import After, Due, Next, due, due_in_danger, first_look
from hotline.dispatch.recurrence import next_made_at
from hotline.model.calendar import DAY, HOUR, MINUTE, WEEK, WEEKDAYS, midnight
from hotline.model.needs import Need, Status
from hotline.model.rules import Rules

ZONE = ZoneInfo("America/New_York")
RULES = Rules(ZONE, follow_up_hours=24, still_needed_hours=48)
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=ZONE).timestamp()  # a Tuesday
FIRST = {
    After.BEGUN: HOUR,
    After.ASKED_THE_CARRIER: MINUTE,
    After.RECORDED: 48 * HOUR,
    After.TAKEN: 24 * HOUR,
    After.GIVEN_BACK: 48 * HOUR,
    After.RELAYED: 24 * HOUR,
    After.COMING: HOUR,
    After.ALL_DONE: 0.0,
    After.NOT_YET: 24 * HOUR,
    After.STILL_NEEDED: 48 * HOUR,
    After.MADE_AGAIN: 48 * HOUR,
    After.INTERRUPTED: 15 * MINUTE,
    After.LEFT_ALONE: 24 * HOUR,
}
ASKED_TWICE = [(Next.HAPPENED, DAY), (Next.HAPPENED, DAY)]
GIVEN_UP = [(Next.STILL_NEEDED, DAY), (Next.STILL_NEEDED, DAY), (Next.EXPIRE, None)]


@pytest.mark.parametrize("after", After)
def test_each_event_has_its_first_look(after: After) -> None:
    assert first_look(after, RULES, NOON) == NOON + FIRST[after]


def test_nobody_is_asked_before_the_taker_said_they_would_come() -> None:
    assert first_look(After.COMING, RULES, NOON, NOON + 5 * HOUR) == NOON + 6 * HOUR
    assert first_look(After.RELAYED, RULES, NOON, NOON + 5 * HOUR) == NOON + DAY
    assert first_look(After.RELAYED, RULES, NOON, NOON + 3 * DAY) == NOON + 3 * DAY + HOUR


@pytest.mark.parametrize(
    ("status", "takers", "steps"),
    [
        (Status.DRAFT, (), [(Next.GO_ON, 2 * DAY), *GIVEN_UP]),
        (Status.OPEN, (), GIVEN_UP),
        (Status.OPEN, ("+12125550122",), [*ASKED_TWICE, (Next.PERSON, WEEK), *GIVEN_UP]),
        (
            Status.TAKEN,
            ("+12125550122",),
            [(Next.REMIND, DAY), *ASKED_TWICE, (Next.PERSON, WEEK), (Next.EXPIRE, None)],
        ),
        (Status.DONE, (), [*ASKED_TWICE, (Next.PERSON, None)]),
        (Status.CANCELLED, (), [(Next.NOTHING, None)]),
        (Status.EXPIRED, (), [(Next.NOTHING, None)]),
    ],
)
def test_each_look_has_its_step_and_the_last_one_stays(
    status: Status, takers: tuple[str, ...], steps: list[tuple[Next, float | None]]
) -> None:
    need = Need(112, "+12125550111", status, takers=takers, wanted=2)
    for checks, (step, wait) in enumerate([*steps, steps[-1]]):
        later = None if wait is None else NOON + wait
        assert due(need.but(checks=checks), RULES, NOON) == Due(step, later)


def test_at_night_nothing_is_done_before_the_morning() -> None:
    night = midnight(NOON, ZONE, days=1)
    assert due(Need(112, "+12125550111", Status.OPEN), RULES, NOON + 12 * HOUR) == Due(Next.NOTHING, night + 8 * HOUR)


@pytest.mark.parametrize("weekday", WEEKDAYS)
def test_the_next_one_is_made_the_day_before_in_the_week_after_the_coming_one(weekday: str) -> None:
    made_at = next_made_at(weekday, RULES, NOON)
    assert made_at is not None
    made = datetime.fromtimestamp(made_at, ZONE)
    assert made.hour == 10
    assert WEEKDAYS[(made.weekday() + 1) % 7] == weekday
    assert 6 <= (made.date() - datetime.fromtimestamp(NOON, ZONE).date()).days <= 12


def test_what_is_for_once_is_not_made_again() -> None:
    assert next_made_at("", RULES, NOON) is None


def test_a_request_that_names_danger_is_spoken_of_again_and_again_by_day() -> None:
    assert due_in_danger(False, RULES, NOON) == Due(Next.PERSON, NOON + RULES.follow_up_seconds)
    assert due_in_danger(True, RULES, NOON) == Due(Next.NOTHING, NOON + RULES.follow_up_seconds)
    assert due_in_danger(False, RULES, NOON + 12 * HOUR).next is Next.NOTHING
