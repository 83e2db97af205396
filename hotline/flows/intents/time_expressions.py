"""Times that people speak of: "3 days", "until Monday", "9am-5pm", "tomorrow at 10". Pure.

What is read here are the words of a text as `Heard.told` gives them: names of times in every language, digits, and bare
words that tell no time. Times are UTC seconds; a day begins at midnight where the speaker lives.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hotline.model import calendar
from hotline.model.calendar import FOREVER, HOUR, MINUTE, WEEKDAYS
from hotline.model.facts import Facts

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
DAYS_IN = {"days": 1, "weeks": 7, "months": 30}
LINKS = frozenset(("until", "for", "next", "in", "at", "to", "filler"))  # words between those that tell a time
LONGEST_PAUSE = 366  # days, of a pause with an end
MOST_A_WEEK = 20


def local(facts: Facts) -> datetime:
    """The caller's local time."""
    where = facts.mine.volunteer.timezone if facts.mine.volunteer else ""
    return calendar.local(facts.now, calendar.zone(where, ZoneInfo(facts.offered.timezone)))


def until(told: Sequence[str], now: datetime) -> float | None:
    """When a pause ends: "3 days", "until Monday", "2 weeks", "until 5pm". None when it is not clear."""
    words = [word for word in told if word not in LINKS]
    match words:
        case ["today" | "tomorrow"]:
            return _midnight(now, 1)
        case [day] if day in WEEKDAYS:
            return _midnight(now, _days_to(day, now))
        case ["weeks"] if "next" in told:
            return _midnight(now, _days_to("monday", now))
        case [unit] if unit in DAYS_IN or unit == "hours":
            return _after(1, unit, now)
        case [number, unit] if number.isdecimal() and (unit in DAYS_IN or unit == "hours"):
            return _after(int(number), unit, now) if len(number) < 4 else None
    if (date_meant := _date(words, now)) is not None:
        return date_meant
    clear = "until" in told and all(word in CLOCK_WORDS or _is_clock(word) for word in words)
    return clock_time(("at", *words), now) if clear else None


def _date(words: Sequence[str], now: datetime) -> float | None:
    """The beginning of a day of a month, "dec 15" or "15 de diciembre", the next time that it comes."""
    match words:
        case [month, day] | [day, month] if month in MONTHS:
            number = MONTHS.index(month) + 1
        case [day, "months", month] | [month, "months", day, "days"] if month.isdecimal():  # 15 tháng 12, 12月15日
            number = int(month[:3])
        case _:
            return None
    for year in (now.year, now.year + 1):
        try:
            meant = date(year, number, int(day[:3]))
        except ValueError:  # a 31st of June, and February 29 but for every fourth year
            continue
        if meant > now.date():
            return datetime.combine(meant, time(), now.tzinfo).timestamp()
    return None


def _midnight(now: datetime, days: int) -> float:
    return calendar.midnight(now.timestamp(), now.tzinfo, days)


def _after(number: int, unit: str, now: datetime) -> float | None:
    if unit == "hours" and 0 < number <= LONGEST_PAUSE * 24:
        return now.timestamp() + number * HOUR
    days = number * DAYS_IN.get(unit, 0)
    return _midnight(now, days) if 0 < days <= LONGEST_PAUSE else None


def _days_to(weekday: str, now: datetime) -> int:
    """Days to the next such day, never today."""
    return calendar.days_until(weekday, now.date()) or 7


def said(moment: float, now: datetime) -> tuple[str, ...]:
    """The names under which a time is said: "monday"; "16:00" today; a date when it is far away. Nothing for never."""
    if moment >= FOREVER:
        return ()
    then = calendar.local(moment, now.tzinfo)
    days = (then.date() - now.date()).days
    day = () if days == 0 else ("tomorrow",) if days == 1 else (_day(then.date(), days),)
    return day if day and then.time() == time() else (*day, clock(then))


def clock(at: datetime | time) -> str:
    """What the clock shows: "09:00"."""
    return (at.time() if isinstance(at, datetime) else at).isoformat("minutes")


def _day(day: date, away: int) -> str:
    return WEEKDAYS[day.weekday()] if away < 7 else day.isoformat()


