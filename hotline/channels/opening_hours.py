"""Opening hours: whether "Tue and Fri 10-2" is open now. Hours that cannot be read are neither open nor shut."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

from hotline.channels.spoken_hours import SPAN, day_names
from hotline.model.calendar import WEEKDAYS

PART = re.compile(
    rf"(?P<span>{SPAN.pattern})|(?P<to>\s*[-\u2013\u2014]\s*)(?=[^\W\d_])|(?P<word>[^\W\d_]+)", re.IGNORECASE
)
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*([ap])?", re.IGNORECASE)
DAY, NOON, AFTERNOON_BEFORE = 24 * 60, 12 * 60, 7 * 60  # minutes: "1-4" and "2 to 6" are said of afternoons
JOINING = frozenset(("and", "y", "e", "et", "ak", "và", "to", "a", "à", "through"))  # between days, and between hours
Spans = tuple[tuple[int, int, int], ...]
"""(weekday, from and to minutes of the day); beyond midnight `to` is more than a day."""


def is_open(hours: str, now: datetime, written_in: Iterable[str]) -> bool | None:
    """`now` is on the clocks of the community; None where it cannot be told."""
    spans = read(hours, tuple(written_in))
    if not spans:
        return None
    minute, today = now.hour * 60 + now.minute, now.weekday()
    return any(
        begin <= minute + (DAY if (today - 1) % 7 == day and end > DAY else 0) < end
        for day, begin, end in spans
        if day == today or ((today - 1) % 7 == day and end > DAY)
    )


@cache
def read(hours: str, languages: tuple[str, ...]) -> Spans:
    """All spans that they name; none where a word is no day: "first Monday 10-2" may not be today."""
    try:
        return tuple(_spans(hours, languages))
    except ValueError:
        return ()


def _spans(hours: str, languages: tuple[str, ...]) -> Iterator[tuple[int, int, int]]:
    names, days = day_names(languages), list[int]()
    through = said_since = False
    for part in PART.finditer(hours):
        if part["span"]:
            begin, end = _span(part["span"])
            yield from ((day, begin, end) for day in (days or range(7)))
            said_since = True
        elif part["to"]:
            through = True
        else:
            word = part["word"].casefold()
            day = names.get(word)
            if day is None:
                if word in ("weekdays", "weekday"):
                    days, said_since = list(range(5)), False
                    continue
                if word not in JOINING:
                    raise ValueError(hours)
                through = through or word in ("to", "through")
                continue
            place = WEEKDAYS.index(day)
            days = [] if said_since else days
            if through and days:
                days += [(days[-1] + step) % 7 for step in range(1, (place - days[-1]) % 7 + 1)]
            else:
                days.append(place)
            through = said_since = False


def _span(said: str) -> tuple[int, int]:
    """ "10-2" is until two in the afternoon, "22:00-2:00" until two at night."""
    first, last = SPAN.fullmatch(said).groups()  # type: ignore[union-attr]
    begin, end = _clock(first), _clock(last)
    plain = not re.search(r"[ap:.h]", said, re.IGNORECASE)
    if plain and begin < AFTERNOON_BEFORE:
        begin += NOON
    if end <= begin:
        end += NOON if plain and end + NOON > begin else DAY
    return begin, end


def _clock(said: str) -> int:
    found = CLOCK.match(said.strip())
    if not found or int(found[1]) > 24 or int(found[2] or 0) > 59:
        raise ValueError(said)
    hour, half = int(found[1]), (found[3] or "").casefold()
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return hour * 60 + int(found[2] or 0)
