"""Form of a day together: what is done, when and where, for how many, and what where the weather is bad."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from hotline.engine.answers import Clock, Count, Heard, TimeSaid, Told, Words
from hotline.engine.plain_words import leads_elsewhere
from hotline.engine.session import Values
from hotline.engine.steps import Answers, Ask, Choose, Do, End, Flow
from hotline.flows.intents.time_expressions import MONTHS
from hotline.flows.neighbor.time_asked_for import here
from hotline.flows.shared_questions import LANGUAGE, area_is_known, areas_we_serve
from hotline.flows.sharing.gatherings.about import told
from hotline.flows.sharing.gifts.about import ZIP_BEHIND, hidden, too_late
from hotline.model import calendar
from hotline.model.calendar import WEEKDAYS
from hotline.model.effects import BeginGathering, Effect, ListGathering
from hotline.model.facts import Facts
from hotline.model.gatherings import LONGEST_NAME, LONGEST_PLACE, Gathering, Weather
from hotline.model.when import When, absolute, may_mean

AHEAD = 14  # days to choose from; a later one can be written
RAIN_DAYS = 7  # after it, on which it may be instead
PLACES_DIGITS = 3
EACH, ANYONE = "each", "anyone"  # who is told where it is: those to whom the host says yes, or all who say they come
OF_TIME = frozenset(
    (
        *(*WEEKDAYS, *MONTHS, "today", "tomorrow", "am", "pm", "morning", "afternoon", "evening", "noon", "oclock"),
        *("next", "hours", "overmorrow"),
    )
)
BESIDE_TIME = frozenset(("at", "in", "to", "for", "until", "filler", "between", "after", "before"))
IS_CLOCK, PARTS_OF_A_WORD = re.compile(r"\d{1,2}(:\d\d)?"), re.compile(r"\d+(?::\d+)?|[^\W\d_]+")


# --- When it is.


def said_when(heard: Heard, facts: Facts) -> Mapping[str, str]:
    """The day and the hour that these words name, as far as they do."""
    when = heard.when or _weekday(heard)
    if when is None:
        return {}
    said = absolute(when, here(facts))
    return ({"date": said.day} if said.day else {}) | ({"clock": said.begin} if said.begin else {})


def _weekday(heard: Heard) -> TimeSaid | None:
    """ "Sat" alone, which is no day in every sentence."""
    named = [name for name in heard.moments if name in WEEKDAYS]
    return TimeSaid(day=named[0]) if len(named) == 1 and len(heard.rest) == 1 and not heard.names else None


def begun(heard: Heard, facts: Facts, words: str) -> dict[str, str]:
    """What the first words say is not asked again: what it is, where, and when."""
    words = "" if leads_elsewhere(words) else words
    known: dict[str, str] = {}
    if what := without_the_time(heard, words).strip():
        known["gift"] = (ZIP_BEHIND.sub("", what) or what)[:LONGEST_NAME]
    areas = {name for name in heard.names if name in facts.offered.areas}
    if words and len(areas) == 1:
        known["area"] = areas.pop()
    return known | dict(said_when(heard, facts))


def without_the_time(heard: Heard, words: str) -> str:
    """ "garden work saturday 10am" is garden work: the words before the first that tells a time, or else behind the
    last."""
    each = words.split()
    names = _names(heard, each)
    tells = [any(_tells_time(name) for name in of_word) for of_word in names]
    if heard.when is None or not any(tells):
        return words
    first, last = tells.index(True), len(tells) - 1 - tells[::-1].index(True)
    while first and set(names[first - 1]) <= BESIDE_TIME:
        first -= 1
    return " ".join(each[:first]) or " ".join(each[last + 1 :])


def _names(heard: Heard, words: list[str]) -> list[tuple[str, ...]]:
    """What each of the last words of a text tells; nothing where they are read as other words."""
    lengths = [len(PARTS_OF_A_WORD.findall(word)) for word in words]
    place = len(heard.told) - sum(lengths)
    if place < 0:
        return []
    names = []
    for length in lengths:
        names.append(heard.told[place : place + length])
        place += length
    return names


def _tells_time(name: str) -> bool:
    return name in OF_TIME or bool(IS_CLOCK.fullmatch(name))


def merged(answers: Answers, _: Facts) -> Answers:
    """What was said of the time in any of the answers, the last word of each."""
    found = {
        name: answers[key]
        for name in ("date", "clock")
        for key in (name, f"gift_{name}", f"when_{name}", f"clock_{name}")
        if answers.get(key)
    }
    return {**answers, **found}


def day_is_known(answers: Answers, facts: Facts) -> bool:
    return "date" in merged(answers, facts)


def no_words_for_it(answers: Answers, facts: Facts) -> bool:
    """In a call no date can be said: what is spoken is kept as it is. There it is chosen by keys."""
    return facts.in_call or day_is_known(answers, facts) or "over" in answers


def no_day_chosen(answers: Answers, facts: Facts) -> bool:
    return day_is_known(answers, facts) or "over" in answers


def no_other_day_chosen(answers: Answers, facts: Facts) -> bool:
    return day_is_known(answers, facts) or "over" not in answers


def clock_is_known(answers: Answers, facts: Facts) -> bool:
    return "clock" in merged(answers, facts)


def days(facts: Facts) -> tuple[str, ...]:
    """The days to choose from, as names."""
    return tuple((here(facts).date() + timedelta(days=ahead)).isoformat() for ahead in range(AHEAD))


def meant(answers: Answers, facts: Facts) -> tuple[When, ...]:
    """When it is: two where only the half of the day is open, none where that is past or no time."""
    known = merged(answers, facts)
    said = TimeSaid(day=known.get("date", ""), begin=known.get("clock", ""), how="at")
    return may_mean(said, here(facts)) if said.day and said.begin else ()


def half_is_clear(answers: Answers, facts: Facts) -> bool:
    return len(meant(answers, facts)) < 2


def halves(answers: Answers, facts: Facts) -> Values:
    """The two times that may be meant, to choose from."""
    return dict(zip(("am", "pm"), ((when.name,) for when in meant(answers, facts)), strict=False))


def the_time(answers: Answers, facts: Facts) -> When | None:
    found = meant(answers, facts)
    half = answers.get("half", "")
    fitting = [when for when in found if when.begin and (when.begin.hour >= calendar.NOON) == (half == "pm")]
    return found[0] if len(found) == 1 else fitting[0] if half and fitting else None


def starts_at(answers: Answers, facts: Facts) -> float | None:
    when = the_time(answers, facts)
    return calendar.at(when.day, when.begin, here(facts).tzinfo) if when and when.begin else None


def ahead_or_over(answers: Answers, facts: Facts) -> str:
    begins = starts_at(answers, facts)
    return "where" if begins and begins > facts.now else "forget"


def without_that_time(answers: Answers, _: Facts) -> Answers:
    """It is past, or no time: both are asked anew."""
    kept = {name: value for name, value in answers.items() if not name.endswith(("date", "clock", "half"))}
    return {**kept, "over": "yes"}


# --- Where the weather is bad.


def rain_days(answers: Answers, facts: Facts) -> tuple[str, ...]:
    when = the_time(answers, facts)
    first = when.day if when else here(facts).date()
    return tuple((first + timedelta(days=after)).isoformat() for after in range(1, RAIN_DAYS + 1))


def no_rain_day(answers: Answers, _: Facts) -> bool:
    return answers.get("weather") != Weather.OTHER_DAY


def rain_at(answers: Answers, facts: Facts) -> float | None:
    """At the same hour of that day."""
    when = the_time(answers, facts)
    if no_rain_day(answers, facts) or when is None or when.begin is None or "rain" not in answers:
        return None
    return calendar.at(date.fromisoformat(answers["rain"]), when.begin, here(facts).tzinfo)


# --- The record.


def may_invite(_: Answers, facts: Facts) -> str:
    """Who hides the number cannot be told who comes."""
    return "begin" if facts.me.has_number else "hidden"


def begin(answers: Answers, facts: Facts) -> Iterable[Effect]:
    """It is on record from the first words on."""
    if facts.hosted.draft is None:
        yield BeginGathering(answers.get("gift", ""))


def as_listed(answers: Answers, facts: Facts) -> Gathering | None:
    draft, begins = facts.hosted.draft, starts_at(answers, facts)
    if draft is None or begins is None or begins <= facts.now:
        return None
    return draft.but(
        words=answers.get("gift", "").strip()[:LONGEST_NAME],
        recording=answers.get("gift_recording", ""),
        place=answers.get("place", "").strip()[:LONGEST_PLACE],
        place_recording=answers.get("place_recording", ""),
        area=answers.get("area", facts.offered.areas[0]),
        places=int(answers.get("places") or 0),
        starts_at=begins,
        rain_at=rain_at(answers, facts),
        weather=Weather(answers.get("weather", Weather.ANYWAY)),
        anyone=answers.get("whom") == ANYONE,
    )


def list_it(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if gathering := as_listed(answers, facts):
        same = ("words", "area", "starts_at", "place", "places", "weather", "rain_at", "recording", "place_recording")
        yield ListGathering(
            gathering.number, anyone=gathering.anyone, **{name: getattr(gathering, name) for name in same}
        )


def listed_or_not(answers: Answers, facts: Facts) -> str:
    """The form may have lain until the day was over."""
    if facts.hosted.draft is None:
        return "too_late"
    return "listed" if as_listed(answers, facts) else "forget"


def summary(answers: Answers, facts: Facts) -> Values:
    gathering = as_listed(answers, facts)
    return told(gathering, here(facts).tzinfo) if gathering else {}


day = Flow(
    "day",
    LANGUAGE,
    Do("look", then=may_invite),
    Do("begin", begin),
    Ask("what_is_it", Told(LONGEST_NAME), saves="gift", free=True, hears=said_when),
    Choose("area", areas_we_serve, saves="area", unless=area_is_known),
    Ask("when", Words(60), saves="when", hears=said_when, unless=no_words_for_it),
    Choose("which_day", days, saves="date", unless=no_day_chosen),
    Do("chosen", then=lambda _, __: "past_day"),
    Do("forget", learns=without_that_time),
    Choose("past_day", days, saves="date", unless=no_other_day_chosen),
    Ask("clock", Clock(), saves="clock", unless=clock_is_known),
    Choose("half", ("am", "pm"), saves="half", unless=half_is_clear, shows=halves),
    Do("check", then=ahead_or_over),
    Ask("where", Told(LONGEST_PLACE), saves="place", free=True),
    Choose("whom", (EACH, ANYONE), saves="whom"),
    Ask("places", Count(PLACES_DIGITS), saves="places"),
    Choose("weather", tuple(Weather), saves="weather"),
    Choose("rain_day", lambda facts: (), saves="rain", unless=no_rain_day, offers=rain_days),
    Do("list", list_it, then=listed_or_not),
    End("listed", shows=summary),
    End("hidden", says=hidden),
    End("too_late", says=too_late),
    form=True,
)
