"""The study as Markdown."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from benchmarks.year.figures import Figures, Middle
from benchmarks.year.study import Setting, price

Four = Mapping[str, Middle]

ROWS: tuple[tuple[str, str, str], ...] = (
    ("needs", "needs in the year", "{:,.0f}"),
    ("taken", "taken at all", "{:.1%}"),
    ("within_two_hours", "**taken within two hours** of when people may be asked", "{:.1%}"),
    ("within_two_hours_of_asking", "taken within two hours of the request, night or day", "{:.1%}"),
    ("first_month", "within two hours, the first four weeks", "{:.1%}"),
    ("last_quarter", "within two hours, the last three months", "{:.1%}"),
    ("wait_median", "minutes until taken, of those taken: median", "{:.0f}"),
    ("wait_95", "minutes until taken, of those taken: 95 of 100 below", "{:.0f}"),
    ("asked_for_wait_median", "the median from the request, nights counted", "{:.0f}"),
    ("alerts", "alerts for each taken need", "{:.1f}"),
    ("texts", "**all texts for each taken need**", "{:.1f}"),
    ("segments", "segments for each taken need", "{:.1f}"),
    ("gini", "how unevenly people are asked (Gini)", "{:.2f}"),
    ("tired", "volunteers who left because of fatigue", "{:.1%}"),
    ("people_left", "volunteers at the end of the year", "{:,.0f}"),
    ("escalated", "told to the coordinators", "{:.1%}"),
)


def of_the_four(four: Four) -> str:
    """Each measure a row, each rule a column; what lies around the mean are the lowest and the highest year."""
    lines = [_line("", *four), _rule(len(four))]
    for name, words, form in ROWS:
        lines.append(_line(words, *(_spread(middle, name, form) for middle in four.values())))
    return "\n".join(lines)


def _spread(middle: Middle, name: str, form: str) -> str:
    mean, low, high = (form.format(getattr(each, name)) for each in (middle.mean, middle.low, middle.high))
    return mean if low == high else f"{mean}<br>({low} to {high})"


def of_other_cities(cities: Mapping[str, Four]) -> str:
    """For each city and each rule: taken within two hours, texts for each taken need, left because of fatigue."""
    lines = [_line("", *next(iter(cities.values()))), _rule(len(next(iter(cities.values()))))]
    lines += [_line(name, *(_short(middle.mean) for middle in four.values())) for name, four in cities.items()]
    return "\n".join(lines)


def _short(figures: Figures) -> str:
    return f"{figures.within_two_hours:.1%} · {figures.texts:.0f} · {figures.tired:.0%}"


def of_waves(tried: Sequence[Setting], chosen: str) -> str:
    """Sizes down, minutes across: taken within two hours, texts for each taken need."""
    sizes, minutes = (sorted({getattr(each.rules, name) for each in tried}) for name in ("wave_size", "wave_minutes"))
    found = {(each.rules.wave_size, each.rules.wave_minutes): each for each in tried}
    lines = [_line("", *(f"each {many} minutes" for many in minutes)), _rule(len(minutes))]
    for size in sizes:
        row = [found[size, many] for many in minutes]
        lines.append(_line(f"{size} at a time", *(_cell(each, each.name == chosen) for each in row)))
    return "\n".join(lines)


def _cell(setting: Setting, chosen: bool) -> str:
    words = f"{setting.share:.1%} · {setting.texts:.1f}"
    return f"**{words}**" if chosen else words


def of_frontier(edge: Sequence[Setting]) -> str:
    """Those that nothing beats, and for whom each of them is right."""
    lines = [_line("", "within two hours", "texts", "left for fatigue", "right if one more is worth"), _rule(4)]
    prices = [0.0, *(price(one, more) for one, more in pairwise(edge)), float("inf")]
    for setting, (least, most) in zip(edge, pairwise(prices), strict=True):
        worth = f"{least:.0f} to {most:.0f} texts" if most < float("inf") else f"more than {least:.0f} texts"
        cells = f"{setting.share:.1%}", f"{setting.texts:.1f}", f"{setting.middle.mean.tired:.0%}", worth
        lines.append(_line(setting.name, *cells))
    return "\n".join(lines)


def of_limits(tried: Sequence[Setting]) -> str:
    """How often one volunteer is asked a week at most."""
    lines = [
        _line("`asks_per_week`", "within two hours", "in the last three months", "texts", "Gini", "left"),
        _rule(5),
    ]
    for each in tried:
        of = each.middle.mean
        cells = f"{each.share:.1%}", f"{of.last_quarter:.1%}", f"{of.texts:.1f}", f"{of.gini:.2f}", f"{of.tired:.1%}"
        lines.append(_line(str(each.rules.asks_per_week), *cells))
    return "\n".join(lines)


def of_escalation(tried: Sequence[Setting]) -> str:
    """When the coordinators are told, and how often it was not needed."""
    lines = [
        _line("`escalate_after_minutes`", "needs told to them", "of these, taken within the two hours anyway"),
        _rule(2),
    ]
    for each in tried:
        of = each.middle.mean
        lines.append(
            _line(str(each.rules.escalate_after_minutes), f"{of.escalated:.1%}", f"{of.escalated_in_vain:.0%}")
        )
    return "\n".join(lines)


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(columns: int) -> str:
    return "|---|" + "---:|" * columns
