"""Time expressions: "tomorrow at 4", "every sunday 9am", "before noon" in the words of a text.

Each language of the community is read by itself, with its words in `messages/vocabulary` under [times]; the reading
that explains most of the text counts, unless another one contradicts it. A wrong time is worse than none: what is not
clear, what is past, and what is about something else (a dose, an age, a street) is no time, and stays words.
"""

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, takewhile

from hotline.channels.parsing.lexicon import times_of
from hotline.channels.parsing.time_words import (
    BREAKS,
    DAYS,
    FOLLOWING,
    MONTHS,
    PARTS,
    TIMELY,
    Item,
    TimeWords,
    lexed,
    plain_items,
    spoiled_places,
)
from hotline.channels.parsing.tokens import tokens
from hotline.community.model import Community
from hotline.engine.answers import TimeSaid
from hotline.model.calendar import WEEKDAYS

MONTH_FIRST = ("US",)  # countries that write "12/15"
HOW = {
    **dict.fromkeys(("at", "at_or_to", "around", "hour_at", "hour_at_or_to"), "at"),
    "by": "by",
    "after": "after",
    "between": "between",
    "from": "between",
}
OF_HOURS = ("hour_at", "hour_at_or_to")  # these lead to an hour only where the number is called one
TO = ("to", "dash", "at_or_to", "hour_at_or_to")
HOURS = ("hour", "hour_beside", "oclock")
LEADING = {"half_past": (30, 0), "quarter_past": (15, 0), "quarter_to": (45, 1)}  # minutes, and hours to take off
FOLLOWED_BY = {"half": (30, 0), "quarter": (15, 0), "quarter_less": (45, 1)}
BEHIND = {"earlier": "by", "later": "after"}  # 下午6点前
NO_DATES = re.compile(r"1/[1-9]|2/3|3/[48]|24/7")  # fractions, and "round the clock"
THIS_CENTURY = re.compile(r"20[2-9]\d\W.*|.*\W(20)?[2-9]\d")
YEAR = re.compile(r"20[2-9]\d")
NEVER_FIRST = frozenset(("word", "other", "glued", "zip", *BREAKS, "dash"))  # no time begins with these
MARKED = re.compile(r"\d\s?[:：hH./．／]\s?\d|\d-\d+-\d")  # "5:30", "12/15"
FEWEST = 2  # words and numbers of a time that no word tells alone


@dataclass(frozen=True)
class Clock:
    """A time on a clock. ``half`` is "am" or "pm", ``clear`` whether that is settled, ``strong`` whether it can be
    nothing but a time."""

    hour: int
    minute: int = 0
    half: str = ""
    clear: bool = False
    strong: bool = False

    @property
    def said(self) -> str:
        hour = self.hour % 12 + 12 * (self.half == "pm") if self.half and self.hour <= 12 else self.hour
        return f"{hour:02}:{self.minute:02}" + "?" * (not (self.clear or self.half))


@dataclass
class Reading:
    """What one language finds in a text: the pieces of a time, and the lexemes that tell them."""

    days: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    clocks: set[tuple[str, Clock, Clock | None]] = field(default_factory=set)
    every: tuple[str, ...] = ()
    minutes: set[int] = field(default_factory=set)
    told_by: set[int] = field(default_factory=set)
    weekly: bool = False

    def add(self, other: "Reading") -> None:
        """Takes in what another language tells: "ride mañana at 4" speaks two."""
        self.days |= other.days
        self.parts |= other.parts
        self.clocks |= other.clocks
        self.minutes |= other.minutes
        self.every = tuple(sorted({*self.every, *other.every}, key=WEEKDAYS.index))
        self.weekly |= other.weekly

    def time(self) -> TimeSaid | None:
        """The one time that all pieces tell; None where they tell several, or none."""
        days, parts, clocks, minutes = list(self.days), list(self.parts), list(self.clocks), list(self.minutes)
        if len(days) == 2 and set(days) & set(WEEKDAYS) and len(set(days) - set(DAYS)) == 1:
            days = [" ".join(sorted(days, reverse=True))]  # "sunday 12-6": they have to agree
        pieces = (days, parts, clocks, minutes)
        if any(len(found) > 1 for found in pieces) or (minutes and (days or parts or clocks)):
            return None
        if minutes:
            return TimeSaid(minutes=minutes[0])
        day, part = (days or [""])[0], (parts or [""])[0]
        every = self.every or ((day,) if self.weekly and day in WEEKDAYS else ())
        if self.every and day not in ("", *self.every):
            return None
        day = "" if every else day
        if not clocks:
            return TimeSaid(day, part, every=every) if day or every else None
        how, first, last = clocks[0]
        begin, end = _in_the(part, first), _in_the(part, last) if last else None
        if begin is None:
            return None
        return TimeSaid(day, "", "between" if end else how, begin.said, end.said if end else "", every)


