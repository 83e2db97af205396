"""The made-up year: the same seed gives the same year, every need ends somewhere, all rules meet the same people."""

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from benchmarks.year import study
from benchmarks.year.answering import luck
from benchmarks.year.assumptions import Assumptions
from benchmarks.year.events import Outcome, Year
from benchmarks.year.figures import Figures, gini, measure, together
from benchmarks.year.policies import Hotline, Policy, four
from benchmarks.year.town import DAY, WEEK, settle
from benchmarks.year.wordings import costs
from hotline.dispatch.quiet_hours import wakes_at
from hotline.model.rules import Rules

CITY = replace(Assumptions(), volunteers=120, days=14, needs_a_day=5)
RULES = Rules(ZoneInfo(CITY.timezone))
NAMES = [policy.name for policy in four(RULES)]


def live(policy: Policy, seed: int = 7) -> Outcome:
    return Year(settle(CITY, seed), policy, CITY).run()


@cache
def outcome(name: str) -> Outcome:
    return live(next(policy for policy in four(RULES) if policy.name == name))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_gives_the_same_year(name: str) -> None:
    again = live(next(policy for policy in four(RULES) if policy.name == name))
    assert again.texts == outcome(name).texts
    assert measure(settle(CITY, 7), again) == measure(settle(CITY, 7), outcome(name))


def test_another_seed_gives_another_year() -> None:
    assert live(Hotline(RULES), seed=8).texts != outcome(NAMES[0]).texts


@pytest.mark.parametrize("name", NAMES)
def test_every_need_ends_taken_expired_or_open_and_every_text_is_counted(name: str) -> None:
    of = outcome(name)
    ends = Counter("taken" if course.taken_at else "expired" if course.expired else "open" for course in of.courses)
    assert ends.total() == len(settle(CITY, 7).wants)
    assert ends["taken"] == of.texts["taken"] == of.texts["news"] > 0
    assert not any(course.taken_at and course.expired for course in of.courses)
    begins = settle(CITY, 7).begins
    late = {course.need.number for course in of.courses if course.open}
    assert late <= {each.need.number for each in settle(CITY, 7).wants if each.may_ask > begins + (CITY.days - 2) * DAY}
    assert of.texts["alert"] == sum(standing.asked for standing in of.standings)


def test_every_rule_meets_the_same_people_the_same_needs_and_the_same_luck() -> None:
    assert settle(CITY, 7) == settle(CITY, 7)
    met = [([s.giver for s in outcome(n).standings], [c.want for c in outcome(n).courses]) for n in NAMES]
    assert all(each == met[0] for each in met)
    assert luck(3, 4) == luck(3, 4) != luck(4, 3)


def test_luck_is_spread_evenly() -> None:
    drawn = [number for one in range(50) for other in range(50) for number in luck(one, other)]
    tenths = Counter(int(10 * number) for number in drawn)
    assert all(400 < tenths[tenth] < 600 for tenth in range(10))


def test_the_hotline_is_the_real_one_and_keeps_its_promises() -> None:
    """Nobody more often than the weekly limit, nobody at night, no more at a time than a wave."""
    asked: dict[int, list[float]] = {}
    for course in outcome(NAMES[0]).courses:
        for number, sent_at in course.asked.items():
            asked.setdefault(number, []).append(sent_at)
            assert wakes_at(RULES, sent_at - RULES.wave_size) <= sent_at
    most = {each.number: max(RULES.asks_per_week, each.giver.most_a_week) for each in outcome(NAMES[0]).standings}
    for number, times in asked.items():
        ordered = sorted(times)
        assert all(late - early > WEEK - 60 for early, late in zip(ordered, ordered[most[number] :], strict=False))
    assert len(live(Hotline(replace(RULES, wave_size=1))).courses[0].asked) <= len(outcome(NAMES[0]).courses[0].asked)


def test_everyone_is_asked_at_once_and_the_nearest_three_once() -> None:
    everyone, nearest = outcome(NAMES[1]), outcome(NAMES[2])
    assert everyone.texts["alert"] > 2 * outcome(NAMES[0]).texts["alert"]
    assert max(len(course.asked) for course in nearest.courses) == 3
    assert max(len(course.asked) for course in outcome(NAMES[3]).courses) == 9


def test_unevenness() -> None:
    assert gini([2, 2, 2, 2]) == pytest.approx(0)
    assert gini([0, 0, 0, 4]) == pytest.approx(0.75)
    assert gini([]) == gini([0, 0]) == 0


def test_the_frontier_leaves_out_what_others_beat() -> None:
    def setting(size: int, texts: float, share: float) -> study.Setting:
        figures = replace(nothing, texts=texts, within_two_hours=share)
        return study.Setting(replace(RULES, wave_size=size), together([figures]))

    nothing = Figures(*[0.0] * len(Figures.__dataclass_fields__))
    tried = [setting(1, 10, 0.5), setting(2, 20, 0.9), setting(3, 15, 0.6), setting(4, 30, 0.95), setting(5, 25, 0.8)]
    edge = study.frontier(tried)
    assert [each.rules.wave_size for each in edge] == [1, 2, 4]
    assert [study.price(*pair) for pair in pairwise(edge)] == pytest.approx([25, 200])


def test_every_kind_of_text_has_its_cost() -> None:
    assert set().union(*(outcome(name).texts for name in NAMES)) <= set(costs())
    assert set(costs().values()) <= {1, 2}
