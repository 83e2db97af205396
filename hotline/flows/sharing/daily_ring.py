"""Daily ring (telephone reassurance): somebody asks to be rung each day at an hour of theirs; OK, AWAY, and its end."""

import re
from collections.abc import Iterable, Sequence

from hotline.engine.answers import HALF_UNKNOWN, Clock, Heard
from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Ask, Choose, Do, End, Flow, Question
from hotline.flows.intents import time_expressions
from hotline.flows.intents.intents import Meaning, command
from hotline.flows.shared_questions import LANGUAGE, nothing_changed
from hotline.flows.sharing.about_gifts import hidden
from hotline.model import calendar
from hotline.model.calendar import SECOND
from hotline.model.daily_rings import Came, next_at
from hotline.model.effects import Effect, EndDailyRing, IsWell, NoRingUntil, RingDaily
from hotline.model.facts import Facts

HOUR, ENDS, AWAY = "hour", "ends", "away"  # answers: the hour, that it is to end, how long they are away
WELL, BESIDE_WELL = frozenset(("ok", "noted", "fine", "right")), frozenset(("greeting", "polite", "thanks"))
MINUTES = re.compile(r"[0-5]\d")
ONCE, DAYS = "once", "days_"  # for how long: one ring, or so many days
LENGTHS = (ONCE, f"{DAYS}3", f"{DAYS}7", f"{DAYS}14")


# --- What a text means.


