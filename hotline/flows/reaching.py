"""How somebody is told news: by text or by a call, and what a call may say to whoever picks up."""

from collections.abc import Iterable

from hotline.effects import Effect, ReachBy
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.records import Facts


def is_by_voice(_: Answers, facts: Facts) -> bool:
    return facts.me.by_voice


def keep_calls(answers: Answers, _: Facts) -> Iterable[Effect]:
    yield ReachBy(True, answers.get("say_who", ""), answers.get("leave_word", ""))


def keep_texts(_: Answers, __: Facts) -> Iterable[Effect]:
    yield ReachBy(False)


reach = Flow(
    "reach",
    Choose("how", {"text": "texts", "call": "call"}, saves="how", unless=is_by_voice, exact=True),
    Do("call", keep_calls),  # at once: many hang up before the rest
    Choose("who", ("yes", "no"), saves="say_who", exact=True),
    Choose("word", ("yes", "no"), saves="leave_word", exact=True),
    Do("keep", keep_calls),
    End("by_call"),
    Do("texts", keep_texts),
    End("by_text"),
)
"""Asked by phone, once; whoever says that calls are better by text is asked the rest when they are first rung."""

by_call = Flow("by_call", Do("keep", keep_calls), End("kept"))
by_text = Flow("by_text", Do("keep", keep_texts), End("kept"))


def is_asked(facts: Facts) -> bool:
    """Whether this caller is asked now: somebody with a number who has not been asked, and does not text."""
    me = facts.me
    return me.phone.startswith("+") and not me.say_who and (me.by_voice or not me.introduced)
