"""Pictures: what was asked and taken by week, how soon, what is missing, who carries how much, languages, the cost.

Each is drawn here and stands beside its table. Nobody is named in one, nobody is ranked, and where a number is so small
that somebody might be recognized in it, it is told as 1–4.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from hotline.model import calendar
from hotline.model.calendar import MINUTE
from hotline.model.rules import FEWEST_TOLD
from hotline.storage.board_figures import SOON, Figures, Missing, Sent, Week
from hotline.web.board import money
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page
from hotline.web.board.words import Words

WEEKS, LATELY = 13, 4  # of the first pictures, and of all others
FEW = 4  # of so many and less nobody is told how many they are
ROWS = 30  # of one picture
CARRIES = ((1, 1), (2, 3), (4, 7), (8, 0))  # from how many requests to how many
ENOUGH = 10  # people of whom it is told how much the busiest carry


@dataclass(frozen=True)
class Bar:
    """A row of a picture: what it says, and its parts, each as wide (0 to 100) as it is and of one kind."""

    label: str
    said: str
    parts: tuple[tuple[str, float, float], ...]  # (kind, from where, how wide)


@dataclass(frozen=True)
class Picture:
    """A picture with its table. ``name`` is that of its words."""

    name: str
    bars: tuple[Bar, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: str = ""  # a sentence beside it


async def show(asked: Asked) -> Response:
    community, words = asked.board.catalogue.community, asked.words
    kept = min(community.retention.texts_in_days, community.retention.texts_out_days) // 7
    weeks = _weeks(asked)
    found, at = await asked.board.counted.figures(weeks, max(1, min(LATELY, kept)), weeks[-LATELY])
    pictures = (
        _by_week(found, words),
        _how_soon(found, words),
        _missing(found.missing, words),
        _carry(found, words),
        _languages(found, words),
        _sent(found.sent, words, priced=money.is_known(community.country, community.line)),
    )
    done = words("pictures.done", count=f"{found.done:,}") if found.done >= FEWEST_TOLD else ""
    return asked.page("pictures.html", pictures=pictures, done=done, as_of=words.clock(at), weeks=WEEKS, lately=LATELY)


def _weeks(asked: Asked) -> list[float]:
    """When each week began, on a Monday at midnight on the clocks of the community; the oldest first."""
    zone = asked.board.catalogue.community.rules.timezone
    monday = -calendar.today(asked.now, zone).weekday()
    return [calendar.midnight(asked.now, zone, monday - 7 * ago) for ago in reversed(range(WEEKS))]


def _by_week(found: Figures, words: Words) -> Picture:
    most = max(1, *(week.asked for week in found.weeks))
    rows, bars = [], []
    for week in found.weeks[_first(found.weeks) :]:
        name = words.day(week.since)
        said = words("pictures.week_said", asked=week.asked, taken=week.taken, missed=week.missed)
        parts = _stacked(most, ("taken", week.taken), ("open", week.asked - week.taken))
        bars.append(Bar(name, said, parts))
        rows.append((name, str(week.asked), str(week.taken), str(week.missed)))
    columns = ("week", "asked", "taken", "missed")
    return _picture("by_week", bars, columns, rows, words)


def _first(weeks: Sequence[Week]) -> int:
    """Which is the first that is shown: a young hotline has no long row of nothing before it."""
    return next((place for place, week in enumerate(weeks[:-LATELY]) if week.asked or week.missed), len(weeks) - LATELY)


def _how_soon(found: Figures, words: Words) -> Picture:
    lately = found.weeks[-LATELY:]
    sums = {name: sum(week.soon[name] for week in lately) for name in SOON}
    nobody = sum(week.asked - week.taken for week in lately)
    most = max(1, nobody, *sums.values())
    bars = [Bar(words(f"pictures.{name}"), f"{many:,}", _stacked(most, ("taken", many))) for name, many in sums.items()]
    bars.append(Bar(words("pictures.nobody"), f"{nobody:,}", _stacked(most, ("open", nobody))))
    rows = [
        (words.day(week.since), *(str(week.soon[name]) for name in SOON), str(week.asked - week.taken))
        for week in found.weeks[_first(found.weeks) :]
    ]
    return _picture("how_soon", bars, ("week", *SOON, "nobody"), rows, words)


def _missing(found: Sequence[Missing], words: Words) -> Picture:
    most = max(1, *(each.asked for each in found), 1)
    bars, rows = [], []
    for each in found[:ROWS]:
        name = ", ".join(filter(None, (words.label(each.what), words.label(each.area))))
        asked, untaken, give = few(each.asked), few(each.untaken), few(each.give)
        said = words("pictures.missing_said", asked=asked, untaken=untaken, give=give)
        shown = _shown(each.untaken), _shown(each.asked)
        bars.append(Bar(name, said, _stacked(most, ("open", shown[0]), ("taken", max(0.0, shown[1] - shown[0])))))
        rows.append((name, asked, untaken, give))
    more = words("pictures.shown_of", shown=ROWS, count=len(found)) if len(found) > ROWS else ""
    return _picture("missing", bars, ("what", "asked", "untaken", "give"), rows, words, more)


def _carry(found: Figures, words: Words) -> Picture:
    """How many carry how much: neither who, nor who most."""
    sums = [
        (
            least,
            upto,
            sum(people for took, people in found.carry.items() if took >= least and (took <= upto or not upto)),
        )
        for least, upto in CARRIES
    ]
    most = max(1, *(many for _, _, many in sums))
    bars, rows = [], []
    for least, upto, many in sums:
        name = words(f"pictures.took_{least}", least=least, upto=upto)
        bars.append(Bar(name, few(many), _stacked(most, ("taken", _shown(many)))))
        rows.append((name, few(many)))
    return _picture("carry", bars, ("took", "people"), rows, words, _busiest(found, words))


def _busiest(found: Figures, words: Words) -> str:
    """How much the busiest fifth carry, where they are so many that nobody is meant by it."""
    everyone = [took for took, people in sorted(found.carry.items(), reverse=True) for _ in range(people)]
    if len(everyone) < ENOUGH:
        return ""
    busiest = everyone[: len(everyone) // 5]
    return words("pictures.busiest", share=round(100 * sum(busiest) / sum(everyone)))


def _languages(found: Figures, words: Words) -> Picture:
    most = max(1, *(asked for asked, _ in found.languages.values()), 1)
    bars, rows = [], []
    for name, (asked, help) in found.languages.items():
        said = words("pictures.language_said", asked=few(asked), help=few(help))
        kind = "taken" if help else "open"
        bars.append(Bar(words.label(name), said, _stacked(most, (kind, _shown(asked)))))
        rows.append((words.label(name), few(asked), few(help)))
    alone = [words.label(name) for name, (asked, help) in found.languages.items() if asked and not help]
    more = words("pictures.without_helpers", languages=", ".join(alone)) if alone else ""
    return _picture("languages", bars, ("language", "asked", "help"), rows, words, more)


def _sent(found: Sequence[Sent], words: Words, *, priced: bool) -> Picture:
    """Where no prices are known, that is said in place of the money."""
    most = max(1, *(week.segments for week in found))
    bars, rows = [], []
    for week in found:
        minutes, name = round(week.seconds / MINUTE), words.day(week.since)
        said = words("pictures.sent_said", segments=f"{week.segments:,}", calls=f"{week.calls:,}", minutes=minutes)
        cost = money.about(week.segments, week.seconds, "pictures.about", words) if priced else ""
        bars.append(Bar(name, " · ".join(filter(None, (said, cost))), _stacked(most, ("taken", week.segments))))
        rows.append((name, f"{week.segments:,}", f"{week.calls:,}", str(minutes), *((cost,) if priced else ())))
    columns = ("week", "segments", "calls", "minutes", *(("money",) if priced else ()))
    return _picture("sent", bars, columns, rows, words, words(f"pictures.money_{'why' if priced else 'unknown'}"))


def _picture(
    name: str,
    bars: Iterable[Bar],
    columns: Iterable[str],
    rows: Iterable[tuple[str, ...]],
    words: Words,
    more: str = "",
) -> Picture:
    heads = tuple(words(f"pictures.{column}") for column in columns)
    return Picture(name, tuple(bars), heads, tuple(rows), more)


def few(many: int) -> str:
    """A number of people or requests as it is told; so few that they might be known are told as 1–4."""
    return f"{many:,}" if many == 0 or many > FEW else f"1–{FEW}"


def _shown(many: int) -> float:
    """How much of a bar that is: as wide for one as for four."""
    return float(many) if many == 0 or many > FEW else (1 + FEW) / 2


def _stacked(most: float, *parts: tuple[str, float]) -> tuple[tuple[str, float, float], ...]:
    """The parts of a bar one behind another; the longest is 100 wide."""
    return tuple(_one_behind_another(most, parts))


def _one_behind_another(most: float, parts: Iterable[tuple[str, float]]) -> Iterator[tuple[str, float, float]]:
    begin = 0.0
    for kind, many in parts:
        wide = round(min(100.0 * many / most, 100.0 - begin), 2)
        if wide > 0:
            yield kind, round(begin, 2), wide
        begin += wide


PAGES = (Page("/pictures", show),)
