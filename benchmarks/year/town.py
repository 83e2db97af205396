"""The people of the made-up city and what they need, drawn from one seed: the same for every rule."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from math import dist
from random import Random
from zoneinfo import ZoneInfo

from benchmarks.year.assumptions import Assumptions
from benchmarks.year.desk import FIRST_LANGUAGE, OTHER_LANGUAGE

DAY = 24 * 3600.0
WEEK = 7 * DAY
YEAR = 365 * DAY
FIRST_DAY = datetime(2026, 1, 5)


@dataclass(frozen=True)
class Giver:
    """One volunteer, with what the hotline knows of them and what only they know. Times are UTC seconds."""

    number: int
    needs: tuple[str, ...]
    areas: tuple[str, ...]
    willing: float
    takes_a_week: int
    bears_a_week: int
    most_a_week: int
    hours: str
    language: str
    away: tuple[float, float]
    joins: float
    leaves: float
    key: int


@dataclass(frozen=True)
class Want:
    """One need as it is asked for, and where. ``burst`` is that it came with the storm."""

    what: str
    area: str
    language: str
    created: float
    burst: bool
    key: int


@dataclass(frozen=True)
class Town:
    """The people, their needs in the order of time, and which areas lie near which."""

    givers: tuple[Giver, ...]
    wants: tuple[Want, ...]
    near: dict[str, tuple[str, ...]]
    begins: float
    ends: float


def settle(city: Assumptions, seed: int) -> Town:
    """Everybody and everything of one year."""
    begins = FIRST_DAY.replace(tzinfo=ZoneInfo(city.timezone)).timestamp()
    ends = begins + city.days * DAY
    near = _near(city)
    people, needs = Random(f"people {seed}"), Random(f"needs {seed}")
    joining = round(city.volunteers * city.join_a_year * (ends - begins) / YEAR)
    joins = [begins] * city.volunteers + sorted(people.uniform(begins, ends) for _ in range(joining))
    givers = tuple(_giver(people, city, near, number, at, ends) for number, at in enumerate(joins))
    return Town(givers, tuple(_wants(needs, city)), near, begins, ends)


def _near(city: Assumptions) -> dict[str, tuple[str, ...]]:
    """Each area's neighbors, the closest first."""
    middles = {str(place): city.areas[place][:2] for place in city.places}
    miles = {
        one: sorted((dist(at, to), other) for other, to in middles.items() if other != one)
        for one, at in middles.items()
    }
    return {one: tuple(other for far, other in others if far <= city.near) for one, others in miles.items()}


def _giver(
    chance: Random, city: Assumptions, near: dict[str, tuple[str, ...]], number: int, at: float, ends: float
) -> Giver:
    home = chance.choices(city.places, [city.areas[place][3] for place in city.places])[0]
    needs = tuple(kind for kind, _, share in city.kinds if chance.random() < share)
    also = (chance.choice(near[str(home)]),) if chance.random() < city.also_next_door and near[str(home)] else ()
    bears, away = chance.choice(city.bears_a_week), chance.uniform(at, at + YEAR)
    return Giver(
        number=number,
        needs=needs or (city.kinds[0][0],),
        areas=(str(home), *also),
        willing=chance.betavariate(*city.willing),
        takes_a_week=chance.choice(city.takes_a_week),
        bears_a_week=bears,
        most_a_week=bears if chance.random() < city.says_so else 0,
        hours=chance.choice(city.own_hours) if chance.random() < city.keeps_hours else "",
        language=_language(chance, city),
        away=(away, away + 14 * DAY) if chance.random() < city.pauses else (ends, ends),
        joins=at,
        leaves=at + chance.expovariate(city.leave_a_year) * YEAR,
        key=chance.getrandbits(64),
    )


def _language(chance: Random, city: Assumptions) -> str:
    return OTHER_LANGUAGE if chance.random() < city.minority else FIRST_LANGUAGE


def _wants(chance: Random, city: Assumptions) -> list[Want]:
    """Needs as they come: each day its own number, each hour its own share; and the storm, where there is one."""
    moments: list[float] = []
    zone, a_week = ZoneInfo(city.timezone), sum(city.weekdays) / 7
    for day in range(city.days):
        midnight = FIRST_DAY + timedelta(days=day)
        for _ in range(_poisson(chance, city.needs_a_day * city.weekdays[day % 7] / a_week)):
            hour = chance.choices(range(24), cum_weights=list(accumulate(city.hours)))[0]
            at = midnight + timedelta(hours=hour, seconds=chance.uniform(0, 3600))
            moments.append(at.replace(tzinfo=zone).timestamp())
    storm = [burst_at(city) + chance.uniform(0, 3600) for _ in range(city.burst)]
    return [_want(chance, city, at, at in storm) for at in sorted((*moments, *storm))]


def burst_at(city: Assumptions) -> float:
    """When the storm begins."""
    day = FIRST_DAY + timedelta(weeks=city.warm_up_weeks + 2, days=2, hours=11)
    return day.replace(tzinfo=ZoneInfo(city.timezone)).timestamp()


def _want(chance: Random, city: Assumptions, at: float, burst: bool) -> Want:
    area = chance.choices(city.places, [city.areas[place][2] for place in city.places])[0]
    what = chance.choices([kind for kind, _, _ in city.kinds], [share for _, share, _ in city.kinds])[0]
    return Want(what, str(area), _language(chance, city), at, burst, chance.getrandbits(64))


def _poisson(chance: Random, mean: float) -> int:
    """How many come, where `mean` come on average: waits between them are exponential."""
    count, waited = 0, chance.expovariate(mean)
    while waited < 1:
        count, waited = count + 1, waited + chance.expovariate(mean)
    return count
