"""The made-up towns: the same seed gives the same town, every request ends somewhere, all ways of asking meet the same
people, and nobody is asked beyond their limits, in both simulators."""

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from benchmarks.year import before, claims, other, study
from benchmarks.year.asking import BEFORE, HOTLINE, policies
from benchmarks.year.desk import FORGOTTEN, TIRED, Desk
from benchmarks.year.events import Year
from benchmarks.year.figures import added, gini, measure, middle
from benchmarks.year.study import CITY, OTHER, SIMULATORS, Cell
from hotline.dispatch.quiet_hours import wakes_at
from hotline.model.calendar import DAY, WEEK
from hotline.model.needs import Need, Status
from hotline.model.people import Volunteer
from hotline.model.rules import Rules

NAMES = tuple(policies())
TOWNS = [(simulator, name) for simulator in SIMULATORS for name in NAMES]
PEOPLE, WEEKS = 60, 1


def town(
    simulator: str, name: str, seed: int = 7, *, fatigue: str = study.MILD, burst: int = 0
) -> Year | other.OtherTown:
    """A small town before anything happens."""
    policy, weeks = policies()[name], 4 if burst else WEEKS
    if simulator == CITY:
        return Year(study.city(PEOPLE, fatigue, weeks, burst), policy, seed)
    return other.OtherTown(other.Place(PEOPLE, weeks=weeks, burst=burst), policy, seed)


@cache
def lived(simulator: str, name: str, burst: int = 0) -> Desk:
    return town(simulator, name, burst=burst).run()


def asked(desk: Desk) -> list[tuple[int, float, int]]:
    return [(text.helper.number, text.sent_at, len(text.about)) for text in desk.texts]


@pytest.mark.parametrize(("simulator", "name"), TOWNS)
def test_the_same_seed_gives_the_same_town_and_another_one_another(simulator: str, name: str) -> None:
    assert asked(town(simulator, name).run()) == asked(lived(simulator, name))
    assert asked(town(simulator, name, seed=8).run()) != asked(lived(simulator, name))


@pytest.mark.parametrize(("simulator", "name"), TOWNS)
def test_every_request_ends_taken_given_up_or_open_and_by_one_person(simulator: str, name: str) -> None:
    desk = lived(simulator, name)
    ends = Counter("taken" if each.taken_at else "over" if each.over else "open" for each in desk.requests)
    assert ends["taken"] > 0
    assert ends.total() == len(desk.requests)
    assert {each.number for each in desk.requests if each.open} == set(desk.open)
    for request in desk.requests:
        assert (request.taken_at is None) == (request.taken_by is None)
        assert request.taken_by is None or request.taken_by.number in request.asked


@pytest.mark.parametrize("simulator", SIMULATORS)
def test_all_ways_of_asking_meet_the_same_people_and_the_same_requests(simulator: str) -> None:
    met = [lived(simulator, name) for name in NAMES]
    requests = [[(each.what, each.area, each.language, each.created) for each in desk.requests] for desk in met]
    people = [[(each.gives, each.areas, each.language, each.most_a_week) for each in desk.helpers] for desk in met]
    assert all(each == requests[0] for each in requests)
    assert all(each == people[0] for each in people)


@pytest.mark.parametrize("burst", [0, 30])
@pytest.mark.parametrize("simulator", SIMULATORS)
@pytest.mark.parametrize("name", [name for name in NAMES if name != "everyone at once"])
def test_nobody_is_asked_beyond_their_week_at_night_or_twice(simulator: str, name: str, burst: int) -> None:
    desk = lived(simulator, name, burst)
    for helper in desk.helpers:
        times = [text.sent_at for text in helper.texts]
        most = helper.most_a_week or desk.rules.asks_per_week
        assert all(late - early > WEEK - 1 for early, late in zip(times, times[most:], strict=False))
        about = [request.number for text in helper.texts for request in text.about]
        assert len(about) == len(set(about))
        assert all(request.what in helper.gives for text in helper.texts for request in text.about)
    waits = [text for text in desk.texts if not any(request.urgent for request in text.about)]
    assert all(wakes_at(desk.rules, text.sent_at) == text.sent_at for text in waits)


@pytest.mark.parametrize("simulator", SIMULATORS)
def test_in_a_storm_one_text_of_the_hotline_offers_several_and_three_at_most(simulator: str) -> None:
    offered = Counter(len(text.about) for text in lived(simulator, HOTLINE, 30).texts)
    assert set(offered) <= {1, 2, 3}
    assert offered[2] + offered[3] > 0
    assert {len(text.about) for text in lived(simulator, BEFORE, 30).texts} == {1}


