"""Gatherings: what is said before one, and when it is decided for weather. Pure.

Who comes is reminded at six in the evening before. Whether it takes place is asked of the host at one moment, two hours
before it begins, or in the evening before where that is at night. Silence is no answer: then it takes place.
"""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from hotline.dispatch.quiet_hours import evening_before, wakes_at
from hotline.model import calendar
from hotline.model.calendar import HOUR
from hotline.model.gatherings import Gathering, Weather
from hotline.model.rules import Rules

DECIDED_BEFORE = 2 * HOUR
BEFORE_THE_NIGHT = HOUR  # before the quiet hours, where two hours before are in them
NO_NIGHT_BEFORE = 2 * HOUR  # after the morning: for what begins so early nobody lets others sleep


class NextOfGathering(StrEnum):
    """What to do about a gathering now."""

    NOTHING = "nothing"
    REMIND = "remind"
    DECIDE = "decide"  # its host is asked whether it takes place
    OVER = "over"  # it was
    GONE = "gone"  # its host hears nothing from us any more


@dataclass(frozen=True)
class DueGathering:
    """What to do now, when to look again (UTC seconds; None: never), and how many steps were taken by then."""

    next: NextOfGathering
    check_at: float | None
    told: int


def steps(gathering: Gathering, rules: Rules) -> tuple[tuple[float, NextOfGathering], ...]:
    """What is done, and when, in this order."""
    day, zone = gathering.day(rules.timezone), rules.timezone
    remind = (gathering.reminded_at(zone), NextOfGathering.REMIND)
    decide = (decided_at(gathering.starts_at, rules), NextOfGathering.DECIDE)
    over = (calendar.at(day + timedelta(days=1), time(), zone), NextOfGathering.OVER)
    asked = (decide,) if gathering.weather is not Weather.ANYWAY else ()
    return (*sorted((remind, *asked)), over)


def decided_at(starts_at: float, rules: Rules) -> float:
    """When it is decided whether it takes place."""
    at = starts_at - DECIDED_BEFORE
    return at if wakes_at(rules, at) <= at else evening_before(rules, at) - BEFORE_THE_NIGHT


def begun(gathering: Gathering, rules: Rules, now: float) -> DueGathering:
    """Where one stands that is listed, or moved to another day, just now: what would have been before is not done."""
    ahead = [at for at, _ in steps(gathering, rules) if at > now]
    return DueGathering(NextOfGathering.NOTHING, min(ahead, default=now), len(steps(gathering, rules)) - len(ahead))


def due(gathering: Gathering, *, reached: bool, now: float, rules: Rules) -> DueGathering:
    """The next thing to do. `reached` is whether its host hears from us."""
    left = steps(gathering, rules)[gathering.told :]
    if not left:
        return DueGathering(NextOfGathering.OVER, None, gathering.told)
    if not reached and now < gathering.starts_at:
        return DueGathering(NextOfGathering.GONE, None, gathering.told)
    (at, step), *later = left
    if now < at:
        return DueGathering(NextOfGathering.NOTHING, at, gathering.told)
    told = gathering.told + 1
    if later and later[0][0] <= now:  # we were away: nothing is said of what is past
        return DueGathering(NextOfGathering.NOTHING, now, told)
    past = now >= gathering.starts_at and step is not NextOfGathering.OVER
    return DueGathering(NextOfGathering.NOTHING if past else step, later[0][0] if later else None, told)


def wakes_people(starts_at: float, rules: Rules, now: float) -> bool:
    """Whether those who come hear at once that it is off, even at night: else some would be on the way."""
    return starts_at < wakes_at(rules, now) + NO_NIGHT_BEFORE
