"""Names of times as people say them: "09:00" is 9 AM, "2026-03-24" is March 24, "every_monday" every Monday."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")
EVENING = 18
DATE = re.compile(r"\d{4}-\d\d-\d\d")


def said(name: str, file: Mapping[str, Any]) -> str | None:
    """What the language of that message file says for it; None when it is no such name."""
    labels = file["labels"]
    if clock := CLOCK.fullmatch(name):
        return _clock(int(clock[1]), clock[2], labels)
    if DATE.fullmatch(name):
        day = date.fromisoformat(name)
        return str(labels["date"]).format(month=labels[f"month_{day.month}"], day=day.day)
    if name.startswith("every_"):
        return str(labels["every"]).format(day=labels[name.removeprefix("every_")])
    if name.startswith("helpers_"):
        return str(labels["helpers"]).format(number=name.removeprefix("helpers_"))
    return None


def _clock(hour: int, minute: str, labels: Mapping[str, str]) -> str:
    half = labels["pm" if 12 <= hour < 24 else "am"]
    if EVENING <= hour < 24:  # "10 in the afternoon" is nothing that anybody says in Vietnamese or Chinese
        half = labels.get("evening", half)
    time = f"{(hour - 1) % 12 + 1}" + (f":{minute}" if minute != "00" else "")
    return half.format(time=time)
