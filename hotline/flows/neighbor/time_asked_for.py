"""Time of a request while it is made: what was said of it, piece by piece, and what that comes to.

"A ride tomorrow", and later "at 9": both are kept in the answer "when" as they were said, with the day that was meant.
Where only the half of the day is open, it is asked for.
"""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from hotline.engine.answers import Heard, TimeSaid
from hotline.engine.session import Values
from hotline.engine.steps import Answers
from hotline.model import calendar
from hotline.model.facts import Facts
from hotline.model.when import When, absolute, may_mean, together

HALVES = {"am": "am", "morning": "am", "pm": "pm", "afternoon": "pm", "evening": "pm", "noon": "pm"}


def here(facts: Facts) -> datetime:
    """What the clocks of the community show."""
    return calendar.local(facts.now, ZoneInfo(facts.offered.timezone))


def said_of_time(heard: Heard, facts: Facts) -> Mapping[str, str]:
    """What these words tell of a time, and which half of the day."""
    asked = facts.me.session.step == "half"  # "good morning" says nothing of when
    halves = {HALVES[name] for name in heard.moments if asked and name in HALVES}
    told = {"half": halves.pop()} if len(halves) == 1 else {}
    return told | ({"when": _written(absolute(heard.when, here(facts)))} if heard.when else {})


def with_time(answers: Answers, heard: Heard, facts: Facts) -> Answers:
    """The answers, with what these words tell of a time besides."""
    told = said_of_time(heard, facts)
    before = answers.get("when", "")
    return {**answers, **told, **({"when": _joined(before, told["when"])} if "when" in told else {})}


def moved_over(answers: Answers) -> Answers:
    """What was told with the details joins what was told before."""
    told = {name: answers[f"details_{name}"] for name in ("when", "half") if f"details_{name}" in answers}
    joined = {"when": _joined(answers.get("when", ""), told["when"])} if "when" in told else {}
    return {**answers, **told, **joined}


def every(answers: Answers) -> str:
    """The weekdays on which it comes again: "monday thursday"; in forms of before there were times, one weekday."""
    before = answers.get("details_every") or answers.get("every", "")
    return " ".join(_read(moved_over(answers).get("when", "")).every) or before


def the_time(answers: Answers, facts: Facts) -> When | None:
    """For when it is; None where nobody said so clearly."""
    meant = _meant(answers, facts)
    half = moved_over(answers).get("half", "")
    fitting = [when for when in meant if when.begin and (when.begin.hour >= calendar.NOON) == (half == "pm")]
    return meant[0] if len(meant) == 1 else fitting[0] if half and len(fitting) == 1 else None


def its_day(answers: Answers, facts: Facts) -> When | None:
    """The time; where only its half of the day is open, the day."""
    meant = _meant(answers, facts)
    return the_time(answers, facts) or (When(meant[0].day) if meant else None)


def half_is_clear(answers: Answers, facts: Facts) -> bool:
    return len(_meant(answers, facts)) < 2


def halves(answers: Answers, facts: Facts) -> Values:
    """The two times that may be meant, to choose from."""
    meant = _meant(answers, facts)
    return dict(zip(("am", "pm"), ((when.name,) for when in meant), strict=False))


def _meant(answers: Answers, facts: Facts) -> tuple[When, ...]:
    return may_mean(_read(moved_over(answers).get("when", "")), here(facts))


def _joined(before: str, after: str) -> str:
    return _written(together(_read(before), _read(after))) if before else after


def _written(said: TimeSaid) -> str:
    return "|".join((said.day, said.part, said.how, said.begin, said.end, " ".join(said.every)))


def _read(written: str) -> TimeSaid:
    if not written:
        return TimeSaid()
    day, part, how, begin, end, weekdays = written.split("|")
    return TimeSaid(day, part, how, begin, end, tuple(weekdays.split()))
