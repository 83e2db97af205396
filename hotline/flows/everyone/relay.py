"""Message relay: the two sides of a need write to each other through the hotline's number; neither sees the other's."""

from collections.abc import Iterable

from hotline.engine.answers import Heard
from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Ask, Do, End, Flow, Question
from hotline.flows.about_needs import in_progress, story, the_need, the_other_side
from hotline.flows.everyone.danger import may_come_from_others
from hotline.flows.intents import time_expressions
from hotline.flows.intents.intents import Kind, Meaning, command
from hotline.flows.intents.need_numbers import the_one
from hotline.flows.shared_questions import which
from hotline.model.effects import Coming, Effect, Relay, Tell
from hotline.model.facts import Facts

VERBS = frozenset(("yes", "no", "done", "drop", "status"))


def meant(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """A message that begins with a need number goes to its other side; a house number in an answer does not count."""
    if heard.command or not heard.tail or isinstance(question, Ask):
        return None
    if not heard.rest and set(heard.names) & VERBS:
        return None
    known = next((need for need in facts.in_progress if need.code == heard.code), None)
    return command("relay", heard.code, said=heard.tail, **_besides(heard, facts)) if known else None


def unasked(heard: Heard, facts: Facts) -> Meaning | None:
    """Free words of someone with a need under way go to its other side, unless they ask for something new."""
    if not heard.words or not facts.in_progress:
        return None
    named = set(heard.names)
    asks = bool(named & set(facts.offered.needs))
    if asks and not heard.rest and named <= {*facts.offered.needs, *facts.offered.areas}:
        return Meaning(Kind.NEW)
    number = facts.in_progress[0].code if len(facts.in_progress) == 1 else ""
    new = {"asks": "yes"} if asks else {}
    return command("relay", number, said=heard.words, **new, **_besides(heard, facts))


def thanks(heard: Heard, facts: Facts) -> Meaning | None:
    """A thank-you after it happened goes to the helper."""
    mine = next((need for need in facts.mine.finished if need.is_of(facts.me.phone) and need.helped), None)
    if mine is None or "thanks" not in heard.names or heard.danger:
        return None
    return command("thank", mine.code, said=heard.words)


def _besides(heard: Heard, facts: Facts) -> dict[str, str]:
    """What else the words tell us: that it may be done, when the helper comes, that a person has to look first."""
    coming = time_expressions.clock_time(heard.told, time_expressions.local(facts))
    told = {"done": "yes"} if {"done", "delivered"} & set(heard.names) else {}
    told |= {"held": "yes"} if may_come_from_others(heard) else {}
    return told | ({"coming": str(coming)} if coming is not None else {})


def in_danger(heard: Heard, facts: Facts) -> Meaning | None:
    """Words of certain danger that are about a need under way: its number is said, or there is no other."""
    if heard.code:
        return meant(heard, facts, None)
    number = the_one(facts.in_progress)
    return command("relay", number, said=heard.words, **_besides(heard, facts)) if number else None


def is_held(answers: Answers, facts: Facts) -> bool:
    """Whether a person looks first: for danger, and for all that follows until a person has looked."""
    need = the_need(answers, facts)
    return "held" in answers or (need is not None and need.number in facts.mine.held)


def pass_on(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need and need in facts.in_progress:
        yield Relay(need.number, answers["said"], held=is_held(answers, facts))
        if "coming" in answers and need.neighbor != facts.me.phone:
            yield Coming(need.number, float(answers["coming"]))


def how_it_went(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts)
    if need is None or need not in facts.in_progress:
        return "nobody"
    if is_held(answers, facts):
        return "held"
    if "done" in answers and need.neighbor != facts.me.phone:
        return "is_it_done"
    return "maybe_new" if "asks" in answers else "passed_on"


relay = Flow(
    "relay",
    which(in_progress),
    Do("pass_on", pass_on, then=how_it_went),
    End("passed_on", shows=the_other_side),
    End("is_it_done", shows=the_other_side),
    End("maybe_new", shows=the_other_side),
    End("nobody", shows=the_other_side),
    End("held", shows=the_other_side),
)


def pass_thanks_on(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    for helper in need.helped if need else ():
        words = {**story(need, facts.me.name), "details": answers["said"]} if need else {}
        yield Tell(helper, Prompt("news.thanked", values=words), need.number if need else 0)


thank = Flow("thank", Do("pass_on", pass_thanks_on), End("passed_on", shows=the_other_side))
