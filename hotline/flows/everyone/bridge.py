"""Call bridge: the two sides of a need talk through the hotline's own number, so neither sees the other's."""

from collections.abc import Iterable

from hotline.engine.answers import Heard, Words
from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Ask, Do, End, Flow
from hotline.flows.about_needs import in_progress, story, the_need, the_other_side
from hotline.flows.intents.intents import Meaning, command
from hotline.flows.shared_questions import which
from hotline.model.effects import Effect, Flag, Relay, Talk, Tell
from hotline.model.facts import Facts
from hotline.model.needs import Need


def meant(heard: Heard, facts: Facts) -> Meaning | None:
    """CALL 112, or CALL alone: "call me" and "call the pharmacy" are none."""
    if heard.command != "call" or heard.tail:
        return None
    if heard.code:
        return command("talk", heard.code)
    number = facts.in_progress[0].code if len(facts.in_progress) == 1 else ""
    return command("talk", number) if facts.in_progress else None


def under_way(answers: Answers, facts: Facts) -> Need | None:
    need = the_need(answers, facts)
    return need if need and need in facts.in_progress else None


def begin_to_talk(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = under_way(answers, facts)
    if need and facts.offered.line.joins_calls and may_be_rung(need, facts):
        yield Talk(need.number)


def may_be_rung(need: Need, facts: Facts) -> bool:
    other = facts.call.ring.other
    return bool(facts.reachable.awake & set((other,) if other else need.other_side(facts.me.phone)))


def how_it_went(answers: Answers, facts: Facts) -> str:
    need = under_way(answers, facts)
    if need is None:
        return "nobody"
    if not facts.offered.line.joins_calls:
        return "no_calls"
    if may_be_rung(need, facts):
        return "ringing"
    return "asleep" if facts.reachable.asleep & set(need.other_side(facts.me.phone)) else "nobody"


talk = Flow(
    "talk",
    which(in_progress),
    Do("ring", begin_to_talk, then=how_it_went),
    End("ringing", shows=the_other_side),
    End("asleep", shows=the_other_side),
    End("nobody", shows=the_other_side),
    End("no_calls", shows=the_other_side),
)


def pass_on(answers: Answers, facts: Facts) -> Iterable[Effect]:
    """The words after the tone are relayed; without any, the other side is told that someone called."""
    need = under_way(answers, facts)
    words, recording = answers.get("said", "").strip(), answers.get("said_recording", "")
    if need is None:  # it was given back or closed meanwhile: a person has the words
        about = the_need(answers, facts)
        if words or recording:
            yield Flag("spoken_words", words, about.number if about else 0, recording)
        return
    if words or recording:
        yield Relay(need.number, words, recording)
    else:
        for other in need.other_side(facts.me.phone):
            yield Tell(other, Prompt("news.called", values=story(need, facts.me.name)), need.number)
    if recording:
        yield Flag("spoken_words", about=need.number, recording=recording)


def whether_passed_on(answers: Answers, facts: Facts) -> str:
    if under_way(answers, facts) is None:
        return "nobody"
    return "passed_on" if answers.get("said", "").strip() or answers.get("said_recording") else "told"


not_there = Flow(
    "not_there",
    Ask("words", Words(1600), saves="said", shows=the_other_side),
    Do("pass_on", pass_on, then=whether_passed_on),
    End("passed_on", shows=the_other_side),
    End("told", shows=the_other_side),
    End("nobody", shows=the_other_side),
)
"""When the other side does not pick up, the caller may leave a message."""
