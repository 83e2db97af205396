"""What is measured of a year, and the middle and spread of several years."""

from dataclasses import dataclass, fields
from itertools import accumulate
from statistics import mean, median, quantiles

from benchmarks.year.events import HOUR, Outcome
from benchmarks.year.policies import Course
from benchmarks.year.standing import Standing
from benchmarks.year.town import WEEK, Town
from benchmarks.year.wordings import costs

FIRST = 4  # weeks in which hardly anybody is tired yet
LAST = 13  # weeks: the last quarter shows what the year has made of the people
LONG_ENOUGH = 4  # weeks that somebody must have been there to be compared


@dataclass(frozen=True)
class Figures:
    """One rule's year. Waits are minutes from when people may first be asked; shares are of one."""

    needs: float
    taken: float
    within_two_hours: float
    within_two_hours_of_asking: float
    first_month: float
    last_quarter: float
    wait_median: float
    wait_95: float
    asked_for_wait_median: float
    alerts: float
    texts: float
    segments: float
    gini: float
    tired: float
    people_left: float
    escalated: float
    escalated_in_vain: float
    """Of those that were told to the coordinators: how many a volunteer had within the two hours all the same."""


def measure(town: Town, outcome: Outcome) -> Figures:
    """Needs of the last two days count only where they are over: the year ends before they can be."""
    over = [course for course in outcome.courses if not course.open]
    waits = sorted(wait for course in over if (wait := _waited(course)) is not None)
    taken = max(1, len(waits))
    early = [course for course in over if course.want.may_ask < town.begins + FIRST * WEEK]
    late = [course for course in over if course.want.may_ask >= town.ends - LAST * WEEK]
    told = [course for course in over if course.need.escalated]
    there = [each for each in outcome.standings if each.since]
    return Figures(
        needs=len(outcome.courses),
        taken=len(waits) / len(over),
        within_two_hours=_within(over),
        within_two_hours_of_asking=mean(_asked_wait(course) <= 2 * HOUR for course in over),
        first_month=_within(early or over),
        last_quarter=_within(late or over),
        wait_median=median(waits or [0.0]) / 60,
        wait_95=(quantiles(waits, n=20)[-1] if len(waits) > 1 else 0.0) / 60,
        asked_for_wait_median=median([_asked_wait(course) for course in over if course.taken_at] or [0.0]) / 60,
        alerts=outcome.texts["alert"] / taken,
        texts=outcome.texts.total() / taken,
        segments=sum(costs()[kind] * number for kind, number in outcome.texts.items()) / taken,
        gini=gini(_asked_a_week(there, town)),
        tired=outcome.tired / len(there),
        people_left=sum(each.here for each in there),
        escalated=len(told) / len(over),
        escalated_in_vain=_within(told) if told else 0.0,
    )


def _waited(course: Course) -> float | None:
    return None if course.taken_at is None else course.taken_at - course.want.may_ask


def _asked_wait(course: Course) -> float:
    return float("inf") if course.taken_at is None else course.taken_at - course.need.created_at


def _within(courses: list[Course]) -> float:
    return mean((wait := _waited(course)) is not None and wait <= 2 * HOUR for course in courses)


def _asked_a_week(there: list[Standing], town: Town) -> list[float]:
    """How often each was asked in a week of theirs, where they were there long enough to tell."""
    weeks = [((town.ends if each.gone_at is None else each.gone_at) - each.since) / WEEK for each in there]
    return [each.asked / many for each, many in zip(there, weeks, strict=True) if many >= LONG_ENOUGH]


def gini(values: list[float]) -> float:
    """How unevenly something is shared out: 0 where all have the same, towards 1 where one has everything."""
    total, number = sum(values), len(values)
    if not total:
        return 0.0
    return 1 + 1 / number - 2 * sum(accumulate(sorted(values))) / (number * total)


@dataclass(frozen=True)
class Middle:
    """The mean of several years, and the lowest and highest of them."""

    mean: Figures
    low: Figures
    high: Figures


def together(years: list[Figures]) -> Middle:
    """Each figure by itself."""
    columns = {each.name: [getattr(year, each.name) for year in years] for each in fields(Figures)}
    return Middle(*(Figures(**{name: of(column) for name, column in columns.items()}) for of in (mean, min, max)))