@cache
def _words_of(language: str) -> TimeWords:
    return TimeWords(*times_of(language))


class TimeReader:
    """The words of time in all languages of a community."""

    def __init__(self, community: Community) -> None:
        self._tables = [_words_of(language) for language in community.languages]
        self._telling: dict[str, list[Set[str]]] = {}
        for word, phrases in chain.from_iterable(table.telling.items() for table in self._tables):
            self._telling.setdefault(word, []).extend(phrases)
        self._beside = frozenset[str]().union(*(table.beside for table in self._tables))
        self._month_first = community.country in MONTH_FIRST

    def read(self, words: str, *, invites: bool = False) -> TimeSaid | None:
        """The time that the words are about; None where they name none, or none that is clear. Who `invites` says when
        that is: "trabajo" is then what is done there, and not when somebody works."""
        if not self._may_tell(words):
            return None  # most texts: nothing else is looked at
        lexemes = lexed(words)
        said = {lexeme.text for lexeme in lexemes}
        known = [table for table in self._tables if not table.begins.isdisjoint(said)]
        tagged = [table.items(lexemes) for table in known] or [plain_items(lexemes)]
        spoiled = set() if invites else {place for items in tagged for place in spoiled_places(items)}
        apart = {tuple(items): items for items in tagged}  # languages that understand the same are read once
        readings = [_Scan(items, spoiled, self._month_first).read() for items in apart.values()]
        told = Reading()
        for reading in readings:  # what a language understands in part, another one understands whole
            if reading.told_by and not any(reading.told_by < other.told_by for other in readings):
                told.add(reading)
        return told.time()

    def _may_tell(self, words: str) -> bool:
        """Whether all that a time needs may stand in it: a word that is one by itself, a written one, or two parts."""
        said = tokens(words)
        if not self._telling.keys().isdisjoint(said):
            alone = frozenset(said)
            if any(phrase <= alone for word in alone if word in self._telling for phrase in self._telling[word]):
                return True
        parts = sum(word in self._beside or word.isdecimal() for word in said)
        return (parts >= FEWEST and not self._beside.isdisjoint(said)) or MARKED.search(words) is not None


