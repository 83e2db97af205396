"""Storms: more requests are open than people can be asked about one by one, so that one text offers several. Pure."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from hotline.dispatch.waves import may_be_asked
from hotline.model.needs import Need
from hotline.model.people import Volunteer
from hotline.model.rules import Rules
from hotline.model.town import Load, Storm, Town

AT_LEAST = 2  # requests: one alone is no storm, however few there are to ask
TOLD_ONCE_FROM = 5  # of fewer, coordinators hear one by one
MOST_IN_ONE_TEXT = 3
BESIDE = MOST_IN_ONE_TEXT - 1  # the request whose turn it is


def storm(load: Load, town: Town) -> Storm:
    """Whether the open requests, each in a text of its own, would take more people than are due to be asked: until
    somebody says yes, a request takes as many questions as its town answers one yes to. It is over, but for what it
    left, once that does not hold any more of the fresh ones."""
    if not _too_many(load.open, load.due, town):
        return Storm.NONE
    return Storm.NOW if _too_many(load.fresh, load.due, town) else Storm.LEFT_OVER


def _too_many(requests: int, due: int, town: Town) -> bool:
    return requests >= AT_LEAST and requests / town.yes_rate > due


def is_told_once(weather: Storm, load: Load) -> bool:
    """Whether coordinators hear of a storm once, and not of each request; of what comes after it they hear again."""
    return weather is Storm.NOW and load.open >= TOLD_ONCE_FROM


def offered_beside(
    who: Volunteer, areas: Collection[str], need: Need, others: Iterable[Need], rules: Rules, now: float
) -> tuple[Need, ...]:
    """Which other requests stand in the text that asks this person about `need`. `areas` are theirs and those near by;
    `others` are open, were never offered to them and are what they give there, in the order in which they would be
    asked about. All of it is one question."""
    return tuple(islice(_may_stand_there(who, areas, need, others, rules, now), BESIDE))


def _may_stand_there(
    who: Volunteer, areas: Collection[str], need: Need, others: Iterable[Need], rules: Rules, now: float
) -> Iterator[Need]:
    for other in others:
        gives = other.what in who.needs and other.area in areas
        asked = other.number != need.number and other.asks(now) and other.missing and not other.is_past(now)
        if gives and asked and may_be_asked(who, other, rules, now):
            yield other
