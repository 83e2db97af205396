"""Time labels: "09:00" is said 9 AM, "2026-03-24" March 24, "every_monday" every Monday."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
EVENING = 18


@dataclass(frozen=True)
class Time:
    """How a time is put together: the label that says it, and what fills it in: numbers, and names of labels."""

    label: str
    numbers: Mapping[str, str]
    names: Mapping[str, str]

    def said(self, labels: Mapping[str, str]) -> str:
        named = {field: labels[name] for field, name in self.names.items()}
        return labels[self.label].format(**self.numbers, **named)


def said(name: str, file: Mapping[str, Any]) -> str | None:
    """How the language of that message file says it; None if the name is no time."""
    time = read(name, file["labels"])
    return time.said(file["labels"]) if time else None


def read(name: str, labels: Mapping[str, str]) -> Time | None:
    """The time of that name, as a language with these labels puts it."""
    if clock := CLOCK.fullmatch(name):
        return Time(_half(int(clock[1]), labels), {"time": _shown(int(clock[1]), clock[2])}, {})
    if DATE.fullmatch(name):
        day = date.fromisoformat(name)
        return Time("date", {"day": str(day.day)}, {"month": f"month_{day.month}"})
    if name.startswith("every_"):
        return Time("every", {}, {"day": name.removeprefix("every_")})
    if name.startswith("helpers_"):
        return Time("helpers", {"number": name.removeprefix("helpers_")}, {})
    return None


def _half(hour: int, labels: Mapping[str, str]) -> str:
    """The half of the day. Vietnamese and Chinese need "evening": they do not say "10 in the afternoon"."""
    if EVENING <= hour < 24 and "evening" in labels:
        return "evening"
    return "pm" if 12 <= hour < 24 else "am"


def _shown(hour: int, minute: str) -> str:
    return f"{(hour - 1) % 12 + 1}" + (f":{minute}" if minute != "00" else "")
