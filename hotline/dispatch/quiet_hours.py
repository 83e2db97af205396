"""Quiet hours: whether somebody may be written to or rung now, and when the night ends. Pure."""

from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hotline.model.calendar import MINUTE
from hotline.model.rules import Rules, span

MINUTES_REMEMBERED = 256  # every text asks whether it is night


def is_awake(hours: str, timezone: str, urgent: bool, rules: Rules, now: float) -> bool:
    """Own hours always hold. The quiet hours, in one's own time zone, hold for what can wait."""
    if hours and not _between(*span(hours), datetime.fromtimestamp(now, zone(timezone, rules)).time()):
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
    there = zone(timezone, rules)
    local = datetime.fromtimestamp(minute * MINUTE, there)
    if not _between(begin, end, local.time()):
        return None
    day = local.date() if local.time() < end else local.date() + timedelta(days=1)
    return datetime.combine(day, end, there).timestamp()


def zone(timezone: str, rules: Rules) -> ZoneInfo:
    """The time zone of that name; the community's where there is none, or this machine does not know it."""
    try:
        return ZoneInfo(timezone) if timezone else rules.timezone
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return rules.timezone


def _between(begin: time, end: time, at: time) -> bool:
    return begin <= at < end if begin <= end else at >= begin or at < end
