"""What is measured of a town in either simulator, and the middle and spread over several seeds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol, TypeVar

from benchmarks.year.desk import FIRST_LANGUAGE, FORGOTTEN, TIRED, Desk, Helper, Request
from hotline.dispatch.quiet_hours import awake_after
from hotline.model.calendar import DAY, HOUR, MINUTE

T = TypeVar("T")
VAN = "van"
HALF_AN_HOUR, TWO_HOURS = 30 * MINUTE, 2 * HOUR
LONG_ENOUGH = 4 * 7 * DAY  # that somebody must have been there to be compared
AFTER = 5 * DAY  # the storm


class Town(Protocol):
    """What either simulator says of itself."""

    @property
    def counted_from(self) -> float: ...
    @property
    def ends(self) -> float: ...
    @property
    def burst_at(self) -> float: ...


Tally = dict[str, tuple[float, float]]
"""Each measure as (sum, of how many), so that small towns can be added up before they are divided."""


def measure(desk: Desk, town: Town) -> Tally:
    """Requests of the last two days do not count: the time ends before they can be over."""
    counted = [each for each in desk.requests if town.counted_from <= each.created < town.ends - 2 * DAY]
    in_two_hours = {each.number for each in counted if _taken_within(each, TWO_HOURS, desk)}
    late = [each for each in counted if each.told_at is not None and not each.told_at_once]
    other = [each for each in counted if each.language != FIRST_LANGUAGE]
    there = [each for each in desk.helpers if each.joined < town.ends]
    return {
        "taken": _share(counted, lambda each: each.taken_at is not None),
        "two_hours": (len(in_two_hours), len(counted)),
        "half_hour": _share(counted, lambda each: _taken_within(each, HALF_AN_HOUR, desk)),
        "segments": (desk.segments, sum(each.taken_at is not None for each in desk.requests)),
        "told": (len(late), len(counted)),
        "told_rightly": (len(late) - sum(each.number in in_two_hours for each in late), len(late)),
        "told_at_once": _share(counted, lambda each: each.told_at_once),
        "tired": _share(there, lambda each: each.left_for == TIRED),
        "forgotten": _share(there, lambda each: each.left_for == FORGOTTEN),
        "minority": _share(other, lambda each: each.number in in_two_hours),
        "speaker": _share(other, _by_speaker),
        "van": _share([each for each in counted if each.what == VAN], lambda each: each.number in in_two_hours),
        "unasked_minority": _unasked(there, town, minority=True),
        "unasked_others": _unasked(there, town, minority=False),
        "gini": (gini([len(each.texts) for each in there if _long(each, town)]), 1),
        **_storm(counted, in_two_hours, town),
    }


def _storm(counted: Sequence[Request], in_time: set[int], town: Town) -> Tally:
    storm = [each for each in counted if each.burst]
    begins, ends = town.burst_at + HOUR, town.burst_at + AFTER
    after = [each for each in counted if storm and not each.burst and begins <= each.created < ends]
    return {
        "storm": _share(storm, lambda each: each.number in in_time),
        "after": _share(after, lambda each: each.number in in_time),
    }


def _share(these: Sequence[T], holds: Callable[[T], bool]) -> tuple[float, float]:
    return sum(map(holds, these)), len(these)


def _taken_within(request: Request, seconds: float, desk: Desk) -> bool:
    """Nights are not counted, but for what cannot wait."""
    if request.taken_at is None:
        return False
    if request.urgent:
        return request.taken_at <= request.created + seconds
    return request.taken_at <= awake_after(desk.rules, request.created, seconds)


def _by_speaker(request: Request) -> bool:
    return request.taken_by is not None and request.taken_by.language == request.language


def _long(helper: Helper, town: Town) -> bool:
    return helper.here and helper.joined <= town.ends - LONG_ENOUGH


def _unasked(there: Iterable[Helper], town: Town, *, minority: bool) -> tuple[float, float]:
    """The longest time without a question, days: the sum over those who are there, and how many they are."""
    these = [each for each in there if _long(each, town) and (each.language != FIRST_LANGUAGE) == minority]
    return sum(each.longest_unasked for each in these) / DAY, len(these)


def gini(values: Sequence[float]) -> float:
    """How unevenly something is shared out: 0 where all have the same, towards 1 where one has everything."""
    total, number = sum(values), len(values)
    if not total:
        return 0.0
    return 1 + 1 / number - 2 * sum(accumulate(sorted(values))) / (number * total)


def added(tallies: Iterable[Tally]) -> Tally:
    """Several towns of one seed as one."""
    sums: Tally = {}
    for tally in tallies:
        for name, (some, of) in tally.items():
            before = sums.get(name, (0.0, 0.0))
            sums[name] = before[0] + some, before[1] + of
    return sums


@dataclass(frozen=True)
class Middle:
    """A measure over several seeds: all together, the lowest and the highest; none where nothing was counted."""

    mean: float | None
    low: float = 0.0
    high: float = 0.0


def middle(seeds: Sequence[Tally], name: str) -> Middle:
    """That measure, of all that was counted in all seeds, and between which seeds it lies."""
    some, of = added(seeds).get(name, (0.0, 0.0))
    if not of:
        return Middle(None)
    each = [tally[name][0] / tally[name][1] for tally in seeds if tally[name][1]]
    return Middle(some / of, min(each), max(each))
