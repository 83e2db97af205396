"""Time labels: "09:00" is said 9 AM, "2026-03-24" March 24, "every_monday 16:00" every Monday 4 PM.

A day is today, tomorrow or a weekday for those who know which day it is now; a date for all others.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hotline.model.calendar import WEEKDAYS
from hotline.model.when import PARTS

CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
OF_A_NEED = re.compile(rf"(?P<day>every_[a-z_]+|{DATE.pattern}) (?P<rest>.+)")
EVENING = 18
COUNTED = ("helpers", "left", "days", "seat")  # "helpers_3" is said 3 helpers
NEAR = 7  # days that are called by their weekday


@dataclass(frozen=True)
class Time:
    """How a time is put together: the label that says it, and what fills it in: numbers, names of labels, and times."""

    label: str
    numbers: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    times: Mapping[str, "Time"] = field(default_factory=dict)

    def said(self, labels: Mapping[str, str]) -> str:
        named = {name: ", ".join(labels[each] for each in names) for name, names in self.names.items()}
        inside = {name: time.said(labels) for name, time in self.times.items()}
        return labels[self.label].format(**self.numbers, **named, **inside)


def said(name: str, file: Mapping[str, Any], today: date | None = None) -> str | None:
    """How the language of that message file says it; None if the name is no time."""
    time = read(name, file["labels"], today)
    return time.said(file["labels"]) if time else None


def read(name: str, labels: Mapping[str, str], today: date | None = None) -> Time | None:
    """The time of that name, as a language with these labels puts it."""
    if CLOCK.fullmatch(name):
        return _clock(name, labels)
    if DATE.fullmatch(name):
        return _day(date.fromisoformat(name), today)
    if found := OF_A_NEED.fullmatch(name):
        day = read(found["day"], labels, today)
        return _of_a_need(day, found["rest"], labels) if day else None
    if name.startswith("every_"):
        return Time("every", names={"day": tuple(name.removeprefix("every_").split("_"))})
    if DATE.fullmatch(name.removeprefix("until_")):
        return Time("until_day", times={"day": _day(date.fromisoformat(name.removeprefix("until_")), today)})
    if DATE.fullmatch(name.removeprefix("checked_")):
        return Time("checked_day", times={"day": _day(date.fromisoformat(name.removeprefix("checked_")), today)})
    for counted in COUNTED:
        if name.startswith(f"{counted}_") and (number := name.removeprefix(f"{counted}_")).isdecimal():
            return Time(counted, {"number": number})
    return None


def _day(day: date, today: date | None) -> Time:
    away = (day - today).days if today else NEAR
    if away in (0, 1):
        return Time(("today", "tomorrow")[away])
    if 0 < away < NEAR:
        return Time(WEEKDAYS[day.weekday()])
    return Time("date", {"day": str(day.day)}, {"month": (f"month_{day.month}",)})


def _of_a_need(day: Time, rest: str, labels: Mapping[str, str]) -> Time | None:
    """ "by 18:00", "14:00-16:00", "morning" on a day."""
    if rest in PARTS:
        return Time(f"in_the_{rest}", times={"day": day})
    how, _, clock = rest.rpartition(" ")
    begin, _, end = clock.partition("-")
    if end:
        return Time("from_to", times={"day": day, "begin": _clock(begin, labels), "end": _clock(end, labels)})
    if not CLOCK.fullmatch(clock):
        return None
    return Time(f"{how}_time" if how else "at_time", times={"day": day, "time": _clock(clock, labels)})


def _clock(name: str, labels: Mapping[str, str]) -> Time:
    hour, minute = name.split(":")
    return Time(_half(int(hour), labels), {"time": _shown(int(hour), minute)})


def _half(hour: int, labels: Mapping[str, str]) -> str:
    """The half of the day. Vietnamese and Chinese need "evening": they do not say "10 in the afternoon"."""
    if EVENING <= hour < 24 and "evening" in labels:
        return "evening"
    return "pm" if 12 <= hour < 24 else "am"


def _shown(hour: int, minute: str) -> str:
    return f"{(hour - 1) % 12 + 1}" + (f":{minute}" if minute != "00" else "")