@pytest.mark.parametrize("simulator", SIMULATORS)
def test_a_storm_is_measured_and_calm_weeks_have_none(simulator: str) -> None:
    stormy, calm = town(simulator, HOTLINE, burst=30), town(simulator, HOTLINE)
    tally = measure(stormy.run(), stormy)
    assert tally["storm"][1] == 30
    assert 0 < tally["storm"][0] <= 30
    assert tally["after"][1] > 0
    assert measure(calm.run(), calm)["storm"] == (0, 0)


def test_where_nobody_tires_nobody_leaves_for_it() -> None:
    place = replace(other.Place(PEOPLE, weeks=6), fatigue=other.NONE)
    for desk in (
        Year(study.city(PEOPLE, study.NONE, 6, 0), policies()[NAMES[2]], 7).run(),
        other.OtherTown(place, policies()[NAMES[2]], 7).run(),
    ):
        assert not {helper.left_for for helper in desk.helpers} & {TIRED, FORGOTTEN}


def test_who_is_asked_too_much_leaves_and_who_is_never_asked_does_too() -> None:
    strong = replace(other.Place(PEOPLE, weeks=6), fatigue=other.STRONG)
    desk = other.OtherTown(strong, policies()["everyone at once"], 7).run()
    assert sum(helper.left_for == TIRED for helper in desk.helpers) > PEOPLE / 10
    idle = replace(strong, asked_per_person=0.002, people=200)
    forgotten = other.OtherTown(idle, policies()[BEFORE], 7).run()
    assert any(helper.left_for == FORGOTTEN for helper in forgotten.helpers)


def test_luck_belongs_to_its_numbers_and_is_spread_evenly() -> None:
    drawn = [other.luck(seed, person, what) for seed in range(3) for person in range(50) for what in range(50)]
    tenths = Counter(int(10 * number) for number in drawn)
    assert all(600 < tenths[tenth] < 900 for tenth in range(10))
    assert other.luck(1, 2, 3) == other.luck(1, 2, 3) != other.luck(1, 3, 2)


def test_the_policy_before_is_as_it_was() -> None:
    """Three in turn, nobody beyond five a week, told after 45 minutes or when nobody is left."""
    rules = Rules(ZoneInfo("UTC"))
    noon = other.MONDAY + DAY / 2
    people = [Volunteer(f"+1212555{number:04d}", asks_this_week=5 if number == 1 else 0) for number in range(6)]
    need = Need(101, "+12125550199", Status.OPEN, created_at=noon, asked_since=noon)
    wave = before.plan(need, people, rules, noon)
    assert [int(who.phone[-1]) for who in wave.ask] == [0, 2, 3]
    assert wave.look_at == noon + 600
    assert not wave.waits_too_long
    assert before.plan(need, people, rules, noon + 2700).waits_too_long
    assert before.plan(need, (), rules, noon).waits_too_long


def test_unevenness() -> None:
    assert gini([2, 2, 2, 2]) == pytest.approx(0)
    assert gini([0, 0, 0, 4]) == pytest.approx(0.75)
    assert gini([]) == gini([0, 0]) == 0


def test_small_towns_are_added_before_they_are_divided_and_the_spread_is_of_the_seeds() -> None:
    assert added([{"taken": (1, 2)}, {"taken": (3, 3)}]) == {"taken": (4, 5)}
    found = middle([{"taken": (1, 2)}, {"taken": (3, 3)}, {"taken": (0, 0)}], "taken")
    assert (found.mean, found.low, found.high) == (0.8, 0.5, 1.0)
    assert middle([{"taken": (0, 0)}], "taken").mean is None


def test_a_claim_is_held_against_every_town_and_says_where_the_contrary_holds() -> None:
    def seeds(*shares: float) -> list[dict[str, tuple[float, float]]]:
        return [{"two_hours": (share, 1.0)} for share in shares]

    results = {
        Cell(CITY, 200, HOTLINE): seeds(0.9, 0.91),
        Cell(CITY, 200, BEFORE): seeds(0.8, 0.82),
        Cell(OTHER, 20, HOTLINE): seeds(0.4, 0.41),
        Cell(OTHER, 20, BEFORE): seeds(0.5, 0.5),
        Cell(OTHER, 200, HOTLINE): seeds(0.4, 0.6),
        Cell(OTHER, 200, BEFORE): seeds(0.5, 0.5),
    }
    said = claims.claims(results).splitlines()
    line = next(line for line in said if "more within two hours than the policy before" in line)
    assert line.endswith("| 1 | 1 | two: 20, mild (40% against 50%) |")


def test_the_frontier_leaves_out_what_others_beat() -> None:
    tried = [(10.0, 0.5), (20.0, 0.9), (15.0, 0.6), (30.0, 0.95), (25.0, 0.8)]
    edge = study.frontier(tried)
    assert edge == [(10.0, 0.5), (20.0, 0.9), (30.0, 0.95)]
    assert [study.price(*pair) for pair in pairwise(edge)] == pytest.approx([25, 200])
