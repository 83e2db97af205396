"""The page, part by part: tables, what holds and what does not, and the picture beside it."""

import platform
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.year import picture, tables
from benchmarks.year.asking import policies
from benchmarks.year.assumptions import Assumptions, listed
from benchmarks.year.claims import claims, targets
from benchmarks.year.figures import Tally, middle
from benchmarks.year.other import MILD, NONE, STRONG, Fatigue, Place
from benchmarks.year.study import CITY, MIDDLE, OTHER, SIMULATORS, Cell, Results, Scale, frontier
from hotline.model.rules import Rules


def blocks(results: Results, scale: Scale, command: str, page: Path | None) -> Iterator[tuple[str, str]]:
    """(mark of the page, Markdown). The picture is written beside the page."""
    seeds = ", ".join(map(str, scale.seeds))
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    made = f"Made by `{command}`, seeds {seeds}, on {today}, Python {platform.python_version()}."
    yield "one", f"{made}\n\n{_setting()}\n\n{tables.paired(results, CITY)}"
    yield "two", f"{made}\n\n{tables.paired(results, OTHER)}"
    yield "ways", f"{made}\n\n{tables.opponents(results)}"
    yield "storm", f"{made}\n\n{tables.storms(results)}"
    yield "targets", targets(results)
    yield "claims", f"{made}\n\n{claims(results)}"
    yield "waves", f"{made}\n\n{_waves(results, page)}"
    yield "assumptions", listed(Assumptions())
    yield "assumptions of the second", _of_the_second()


def _usual() -> Rules:
    return Rules(ZoneInfo("UTC"))


def _setting() -> str:
    rules = _usual()
    return (
        f"The hotline is set as it comes: `wave_size` {rules.wave_size}, `wave_minutes` {rules.wave_minutes}, "
        f"`asks_per_week` {rules.asks_per_week}, `escalate_after_minutes` {rules.escalate_after_minutes}."
    )


def _waves(results: Results, page: Path | None) -> str:
    """The grid of settings, those that nothing beats, and the picture."""
    found = {cell.setting: _point(seeds) for cell, seeds in results.items() if cell.setting}
    names = {point: f"{size} each {minutes} min" for (size, minutes), point in found.items()}
    edge = frontier(list(names))
    rules = _usual()
    parts = [tables.of_waves(found, (rules.wave_size, rules.wave_minutes)), tables.of_frontier(names, edge)]
    return "\n\n".join([*_picture(results, list(names), edge, page), *parts])


def _picture(
    results: Results, dots: list[tuple[float, float]], edge: list[tuple[float, float]], page: Path | None
) -> list[str]:
    if page is None:
        return []
    marks = [
        picture.Mark(letter, name, *_point(results[Cell(simulator, MIDDLE, name)]), dark=simulator != CITY)
        for simulator in SIMULATORS
        for letter, name in zip("abcdef", policies(), strict=True)
    ]
    file = page.with_suffix(".svg")
    file.write_text(picture.draw(dots, edge, marks), "utf-8")
    return [f"![{picture.told(marks)}]({file.name})"]


def _point(seeds: list[Tally]) -> tuple[float, float]:
    texts, share = middle(seeds, "segments").mean, middle(seeds, "two_hours").mean
    return texts or 0.0, share or 0.0


def _of_the_second() -> str:
    place = Place()
    rows = [[f"`{each.name}`", _short(getattr(place, each.name))] for each in fields(Place) if each.name != "burst"]
    rows += [[f"fatigue: {each.name}", _fatigue(each)] for each in (NONE, MILD, STRONG)]
    return tables.table(["", "value"], rows)


def _fatigue(of: Fatigue) -> str:
    return ", ".join(f"{each.name} {getattr(of, each.name)}" for each in fields(Fatigue) if each.name != "name")


def _short(value: object) -> str:
    if isinstance(value, Fatigue):
        return value.name
    if isinstance(value, tuple):
        return "<br>".join(f"{kind.name}, {kind.asked}, {kind.given}" for kind in value)
    return f"{value:,}"
