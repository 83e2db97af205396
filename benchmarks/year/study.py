"""What is tried: towns of several sizes in both simulators, three fatigues, a storm, and every way of asking.

A cell is one town under one way of asking; it is run for each seed, a small town several times for each.
"""

import gc
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice, product
from zoneinfo import ZoneInfo

from benchmarks.year import other
from benchmarks.year.asking import BEFORE, HOTLINE, policies
from benchmarks.year.assumptions import Assumptions
from benchmarks.year.events import Year
from benchmarks.year.figures import Tally, added, measure
from hotline.model.rules import Rules

CITY, OTHER = "one", "two"
SIMULATORS = (CITY, OTHER)
NONE, MILD, STRONG = "none", "mild", "strong"
FATIGUES = (NONE, MILD, STRONG)
SMALL, MIDDLE, LARGE = 20, 200, 5000
STORM = 50  # requests in an hour, at 200 people
TOWNS = {SMALL: 10, MIDDLE: 2, LARGE: 1}  # of a seed, added up
TOWNS_IN_A_STORM = 4
NEEDS_A_DAY = 0.02  # for each volunteer, in both
GRID_SIZES, GRID_MINUTES = (1, 2, 3, 4, 6), (5, 10, 20)
BETWEEN_SEEDS = 1000  # towns of one seed


@dataclass(frozen=True)
class Cell:
    """One town under one way of asking. ``setting`` is a wave's size and its minutes, none as they come."""

    simulator: str
    people: int
    policy: str
    fatigue: str = MILD
    storm: bool = False
    setting: tuple[int, int] | None = None


@dataclass(frozen=True)
class Scale:
    """How much is run."""

    seeds: tuple[int, ...]
    sizes: tuple[int, ...] = (SMALL, MIDDLE, LARGE)
    weeks: int = 8
    weeks_of_a_large_town: int = 3
    towns: dict[int, int] = field(default_factory=lambda: TOWNS)
    towns_in_a_storm: int = TOWNS_IN_A_STORM

    def of(self, cell: Cell) -> tuple[int, int]:
        """Weeks, and how many towns of a seed."""
        if cell.storm:
            return 3, self.towns_in_a_storm
        weeks = min(self.weeks, self.weeks_of_a_large_town) if cell.people >= LARGE else self.weeks
        return weeks, self.towns[cell.people]


def quick(seeds: tuple[int, ...]) -> Scale:
    """Small towns and four weeks."""
    return Scale(seeds, (SMALL, MIDDLE), 4, towns={SMALL: 5, MIDDLE: 1}, towns_in_a_storm=1)


Results = dict[Cell, list[Tally]]
"""For each cell a tally of each seed."""


def cells(scale: Scale) -> Iterator[Cell]:
    """All that are run, those first that the page needs most."""
    names = tuple(policies())
    for simulator in SIMULATORS:
        for people, name in product(scale.sizes, names):
            if people < LARGE or name in (HOTLINE, BEFORE):
                yield Cell(simulator, people, name)
        yield from (Cell(simulator, MIDDLE, name, storm=True) for name in names)
        yield from (Cell(simulator, MIDDLE, name, fatigue) for fatigue in (NONE, STRONG) for name in names)
        for fatigue, name in product((NONE, STRONG), (BEFORE, HOTLINE)):
            yield Cell(simulator, MIDDLE, name, fatigue, storm=True)
    for size, minutes in product(GRID_SIZES, GRID_MINUTES):
        yield Cell(CITY, MIDDLE, HOTLINE, setting=(size, minutes))


def run(wanted: Iterable[Cell], scale: Scale, processes: int | None = None) -> Results:
    """Every cell for every seed."""
    todo = list(dict.fromkeys(wanted))
    each = [(cell, seed, scale) for cell in todo for seed in scale.seeds]
    with ProcessPoolExecutor(processes or os.cpu_count()) as pool:
        tallies = pool.map(_of_a_seed, each)
        return {cell: list(islice(tallies, len(scale.seeds))) for cell in todo}


def _of_a_seed(job: tuple[Cell, int, Scale]) -> Tally:
    cell, seed, scale = job
    weeks, towns = scale.of(cell)
    return added(_live(cell, seed * BETWEEN_SEEDS + town, weeks) for town in range(towns))


def _live(cell: Cell, seed: int, weeks: int) -> Tally:
    """One town from beginning to end."""
    gc.disable()  # looking for circles all the time takes longer than the town
    try:
        town = _city(cell, seed, weeks) if cell.simulator == CITY else _other_town(cell, seed, weeks)
        return measure(town.run(), town)
    finally:
        gc.enable()
        gc.collect()  # people, texts and requests point at each other


def city(people: int, fatigue: str, weeks: int, burst: int) -> Assumptions:
    """The first simulator's town."""
    usual = replace(Assumptions(), volunteers=people, needs_a_day=people * NEEDS_A_DAY, weeks=weeks, burst=burst)
    if fatigue == NONE:
        return replace(usual, fatigue=0.0, wearies=1.0, forgotten=0.0)
    if fatigue == STRONG:
        return replace(usual, fatigue=3 * usual.fatigue, wearies=0.85, forgotten=3 * usual.forgotten)
    return usual


def _city(cell: Cell, seed: int, weeks: int) -> Year:
    town = city(cell.people, cell.fatigue, weeks, STORM if cell.storm else 0)
    return Year(town, policies()[cell.policy], seed, _rules(ZoneInfo(town.timezone), cell))


def _other_town(cell: Cell, seed: int, weeks: int) -> other.OtherTown:
    fatigue = {NONE: other.NONE, MILD: other.MILD, STRONG: other.STRONG}[cell.fatigue]
    place = other.Place(cell.people, fatigue, weeks, burst=STORM if cell.storm else 0)
    return other.OtherTown(place, policies()[cell.policy], seed, _rules(other.UTC, cell))


def _rules(zone: ZoneInfo, cell: Cell) -> Rules:
    size, minutes = cell.setting or (Rules(zone).wave_size, Rules(zone).wave_minutes)
    return Rules(zone, wave_size=size, wave_minutes=minutes)


def frontier(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Of (texts, share taken), those that no mixture of two others beats: at a growing price."""
    edge: list[tuple[float, float]] = []
    for point in sorted(points, key=lambda each: (each[0], -each[1])):
        if edge and point[1] <= edge[-1][1]:
            continue
        while len(edge) > 1 and price(edge[-1], point) <= price(edge[-2], edge[-1]):
            edge.pop()
        edge.append(point)
    return edge


def price(one: tuple[float, float], more: tuple[float, float]) -> float:
    """How many texts more it takes to have one more request taken within two hours."""
    return (more[0] - one[0]) / (more[1] - one[1])