def meant(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """DAILY, AWAY, and OK before a ring. `question` is what we wait to hear about."""
    if not facts.offered.sharing.rings or heard.keys or isinstance(question, Ask):
        return None
    match heard.command:
        case "daily":
            return _at_an_hour(heard)
        case "away" if facts.daily:
            if not heard.told:
                return command("daily", asks=AWAY)
            end = _until(heard.told, facts)
            return command("daily_away", **({"until": str(end)} if end is not None else {}))
        case "leave" if facts.daily and not heard.told and not facts.me.volunteer:
            return command("daily", asks=ENDS)
    well = heard.only(*WELL, *BESIDE_WELL) and not WELL.isdisjoint(heard.names)
    others = question is not None or facts.alerts.open or facts.mine.answers or facts.shared.to_answer
    if well and facts.daily and facts.daily.may_say_ok(facts.now) and not others:
        return command("daily_ok")
    return None


def _until(told: Sequence[str], facts: Facts) -> float | None:
    """Until when they are away: all of tomorrow, where that is all they say. None where it is not clear."""
    here = time_expressions.local(facts)
    if set(told) - time_expressions.LINKS == {"tomorrow"} and "until" not in told:
        return calendar.midnight(facts.now, here.tzinfo, days=2)
    return time_expressions.until(told, here)


def _at_an_hour(heard: Heard) -> Meaning | None:
    """DAILY alone, or with an hour. "Daily bread for my mother" asks for something else."""
    if not heard.told:
        return command("daily")
    told = heard.told if not heard.code else (f"{heard.code[:-2]}:{heard.code[-2:]}", *heard.told)  # "DAILY 830"
    if len(told) > 1 and told[0].isdecimal() and MINUTES.fullmatch(told[1]):  # "DAILY 8.30 am"
        told = (f"{told[0]}:{told[1]}", *told[2:])
    found = time_expressions.time_of_day(told)
    if found is None:
        return None
    hour, either = found
    return command("daily", hour=hour + HALF_UNKNOWN * either)


# --- The form.


def where_to_begin(answers: Answers, facts: Facts) -> str:
    """Who hides the number cannot be rung."""
    if not facts.me.has_number:
        return "hidden"
    if facts.daily and answers.get("asks") == AWAY:
        return "away"
    if facts.daily and answers.get("asks") == ENDS:
        return "end_sure"
    return "have" if facts.daily and HOUR not in answers else "hour"


def half_is_known(answers: Answers, _: Facts) -> bool:
    return not answers.get(HOUR, "").endswith(HALF_UNKNOWN)


def the_hour(answers: Answers) -> str:
    """As it is kept: "20:30"."""
    said = answers.get(HOUR, "")
    hour, _, minute = said.removesuffix(HALF_UNKNOWN).partition(":")
    later = said.endswith(HALF_UNKNOWN) and answers.get("half") == "evening"
    return f"{int(hour) % 12 + 12 if later else int(hour):02}:{minute}" if minute else ""


def hour_shown(answers: Answers, _: Facts) -> Values:
    return {"hour": (the_hour(answers),)} if the_hour(answers) else {}


def as_it_was_said(answers: Answers, _: Facts) -> Values:
    """The hour without its half of the day, which is asked for."""
    return {"hour": answers.get(HOUR, "").removesuffix(HALF_UNKNOWN).lstrip("0")}


def begin(answers: Answers, _: Facts) -> Iterable[Effect]:
    if hour := the_hour(answers):
        yield RingDaily(hour)


def first_ring(answers: Answers, facts: Facts) -> Values:
    """When the first ring comes."""
    hour, here = the_hour(answers), time_expressions.local(facts)
    if not hour:
        return {}
    return {"hour": (hour,), "when": time_expressions.said(next_at(hour, facts.now, here.tzinfo), here)}


def is_away(facts: Facts) -> bool:
    return facts.daily is not None and facts.daily.away_until > facts.now


def what_can_be_changed(_: Answers, facts: Facts) -> Iterable[str]:
    return ("hour", "back" if is_away(facts) else "away", "end", "keep")


def next_ring(_: Answers, facts: Facts) -> Values:
    """The hour, and when the next ring comes after what is known so far."""
    if facts.daily is None:
        return {}
    return {
        "hour": (facts.daily.hour,),
        "when": _said(facts.daily.next_due(time_expressions.local(facts).tzinfo), facts),
    }


def _said(moment: float, facts: Facts) -> tuple[str, ...]:
    return time_expressions.said(moment, time_expressions.local(facts))


def gone_until(answers: Answers, facts: Facts) -> float:
    """UTC seconds: a day that was said, or so many days from the next ring on, or just past that; 0 for not away."""
    if "until" in answers:
        return float(answers["until"])
    how_long, where = answers.get(AWAY, ""), time_expressions.local(facts).tzinfo
    if facts.daily is None or not how_long:
        return 0.0
    if how_long == ONCE:
        return facts.daily.next_due(where) + SECOND
    return calendar.midnight(facts.daily.due_at, where, int(how_long.removeprefix(DAYS)))


def go_away(answers: Answers, facts: Facts) -> Iterable[Effect]:
    yield NoRingUntil(gone_until(answers, facts))


def next_when_back(answers: Answers, facts: Facts) -> Values:
    if facts.daily is None:
        return {}
    ring, where = facts.daily.but(away_until=gone_until(answers, facts)), time_expressions.local(facts).tzinfo
    return {"hour": (ring.hour,), "when": _said(ring.next_due(where), facts)}


def end(_: Answers, __: Facts) -> Iterable[Effect]:
    yield EndDailyRing()


daily = Flow(
    "daily",
    LANGUAGE,
    Do("look", then=where_to_begin),
    Choose(
        "have",
        {"hour": "hour", "away": "away", "back": "back", "end": "end_sure", "keep": "kept"},
        offers=what_can_be_changed,
        shows=next_ring,
    ),
    Ask("hour", Clock(), saves=HOUR),
    Choose("half", ("morning", "evening"), saves="half", unless=half_is_known, shows=as_it_was_said),
    Choose("sure", {"yes": "begin", "no": "kept"}, exact=True, shows=hour_shown),
    Do("begin", begin),
    End("begun", shows=first_ring),
    Choose("away", lambda _: LENGTHS, saves=AWAY),
    Do("go", go_away),
    End("gone", shows=next_when_back),
    Do("back", go_away, then=lambda _, __: "gone"),
    Choose("end_sure", {"yes": "end", "no": "kept"}, exact=True, shows=next_ring),
    Do("end", end),
    End("ended"),
    End("kept", says=nothing_changed),
    End("hidden", says=hidden),
    form=True,
)


# --- OK, and AWAY until a day.


def is_well(_: Answers, __: Facts) -> Iterable[Effect]:
    yield IsWell(Came.FINE)


def after_this_one(_: Answers, facts: Facts) -> Values:
    """The next ring, where the one that is coming is not made."""
    if facts.daily is None:
        return {}
    where = time_expressions.local(facts).tzinfo
    return {"when": _said(facts.daily.first_after(next_at(facts.daily.hour, facts.daily.due_at, where), where), facts)}


daily_ok = Flow("daily_ok", Do("ok", is_well), End("told", shows=after_this_one))


def until_or_how(answers: Answers, _: Facts) -> str:
    return "go" if "until" in answers else "how"


def said_gone(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    yield Prompt("daily.gone", values=next_when_back(answers, facts))


daily_away = Flow(
    "daily_away",
    Do("look", then=until_or_how),
    Do("go", go_away),
    End("gone", says=said_gone),
    End("how"),
)


def lines(facts: Facts) -> Iterable[Prompt]:
    """What STATUS says of it."""
    if facts.daily:
        yield Prompt("status.daily", values=next_ring({}, facts))
