"""Call retry: when somebody who did not hear us is rung again. Pure."""

from collections.abc import Iterator
from datetime import time, timedelta

from hotline.dispatch.quiet_hours import wakes_at
from hotline.model import calendar
from hotline.model.calendar import HOUR, MINUTE
from hotline.model.rules import Rules

TRIES = 3
MOST_TRIES = 6  # with a line that is busy again and again
BUSY_FOR = 15 * MINUTE  # a call is over by then, mostly
APART = 2 * HOUR
HOURS = (time(10), time(14), time(18, 30))  # whoever is out at one of them is in at another
DAYS = 3


def again_at(tries: int, how: str, rules: Rules, now: float) -> float | None:
    """When somebody who did not hear us is rung again (UTC seconds), after so many tries; None: a person takes over.

    `how` is the carrier's word: a busy line is tried soon, everything else at another time of day.
    """
    if how == "busy" and tries < MOST_TRIES:
        return wakes_at(rules, now + BUSY_FOR)
    if tries >= TRIES:
        return None
    awake = (at for at in _hours(rules, now) if at >= now + APART and wakes_at(rules, at) == at)
    return next(awake, wakes_at(rules, now + 2 * APART))


def _hours(rules: Rules, now: float) -> Iterator[float]:
    today = calendar.today(now, rules.timezone)
    for day in range(DAYS):
        for hour in HOURS:
            yield calendar.at(today + timedelta(days=day), hour, rules.timezone)
