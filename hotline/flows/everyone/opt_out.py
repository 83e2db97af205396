"""Opt-out: no more calls and no more texts. It is confirmed first, so that no slip of a key does it."""

from collections.abc import Iterable

from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.about_needs import story
from hotline.flows.volunteer.done_or_drop import give_all_back
from hotline.model.effects import Effect, Flag, HoldWaves, OptOut, Tell
from hotline.model.facts import Facts
from hotline.model.needs import Need

FAREWELL = Prompt("hello.opted_out")
EMERGENCY, CRISIS = Prompt("hello.emergency"), Prompt("hello.crisis")
CANCELS = "cancels"  # the word that the carrier took for a wish to end our texts was CANCEL


def leave_behind(facts: Facts) -> Iterable[Effect]:
    """Open requests of someone who opts out may still be needed: a person looks, and their helpers are told."""
    for need in facts.mine.asked_for:
        yield Flag("opted_out_asking", _said(need), need.number)
        for taker in need.takers:
            yield Tell(taker, Prompt("news.cannot_write", values=story(need)), need.number)


def is_rung_on(facts: Facts) -> bool:
    """Whether who ends the texts is rung each day all the same: that has an end of its own."""
    return facts.daily is not None and not facts.in_call


def end_all(_: Answers, facts: Facts) -> Iterable[Effect]:
    """What they have in hand goes back, a person sees their open requests, and nothing is sent any more."""
    yield from give_all_back(facts)
    yield from leave_behind(facts)
    yield OptOut(rung_instead=is_rung_on(facts))


def farewell(_: Answers, facts: Facts) -> Iterable[Prompt]:
    """The last text. Who spoke of danger that nobody has looked at reads in it whom to call."""
    if facts.daily and is_rung_on(facts):
        yield Prompt("hello.opted_out_rung", values={"hour": (facts.daily.hour,)})
    else:
        yield FAREWELL
    if facts.mine.unlooked:
        yield CRISIS if facts.mine.unlooked == "crisis" and facts.offered.crisis else EMERGENCY


def stopped_at_carrier(answers: Answers, facts: Facts) -> Iterable[Effect]:
    """The carrier has ended the texts, whatever was meant. Requests stand: news of them is told in a call.

    After CANCEL nobody else is asked until a coordinator has looked, or the next morning.
    """
    yield from give_all_back(facts, rung=facts.offered.line.calls)
    for need in facts.mine.asked_for:
        yield Flag("cancelled_at_carrier" if CANCELS in answers else "opted_out_asking", _said(need), need.number)
        if CANCELS in answers:
            yield HoldWaves(need.number)
        for taker in need.takers:
            yield Tell(taker, Prompt("news.gets_no_texts", values=story(need)), need.number)
    yield OptOut(rung_instead=True)


def _said(need: Need) -> str:
    return need.details or need.words


quiet = Flow(
    "quiet",
    Choose("sure", {"yes": "end", "no": "kept"}, exact=True),
    Do("end", end_all),
    End("ended", says=farewell),
    End("kept"),
    optional=True,
)
