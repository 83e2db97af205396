"""What is tried: four rules over several years, the same in other cities, and many settings of the hotline's rule."""

import gc
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

from benchmarks.year.assumptions import Assumptions
from benchmarks.year.events import Year
from benchmarks.year.figures import Figures, Middle, measure, together
from benchmarks.year.policies import Hotline, Policy, four
from benchmarks.year.town import settle
from hotline.model.rules import Rules

SIZES, MINUTES = (1, 2, 3, 4, 5, 6), (5, 10, 15, 20)
A_WEEK, ESCALATE = (2, 3, 4, 5, 7), (30, 45, 60, 75, 90)
TIRELESS = "nobody tires, nobody leaves for it"


@dataclass(frozen=True)
class Run:
    """One year: the city, the seed that makes its people and needs, and the rule."""

    city: Assumptions
    seed: int
    policy: Policy


def live(run: Run) -> Figures:
    """The whole year, from its seed."""
    gc.disable()  # nothing here points in circles, and looking for circles takes longer than the year
    town = settle(run.city, run.seed)
    return measure(town, Year(town, run.policy, run.city).run())


def middles(cells: Sequence[tuple[Assumptions, Policy]], seeds: Sequence[int]) -> list[Middle]:
    """Each cell over all the seeds, on all the processors."""
    with ProcessPoolExecutor() as processors:
        years = iter(processors.map(live, [Run(city, seed, policy) for city, policy in cells for seed in seeds]))
        return [together(list(islice(years, len(seeds)))) for _ in cells]


def other_cities(city: Assumptions) -> dict[str, Assumptions]:
    """The same city where one thing is not as assumed."""
    return {
        "half as many say yes": replace(city, willing_times=0.5),
        "twice as many say yes": replace(city, willing_times=2.0),
        "a third of the volunteers": replace(city, volunteers=city.volunteers // 3),
        "twice the needs": replace(city, needs_a_day=city.needs_a_day * 2),
        "answers take 40 minutes, not 12": replace(city, delay_median=40),
        "three times the fatigue": replace(city, fatigue=city.fatigue * 3),
        "a tenth of the fatigue": replace(city, fatigue=city.fatigue / 10),
        TIRELESS: replace(city, fatigue=0.0, wearies=1.0),
    }


@dataclass(frozen=True)
class Setting:
    """One setting of the hotline's rule, and what came of it."""

    rules: Rules
    middle: Middle

    @property
    def name(self) -> str:
        return f"{self.rules.wave_size} each {self.rules.wave_minutes} min"

    @property
    def texts(self) -> float:
        return self.middle.mean.texts

    @property
    def share(self) -> float:
        return self.middle.mean.within_two_hours


def settings(city: Assumptions, seeds: Sequence[int], tried: Sequence[Rules]) -> list[Setting]:
    """Each of these rules in that city."""
    found = middles([(city, Hotline(rules)) for rules in tried], seeds)
    return [Setting(rules, middle) for rules, middle in zip(tried, found, strict=True)]


def waves(rules: Rules) -> list[Rules]:
    return [replace(rules, wave_size=size, wave_minutes=minutes) for size in SIZES for minutes in MINUTES]


def frontier(tried: Sequence[Setting]) -> list[Setting]:
    """Those that no mixture of two others beats: from the fewest texts to the most taken, at a growing price."""
    edge: list[Setting] = []
    for setting in sorted(tried, key=lambda each: (each.texts, -each.share)):
        if edge and setting.share <= edge[-1].share:
            continue
        while len(edge) > 1 and price(edge[-1], setting) <= price(edge[-2], edge[-1]):
            edge.pop()
        edge.append(setting)
    return edge


def price(one: Setting, more: Setting) -> float:
    """How many texts more it takes to have one more need taken within two hours."""
    return (more.texts - one.texts) / (more.share - one.share)


def the_four(city: Assumptions, rules: Rules, seeds: Sequence[int]) -> Iterator[tuple[str, Middle]]:
    policies = four(rules)
    yield from zip((each.name for each in policies), middles([(city, each) for each in policies], seeds), strict=True)
