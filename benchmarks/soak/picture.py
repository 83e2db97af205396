"""The picture of an hour: work, waiting, memory and the files, minute by minute. Drawn without any library.

It is read in light and in dark: its colors follow what the reader's screen is set to.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from benchmarks.soak.minutes import Minute

WIDTH, PANEL, GAP = 760, 120, 56
LEFT, RIGHT, TOP, BOTTOM = 84, 20, 62, 44
STYLE = """<style>
    .paper { fill: #fff } .ink { fill: #1b1b1b } .faint { fill: #5a5a5a }
    .rule { stroke: #cfcfcf; fill: none } .line { stroke: #1b1b1b; stroke-width: 2; fill: none }
    .band { fill: #d9e6f2 }
    @media (prefers-color-scheme: dark) {
      .paper { fill: #14171a } .ink { fill: #ececec } .faint { fill: #aab0b6 }
      .rule { stroke: #3a4046 } .line { stroke: #ececec } .band { fill: #24384a }
    }
  </style>"""


@dataclass(frozen=True)
class Panel:
    """One line over the minutes, from zero upwards."""

    title: str
    of: Callable[[Minute], float]


def panels(unit: str) -> tuple[Panel, ...]:
    """What is drawn, from top to bottom; `unit` is what work is counted in."""
    return (
        Panel(f"Work of a text, the worker's with it: {unit}", lambda page: page.all),
        Panel("Of a hundred answers 99 within: ms", lambda page: page.p99),
        Panel("Memory of the hotline: MiB", lambda page: page.memory),
        Panel("Write-ahead log: MiB", lambda page: page.wal),
        Panel("Database: MiB", lambda page: page.file),
    )


def draw(pages: Sequence[Minute], title: str, unit: str) -> str:
    """The whole picture as SVG; the first ten and the last ten minutes are shaded."""
    drawn = panels(unit)
    height = TOP + len(drawn) * (PANEL + GAP) - GAP + BOTTOM
    parts = [_words(LEFT, 26, title, "ink", bold=True)]
    for at, panel in enumerate(drawn):
        parts += _panel(panel, pages, TOP + at * (PANEL + GAP))
    parts += [
        _words(_x(each, pages), height - 22, str(each), "faint", "middle") for each in range(0, len(pages) + 1, 10)
    ]
    parts.append(_words(WIDTH - RIGHT, height - 6, "minutes", "faint", "end"))
    body = "\n  ".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="t d" font-family="Verdana, DejaVu Sans, sans-serif" font-size="13">\n'
        f'  <title id="t">{escape(title)}</title>\n  <desc id="d">{escape(told(pages, drawn))}</desc>\n'
        f'  {STYLE}\n  <rect class="paper" width="{WIDTH}" height="{height}"/>\n  {body}\n</svg>\n'
    )


def told(pages: Sequence[Minute], drawn: Sequence[Panel]) -> str:
    """The picture in words, for whoever does not see it."""
    return " ".join(
        f"{panel.title}: {_mean(pages[:10], panel.of):,.0f} in the first ten minutes, "
        f"{_mean(pages[-10:], panel.of):,.0f} in the last ten."
        for panel in drawn
    )


def _mean(pages: Sequence[Minute], of: Callable[[Minute], float]) -> float:
    return sum(map(of, pages)) / len(pages)


def _panel(panel: Panel, pages: Sequence[Minute], top: float) -> list[str]:
    most = max(map(panel.of, pages)) * 1.15 or 1.0
    floor = top + PANEL
    points = " ".join(f"{_x(page.minute, pages)},{floor - PANEL * panel.of(page) / most:.1f}" for page in pages)
    bands = [
        _band(pages[0], pages[: min(10, len(pages))][-1], pages, top),
        _band(pages[-10:][0], pages[-1], pages, top),
    ]
    rules = [f'<path class="rule" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>' for y in (top, (top + floor) / 2, floor)]
    labels = [
        _words(LEFT - 8, y + 4, f"{value:,.0f}", "faint", "end")
        for y, value in ((top, most), ((top + floor) / 2, most / 2), (floor, 0.0))
    ]
    title = _words(LEFT, top - 8, panel.title, "ink")
    return [*bands, *rules, f'<polyline class="line" points="{points}"/>', title, *labels]


def _band(first: Minute, last: Minute, pages: Sequence[Minute], top: float) -> str:
    begin, end = _x(first.minute, pages), _x(last.minute, pages)
    return f'<rect class="band" x="{begin}" y="{top}" width="{end - begin:.1f}" height="{PANEL}"/>'


def _x(minute: float, pages: Sequence[Minute]) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * minute / len(pages), 1)


def _words(x: float, y: float, words: str, kind: str, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text class="{kind}" x="{x}" y="{y:.1f}" text-anchor="{anchor}"{weight}>{escape(words)}</text>'
