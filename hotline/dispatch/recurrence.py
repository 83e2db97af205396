"""Recurrence: when the next need of a weekly one is made, and for when it is. Pure."""

from datetime import date, time, timedelta

from hotline.model import calendar
from hotline.model.rules import Rules
from hotline.model.when import When, kept

PREPARED_AT = time(10)  # of the day before: who did it last time is asked first, and others still have a day


def next_made_at(every: str, rules: Rules, now: float) -> float | None:
    """When the next need is made (UTC seconds): at ten on the day before the second of the days that come. None for a
    need that is for once. `every` are weekdays, "monday thursday"."""
    if not set(every.split()) & set(calendar.WEEKDAYS):
        return None
    coming = _coming(every, calendar.today(now, rules.timezone))
    following = _coming(every, coming + timedelta(days=1))
    return calendar.at(following - timedelta(days=1), PREPARED_AT, rules.timezone)


def next_due(every: str, due: str, rules: Rules, now: float) -> When | None:
    """For when a need is that is made now: the same time on the next of its days. None where no time was clear."""
    when = kept(due)
    tomorrow = calendar.today(now, rules.timezone) + timedelta(days=1)
    return when.on(_coming(every, tomorrow)) if when else None


def _coming(every: str, day: date) -> date:
    """The first of these weekdays, that day or after it."""
    return day + timedelta(days=min(calendar.days_until(weekday, day) for weekday in every.split()))
