"""Volunteer availability: pauses, hours of the day, asks per week, and leaving for good."""

from collections.abc import Iterable

from hotline.engine.answers import Heard
from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Ask, Choose, Do, End, Flow, Question
from hotline.flows.intents import time_expressions
from hotline.flows.intents.intents import Kind, Meaning, command
from hotline.flows.neighbor.intake import intake
from hotline.flows.shared_questions import nothing_changed
from hotline.flows.volunteer.done_or_drop import give_all_back
from hotline.model.calendar import FOREVER, WEEKDAYS
from hotline.model.effects import AskAtMost, Effect, KeepHours, Leave, Pause
from hotline.model.facts import Facts

CONFIRM = intake.at("confirm")  # there "change" answers the question
WHY_ME = "why_me"  # the words for it stand in the vocabularies
UNCLEAR = {"unclear": "yes"}
NO_TIMES = {"not", "people", "asks", "helpers", "again", "also", "ill"}  # spoken of beside times, and none themselves
OFFERED = {"offered": "yes"}  # they did not say so in so many words: they are asked


def meant(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """The command of a volunteer, where it is whole. `question` is what we wait to hear about."""
    if heard.command == "mine" and not heard.told and facts.me.gives and not isinstance(question, Ask):
        return command("mine")
    if not facts.me.volunteer or (isinstance(question, Ask) and question.free):
        return None
    heard = _without_again(heard)
    if heard.code:  # "max 100" is about no need
        heard = heard.but(told=(heard.code, *heard.told))
    if heard.only(WHY_ME):
        return command("why")
    match heard.command:
        case "pause":
            return _pause(heard, facts)
        case "hours":
            return _hours(heard)
        case "max":
            return _most(heard)
        case "resume" | "mine" | "leave" if not heard.told:
            return command(heard.command)
        case "change" if not heard.told and question is not CONFIRM:
            return Meaning(Kind.SIGNUP)
    return None


def _pause(heard: Heard, facts: Facts) -> Meaning:
    end = time_expressions.until(heard.told, time_expressions.local(facts)) if heard.told else FOREVER
    return command("pause", **(UNCLEAR if end is None else {"until": str(end)}))


def _hours(heard: Heard) -> Meaning:
    hours = time_expressions.hours(heard.told) if heard.told else None
    unclear = UNCLEAR if heard.told else {}
    return command("hours", **(unclear if hours is None else {"hours": hours}))


def _most(heard: Heard) -> Meaning:
    """ "MAX 2", "MAX 2 a week"."""
    numbers = [word for word in heard.told if word.isdecimal()]
    others = set(heard.told) - {*numbers, *time_expressions.LINKS, "weeks", "every", "time"}
    clear = len(numbers) == 1 and not others and 1 <= int(numbers[0][:4]) <= time_expressions.MOST_A_WEEK
    return command("max", **({"times": numbers[0]} if clear else {}))


def _without_again(heard: Heard) -> Heard:
    """ "Do not text me again before noon" names one time."""
    return heard.but(told=tuple(word for word in heard.told if word != "again"))


def offered(heard: Heard, facts: Facts) -> Meaning:
    """What "no texts today" and "not before noon" may come to: a pause or hours, with the times that were named."""
    heard = _without_again(heard)
    times = set(heard.moments) - NO_TIMES
    named = tuple(word for word in heard.told if word.isdecimal() or word in times or ":" in word)
    now = time_expressions.local(facts)
    if (until := time_expressions.until(named, now)) is not None:
        return command("pause", until=str(until), **OFFERED)
    if (kept := time_expressions.hours_left(heard.told)) is not None:
        return command("hours", hours=kept, **OFFERED)
    long = set(heard.moments) & {"today", "tomorrow", "days", "weeks", "months", "next", *WEEKDAYS}
    return command("pause" if long else "hours", **UNCLEAR)


def not_offered(answers: Answers, _: Facts) -> bool:
    return "offered" not in answers


# --- Pauses.


def pause_asking(answers: Answers, _: Facts) -> Iterable[Effect]:
    if "until" in answers:
        yield Pause(float(answers["until"]))


def how_long(answers: Answers, _: Facts) -> str:
    if "until" not in answers:
        return "how"
    return "open" if float(answers["until"]) >= FOREVER else "until"


def when_it_ends(answers: Answers, facts: Facts) -> Values:
    return {"until": time_expressions.said(float(answers.get("until", FOREVER)), time_expressions.local(facts))}


pause = Flow(
    "pause",
    Choose("sure", {"yes": "pause", "no": "kept"}, unless=not_offered, exact=True, shows=when_it_ends),
    Do("pause", pause_asking, then=how_long),
    End("until", shows=when_it_ends),
    End("open"),
    End("how"),
    End("kept", says=nothing_changed),
)


def end_pause(_: Answers, facts: Facts) -> Iterable[Effect]:
    if pauses(facts):
        yield Pause(0.0)


def pauses(facts: Facts) -> bool:
    return facts.mine.volunteer is not None and facts.mine.volunteer.paused_until > facts.now


def back_or_never_away(_: Answers, facts: Facts) -> str:
    return "back" if pauses(facts) else "not_paused"


resume = Flow("resume", Do("resume", end_pause, then=back_or_never_away), End("back"), End("not_paused"))


# --- When, and how often.


def keep_hours(answers: Answers, _: Facts) -> Iterable[Effect]:
    if "hours" in answers:
        yield KeepHours(answers["hours"])


def which_hours(answers: Answers, facts: Facts) -> str:
    if "unclear" in answers:
        return "how"
    if "hours" in answers:
        return "kept" if answers["hours"] else "any"
    return "are" if facts.mine.volunteer and facts.mine.volunteer.hours else "none"


def from_and_to(answers: Answers, facts: Facts) -> Values:
    begin, _, end = (answers.get("hours") or (facts.mine.volunteer.hours if facts.mine.volunteer else "")).partition(
        "-"
    )
    return {"begin": (begin,), "end": (end,)}


hours = Flow(
    "hours",
    Choose("sure", {"yes": "keep", "no": "same"}, unless=not_offered, exact=True, shows=from_and_to),
    Do("keep", keep_hours, then=which_hours),
    End("kept", shows=from_and_to),
    End("any"),
    End("are", shows=from_and_to),
    End("none"),
    End("how"),
    End("same", says=nothing_changed),
)


def ask_at_most(answers: Answers, _: Facts) -> Iterable[Effect]:
    if "times" in answers:
        yield AskAtMost(int(answers["times"]))


def kept_or_told(answers: Answers, _: Facts) -> str:
    return "kept" if "times" in answers else "how"


def how_often(answers: Answers, facts: Facts) -> Values:
    own = facts.mine.volunteer.most_a_week if facts.mine.volunteer else 0
    return {"times": answers.get("times") or str(own or facts.offered.asks_per_week)}


def how_often_and_in_which_order(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    yield Prompt("max.how", values=how_often(answers, facts))
    yield Prompt("why.turn")


most = Flow(
    "max",
    Do("keep", ask_at_most, then=kept_or_told),
    End("kept", shows=how_often),
    End("how", says=how_often_and_in_which_order),
)


def why_they(_: Answers, facts: Facts) -> Iterable[Prompt]:
    """Why somebody was asked: what they give, who is next, and how they are asked less."""
    gives = facts.mine.volunteer
    yield Prompt("why.gives", values={"gives": gives.needs, "areas": gives.areas} if gives else {})
    yield Prompt("why.turn")
    yield Prompt("why.less")


why = Flow("why", End("told", says=why_they))


# --- Leaving.


def go(_: Answers, facts: Facts) -> Iterable[Effect]:
    yield from give_all_back(facts)
    yield Leave()


def empty_handed(_: Answers, facts: Facts) -> str:
    return "gave_back" if facts.mine.has_taken else "left"


leave = Flow("leave", Do("leave", go, then=empty_handed), End("left"), End("gave_back"))
