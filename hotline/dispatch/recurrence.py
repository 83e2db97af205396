"""Recurrence: when the next need of a weekly one is made. Pure."""

from datetime import time, timedelta

from hotline.model import calendar
from hotline.model.rules import Rules

PREPARED_AT = time(10)  # of the day before: who did it last time is asked first, and others still have a day


def next_made_at(every: str, rules: Rules, now: float) -> float | None:
    """When next week's need is made (UTC seconds): at ten on the day before that weekday in the week after the coming
    one. None for a need that is for once."""
    if every not in calendar.WEEKDAYS:
        return None
    day = calendar.today(now, rules.timezone)
    coming = day + timedelta(days=calendar.days_until(every, day))
    return calendar.at(coming + timedelta(days=6), PREPARED_AT, rules.timezone)
