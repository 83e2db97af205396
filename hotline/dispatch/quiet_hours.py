"""Quiet hours: whether somebody may be written to or rung now, and when the night ends. Pure.

Clocks are set forward and back, mostly at night. A night is one piece of time all the same: it begins when the clocks
first show its beginning and ends when they last show its end, so nobody is woken in an hour that comes a second time.
"""

from datetime import time, timedelta, tzinfo
from functools import lru_cache

from hotline.model import calendar
from hotline.model.calendar import FOREVER, MINUTE
from hotline.model.rules import Rules, span

MORNINGS = 4  # that are tried where quiet hours and own ones leave little of a day
SPANS_REMEMBERED = 1024  # every text asks whether it is night


def is_awake(hours: str, timezone: str, urgent: bool, rules: Rules, now: float) -> bool:
    """Own hours always hold. The quiet hours, in one's own time zone, hold for what can wait."""
    if hours and _end_of(*span(hours), int(now // MINUTE), calendar.zone(timezone, rules.timezone)) is None:
        return False
    return urgent or wakes_at(rules, now, timezone) <= now


def wakes_at(rules: Rules, now: float, timezone: str = "") -> float:
    """When people may be written to: now, or the end of the quiet hours. UTC seconds; clock changes are minded.

    `timezone` is where somebody lives, "" with the community.
    """
    return _end_of(*rules.quiet, int(now // MINUTE), calendar.zone(timezone, rules.timezone)) or now


def free_at(hours: str, timezone: str, rules: Rules, now: float) -> float:
    """When somebody may be written to who need not hear it soon: now, or when neither the quiet hours nor hours of
    their own stand against it (UTC seconds)."""
    for _ in range(MORNINGS):
        at = wakes_at(rules, now, timezone)
        if hours:
            begin, end = span(hours)
            at = _end_of(end, begin, int(at // MINUTE), calendar.zone(timezone, rules.timezone)) or at
        if at <= now:
            return now
        now = at
    return now


def awake_after(rules: Rules, since: float, seconds: float) -> float:
    """The moment by which people were awake for so many seconds since then (UTC seconds): no night counts."""
    at, left = wakes_at(rules, since), seconds
    while (night := _falls_asleep(rules, at)) < at + left:
        at, left = wakes_at(rules, night), left - (night - at)
        if at <= night:  # clocks that pass over the end of a night
            at = night + MINUTE
    return at + left


def awake_before(rules: Rules, now: float, seconds: float) -> float:
    """The moment since which people were awake for so many seconds until now (UTC seconds): no night counts."""
    at, left = now, seconds
    if wakes_at(rules, at) > at:
        at = evening_before(rules, at)
    while (morning := _woke_up(rules, at)) > at - left:
        left -= at - morning
        at = evening_before(rules, morning - MINUTE)
    return at - left


def _woke_up(rules: Rules, at: float) -> float:
    """When the quiet hours ended last until that moment."""
    begin, end = rules.quiet
    if begin == end:
        return -FOREVER
    today = calendar.today(at, rules.timezone)
    mornings = (calendar.shown(today - timedelta(days=days), end, rules.timezone, last=True) for days in range(3))
    return next(morning for morning in mornings if morning <= at)


def _falls_asleep(rules: Rules, at: float) -> float:
    """When the quiet hours begin next after that moment."""
    begin, end = rules.quiet
    if begin == end:
        return FOREVER
    today = calendar.today(at, rules.timezone)
    nights = (calendar.shown(today + timedelta(days=days), begin, rules.timezone) for days in range(3))
    return next(night for night in nights if night > at)


def evening_before(rules: Rules, night: float) -> float:
    """When the quiet hours began in which that moment lies (UTC seconds)."""
    begin = rules.quiet[0]
    local = calendar.local(night, rules.timezone)
    day = local.date() if local.time() >= begin else local.date() - timedelta(days=1)
    return calendar.at(day, begin, rules.timezone)


@lru_cache(SPANS_REMEMBERED)
def _end_of(begin: time, end: time, minute: int, there: tzinfo) -> float | None:
    """The end of the span of hours in which that minute lies, UTC seconds: they begin and end with a minute. None
    outside of it."""
    today = calendar.today(minute * MINUTE, there)
    for day in (today - timedelta(days=1), today):
        ends = day if begin < end else day + timedelta(days=1)
        until = calendar.shown(ends, end, there, last=True)
        if begin != end and calendar.shown(day, begin, there) <= minute * MINUTE < until:
            return until
    return None
