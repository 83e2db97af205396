"""What four weeks of asking came to, and which one setting is worth a try; `hotline asking` says it without a name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from hotline.commands.asking import _lines
from hotline.dispatch.review import hours_and_minutes, review, suggestion
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.rules import Rules
from hotline.model.town import PastAsk, PastNeed

ZONE = ZoneInfo("America/New_York")
RULES = Rules(ZONE)
NOW = datetime(2026, 3, 28, 12, tzinfo=ZONE).timestamp()
NOON = datetime(2026, 3, 10, 12, tzinfo=ZONE).timestamp()


def need(taken_after: float | None = None, **fields: object) -> PastNeed:
    taken_at = None if taken_after is None else NOON + taken_after
    return replace(PastNeed("food", "north", NOON, taken_at, asked=3), **fields)  # type: ignore[arg-type]


def asks(people: int, each: int, *, yes: Callable[[int], bool] = lambda _: False, after: float = 600) -> list[PastAsk]:
    """Each of so many people was asked so often, a day apart; `yes` says to which of their questions they said it."""
    return [
        PastAsk(f"p{person}", NOON + time * DAY, NOON + time * DAY + after if yes(time) else None, yes(time))
        for person in range(people)
        for time in range(each)
    ]


def test_what_became_of_requests_is_counted_in_hours_of_asking() -> None:
    night = datetime(2026, 3, 10, 23, tzinfo=ZONE).timestamp()
    needs = [need(20 * MINUTE), need(3 * HOUR, told=True), need(HOUR, told=True), need(None, asked=0)]
    needs.append(PastNeed("ride", "north", night, night + 10 * HOUR, asked=1))  # asked from eight in the morning
    found = review(needs, [], 9, RULES, NOW)
    assert (found.needs, len(found.waited), found.in_time, found.told, found.in_vain) == (5, 4, 3, 2, 1)
    assert found.without_givers == {("food", "north"): 1}
    assert sorted(found.waited) == [20 * MINUTE, HOUR, HOUR, 3 * HOUR]


def test_what_other_settings_would_have_done() -> None:
    found = review([need()], asks(2, 6, yes=lambda time: time == 5, after=12 * MINUTE), 9, RULES, NOW)
    assert found.times == (6, 6)
    assert found.yes_before == {5: 0, 10: 0, 15: 1, 20: 1, 30: 1}
    assert found.not_put == {2: (8, 2), 3: (6, 2), 4: (4, 2), 5: (2, 2), 7: (0, 0)}
    assert found.hours == {12: (12, 2)}
    assert found.at_the_limit == 1


def test_who_left_after_how_many_questions() -> None:
    gone = [replace(ask, gone_at=NOON + 3 * DAY) for ask in asks(1, 3)]
    assert review([need()], [*gone, *asks(0, 1)], 9, RULES, NOW).gone_after == (3,)


def test_one_setting_at_most_is_suggested_and_none_for_a_few_requests() -> None:
    slow, well = [need(None)] * 30, [need(20 * MINUTE)] * 30
    busy = review(slow, asks(200, 5), 200, RULES, NOW)
    assert suggestion(busy, RULES)[1] == replace(RULES, asks_per_week=6)
    assert suggestion(replace(busy, going=0.3), RULES)[1] == replace(RULES, asks_per_week=4)
    assert suggestion(replace(busy, needs=3), RULES) == ("", RULES)
    late = review(well, asks(30, 2, yes=lambda _: True, after=13 * MINUTE), 200, RULES, NOW)
    assert suggestion(late, RULES)[1] == replace(RULES, wave_minutes=15)
    calm = review(slow, asks(100, 1), 200, RULES, NOW)
    assert suggestion(calm, RULES)[1] == replace(RULES, wave_minutes=5)
    fine = review(well, asks(30, 1, yes=lambda _: True, after=MINUTE), 200, RULES, NOW)
    assert suggestion(fine, RULES) == ("", RULES)


def test_it_is_said_without_a_name_or_number() -> None:
    people = [replace(ask, volunteer="+12125550141", gone_at=NOON + 2 * DAY) for ask in asks(1, 2, yes=lambda _: True)]
    said = "\n".join(_lines(review([need(HOUR), need(None, asked=0)], people, 4, RULES, NOW), RULES))
    assert "2 requests, 1 taken, 1 within two hours of asking." in said
    assert "Nobody to ask: food, north: 1" in said
    assert "1 people were asked, of 4 who give." in said
    assert "No setting seems better than it is." in said
    assert "+1212" not in said
    assert list(_lines(review([], [], 0, RULES, NOW), RULES)) == ["Nothing was asked for in these weeks."]


def test_lengths_are_said_short() -> None:
    assert [hours_and_minutes(each) for each in (0, 2100, 7140, 11100)] == ["0 min", "35 min", "119 min", "3 h 05"]
