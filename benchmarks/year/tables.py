"""The study as Markdown: each figure with the lowest and the highest seed."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from benchmarks.year.asking import BEFORE, HOTLINE, policies
from benchmarks.year.figures import Middle, Tally, middle
from benchmarks.year.study import FATIGUES, LARGE, MIDDLE, MILD, SIMULATORS, SMALL, Cell, Results, price

SIZES = (SMALL, MIDDLE, LARGE)
Write = Callable[[float], str]


def percent(value: float) -> str:
    return f"{100 * value:.0f}%"


def one_place(value: float) -> str:
    return f"{value:.1f}"


PAIRED: tuple[tuple[str, str, Write], ...] = (
    ("two_hours", "**taken within two hours**", percent),
    ("half_hour", "within half an hour", percent),
    ("taken", "taken at all", percent),
    ("segments", "segments for each taken", one_place),
    ("told", "told to the coordinators, not for want of people", percent),
    ("told_rightly", "of these, not taken within two hours", percent),
    ("told_at_once", "told at once, for want of people", percent),
    ("tired", "volunteers who left because of too many texts", percent),
    ("forgotten", "who left because they were never asked", percent),
    ("minority", "a minority's requests, within two hours", percent),
    ("speaker", "a minority's requests, taken by who speaks its language", percent),
    ("unasked_minority", "longest time unasked, days: volunteers of a minority", one_place),
    ("unasked_others", "longest time unasked, days: others", one_place),
    ("van", "requests for a van, within two hours", percent),
    ("gini", "how unevenly people are asked (Gini)", lambda value: f"{value:.2f}"),
)


def cell_of(tallies: Sequence[Tally] | None, name: str, write: Write) -> str:
    """A measure and its spread."""
    found = middle(tallies, name) if tallies else Middle(None)
    if found.mean is None:
        return "–"
    mean, low, high = map(write, (found.mean, found.low, found.high))
    return mean if low == high else f"{mean} ({low}–{high})"


def paired(results: Results, simulator: str) -> str:
    """The policy before and the hotline on the same towns, for each size."""
    sizes = [size for size in SIZES if Cell(simulator, size, HOTLINE) in results]
    head = [f"{size:,}: {name}" for size in sizes for name in ("before", "now")]
    rows = []
    for name, words, write in PAIRED:
        tallies = [results[Cell(simulator, size, policy)] for size in sizes for policy in (BEFORE, HOTLINE)]
        rows.append([words, *(cell_of(each, name, write) for each in tallies)])
    return table(["", *head], rows)


def opponents(results: Results) -> str:
    """Every way of asking, by town: taken within two hours, segments for each taken, left for too many texts."""
    rows = []
    for simulator in SIMULATORS:
        for size, fatigue in ((SMALL, MILD), *((MIDDLE, each) for each in FATIGUES)):
            found = [results.get(Cell(simulator, size, name, fatigue)) for name in policies()]
            rows.append([f"{simulator}: {size:,} people, {fatigue} fatigue", *map(_three, found)])
    return table(["", *policies()], rows)


def _three(tallies: Sequence[Tally] | None) -> str:
    write = (("two_hours", percent), ("segments", lambda value: f"{value:.0f}"), ("tired", percent))
    return " · ".join(cell_of(tallies, name, each) for name, each in write)


def storms(results: Results) -> str:
    """A storm, and the five days after it."""
    rows = []
    for simulator in SIMULATORS:
        for name, fatigue in [*((name, MILD) for name in policies()), *_others_in_a_storm()]:
            tallies = results.get(Cell(simulator, MIDDLE, name, fatigue, storm=True))
            calm = cell_of(results.get(Cell(simulator, MIDDLE, name, fatigue)), "two_hours", percent)
            words = f"{simulator}: {name}" + ("" if fatigue == MILD else f", {fatigue} fatigue")
            rows.append([words, *(cell_of(tallies, each, percent) for each in ("storm", "after")), calm])
    return table(["", "of the storm", "asked in the five days after it", "asked in calm weeks"], rows)


def _others_in_a_storm() -> list[tuple[str, str]]:
    return [(name, fatigue) for fatigue in FATIGUES if fatigue != MILD for name in (BEFORE, HOTLINE)]


def of_waves(shares: Mapping[tuple[int, int], tuple[float, float]], chosen: tuple[int, int]) -> str:
    """Sizes down, minutes across: taken within two hours, segments for each taken."""
    sizes, minutes = sorted({size for size, _ in shares}), sorted({wait for _, wait in shares})
    rows = []
    for size in sizes:
        row = [f"{size} at a time"]
        for wait in minutes:
            texts, share = shares[size, wait]
            words = f"{percent(share)} · {texts:.1f}"
            row.append(f"**{words}**" if (size, wait) == chosen else words)
        rows.append(row)
    return table(["", *(f"each {wait} minutes" for wait in minutes)], rows)


def of_frontier(names: Mapping[tuple[float, float], str], edge: Sequence[tuple[float, float]]) -> str:
    """Those that nothing beats, and for whom each of them is right."""
    prices = [0.0, *(price(one, more) for one, more in pairwise(edge)), float("inf")]
    rows = []
    for point, (least, most) in zip(edge, pairwise(prices), strict=True):
        worth = f"{least:.0f} to {most:.0f} texts" if most < float("inf") else f"more than {least:.0f} texts"
        rows.append([names[point], percent(point[1]), one_place(point[0]), worth])
    return table(["", "within two hours", "texts", "right if one more is worth"], rows)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
