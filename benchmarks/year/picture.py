"""The picture: texts for each taken need across, taken within two hours upwards. Drawn without any library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import log

from benchmarks.year.figures import Figures
from benchmarks.year.study import Setting

WIDTH, HEIGHT = 760, 460
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 40, 60
FEWEST, MOST = 10, 400  # texts, on a scale where twice as many is always the same distance
TICKS = (10, 20, 50, 100, 200, 400)
TITLE = "Who is asked: texts for each taken need, and how many are taken within two hours"


@dataclass(frozen=True)
class Mark:
    """One point with its words: a letter in a box, black or white."""

    letter: str
    words: str
    figures: Figures


def draw(tried: Sequence[Setting], edge: Sequence[Setting], chosen: str, marks: Sequence[Mark]) -> str:
    """The whole picture as SVG; all of it can be told apart in black and white."""
    parts = [*_frame(), *(_dot(each, each.name == chosen) for each in tried), _line(edge)]
    parts += [_boxed(mark) for mark in marks]
    label = next((each for each in tried if each.name == chosen), None)
    if label:
        parts.append(_words(_x(label.texts) + 14, _y(label.share) + 34, f"(a) as it is set: {chosen}", bold=True))
    body = "\n  ".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-labelledby="t d" font-family="Verdana, DejaVu Sans, sans-serif" font-size="13">\n'
        f'  <title id="t">{TITLE}</title>\n  <desc id="d">{escape(told(tried, chosen, marks))}</desc>\n'
        f'  <rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n  {body}\n</svg>\n'
    )


def told(tried: Sequence[Setting], chosen: str, marks: Sequence[Mark]) -> str:
    """The picture in words, for whoever does not see it."""
    said: Mapping[str, tuple[float, float]] = {
        **{f"The hotline, {each.name}": (each.texts, each.share) for each in tried if each.name == chosen},
        **{mark.words: (mark.figures.texts, mark.figures.within_two_hours) for mark in marks},
    }
    return " ".join(
        f"{name}: {texts:.0f} texts, {share:.0%} within two hours." for name, (texts, share) in said.items()
    )


def _x(texts: float) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * log(texts / FEWEST) / log(MOST / FEWEST), 1)


def _y(share: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share, 1)


def _frame() -> list[str]:
    floor = HEIGHT - BOTTOM
    lines = [_words(LEFT, 24, "Taken within two hours", bold=True)]
    for share in (0, 0.25, 0.5, 0.75, 1):
        lines.append(f'<path d="M{LEFT} {_y(share)}H{WIDTH - RIGHT}" stroke="#ccc"/>')
        lines.append(_words(LEFT - 8, _y(share) + 4, f"{share:.0%}", anchor="end"))
    for texts in TICKS:
        lines.append(f'<path d="M{_x(texts)} {floor}v6" stroke="#000"/>')
        lines.append(_words(_x(texts), floor + 22, str(texts), anchor="middle"))
    return [*lines, _words(WIDTH - RIGHT, HEIGHT - 14, "Texts for each taken need", anchor="end", bold=True)]


def _dot(setting: Setting, chosen: bool) -> str:
    size, fill = (7, "#000") if chosen else (4, "#fff")
    where = f'cx="{_x(setting.texts)}" cy="{_y(setting.share)}"'
    return f'<circle {where} r="{size}" fill="{fill}" stroke="#000"><title>{setting.name}</title></circle>'


def _line(edge: Sequence[Setting]) -> str:
    points = " ".join(f"{_x(each.texts)},{_y(each.share)}" for each in edge)
    return f'<polyline points="{points}" fill="none" stroke="#000" stroke-dasharray="4 3"/>'


def _boxed(mark: Mark) -> str:
    x, y = _x(mark.figures.texts), _y(mark.figures.within_two_hours)
    end = x > WIDTH / 2
    beside = _words(x - 16 if end else x + 16, y + 5, mark.words, anchor="end" if end else "start")
    box = f'<rect x="{x - 10}" y="{y - 10}" width="20" height="20" fill="#fff" stroke="#000" stroke-width="2"/>'
    return f"{box}{_words(x, y + 5, mark.letter, anchor='middle', bold=True)}{beside}"


def _words(x: float, y: float, words: str, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}"{weight}>{escape(words)}</text>'