class _Scan:
    """One pass over the items of a text, collecting what tells a time."""

    def __init__(self, items: list[Item], spoiled: set[int], month_first: bool) -> None:
        self._items = [item for item in items if item.kind != "filler"]
        self._spoiled, self._month_first = set(spoiled), month_first
        self._found = Reading()
        self._doubtful = False
        self._after_a_day = -1  # the place behind the last day that was named

    def read(self) -> Reading:
        at, ways = 0, self._ways()
        while at < len(self._items):
            if self._items[at].kind in NEVER_FIRST:
                at += 1
            else:
                at = next((end for read in ways if (end := read(at)) > at), at + 1)
        return Reading() if self._doubtful else self._found

    def _ways(self) -> tuple[Callable[[int], int], ...]:
        """Each tells where its expression ends that begins here; the same place where there is none."""
        return (self._wait, self._every, self._date, self._day, self._time, self._part, self._weekly)

    # --- What stands where.

    def _kind(self, at: int) -> str:
        return self._items[at].kind if 0 <= at < len(self._items) else "stop"

    def _number(self, at: int, most: int, least: int = 1) -> int | None:
        item = self._items[at] if self._kind(at) == "num" else None
        return int(item.text) if item and len(item.text) <= 2 and least <= int(item.text) <= most else None

    def _keeps(self, begin: int, end: int) -> bool:
        """Whether what stands there counts; it is noted then as what tells the time."""
        places = [self._items[at].place for at in range(begin, end)]
        before = [self._kind(at) for at in (begin - 1, begin - 2)]
        if before[0] == "not" or (before[1] == "not" and before[0] in (*HOW, "every", "this")):
            self._spoiled |= {item.place for item in self._clause_from(begin)}
        if self._spoiled.intersection(places) or self._kind(end) == "not":
            return False
        for item in self._items[begin:end]:
            self._found.told_by.update(range(item.place, item.place + item.length))
        return True

    def _clause_from(self, at: int) -> Iterator[Item]:
        return takewhile(lambda item: item.kind not in BREAKS, self._items[at:])

    def _is_followed(self, at: int) -> bool:
        """Whether a bare number may be an hour before what stands here."""
        return self._kind(at) in FOLLOWING

    # --- Days.

    def _day(self, at: int) -> int:
        kind, end, name = self._kind(at), at + 1, self._kind(at)
        if kind == "next" and self._kind(at + 1) in WEEKDAYS:
            name, end = f"next {self._kind(at + 1)}", at + 2
        elif kind not in DAYS:
            return at
        elif kind in WEEKDAYS and self._kind(at + 1) == "next":
            name, end = f"next {kind}", at + 2
        if kind in WEEKDAYS and self._kind(end) in TO and self._kind(end + 1) in WEEKDAYS:
            self._doubtful = True
        if self._kind(at - 1) == "by" and kind != "today":  # "before Friday" is not on Friday
            return end
        if self._keeps(at, end):
            self._found.days.add(name)
            self._after_a_day = end
        return end

    def _every(self, at: int) -> int:
        """ "Every Monday and Thursday". Every day, every other day and every four hours are no such thing."""
        if self._kind(at) != "every":
            return at
        days: list[str] = []
        end = at + 1
        end += self._kind(end) == "every"  # "todos los domingos"
        while self._kind(end) in WEEKDAYS or (days and self._kind(end) in ("and", "comma") and
                                              self._kind(end + 1) in (*WEEKDAYS, "every")):  # fmt: skip
            days += [self._kind(end)] if self._kind(end) in WEEKDAYS else []
            end += 2 if self._kind(end + 1) == "every" else 1
        if not days or (self._kind(end) in TO and self._kind(end + 1) in WEEKDAYS):
            self._doubtful = True
            return at + 1
        if self._keeps(at, end):
            self._found.every = tuple(sorted({*self._found.every, *days}, key=WEEKDAYS.index))
            self._after_a_day = end
        return end

    def _weekly(self, at: int) -> int:
        if self._kind(at) != "weekly":
            return at
        self._found.weekly = True
        return at + 1

    def _date(self, at: int) -> int:
        month_and_day = self._day_of_a_month(at)
        if month_and_day is None:
            return at
        name, end = month_and_day
        if self._kind(end) == "num" and YEAR.fullmatch(self._items[end].text):
            end += 1
        if self._keeps(at, end):
            self._found.days.add(name)
            self._after_a_day = end
        return end

    def _day_of_a_month(self, at: int) -> tuple[str, int] | None:
        kind = self._kind(at)
        if kind == "date":
            return self._written_date(at)
        if kind in MONTHS and (day := self._number(at + 1, 31)):
            end = at + 3 if self._kind(at + 2) == "th" else at + 2
            weak = self._items[at].weak and not self._is_followed(end)
            return None if weak else (f"{MONTHS.index(kind) + 1}-{day}", end)
        start = at + 1 if kind in ("dayof", "the") else at
        day = self._number(start, 31)
        if day is None:
            return None
        end = start + 2 if self._kind(start + 1) == "th" else start + 1
        if self._kind(end) == "from" and self._kind(end + 1) in MONTHS:  # "15 de diciembre"
            end += 1
        if self._kind(end) in MONTHS:
            return f"{MONTHS.index(self._kind(end)) + 1}-{day}", end + 1
        if self._kind(end) == "month" and (month := self._number(end + 1, 12)):  # ngày 15 tháng 12
            return f"{month}-{day}", end + 2
        if kind == "num" and self._kind(at + 1) == "month" and (number := self._number(at + 2, 31)) and day <= 12:
            return f"{day}-{number}", at + 4 if self._kind(at + 3) == "dayword" else at + 3  # 12月15号
        alone = self._is_followed(end) and self._kind(end) not in ("and", "or", "dash", "to", "zip")
        told = kind == "dayof" or (kind == "the" and (self._kind(start + 1) == "th" or self._kind(end) in TIMELY))
        return (str(day), end) if told and alone else None

    def _written_date(self, at: int) -> tuple[str, int] | None:
        """ "12/15", by the habit of the country where both may be the month."""
        written = self._items[at].text
        parts = [int(part) for part in re.split(r"[/.-]", written)]
        fraction = len(parts) == 2 and parts[0] < parts[1] and not self._is_followed(at + 1)
        if NO_DATES.fullmatch(written) or fraction or (len(parts) == 3 and not THIS_CENTURY.fullmatch(written)):
            return None
        if parts[0] > 31:
            month, day = parts[1], parts[2]
        else:
            month, day = (parts[0], parts[1]) if self._month_first else (parts[1], parts[0])
            if month > 12:
                month, day = day, month
        return (f"{month}-{day}", at + 1) if 1 <= month <= 12 and 1 <= day <= 31 else None

    def _part(self, at: int) -> int:
        """ "Tomorrow morning", "in the evening"; before or after a day or a clock."""
        if self._kind(at) not in PARTS:
            return at
        if self._keeps(at, at + 1):
            self._found.parts.add(self._kind(at))
            self._after_a_day = at + 1
        return at + 1

    # --- From now.

    def _wait(self, at: int) -> int:
        """ "In an hour", "in 2 days", "30分钟后"."""
        led = self._kind(at) == "in"
        start = at + led
        number, unit = self._number(start, 60) or 0, self._kind(start + 1)
        end = start + 2
        more = self._kind(end) in ("later", "more")
        if not number or unit not in ("minutes", "hours", "hour", "days", "dayof", "oclock") or not (led or more):
            return at
        if unit == "oclock" and self._kind(end) != "more":
            return at
        end += more
        if self._is_denied(at):  # "have not eaten in 2 days"
            return end
        if self._keeps(at, end):
            if unit in ("days", "dayof"):
                self._found.days.add(f"+{number}")
                self._after_a_day = end
            else:
                self._found.minutes.add(number * (1 if unit == "minutes" else 60))
        return end

    # --- Clocks.

    def _time(self, at: int) -> int:
        start, part, how = at, "", "at"
        if self._kind(start) in PARTS and self._kind(start + 1) in ("num", "clock", "dotted"):
            part, start = self._kind(start), start + 1
        led = self._kind(start) in HOW and not part
        if led:
            how = HOW[self._kind(start)]
            start += 1
            if HOW.get(self._kind(start)) == "at":
                start += 1
            if self._kind(start) in PARTS and self._kind(start + 1) in ("num", "clock", "dotted"):
                part, start = self._kind(start), start + 1
        introduced = (led and self._kind(start - 1) not in OF_HOURS) or at == self._after_a_day
        first, end = self._clock(start, part, introduced)
        if first is None:
            return at
        hour_named = self._kind(start + 1) in (*HOURS, *FOLLOWED_BY)
        led = introduced or (led and hour_named)
        if self._kind(end) in TO or (how == "between" and self._kind(end) == "and"):
            second, after = self._clock(end + 1, part, introduced)
            if second and self._counts(second, led or first.strong, after):
                return self._noted(at, after, "between", *_together(first, second))
        if self._kind(end) in BEHIND:
            how, end = BEHIND[self._kind(end)], end + 1
        if not self._counts(first, led, end) or how == "between":
            return at
        if self._kind(end) == "or" and self._kind(end + 1) in ("num", "clock", "dotted"):
            self._doubtful = True
        return self._noted(at, end, how, first, None)

    def _counts(self, clock: Clock, led: bool, end: int) -> bool:
        return clock.strong or (led and self._is_followed(end))

    def _noted(self, at: int, end: int, how: str, first: Clock, second: Clock | None) -> int:
        if (how in ("by", "after") and self._is_denied(at)) or not self._keeps(at, end):
            return end
        self._found.clocks.add((how, first, second))
        return end

    def _is_denied(self, at: int) -> bool:
        """ "Please dont come before 10"."""
        before = takewhile(lambda item: item.kind not in BREAKS, reversed(self._items[:at]))
        return any(item.kind == "not" for item in before)

    def _clock(self, at: int, part: str, introduced: bool) -> tuple[Clock | None, int]:
        """The time of a clock that stands here, and where it ends."""
        if self._kind(at) == "noon":
            return Clock(12, half="pm", strong=True), at + 1
        ways = (self._written_clock, self._number_in_one, self._led_clock)
        found = next(filter(None, (way(at) for way in ways)), None) or self._spoken_clock(at, introduced)
        if found is None:
            return None, at
        clock, end = found
        behind = self._kind(end)
        if behind in ("am", "pm"):
            return _in_half(clock, behind), end + 1
        if behind in PARTS:
            return _in_the(behind, clock), end + 1
        return (_in_the(part, clock) if part else clock), end

    def _written_clock(self, at: int) -> tuple[Clock, int] | None:
        """ "16:00", "9h30"; "9.30" may as well be a price."""
        kind = self._kind(at)
        if kind not in ("clock", "dotted"):
            return None
        text = self._items[at].text
        hour, minute = (int(part) for part in re.split("[:h.]", text))
        clear = text.startswith("0") or hour > 12
        return (Clock(hour, minute, "", clear, kind == "clock"), at + 1) if hour < 24 and minute < 60 else None

    def _number_in_one(self, at: int) -> tuple[Clock, int] | None:
        """ "430 pm"."""
        text = self._items[at].text if self._kind(at) == "num" else ""
        if len(text) not in (3, 4) or self._kind(at + 1) not in ("am", "pm"):
            return None
        hour, minute = int(text[:-2]), int(text[-2:])
        return (Clock(hour, minute, strong=True), at + 1) if 1 <= hour <= 12 and minute < 60 else None

    def _led_clock(self, at: int) -> tuple[Clock, int] | None:
        """ "Half past 9", "quarter to 5"."""
        hour = self._number(at + 1, 12) if self._kind(at) in LEADING else None
        if hour is None:
            return None
        minute, less = LEADING[self._kind(at)]
        end = at + 2 + (self._kind(at + 2) in HOURS)
        return Clock((hour - less) or 12, minute, strong=True), end

    def _spoken_clock(self, at: int, introduced: bool) -> tuple[Clock, int] | None:
        """ "9", "9 o'clock", "9 heures 30", "nine thirty", "9 y media"."""
        hour = self._number(at, 23)
        if hour is None:
            return None
        named = self._kind(at + 1)
        end, minute, less = at + 1 + (named in HOURS), 0, 0
        follows = self._number(end, 59, 0) if self._kind(end) == "num" and len(self._items[end].text) == 2 else None
        spoken = introduced and self._is_followed(end + 1) and (follows or 1) % 5 == 0
        if follows is not None and (named in HOURS or spoken):
            minute, end = follows, end + 1 + (self._kind(end + 1) == "minutes")
        elif self._kind(end) in FOLLOWED_BY:
            minute, less = FOLLOWED_BY[self._kind(end)]
            end += 1 + (self._kind(end + 1) in HOURS)
        strong = named == "oclock" or (named == "hour" and hour > 12)
        return Clock((hour - less) or 12, minute, "", hour > 12, strong), end


