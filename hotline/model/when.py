"""Time of a need: for when it is, as people say it, and the moments that this comes to. Pure.

What is kept is the local meaning, "2026-12-15 by 18:00": nine in the morning stays nine when the clocks change.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import product

from hotline.engine.answers import TimeSaid
from hotline.engine.plain import Plain
from hotline.model import calendar
from hotline.model.calendar import MINUTE, WEEKDAYS

PARTS = {
    "": (time(9), time(23, 59)),
    "morning": (time(8), time(12)),
    "noon": (time(12), time(13)),
    "afternoon": (time(12), time(18)),
    "evening": (time(17), time(23, 59)),
}
"""From when to when a day and its parts are meant, where no clock is named."""
AN_EVENING = timedelta(hours=3)  # "after 5" is over by then
EARLIEST, LATEST = 6, 20  # hours that a bare number may mean: "at 8" is in the morning or in the evening
LATEST_MORNING = 12
LONGEST_SPAN = 10 * 60  # minutes from "9" to "5"
FARTHEST = 200  # days: a date that is farther away is more likely a slip
ROUNDED_TO = 5 * MINUTE
AHEAD = {"today": 0, "tomorrow": 1, "overmorrow": 2}  # days
NAMED = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?: (?P<how>by|after)?\s?(?P<begin>\d\d:\d\d)(?:-(?P<end>\d\d:\d\d))?| (?P<part>[a-z]+))?"
)


@dataclass(frozen=True)
class When(Plain):
    """For when something is needed, on the clocks of the community.

    ``how`` is "at", "by", "after" or "between" where a clock is named; else a part of the day, or "" for all of it.
    """

    day: date
    how: str = ""
    begin: time | None = None
    end: time | None = None

    @property
    def name(self) -> str:
        """As it is kept: "2026-12-15 by 18:00", "2026-12-15 14:00-16:00", "2026-12-15 morning"."""
        if self.begin is None:
            return f"{self.day} {self.how}".strip()
        span = f"-{self.end:%H:%M}" if self.end else ""
        return f"{self.day} {self.how if self.how in ('by', 'after') else ''} {self.begin:%H:%M}{span}".replace(
            "  ", " "
        )

    def span(self, where: tzinfo | None) -> tuple[float, float]:
        """When it begins and by when it is over (UTC seconds); one and the same for a single moment."""
        begin, end = (self.begin, self.end or self.begin) if self.begin and self.end is None else (self.begin, self.end)
        if begin is None or end is None:
            begin, end = PARTS[self.how]
        begins, ends = calendar.at(self.day, begin, where), calendar.at(self.day, end, where)
        if self.how == "after":
            ends = begins + AN_EVENING.total_seconds()
        return begins, max(begins, ends)

    def on(self, day: date) -> "When":
        """The same time on another day."""
        return self.but(day=day)


def kept(name: str) -> When | None:
    """The time that was kept under that name; None for "" and for what is no time."""
    found = NAMED.fullmatch(name)
    if found is None or (found["part"] and found["part"] not in PARTS):
        return None
    begin, end = (time.fromisoformat(found[side]) if found[side] else None for side in ("begin", "end"))
    how = found["how"] or ("between" if end else "at" if begin else found["part"] or "")
    return When(date.fromisoformat(found["day"]), how, begin, end)


def at_the_moment(moment: float, where: tzinfo | None) -> When:
    """The time on the clocks there at that moment, UTC seconds."""
    then = calendar.local(moment, where)
    return When(then.date(), "at", then.time().replace(second=0, microsecond=0))


def absolute(said: TimeSaid, now: datetime) -> TimeSaid:
    """The same, with the day that it means: it is "tomorrow" today alone."""
    if said.minutes:
        ahead = now.timestamp() + said.minutes * MINUTE
        then = calendar.local(-(-ahead // ROUNDED_TO) * ROUNDED_TO, now.tzinfo)
        return TimeSaid(then.date().isoformat(), how="at", begin=f"{then:%H:%M}")
    if said.day in AHEAD or said.day.startswith("+"):
        days = AHEAD[said.day] if said.day in AHEAD else int(said.day)
        return said.but(day=(now.date() + timedelta(days=days)).isoformat())
    return said


def together(before: TimeSaid, after: TimeSaid) -> TimeSaid:
    """What two texts tell of one time: "tomorrow", and "at 4". A new day is a new time."""
    told = after.day or after.every
    if told and (before.day or before.every) and (after.day, after.every) != (before.day, before.every):
        return after
    day, every = (after.day, after.every) if told else (before.day, before.every)
    if after.begin or after.part:
        part = after.part or ("" if after.begin else before.part)
        return after.but(day=day, every=every, part=part)
    return before.but(day=day, every=every)


def may_mean(said: TimeSaid, now: datetime) -> tuple[When, ...]:
    """What a time that was said just now comes to: one, two where only the half of the day is open, or none. `now` is
    on the clocks of the community."""
    said = absolute(said, now)
    if said == TimeSaid():
        return ()
    for day in _days(said, now.date()):
        meant = (When(day, *clock) for clock in _clocks(said))
        left = tuple(each for each in meant if _is_ahead(each, now))
        if left:
            return left
    return ()


def _is_ahead(when: When, now: datetime) -> bool:
    begins, ends = when.span(now.tzinfo)
    if when.begin is None and when.day == now.date():
        return when.how == "" or ends > now.timestamp()
    return (ends if when.how == "between" else begins) > now.timestamp()


def _days(said: TimeSaid, today: date) -> Iterable[date]:
    """The days that may be meant, the next one first."""
    if said.every:
        coming = sorted(calendar.days_until(day, today) for day in said.every)
        return (today + timedelta(days=days) for days in (*coming, coming[0] + 7))
    name = said.day
    if name in WEEKDAYS:
        ahead = calendar.days_until(name, today)
        if ahead == 0 and not (said.begin or said.part):
            return ()  # "Sunday", said on a Sunday
        return (today + timedelta(days=days) for days in (ahead, ahead + 7))
    weekday, _, date_said = name.partition(" ")
    if weekday in WEEKDAYS:  # "sunday 12-6": they have to agree
        return (day for day in _dates(date_said, today) if day.weekday() == WEEKDAYS.index(weekday))
    if name.startswith("next "):
        monday = today + timedelta(days=7 - today.weekday())
        return (monday + timedelta(days=WEEKDAYS.index(name.removeprefix("next "))),)
    if name == "":
        return (today, today + timedelta(days=1))
    if len(name) == len("2026-12-15"):
        return (date.fromisoformat(name),)
    return _dates(name, today)


def _dates(name: str, today: date) -> Iterator[date]:
    """ "12-15" in this year or the next; "15" in this month or the next."""
    month, _, day = name.rpartition("-")
    months = [int(month)] if month else [today.month, today.month % 12 + 1]
    for year, number in product((today.year, today.year + 1), months):
        try:
            meant = date(year, number, int(day))
        except ValueError:  # a 31st of June, and February 29 but for every fourth year
            continue
        if 0 <= (meant - today).days <= (FARTHEST if month else 31):
            yield meant


def _clocks(said: TimeSaid) -> Iterable[tuple[str, time | None, time | None]]:
    """(how, begin, end) of what may be meant on one day."""
    if not said.begin:
        return ((said.part, None, None),)
    if not said.end:
        return ((said.how, begin, None) for begin in _halves(said.begin))
    spans = product(_halves(said.begin), _halves(said.end))
    return (("between", begin, end) for begin, end in spans if 0 < _minutes(end) - _minutes(begin) <= LONGEST_SPAN)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _halves(clock: str) -> tuple[time, ...]:
    """ "8:00?" is in the morning or in the evening; "4:00?" in the afternoon, "11:00?" before noon."""
    hour, minute = (int(part) for part in clock.rstrip("?").split(":"))
    if not clock.endswith("?"):
        return (time(hour % 24, minute),)
    if hour == LATEST_MORNING:
        return (time(12, minute),)
    return tuple(time(each, minute) for each in (hour, hour + 12) if EARLIEST <= each <= LATEST)
