"""Contact preference: news by text, by a call or not at all, and what a call may say to the person who picks up."""

from collections.abc import Iterable

from hotline.engine.steps import Answers, Begin, Choose, Do, End, Flow
from hotline.flows.everyone.opt_out import quiet
from hotline.model.effects import Effect, OptIn, ReachBy
from hotline.model.facts import Facts

ANEW = "anew"  # it is asked again, since they want to change it
FIRST = "first"  # the way that is offered first
KNOWN_TO_VOLUNTEERS = {"say_who": "yes", "leave_word": ""}  # the second was never asked


def is_settled(answers: Answers, facts: Facts) -> bool:
    return facts.me.by_voice and not facts.me.opted_out and ANEW not in answers


def asked_anew(answers: Answers, facts: Facts) -> Answers:
    return {ANEW: "yes", **(KNOWN_TO_VOLUNTEERS if facts.me.volunteer else {})}


def calls_first(answers: Answers, facts: Facts) -> Answers:
    """Where texts do not arrive, calls stand first. The order is kept with the question: a text may fail meanwhile."""
    return {**answers, FIRST: "text" if facts.me.can_text else "call"}


def in_order(answers: Answers, _: Facts) -> Iterable[str]:
    return ("call", "text", "none") if answers.get(FIRST) == "call" else ("text", "call", "none")


def keep_calls(answers: Answers, facts: Facts) -> Iterable[Effect]:
    yield ReachBy(True, answers.get("say_who", ""), answers.get("leave_word", ""))
    yield from _back_again(facts)


def keep_texts(_: Answers, facts: Facts) -> Iterable[Effect]:
    yield ReachBy(False)
    yield from _back_again(facts)


def _back_again(facts: Facts) -> Iterable[Effect]:
    """Choosing how to get news opts in again."""
    if facts.me.opted_out:
        yield OptIn()


def as_texts(_: Answers, facts: Facts) -> str:
    """After STOP, which the carrier handles, texts begin again only with START."""
    return "after_stop" if facts.me.opted_out else "by_text"


reach = Flow(
    "reach",
    Do("order", learns=calls_first),
    Choose(
        "how",
        {"text": "texts", "call": "call", "none": "quiet"},
        saves="how",
        unless=is_settled,
        exact=True,
        offers=in_order,
    ),
    Do("call", keep_calls),  # at once: many hang up before the rest
    Choose("who", ("yes", "no"), saves="say_who", exact=True),
    Choose("word", ("yes", "no"), saves="leave_word", exact=True),
    Do("keep", keep_calls),
    End("by_call"),
    Do("texts", keep_texts, then=as_texts),
    End("by_text"),
    End("after_stop"),
    Begin("quiet", quiet),
    optional=True,
)
"""Asked once, in a call. Someone who chooses calls by text is asked the rest in the first call that we make."""

by_call = Flow("by_call", Do("keep", keep_calls), End("kept"))
by_text = Flow("by_text", Do("keep", keep_texts), End("kept"))


def is_asked(facts: Facts) -> bool:
    """Whether this caller is asked now: their number shows, and they opted out, or were never asked and do not text."""
    me = facts.me
    new = not me.say_who and (me.by_voice or not me.introduced)
    return me.has_number and (me.opted_out or new)
