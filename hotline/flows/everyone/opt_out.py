"""Opt-out: no more calls and no more texts. It is confirmed first, so that no slip of a key does it."""

from collections.abc import Iterable

from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.about_needs import story
from hotline.flows.volunteer.done_or_drop import give_all_back
from hotline.model.effects import Effect, Flag, OptOut, Tell
from hotline.model.facts import Facts

FAREWELL = Prompt("hello.opted_out")


def leave_behind(facts: Facts) -> Iterable[Effect]:
    """Open requests of someone who opts out may still be needed: a person looks, and their helpers are told."""
    for need in facts.mine.asked_for:
        yield Flag("opted_out_asking", need.details or need.words, need.number)
        for taker in need.takers:
            yield Tell(taker, Prompt("news.cannot_write", values=story(need)), need.number)


def end_all(_: Answers, facts: Facts) -> Iterable[Effect]:
    """What they have in hand goes back, a person sees their open requests, and nothing is sent any more."""
    yield from give_all_back(facts)
    yield from leave_behind(facts)
    yield OptOut()


quiet = Flow(
    "quiet",
    Choose("sure", {"yes": "end", "no": "kept"}, exact=True),
    Do("end", end_all),
    End("ended", says=lambda _, __: (FAREWELL,)),
    End("kept"),
    optional=True,
)
