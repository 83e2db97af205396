"""The picture: segments for each taken request across, taken within two hours upwards. Drawn without any library."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import log

WIDTH, HEIGHT = 760, 460
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 40, 60
FEWEST, MOST = 8, 128  # texts, on a scale where twice as many is always the same distance
TICKS = (8, 16, 32, 64, 128)
TITLE = "Who is asked: segments for each taken request, and how many are taken within two hours"


@dataclass(frozen=True)
class Mark:
    """One way of asking: a letter in a box, of the first simulator (white) or the second (black)."""

    letter: str
    words: str
    texts: float
    share: float
    dark: bool


def draw(dots: Sequence[tuple[float, float]], edge: Sequence[tuple[float, float]], marks: Sequence[Mark]) -> str:
    """The whole picture as SVG; all of it can be told apart in black and white."""
    parts = [*_frame(), *map(_dot, dots), _line(edge), *map(_boxed, marks), *_legend(marks)]
    body = "\n  ".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-labelledby="t d" font-family="Verdana, DejaVu Sans, sans-serif" font-size="13">\n'
        f'  <title id="t">{TITLE}</title>\n  <desc id="d">{escape(told(marks))}</desc>\n'
        f'  <rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n  {body}\n</svg>\n'
    )


def told(marks: Sequence[Mark]) -> str:
    """The picture in words, for whoever does not see it."""
    said = (
        f"{mark.words} ({'second' if mark.dark else 'first'} simulator): {mark.texts:.0f} segments, {mark.share:.0%}."
        for mark in marks
    )
    return " ".join(said)


def _x(texts: float) -> float:
    share = log(min(max(texts, FEWEST), MOST) / FEWEST) / log(MOST / FEWEST)
    return round(LEFT + (WIDTH - LEFT - RIGHT) * share, 1)


def _y(share: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share, 1)


def _frame() -> list[str]:
    floor = HEIGHT - BOTTOM
    lines = [_words(LEFT, 24, "Taken within two hours, 200 people", bold=True)]
    for share in (0, 0.25, 0.5, 0.75, 1):
        lines.append(f'<path d="M{LEFT} {_y(share)}H{WIDTH - RIGHT}" stroke="#ccc"/>')
        lines.append(_words(LEFT - 8, _y(share) + 4, f"{share:.0%}", anchor="end"))
    for texts in TICKS:
        lines.append(f'<path d="M{_x(texts)} {floor}v6" stroke="#000"/>')
        lines.append(_words(_x(texts), floor + 22, str(texts), anchor="middle"))
    return [*lines, _words(WIDTH - RIGHT, HEIGHT - 14, "Segments for each taken request", anchor="end", bold=True)]


def _dot(point: tuple[float, float]) -> str:
    return f'<circle cx="{_x(point[0])}" cy="{_y(point[1])}" r="4" fill="#fff" stroke="#000"/>'


def _line(edge: Sequence[tuple[float, float]]) -> str:
    points = " ".join(f"{_x(texts)},{_y(share)}" for texts, share in edge)
    return f'<polyline points="{points}" fill="none" stroke="#000" stroke-dasharray="4 3"/>'


def _boxed(mark: Mark) -> str:
    x, y = _x(mark.texts), _y(mark.share)
    fill, ink = ("#000", "#fff") if mark.dark else ("#fff", "#000")
    box = f'<rect x="{x - 9}" y="{y - 9}" width="18" height="18" fill="{fill}" stroke="#000" stroke-width="2"/>'
    return f"{box}{_words(x, y + 5, mark.letter, anchor='middle', bold=True, ink=ink)}"


def _legend(marks: Sequence[Mark]) -> list[str]:
    lines = [f"{mark.letter}  {mark.words}" for mark in marks if not mark.dark]
    lines += [
        "white: the first simulator, black: the second",
        "circles: other settings of the hotline, first simulator",
    ]
    top = HEIGHT - BOTTOM - 18 * len(lines)
    return [_words(LEFT + 10, top + 18 * place, line) for place, line in enumerate(lines)]


def _words(x: float, y: float, words: str, anchor: str = "start", bold: bool = False, ink: str = "#000") -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{ink}"{weight}>{escape(words)}</text>'