def _in_half(clock: Clock, half: str) -> Clock | None:
    if clock.hour > 12 or clock.hour == 0:
        return Clock(clock.hour, clock.minute, "", True, True) if half == "pm" and clock.hour else None
    return Clock(clock.hour, clock.minute, half, True, True)


def _in_the(part: str, clock: Clock) -> Clock | None:
    """The same time in a part of the day; None where it does not lie there. "12 at night" is anybody's guess."""
    if clock.clear or clock.half or not part:
        return clock
    hour = clock.hour
    match part:
        case "morning" if hour < 12:
            return _in_half(clock, "am")
        case "noon":
            return _in_half(clock, "am" if hour == 11 else "pm") if hour in (11, 12, 1, 2) else None
        case "afternoon" if hour == 12 or hour <= 7:
            return _in_half(clock, "pm")
        case "evening" if 4 <= hour <= 11:
            return _in_half(clock, "pm")
    return None


def _together(begin: Clock, end: Clock) -> tuple[Clock, Clock]:
    """ "2-4 pm" are both in the afternoon, "10 to 2 pm" are not."""
    if end.half == "pm" and not (begin.half or begin.clear) and begin.hour % 12 < end.hour % 12:
        return Clock(begin.hour, begin.minute, "pm", True, True), end
    if end.half == "am" and not (begin.half or begin.clear):
        return Clock(begin.hour, begin.minute, "am", True, True), end
    return begin, end
