"""When a need is looked after for the first time and later, and when the next of a weekly one is made."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from hotline.dispatch.follow_up import (
    After,
    Due,
    Next,
    NextAboutDanger,
    due,
    due_about_danger,
    due_in_danger,
    first_look,
)
from hotline.dispatch.recurrence import next_due, next_made_at
from hotline.dispatch.waves import plan
from hotline.model.calendar import DAY, HOUR, MINUTE, WEEK, WEEKDAYS, midnight
from hotline.model.dangers import CERTAIN, DangerCase
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
    After.COMING: 24 * HOUR,
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


@pytest.mark.parametrize("after", [After.TAKEN, After.RELAYED, After.COMING])
@pytest.mark.parametrize(
    ("begins", "ends", "looked_at"),
    [
        (5 * HOUR, 5 * HOUR, 4 * HOUR),  # an hour before it
        (0.5 * HOUR, 0.5 * HOUR, 1.5 * HOUR),  # no time is left for that: an hour after it
        (-2 * HOUR, 2 * HOUR, 3 * HOUR),
        (20.5 * HOUR, 20.5 * HOUR, 20 * HOUR),  # 8:30: not before people wake
        (20 * HOUR, 20 * HOUR, 8 * HOUR),  # 8:00 in the morning: the evening before
        (-2 * HOUR, -2 * HOUR, DAY),  # long past: as if nobody had said a time
    ],
)
def test_who_has_it_is_reminded_before_its_time(after: After, begins: float, ends: float, looked_at: float) -> None:
    assert first_look(after, RULES, NOON, (NOON + begins, NOON + ends)) == NOON + looked_at


@pytest.mark.parametrize("minutes", [15, 60, 180])
def test_how_long_before_is_a_setting_of_the_community(minutes: int) -> None:
    rules = Rules(ZONE, remind_before_minutes=minutes)
    expected = (NOON + 5 * HOUR, NOON + 5 * HOUR)
    assert first_look(After.TAKEN, rules, NOON, expected) == NOON + 5 * HOUR - minutes * MINUTE


@pytest.mark.parametrize("after", [After.RECORDED, After.GIVEN_BACK, After.STILL_NEEDED, After.MADE_AGAIN])
def test_what_nobody_took_is_asked_about_when_its_time_has_passed(after: After) -> None:
    assert first_look(after, RULES, NOON, (NOON + 3 * HOUR, NOON + 4 * HOUR)) == NOON + 4 * HOUR
    assert first_look(after, RULES, NOON, (NOON + 9 * DAY, NOON + 9 * DAY)) == NOON + 9 * DAY


def test_first_the_reminder_and_after_its_time_whether_it_happened() -> None:
    need = Need(112, "+12125550111", Status.TAKEN, takers=("+12125550122",))
    need = need.but(starts_at=NOON + HOUR, ends_at=NOON + 2 * HOUR)
    assert due(need, RULES, NOON) == Due(Next.BEFORE, NOON + 3 * HOUR, 1)
    assert due(need.but(checks=1), RULES, NOON + 3 * HOUR) == Due(Next.HAPPENED, NOON + 3 * HOUR + DAY, 2)
    assert due(need, RULES, NOON + 3 * HOUR) == Due(Next.HAPPENED, NOON + 3 * HOUR + DAY, 2)
    assert due(need.but(coming_at=NOON + 5 * HOUR), RULES, NOON + 4 * HOUR).next is Next.BEFORE


def test_nobody_is_asked_to_take_what_is_past() -> None:
    need = Need(112, "+12125550111", Status.OPEN, starts_at=NOON - HOUR, ends_at=NOON)
    assert plan(need, [], RULES, NOON).ask == ()
    assert not plan(need, [], RULES, NOON).waits_too_long


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
        assert due(need.but(checks=checks), RULES, NOON) == Due(
            step, later, checks + 1 if steps[0][0] is not Next.NOTHING else checks
        )


def test_at_night_nothing_is_done_before_the_morning() -> None:
    night = midnight(NOON, ZONE, days=1)
    assert due(Need(112, "+12125550111", Status.OPEN), RULES, night) == Due(Next.NOTHING, night + 8 * HOUR, 0)


@pytest.mark.parametrize("weekday", WEEKDAYS)
def test_the_next_one_is_made_the_day_before_in_the_week_after_the_coming_one(weekday: str) -> None:
    made_at = next_made_at(weekday, RULES, NOON)
    assert made_at is not None
    made = datetime.fromtimestamp(made_at, ZONE)
    assert made.hour == 10
    assert WEEKDAYS[(made.weekday() + 1) % 7] == weekday
    assert 6 <= (made.date() - datetime.fromtimestamp(NOON, ZONE).date()).days <= 12


def test_two_days_a_week_are_made_one_after_the_other() -> None:
    made = next_made_at("tuesday friday", RULES, NOON)  # today is a Tuesday
    assert made == datetime(2026, 3, 12, 10, tzinfo=ZONE).timestamp()
    when = next_due("tuesday friday", "2026-03-10 09:00", RULES, made)
    assert when
    assert when.name == "2026-03-13 09:00"


def test_the_next_one_is_at_the_same_hour_after_the_clocks_changed() -> None:
    when = next_due("sunday", "2026-03-01 09:00", RULES, datetime(2026, 3, 7, 10, tzinfo=ZONE).timestamp())
    assert when
    assert when.span(ZONE)[0] == datetime(2026, 3, 8, 9, tzinfo=ZONE).timestamp()


def test_what_is_for_once_is_not_made_again() -> None:
    assert next_made_at("", RULES, NOON) is None


def test_a_request_that_names_danger_is_spoken_of_again_and_again_by_day() -> None:
    assert due_in_danger(False, RULES, NOON) == Due(Next.PERSON, NOON + RULES.follow_up_seconds)
    assert due_in_danger(True, RULES, NOON) == Due(Next.NOTHING, NOON + RULES.follow_up_seconds)
    assert due_in_danger(False, RULES, NOON + 12 * HOUR).next is Next.NOTHING


def test_a_danger_closed_on_that_phone_is_reminded_of_until_somebody_looks() -> None:
    said = DangerCase(1, "+12125550111", 101, CERTAIN, "he hit me", NOON)
    assert due_about_danger(said, True, NOON + 15 * MINUTE) == (NextAboutDanger.REMIND, NOON + 30 * MINUTE)
    assert due_about_danger(said, True, NOON + HOUR) == (NextAboutDanger.GO_ON, None)
    for hours in (1, 2, 30):
        after = NOON + hours * HOUR
        assert due_about_danger(said, True, after, withdrawn=True) == (NextAboutDanger.REMIND, after + HOUR)
    assert due_about_danger(said, False, NOON + HOUR) == (NextAboutDanger.NOTHING, None)
