"""Who is asked: in turn, under their limit, awake; and when to look again, also in the nights the clock changes."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.dispatch.forecast import measured, record, yes_within
from hotline.dispatch.quiet_hours import awake_after, awake_before, wakes_at
from hotline.dispatch.storm import is_told_once, offered_beside, storm
from hotline.dispatch.waves import UNMEASURED, Alarm, Wave, plan
from hotline.model.calendar import FOREVER
from hotline.model.needs import Need, Status
from hotline.model.people import Volunteer
from hotline.model.rules import Rules
from hotline.model.town import Load, PastAsk, Storm, Town

ZONE = ZoneInfo("America/New_York")
RULES = Rules(ZONE)
MINUTE = 60.0


def at(text: str, fold: int = 0) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE, fold=fold).timestamp()


NOON = at("2026-03-10 12:00")
HERE = ("north",)
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


def test_no_more_people_are_read_than_the_next_twelve() -> None:
    candidates = iter(people(*[0] * 100))
    plan(NEED, candidates, RULES, NOON)
    assert len(list(candidates)) == 88


def test_of_the_next_twelve_the_first_in_turn_is_asked_and_those_who_say_yes_most() -> None:
    some = people(*[0] * 20)
    for place, asks, yeses in ((0, 40, 0), (5, 10, 6), (11, 4, 2), (12, 10, 10)):
        some[place] = replace(some[place], asks_lately=asks, yeses_lately=yeses)
    assert plan(NEED, some, RULES, NOON).ask == (some[0], some[5], some[11])  # the thirteenth is not next
    assert plan(NEED, some, replace(RULES, wave_size=1), NOON).ask == (some[0],)


def test_a_newcomer_counts_as_everybody_and_one_answer_makes_nobody() -> None:
    new, once, often, never = people(0, 0, 0, 0)
    once = replace(once, asks_lately=1, yeses_lately=1)
    often = replace(often, asks_lately=10, yeses_lately=5)
    never = replace(never, asks_lately=10)
    town = Town(yes_rate=0.2)
    records = [record(who, town) for who in (never, new, once, often)]
    assert records == sorted(records)
    assert record(new, town) == pytest.approx(0.2)
    assert record(once, town) == pytest.approx(1.8 / 5)


def test_where_many_leave_people_are_asked_in_turn_again() -> None:
    some = people(*[0] * 12)
    some[9] = replace(some[9], asks_lately=9, yeses_lately=9)
    some[10] = replace(some[10], asks_lately=9, yeses_lately=8)
    asked = {going: plan(NEED, some, RULES, NOON, Town(going=going)).ask for going in (0.05, 0.11, 0.2)}
    assert asked == {
        0.05: (some[0], some[9], some[10]),
        0.11: (some[0], some[1], some[9]),
        0.2: (some[0], some[1], some[2]),
    }


def test_nobody_of_the_next_tier_is_asked_while_the_first_has_people() -> None:
    near = [replace(who, tier=2, asks_lately=9, yeses_lately=9) for who in people(*[0] * 9)[4:]]
    here = [replace(who, tier=1) for who in people(0, 0)]
    assert plan(NEED, [*here, *near], RULES, NOON).ask == (*here, near[0])
    assert plan(NEED, [*here, *here, *near], RULES, NOON).ask == tuple([*here, *here][:3])


def test_after_a_wave_it_waits_and_with_nobody_left_it_looks_again_later() -> None:
    assert plan(NEED, people(0), RULES, NOON).look_at == NOON + 10 * MINUTE
    assert plan(NEED, [], RULES, NOON).look_at == NOON + 60 * MINUTE
    assert plan(replace(NEED, urgent=True), [], RULES, NOON).look_at == NOON + 10 * MINUTE  # it cannot wait


def test_nobody_to_ask_is_told_to_a_person_at_once_and_once() -> None:
    assert plan(NEED, [], RULES, NOON).waits_too_long
    assert not plan(replace(NEED, escalated=True), [], RULES, NOON).waits_too_long


@pytest.mark.parametrize(("minutes", "too_long"), [(0, False), (44, False), (45, True), (480, True)])
def test_what_waits_too_long_is_told_to_a_person(minutes: int, too_long: bool) -> None:
    now, rules = NOON + minutes * MINUTE, replace(RULES, escalate_after_minutes=45, tell_early=False)
    assert plan(NEED, people(0, 0), rules, now).waits_too_long == too_long
    assert not plan(replace(NEED, escalated=True), people(0), rules, now).waits_too_long


ALWAYS = Town(yes_rate=0.94)  # nearly everybody says yes


def alarm(minutes: float, many: int, town: Town = UNMEASURED, *silent: float, **need: object) -> Alarm | None:
    """What coordinators hear after so many minutes of asking, where so many people are left."""
    told = replace(NEED, wave=1 if minutes else 0, **need)  # type: ignore[arg-type]
    now = NOON + minutes * MINUTE
    return plan(told, people(*[0] * many), RULES, now, town, [NOON + at * MINUTE for at in silent]).alarm


def test_coordinators_hear_early_of_what_hardly_anybody_will_take() -> None:
    assert alarm(0, 20) is None
    assert alarm(30, 20, UNMEASURED, 0, 0, 0, 10, 10, 10, 20, 20, 20) is None
    assert alarm(0, 20, Town(yes_rate=0.005)) is Alarm.UNLIKELY
    assert alarm(0, 20, Town(by_hour=(0.05,) * 24)) is Alarm.UNLIKELY
    assert alarm(110, 20) is Alarm.UNLIKELY  # ten minutes are left, and nobody answers that fast


def test_where_there_is_nobody_for_a_second_wave_coordinators_hear_at_once() -> None:
    assert [alarm(0, many, ALWAYS) for many in (0, 1, 3, 4)] == [Alarm.NOBODY, Alarm.FEW, Alarm.FEW, None]
    assert alarm(10, 1, ALWAYS) is None


def test_while_those_who_were_asked_may_answer_it_is_not_for_want_of_anybody() -> None:
    assert alarm(10, 0, ALWAYS, 0, 0, 0) is None
    assert alarm(10, 0, UNMEASURED, 0) is Alarm.UNLIKELY
    wave = plan(replace(NEED, wave=1), [], RULES, NOON + 600, ALWAYS, [NOON, NOON])
    assert wave.look_at == NOON + 1200  # and it is looked at as often, not in an hour


def test_whatever_is_expected_coordinators_hear_in_the_end() -> None:
    sure = [replace(who, asks_lately=99, yeses_lately=99) for who in people(*[0] * 30)]
    for urgent, minutes in ((False, 180), (True, 20)):
        need = replace(NEED, urgent=urgent, wave=9)
        told = [
            minute for minute in range(200) if plan(need, sure, RULES, NOON + minute * MINUTE, ALWAYS).waits_too_long
        ]
        assert told[0] <= minutes
    late = plan(replace(NEED, wave=9), sure, RULES, NOON + 180 * MINUTE, ALWAYS)
    assert late.alarm is Alarm.TOO_LONG
    capped = replace(RULES, escalate_after_minutes=30)
    assert plan(replace(NEED, wave=9), sure, capped, NOON + 30 * MINUTE, ALWAYS).alarm is Alarm.TOO_LONG
    assert replace(RULES, escalate_after_minutes=6000).patience(NEED) == 180 * MINUTE


def test_a_night_is_no_asking() -> None:
    evening = at("2026-03-10 20:40")
    need, rules = replace(NEED, asked_since=evening), replace(RULES, escalate_after_minutes=45, tell_early=False)
    assert not plan(need, people(0), rules, at("2026-03-11 08:00")).waits_too_long
    assert not plan(need, people(0), rules, at("2026-03-11 08:24")).waits_too_long
    assert plan(need, people(0), rules, at("2026-03-11 08:25")).waits_too_long


@pytest.mark.parametrize(
    ("since", "hours", "until"),
    [
        ("2026-03-10 12:00", 2, "2026-03-10 14:00"),
        ("2026-03-10 20:00", 2, "2026-03-11 09:00"),
        ("2026-03-10 23:00", 3, "2026-03-11 11:00"),
        ("2026-03-10 20:00", 14, "2026-03-11 21:00"),
        ("2026-03-10 20:00", 14.5, "2026-03-12 08:30"),
        ("2026-03-07 20:30", 1, "2026-03-08 08:30"),  # the night that has no 2:30
        ("2026-10-31 20:30", 1, "2026-11-01 08:30"),
    ],
)
def test_hours_of_asking_are_counted_without_nights(since: str, hours: float, until: str) -> None:
    assert awake_after(RULES, at(since), hours * 3600) == at(until)
    assert awake_after(RULES, awake_before(RULES, at(until), hours * 3600), hours * 3600) == at(until)


def test_hours_of_asking_are_counted_backwards_too() -> None:
    for now, hours, since in (
        ("2026-03-10 12:00", 2, "2026-03-10 10:00"),
        ("2026-03-10 09:00", 2, "2026-03-09 20:00"),
        ("2026-03-10 03:00", 2, "2026-03-09 19:00"),
        ("2026-03-08 09:00", 2, "2026-03-07 20:00"),  # the night that has no 2:30
        ("2026-03-10 09:00", 15, "2026-03-08 20:00"),
    ):
        assert awake_before(RULES, at(now), hours * 3600) == at(since)
    never = replace(RULES, quiet_hours="00:00-00:00")
    assert awake_before(never, NOON, 7200) == NOON - 7200


def test_several_did_it_last_time_and_all_of_them_are_asked_before_others() -> None:
    first, second, *others = [replace(who, comes_first=place < 2) for place, who in enumerate(people(0, 0, 0, 0, 0))]
    again = replace(NEED, first_choices=(first.phone, second.phone), wanted=2)
    assert plan(again, [first, second, *others], RULES, NOON).ask == (first, second)
    assert plan(replace(again, wanted=1), [first, second, *others], RULES, NOON).ask == (first,)


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
    rules = replace(RULES, tell_early=False)
    late = [minutes for minutes in range(60) if plan(need, people(0), rules, night + minutes * MINUTE).waits_too_long]
    assert late[0] == 20
    assert plan(need, people(0), replace(RULES, wave_minutes=1), night).look_at == night + MINUTE


def test_whoever_did_it_last_time_is_asked_alone_first() -> None:
    last, *others = people(0, 0, 0)
    last = replace(last, comes_first=True)
    again = replace(NEED, first_choices=(last.phone,))
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


WEATHER = st.tuples(st.sampled_from(Storm), st.booleans(), st.integers(0, 9))  # known to coordinators; hours since


@given(HOURS, HOURS, st.sampled_from(DAYS), st.integers(0, 24 * 60), st.lists(st.integers(0, 8), max_size=6), WEATHER)
def test_a_need_is_always_looked_at_again_within_a_day(
    begin: tuple[int, int],
    end: tuple[int, int],
    day: str,
    minutes: int,
    asks: list[int],
    weather: tuple[Storm, bool, int],
) -> None:
    rules = replace(RULES, quiet_hours="{:02}:{:02}-{:02}:{:02}".format(*begin, *end))
    now = at(f"{day} 00:00") + minutes * MINUTE
    storm_now, known, hours = weather
    need = replace(NEED, asked_since=now - hours * 3600, escalated=known)
    wave = plan(need, people(*asks), rules, now, ALWAYS, [now] * (hours % 3), storm_now)
    assert awake_before(rules, now, 7200) <= now - 7200
    assert now < wave.look_at <= now + 25 * 3600
    assert len(wave.ask) <= rules.wave_size
    assert all(who.asks_this_week < rules.asks_per_week for who in wave.ask)


# --- How this town answers, and storms.


def asks(many: int, every: int, *, after: float = 600.0, gone: bool = False) -> list[PastAsk]:
    """So many questions of past days at noon, each of that place with a yes."""
    past = NOON - 86400 * 20
    return [
        PastAsk(f"+1212555{place:04}", past, past + after if place % every == 0 else None, place % every == 0)
        if not gone
        else PastAsk(f"+1212555{place:04}", past, None, False, past + 86400)
        for place in range(many)
    ]


def test_a_town_is_as_usual_until_it_was_measured() -> None:
    town = measured([], 20, RULES, NOON)
    assert (town.yes_rate, town.going, town.people) == (UNMEASURED.yes_rate, UNMEASURED.going, 20)
    assert town.by_hour == UNMEASURED.by_hour
    assert measured(asks(400, 2), 20, RULES, NOON).yes_rate == pytest.approx(0.47, abs=0.01)
    assert measured(asks(400, 9999), 20, RULES, NOON).yes_rate < 0.02


def test_a_question_that_somebody_else_settled_was_put_for_a_while_only() -> None:
    cut = [replace(ask, ended_at=ask.asked_at + 1, yes=False) for ask in asks(400, 2)]
    assert measured(cut, 20, RULES, NOON).yes_rate == pytest.approx(UNMEASURED.yes_rate, rel=0.05)


def test_a_town_knows_its_good_hours_and_how_fast_it_answers() -> None:
    town = measured(asks(400, 2, after=7000.0), 20, RULES, NOON)
    assert town.by_hour[12] > town.by_hour[11] * 0.9
    assert yes_within(600, town) < 0.2 < 0.9 < yes_within(9000, town)
    shares = [yes_within(seconds, UNMEASURED) for seconds in (0, 30, 300, 720, 1800, 3600, 9000)]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == 1
    assert yes_within(720, UNMEASURED) == pytest.approx(0.5, abs=0.01)


def test_many_who_leave_are_noticed() -> None:
    assert measured(asks(200, 2, gone=True), 20, RULES, NOON).going > 0.14
    assert measured(asks(200, 2), 20, RULES, NOON).going < UNMEASURED.going


def test_a_storm_is_more_than_people_can_be_asked_about_one_by_one() -> None:
    town = Town(yes_rate=0.2)
    assert storm(Load(open=1, fresh=1, due=0), town) is Storm.NONE
    assert storm(Load(open=20, fresh=20, due=100), town) is Storm.NONE
    assert storm(Load(open=21, fresh=21, due=100), town) is Storm.NOW
    assert storm(Load(open=21, fresh=20, due=100), town) is Storm.LEFT_OVER


def test_coordinators_hear_of_a_storm_once_and_of_what_comes_after_it_one_by_one() -> None:
    many = Load(open=5)
    assert [is_told_once(weather, many) for weather in Storm] == [False, False, True]
    assert not is_told_once(Storm.NOW, Load(open=4))


def test_in_a_storm_everybody_keeps_a_question_for_the_days_after_it() -> None:
    week = [
        replace(one(), phone=f"+1212555{place:04}", asks_this_week=asks, most_a_week=most)
        for place, (asks, most) in enumerate([(3, 0), (4, 0), (2, 3), (1, 3), (1, 2), (0, 1)])
    ]

    def asked_in(weather: Storm, **need: Any) -> list[int]:
        wave = plan(replace(NEED, **need), week, replace(RULES, wave_size=9), NOON, storm=weather)
        return [int(who.phone[-4:]) for who in wave.ask]

    assert asked_in(Storm.NOW) == [0, 3, 4, 5]
    everybody = list(range(6))
    assert asked_in(Storm.NONE) == asked_in(Storm.LEFT_OVER) == asked_in(Storm.NOW, urgent=True) == everybody


def test_in_a_storm_nobody_else_is_asked_while_one_who_was_asked_will_probably_take_it() -> None:
    eager = replace(UNMEASURED, yes_rate=0.5)
    assert plan(NEED, people(0, 0), RULES, NOON, eager, [NOON, NOON], Storm.NOW) == Wave((), NOON + 600)
    for change, town, waiting in (
        ({}, eager, []),
        ({}, UNMEASURED, [NOON]),
        ({"urgent": True}, eager, [NOON, NOON]),
        ({"wanted": 2}, eager, [NOON, NOON]),
    ):
        assert plan(replace(NEED, **change), people(0, 0, 0), RULES, NOON, town, waiting, Storm.NOW).ask
    assert plan(NEED, people(0, 0), RULES, NOON, eager, [NOON, NOON]).ask
    late = NOON + 3 * 3600
    assert plan(NEED, people(0, 0), RULES, late, eager, [late, late], Storm.NOW).alarm is Alarm.TOO_LONG


def test_in_a_storm_what_coordinators_have_long_known_of_has_no_wave_of_its_own() -> None:
    known = replace(NEED, escalated=True, wave=1)

    def is_asked_about(hours: float, weather: Storm = Storm.LEFT_OVER, **need: Any) -> bool:
        return bool(plan(replace(known, **need), people(0), RULES, NOON + hours * 3600, storm=weather).ask)

    assert not is_asked_about(2)
    assert is_asked_about(1.9)
    assert is_asked_about(2, Storm.NONE)
    assert is_asked_about(2, escalated=False)
    assert is_asked_about(2, wave=0)  # nobody was asked yet, and who is rung hears of one thing at a time
    assert is_asked_about(2, urgent=True)
    assert is_asked_about(2, again_since=NOON + 3600)  # a coordinator asks the silent ones again
    evening = replace(known, asked_since=at("2026-03-10 20:00"))
    assert plan(evening, people(0), RULES, at("2026-03-11 08:30"), storm=Storm.NOW).ask  # a night is no waiting


def test_one_text_offers_three_at_most_and_only_what_they_give_and_may_be_asked_now() -> None:
    who = replace(one(), needs=("food", "ride"), areas=("north",))
    near = replace(NEED, number=119, what="ride", area="harbor")
    assert offered_beside(who, ("north", "harbor"), NEED, [near], RULES, NOON) == (near,)
    others = [replace(NEED, number=number, what="ride", area="north") for number in (113, 114, 115)]
    assert offered_beside(who, HERE, NEED, others, RULES, NOON) == tuple(others[:2])
    for wrong in (
        *({"what": "repair"}, {"area": "downtown"}, {"neighbor": who.phone}, {"number": NEED.number}, {"held": True}),
        *({"paused_until": NOON + 1}, {"takers": ("+12125550150",)}, {"ends_at": NOON - 1}),
    ):
        assert offered_beside(who, HERE, NEED, [replace(others[0], **wrong)], RULES, NOON) == ()
    night = at("2026-03-10 02:00")
    urgent = replace(others[1], urgent=True)
    assert offered_beside(who, HERE, replace(NEED, urgent=True), [others[0], urgent], RULES, night) == (urgent,)
