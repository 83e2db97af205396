"""The page, part by part, as each part is ready: tables, what was promised, and the picture beside it."""

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.figures import Target, table_of
from benchmarks.year import picture, study, tables
from benchmarks.year.assumptions import Assumptions, listed
from benchmarks.year.figures import Middle
from benchmarks.year.study import Setting
from hotline.model.rules import Rules

Four = Mapping[str, Middle]
A_FIFTH = 0.2


def blocks(
    city: Assumptions, seeds: Sequence[int], few: Sequence[int], command: str, page: Path | None
) -> Iterator[tuple[str, str]]:
    """(mark of the page, Markdown). The picture is written as soon as all its points are there."""
    rules = Rules(ZoneInfo(city.timezone), quiet_hours=city.quiet_hours)
    made = f"Made by `{command}`, seeds {{}}, on {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}."
    four = dict(study.the_four(city, rules, seeds))
    yield "year", _told(made, seeds, _setting(rules), tables.of_the_four(four))
    one = few[:1]  # what differs here differs by far more than the years do
    cities = {"as assumed": dict(study.the_four(city, rules, one))}
    cities |= {name: dict(study.the_four(other, rules, one)) for name, other in study.other_cities(city).items()}
    yield "cities", _told(made, one, tables.of_other_cities(cities))
    yield "promised", table_of(_targets(four, cities[study.TIRELESS]))
    tried = study.settings(city, few, study.waves(rules))
    edge, chosen = study.frontier(tried), Setting(rules, four["(a) the hotline"]).name
    drawn = _picture(page, tried, edge, chosen, four, cities[study.TIRELESS])
    yield "waves", _told(made, few, drawn, tables.of_waves(tried, chosen), tables.of_frontier(edge))
    limits = study.settings(city, few, [replace(rules, asks_per_week=most) for most in study.A_WEEK])
    late = study.settings(city, one, [replace(rules, escalate_after_minutes=many) for many in study.ESCALATE])
    yield "limits", _told(made, few, tables.of_limits(limits), _told(made, one, tables.of_escalation(late)))
    yield "assumptions", listed(city)


def _told(made: str, seeds: Sequence[int], *parts: str) -> str:
    return "\n\n".join([made.format(", ".join(map(str, seeds))), *(part for part in parts if part)])


def _setting(rules: Rules) -> str:
    return (
        f"(a) is set as it comes: `wave_size` {rules.wave_size}, `wave_minutes` {rules.wave_minutes}, `asks_per_week` "
        f"{rules.asks_per_week}, `escalate_after_minutes` {rules.escalate_after_minutes}."
    )


def _targets(four: Four, tireless: Four) -> list[Target]:
    """What was promised, where people are as assumed, and in the city that is kindest to texting everyone."""
    return [*_held(four, "as assumed"), *_held(tireless, f"where {study.TIRELESS}")]


def _held(four: Four, where: str) -> list[Target]:
    ours, everyone, *_ = (middle.mean for middle in four.values())
    points = 100 * (ours.within_two_hours - everyone.within_two_hours)
    words = f"{where}: at most a fifth of the texts of (b) for each taken need"
    return [
        Target(words, ours.texts / everyone.texts, A_FIFTH, at_least=False),
        Target(f"{where}: no less than (b) taken within two hours", points, 0, unit="points more"),
    ]


def _picture(
    page: Path | None, tried: Sequence[Setting], edge: Sequence[Setting], chosen: str, four: Four, tireless: Four
) -> str:
    """Writes the picture beside the page and says how it stands in it; without a page there is none."""
    if page is None:
        return ""
    marks = [picture.Mark(name[1], name, middle.mean) for name, middle in four.items() if not name.startswith("(a)")]
    marks += [
        picture.Mark(name[1].upper(), f"({name[1].upper()}) the same where nobody tires", middle.mean)
        for name, middle in tireless.items()
        if name.startswith("(b)")
    ]
    file = page.with_suffix(".svg")
    file.write_text(picture.draw(tried, edge, chosen, marks), "utf-8")
    return f"![{picture.told(tried, chosen, marks)}]({file.name})"
