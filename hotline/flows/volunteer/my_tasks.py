"""Tasks in hand: by text a line for each; in a call one after another, with what can be done about each by keys."""

from collections.abc import Iterable

from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Begin, Choose, Do, End, Flow
from hotline.flows.about_needs import shown, story, the_need
from hotline.flows.everyone.bridge import may_be_rung, talk
from hotline.flows.everyone.spoken_list import asked_about, said_aloud, the_next
from hotline.flows.intents import time_expressions
from hotline.flows.volunteer.availability import pauses
from hotline.flows.volunteer.done_or_drop import done, drop
from hotline.model.facts import Facts


def lines(_: Answers, facts: Facts) -> Iterable[Prompt]:
    """A line for each need in hand, and one about a pause."""
    lines = [Prompt("status.in_hand", values=story(need)) for need in facts.mine.has_taken] or [Prompt("mine.nothing")]
    end = facts.mine.volunteer.paused_until if facts.mine.volunteer else 0.0
    if pauses(facts):
        until = time_expressions.said(end, time_expressions.local(facts))
        lines.append(Prompt("mine.paused", values={"until": until}) if until else Prompt("mine.paused_open"))
    return lines


mine = Flow("mine", End("list", says=lines))


def next_in_hand(answers: Answers, facts: Facts) -> Answers:
    return the_next(answers, facts.mine.has_taken)


def one_or_all(answers: Answers, _: Facts) -> str:
    return "one" if answers.get("need") else "all" if answers.get("heard") else "none"


def what_can_be_done(answers: Answers, facts: Facts) -> Iterable[str]:
    """Talking is offered where there is somebody to talk to."""
    need = the_need(answers, facts)
    talk_too = ("talk",) if need and may_be_rung(need, facts) else ()
    return ("done", "drop", *talk_too, "next")


hands = Flow(
    "hands",
    Do("next", then=one_or_all, learns=next_in_hand),
    Choose(
        "one",
        {"done": "done", "drop": "drop", "hear": "told", "next": "next"},
        shows=asked_about,
        skip="next",
        back="one",
    ),
    Choose(
        "told",
        {"talk": "talk", "done": "done", "drop": "drop", "next": "next"},
        offers=what_can_be_done,
        shows=shown,
        sounds=said_aloud,
        skip="next",
        back="one",
    ),
    Begin("talk", talk),
    Begin("done", done),
    Begin("drop", drop),
    End("all"),
    End("none"),
)