# --- Hours of the day.

MORNING, AFTERNOON = frozenset(("am", "morning")), frozenset(("pm", "afternoon", "evening"))
AROUND = frozenset(("until", "to", "for", "in", "at", "filler", "between"))
CLOCK_WORDS = frozenset((*MORNING, *AFTERNOON, "noon", "midnight", "oclock", "today", "tomorrow", *WEEKDAYS))


def hours(told: Sequence[str]) -> str | None:
    """In which hours someone may be asked: "9-17" is "09:00-17:00", "any" is "". None when it is not clear."""
    # "9 de la manana": here the word for tomorrow is that for the morning
    words = ["morning" if word == "tomorrow" else word for word in told if word not in AROUND]
    if words in (["any"], ["any", "hours"], ["any", "time"]):
        return ""
    times = list(_hours_of_the_day(words))
    if len(times) != 2 or None in times:
        return None
    begin, end = _meant_together(*(each for each in times if each))
    return f"{clock(begin)}-{clock(end)}" if begin != end else ""


def time_of_day(told: Sequence[str]) -> tuple[str, bool] | None:
    """("08:30", whether it may be in the evening as well), where one time of the day is told and nothing else."""
    words = ["morning" if word == "tomorrow" else word for word in told if word not in AROUND]
    times = list(_hours_of_the_day(words))
    if len(times) != 1 or times[0] is None:
        return None
    hour, _, half = times[0]
    return clock(_on_the_clock(times[0])), not half and 0 < hour < calendar.NOON


UP_TO, FROM_THEN = frozenset(("before", "until")), frozenset(("after", "next", "in"))
"""In some languages the word for "after" is that for "next" and "in" as well: sau 8 giờ, بعد الساعة 8."""


def hours_left(told: Sequence[str]) -> str | None:
    """The hours of a day that "not before noon", "not until 9" and "not after 9pm" leave. None when it is not clear."""
    words = [word for word in told if word not in ("filler", "at")]
    for place, word in enumerate(words):
        found = _time_beside(words, place) if word in UP_TO | FROM_THEN else None
        if found is None:
            continue
        hour, minute, half = found
        if not half and hour <= 12:
            half = "pm" if hour == 12 or word in FROM_THEN else "am"
        at = _on_the_clock((hour, minute, half))
        if time(EARLIEST) < at < time(LATEST):
            begin, end = (time(EARLIEST), at) if word in FROM_THEN else (at, time(LATEST))
            return f"{clock(begin)}-{clock(end)}"
    return None


def _time_beside(words: Sequence[str], place: int) -> tuple[int, int, str] | None:
    """The time behind this word, or right before it: "before noon", 早上9点以前."""
    after = _clock_at(words, place + 1)[0] if place + 1 < len(words) else None
    if after:
        return after
    for begin in range(max(0, place - 3), place):
        found, length = _clock_at(words, begin)
        if found and begin + length == place:
            half = words[begin - 1] if begin and not found[2] else ""
            return (*found[:2], "am" if half in MORNING else "pm" if half in AFTERNOON else found[2])
    return None


def _hours_of_the_day(words: Sequence[str]) -> Iterable[tuple[int, int, str] | None]:
    """(hour, minute, "am" or "pm" or "") of each time that is told; None for a word that tells none."""
    place = 0
    while place < len(words):
        found, length = _clock_at(words, place)
        yield found
        place += max(1, length)


def _meant_together(begin: tuple[int, int, str], end: tuple[int, int, str]) -> tuple[time, time]:
    """ "6-9pm" is in the evening, "9-5" in the day, "22-6" over midnight."""
    if end[2] == "pm" and not begin[2] and begin[0] <= 12:
        half = "pm" if begin[0] % 12 * 60 + begin[1] < end[0] % 12 * 60 + end[1] else "am"
        begin = (begin[0], begin[1], half)
    elif not (begin[2] or end[2]) and 0 < end[0] <= begin[0] <= 12:
        end = (end[0], end[1], "pm")
    return _on_the_clock(begin), _on_the_clock(end)


def _on_the_clock(told: tuple[int, int, str]) -> time:
    hour, minute, half = told
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour % 24, minute)


