"""Spoken hours: "Tue and Fri 10-2" is read aloud "Tuesday, Friday 10 to 2". A voice reads signs as they stand.

Days are known by how people write them in any of the community's languages, and said in the listener's.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from hotline.channels.catalogue import messages
from hotline.model.calendar import WEEKDAYS

TIME = r"\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?|h)?"
SPAN = re.compile(rf"({TIME})\s*[-\u2013\u2014]\s*({TIME})(?!\w)", re.IGNORECASE)
DAYS = re.compile(r"([^\W\d_]+\.?)(?:(\s*[-\u2013\u2014]\s*)(?=[^\W\d_]))?")
AND = re.compile(r"(\w+)\s*(&|\+|/|\b[^\W\d_]{1,3}\b)\s*(?=(\w+))")  # "Tue and Fri", "Tue & Fri"
HALF = re.compile(r"(?<=\d)\s*([ap])\.?m\b\.?", re.IGNORECASE)


def said(hours: str, language: str, written_in: Iterable[str]) -> str:
    """Hours as a voice has to read them; words that name neither days nor times stay as they are."""
    if not SPAN.search(hours):
        return hours
    labels, days = messages(language)["labels"], day_names(tuple(written_in))
    to, named = labels["span"], {labels[name] for name in WEEKDAYS}

    def span(found: re.Match[str]) -> str:
        return str(to.format(begin=found[1].strip(), end=found[2].strip()))

    def day(found: re.Match[str]) -> str:
        name = days.get(found[1].rstrip(".").casefold())
        if name is None:
            return found[0]
        between = to.format(begin="", end="") if found[2] else ""
        return f"{labels[name]}{between}"

    def listed(pair: re.Match[str]) -> str:
        both = {pair[1], pair[3]} <= named and pair[2] not in to.split()
        return f"{pair[1]}, " if both else pair[0]

    return HALF.sub(lambda half: f" {half[1].upper()}M", SPAN.sub(span, AND.sub(listed, DAYS.sub(day, hours))))


@cache
def day_names(languages: tuple[str, ...]) -> Mapping[str, str]:
    """What weekdays are called, also in short: "tue" is tuesday."""
    return {
        word.casefold(): day
        for language in languages
        for day in WEEKDAYS
        for word in messages(language)["moments"].get(day, ())
    }
