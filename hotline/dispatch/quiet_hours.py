"""Quiet hours: whether somebody may be written to or rung now, and when the night ends. Pure."""

from datetime import time, timedelta
from functools import lru_cache

from hotline.model import calendar
from hotline.model.calendar import MINUTE
from hotline.model.rules import Rules, span

MINUTES_REMEMBERED = 256  # every text asks whether it is night


def is_awake(hours: str, timezone: str, urgent: bool, rules: Rules, now: float) -> bool:
    """Own hours always hold. The quiet hours, in one's own time zone, hold for what can wait."""
    if hours and not _between(*span(hours), calendar.local(now, calendar.zone(timezone, rules.timezone)).time()):
        return False
    return urgent or wakes_at(rules, now, timezone) <= now


def wakes_at(rules: Rules, now: float, timezone: str = "") -> float:
    """When people may be written to: now, or the end of the quiet hours. UTC seconds; clock changes are minded.

    `timezone` is where somebody lives, "" with the community.
    """
    return _morning(rules, int(now // MINUTE), timezone) or now


@lru_cache(MINUTES_REMEMBERED)
def _morning(rules: Rules, minute: int, timezone: str) -> float | None:
    """The end of the quiet hours in which that minute lies: they begin and end with a minute. None by day."""
    begin, end = rules.quiet
    there = calendar.zone(timezone, rules.timezone)
    local = calendar.local(minute * MINUTE, there)
    if not _between(begin, end, local.time()):
        return None
    day = local.date() if local.time() < end else local.date() + timedelta(days=1)
    return calendar.at(day, end, there)


def evening_before(rules: Rules, night: float) -> float:
    """When the quiet hours began in which that moment lies (UTC seconds)."""
    begin = rules.quiet[0]
    local = calendar.local(night, rules.timezone)
    day = local.date() if local.time() >= begin else local.date() - timedelta(days=1)
    return calendar.at(day, begin, rules.timezone)


def _between(begin: time, end: time, at: time) -> bool:
    return begin <= at < end if begin <= end else at >= begin or at < end