def _is_clock(word: str) -> bool:
    return _read_clock(word) is not None


def _read_clock(word: str) -> tuple[int, int] | None:
    """Hour and minute of "5", "17" or "5:30"."""
    hour, _, minute = word.partition(":")
    if not hour.isdecimal() or len(hour) > 2 or int(hour) > 24 or (minute and int(minute) > 59):
        return None
    return int(hour), int(minute or 0)


def _clock_at(words: Sequence[str], place: int) -> tuple[tuple[int, int, str] | None, int]:
    """The time that is told at this place, and how many words tell it."""
    word = words[place]
    if word in ("noon", "midnight"):
        return (12, 0, "pm" if word == "noon" else "am"), 1
    shown = _read_clock(word)
    if shown is None:
        return None, 0
    after = place + 1
    while after < len(words) and words[after] == "filler":
        after += 1
    following = words[after] if after < len(words) else ""
    if following in AFTERNOON or following in MORNING:
        return (*shown, "pm" if following in AFTERNOON else "am"), after + 1 - place
    if following == "tomorrow" and after > place + 1:  # "a las 5 de la mañana"
        return (*shown, "am"), after + 1 - place
    return (*shown, ""), 2 if following == "oclock" and after == place + 1 else 1


# --- One moment.

EARLIEST, LATEST = 7, 22  # hours that "at 8" may mean without morning or evening


def clock_time(told: Sequence[str], now: datetime) -> float | None:
    """The one moment that is told: "at 5pm", "5:30", "tomorrow 10am", "in 30 minutes". None when it is not clear."""
    if "in" in told and (soon := _from_now(told)):
        return now.timestamp() + soon
    times = [found for found in _moments_of(told) if found]
    if len(times) != 1:
        return None
    days = {word for place, word in enumerate(told) if word in ("today", "tomorrow", *WEEKDAYS)}
    if len(days) > 1:
        return None
    return _on_the_day(times[0], days.pop() if days else "", now)


def _from_now(told: Sequence[str]) -> float:
    """Seconds, of "in 30 minutes" and "in an hour"."""
    words = [word for word in told[list(told).index("in") + 1 :] if word not in ("filler", "to")][:2]
    seconds = {"minutes": MINUTE, "hours": HOUR, "oclock": HOUR}
    if "half" in told:
        return 0.0
    match words:
        case [number, unit] if number.isdecimal() and unit in seconds and 0 < int(number[:4]) <= 600:
            return int(number[:4]) * seconds[unit]
        case ["hours", *_]:
            return HOUR
    return 0.0


def _moments_of(told: Sequence[str]) -> Iterable[tuple[int, int, str]]:
    """The times of a clock: those with a colon, with am or pm, or after "at". A number alone may be anything."""
    place = 0
    while place < len(told):
        found, length = _clock_at(told, place)
        before = [word for word in told[max(0, place - 3) : place] if word != "filler"]
        clear = ":" in told[place] or length > 1 or not told[place].isdecimal() or before[-1:] == ["at"]
        if found and clear:
            yield found
        place += max(1, length)


def _on_the_day(clock: tuple[int, int, str], day: str, now: datetime) -> float | None:
    """The first such time from now on; with a day, on that day. None when it is past."""
    ahead = calendar.days_until(day, now.date()) if day in WEEKDAYS else int(day == "tomorrow")
    for days in (ahead, ahead + 7) if day in WEEKDAYS else (ahead,):
        date_meant = now.date() + timedelta(days=days)
        moments = (calendar.at(date_meant, each, now.tzinfo) for each in _may_mean(clock))
        if found := [moment for moment in moments if moment > now.timestamp()]:
            return found[0]
    return None


def _may_mean(clock: tuple[int, int, str]) -> list[time]:
    """ "At 5" is in the afternoon, "at 9" in the morning or, where that is past, in the evening."""
    hour, minute, half = clock
    if half or hour > 12 or hour == 0:
        return [_on_the_clock(clock)]
    both = (_on_the_clock((hour, minute, each)) for each in ("am", "pm"))
    return [each for each in both if EARLIEST <= each.hour < LATEST]
