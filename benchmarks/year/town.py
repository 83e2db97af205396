"""The people of the made-up city and what they need, drawn from one seed: the same for every rule."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from math import dist
from random import Random
from zoneinfo import ZoneInfo

from benchmarks.year.assumptions import Assumptions
from hotline.dispatch.quiet_hours import wakes_at
from hotline.model.needs import Need, Status
from hotline.model.rules import Rules

DAY = 24 * 3600.0
WEEK = 7 * DAY
YEAR = 365 * DAY
FIRST_DAY = datetime(2026, 1, 5)
FIRST_NUMBER = 101
Spot = tuple[float, float]


@dataclass(frozen=True)
class Giver:
    """One volunteer, with what the hotline knows of them and what only they know. Times are UTC seconds."""

    number: int
    needs: tuple[str, ...]
    areas: tuple[str, ...]
    spot: Spot
    willing: float
    takes_a_week: int
    bears_a_week: int
    most_a_week: int
    hours: str
    away: tuple[float, float]
    joins: float
    leaves: float
    key: int

    @property
    def phone(self) -> str:
        """What stands for their number; nobody is ever written to."""
        return str(self.number)


@dataclass(frozen=True)
class Want:
    """One need as it is asked for, where, and from when on people may be asked."""

    need: Need
    spot: Spot
    may_ask: float
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
    middles = {str(place): (east, north) for place, (east, north, _, _) in enumerate(city.areas)}
    miles = {
        one: sorted((dist(at, to), other) for other, to in middles.items() if other != one)
        for one, at in middles.items()
    }
    return {one: tuple(other for far, other in others if far <= city.near) for one, others in miles.items()}


def _giver(
    chance: Random, city: Assumptions, near: dict[str, tuple[str, ...]], number: int, at: float, ends: float
) -> Giver:
    home = chance.choices(range(len(city.areas)), [share for *_, share in city.areas])[0]
    needs = tuple(kind for kind, _, share in city.kinds if chance.random() < share)
    also = (chance.choice(near[str(home)]),) if chance.random() < city.also_next_door else ()
    bears, away = chance.choice(city.bears_a_week), chance.uniform(at, at + YEAR)
    return Giver(
        number=number,
        needs=needs or (city.kinds[0][0],),
        areas=(str(home), *also),
        spot=_spot(chance, city, home),
        willing=chance.betavariate(*city.willing),
        takes_a_week=chance.choice(city.takes_a_week),
        bears_a_week=bears,
        most_a_week=bears if chance.random() < city.says_so else 0,
        hours=chance.choice(city.own_hours) if chance.random() < city.keeps_hours else "",
        away=(away, away + 14 * DAY) if chance.random() < city.pauses else (ends, ends),
        joins=at,
        leaves=at + chance.expovariate(city.leave_a_year) * YEAR,
        key=chance.getrandbits(64),
    )


def _spot(chance: Random, city: Assumptions, area: int) -> Spot:
    east, north, _, _ = city.areas[area]
    return east + chance.uniform(-1, 1), north + chance.uniform(-1, 1)


def _wants(chance: Random, city: Assumptions) -> list[Want]:
    """Needs as they come: each day its own number, each hour its own share."""
    moments: list[float] = []
    zone, a_week = ZoneInfo(city.timezone), sum(city.weekdays) / 7
    for day in range(city.days):
        midnight = FIRST_DAY + timedelta(days=day)
        for _ in range(_poisson(chance, city.needs_a_day * city.weekdays[day % 7] / a_week)):
            hour = chance.choices(range(24), cum_weights=list(accumulate(city.hours)))[0]
            at = midnight + timedelta(hours=hour, seconds=chance.uniform(0, 3600))
            moments.append(at.replace(tzinfo=zone).timestamp())
    rules = Rules(zone, quiet_hours=city.quiet_hours)
    return [_want(chance, city, rules, FIRST_NUMBER + place, at) for place, at in enumerate(sorted(moments))]


def _want(chance: Random, city: Assumptions, rules: Rules, number: int, at: float) -> Want:
    area = chance.choices(range(len(city.areas)), [share for _, _, share, _ in city.areas])[0]
    what = chance.choices([kind for kind, _, _ in city.kinds], [share for _, share, _ in city.kinds])[0]
    need = Need(number, f"n{number}", Status.OPEN, what, str(area), created_at=at, asked_since=at)
    return Want(need, _spot(chance, city, area), wakes_at(rules, at), chance.getrandbits(64))


def _poisson(chance: Random, mean: float) -> int:
    """How many come, where `mean` come on average: waits between them are exponential."""
    count, waited = 0, chance.expovariate(mean)
    while waited < 1:
        count, waited = count + 1, waited + chance.expovariate(mean)
    return count
