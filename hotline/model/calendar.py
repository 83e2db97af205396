"""Calendar: lengths of time, weekdays, time zones, and when a day begins. Times are UTC seconds since 1970. Pure."""

from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SECOND, MINUTE, HOUR, DAY, WEEK = 1.0, 60.0, 3600.0, 86400.0, 604800.0
YEAR = 365 * DAY

FOREVER = 1e11
"""A time that never comes, UTC seconds."""

NOON = 12  # o'clock

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def zone(name: str, otherwise: ZoneInfo) -> ZoneInfo:
    """The time zone of that name; the other one where the name is empty or this machine does not know it."""
    try:
        return ZoneInfo(name) if name else otherwise
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return otherwise


def local(now: float, where: tzinfo | None) -> datetime:
    """The time on a wall in that time zone."""
    return datetime.fromtimestamp(now, where)


def today(now: float, where: tzinfo | None) -> date:
    """The day it is in that time zone."""
    return local(now, where).date()


def last_day(until: float, where: tzinfo | None) -> str:
    """The date of the last day of what ends at a midnight there (UTC seconds), as "2026-03-17"."""
    return today(until - 1, where).isoformat()


def at(day: date, clock: time, where: tzinfo | None) -> float:
    """The moment when the clocks there show that time on that day."""
    return datetime.combine(day, clock, where).timestamp()


def shown(day: date, clock: time, where: tzinfo | None, *, last: bool = False) -> float:
    """The moment when the clocks there first show that time on that day, or with `last` when they last do; where they
    pass over it, the moment when they do."""
    wall = datetime.combine(day, clock)
    first, second = (wall.replace(tzinfo=where, fold=fold).timestamp() for fold in (0, 1))
    if first <= second:
        return second if last else first
    before, after = second, first  # of a time that there is not: by the time of before, and of after
    while after - before > SECOND:
        middle = (before + after) // 2
        if local(middle, where).replace(tzinfo=None) < wall:
            before = middle
        else:
            after = middle
    return after


def midnight(now: float, where: tzinfo | None, days: int = 0) -> float:
    """When today began there; with `days`, when the day after so many days begins."""
    return at(today(now, where) + timedelta(days=days), time(), where)


def days_until(weekday: str, day: date) -> int:
    """Days from that day to the next such weekday; 0 when it is one."""
    return (WEEKDAYS.index(weekday) - day.weekday()) % 7
