"""Completion and release: a need in hand is done, or goes back to others."""

from collections.abc import Callable, Iterable
from typing import Any

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows import standing
from hotline.flows.about_needs import holds, in_hand, shown, story, the_need, the_other_side, with_its_time
from hotline.flows.everyone import relay
from hotline.flows.shared_questions import which
from hotline.flows.standing import hears_nothing
from hotline.model.effects import ComesAfterAll, Done, Drop, Effect, MayNotCome, Tell, Withdraw
from hotline.model.facts import Facts
from hotline.model.needs import Need


def finish_need(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need and holds(need, facts):
        yield Done(need.number)


def told_or_part(answers: Answers, facts: Facts) -> str:
    """If other volunteers still have it, it is not over yet."""
    need = the_need(answers, facts)
    if need is None or not holds(need, facts):
        return not_in_hand(need, facts)
    if len(need.takers) > 1:
        return "told_part"
    return "told_alone" if hears_nothing((need.neighbor,), facts) else "told"


def given_back(need: Need, facts: Facts) -> Iterable[Effect]:
    """It goes back to others, and the neighbor hears so. What was asked for of an offer goes to nobody else."""
    if need.gift:
        yield Withdraw(need.number)
        yield Tell(need.neighbor, Prompt("news.offer_off", values={**story(need), "gift": called(need)}), need.number)
        return
    yield Drop(need.number)
    yield news_of_drop(need, facts.me.phone, facts)


def news_of_drop(need: Need, gone: str, facts: Facts) -> Tell:
    """What the neighbor hears when one of those who had it (`gone`) has it no more."""
    stay = len({*need.takers, *need.helped} - {gone})
    key = "news.dropped_some" if stay else "news.dropped"
    key = key if need.asks(facts.now) else "news.dropped_held"
    told: Values = {**with_its_time(need), "have": str(stay), "wanted": str(need.wanted)}
    return Tell(need.neighbor, Prompt(key, values=told), need.number)


def drop_need(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    return given_back(need, facts) if need and holds(need, facts) else ()


def give_all_back(facts: Facts, *, rung: bool = False) -> Iterable[Effect]:
    """Someone who leaves or opts out gives back all that they have in hand. Who is only `rung` from now on keeps what
    they promised of their own."""
    for need in facts.mine.has_taken:
        if not (rung and need.gift):
            yield from given_back(need, facts)


def called(need: Need) -> str | tuple[str, ...]:
    """What was promised of an offer, as its giver called it."""
    return need.words or (need.what or "something",)


def mine_or_not(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts)
    if need is None or not holds(need, facts):
        return not_in_hand(need, facts)
    if need.gift:
        return "told_gift_alone" if hears_nothing((need.neighbor,), facts) else "told_gift"
    return "told" if need.asks(facts.now) else "told_held"


def not_in_hand(need: Need | None, facts: Facts) -> str:
    """Their own request, which is over, one that they did themselves, or one that they do not have."""
    if need and need.is_of(facts.me.phone):
        return "own"
    return "over" if need and facts.me.phone in need.helped else "not_yours"


def how_own_stands(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    need = the_need(answers, facts)
    return (standing.line(need, facts),) if need else ()


def told_as(key: str) -> Callable[[Answers, Facts], Iterable[Prompt]]:
    """The words of another end."""
    return lambda answers, facts: (Prompt(key, values=shown(answers, facts)),)


done = Flow(
    "done",
    which(in_hand),
    Do("done", finish_need, then=told_or_part),
    End("told", shows=shown),
    End("told_part", shows=shown),
    End("told_alone", shows=shown),
    End("own", says=how_own_stands),
    End("over", says=told_as("take.over")),
    End("not_yours", shows=shown),
)

drop = Flow(
    "drop",
    which(in_hand),
    Do("drop", drop_need, then=mine_or_not),
    End("told", shows=shown),
    End("told_held", shows=shown),
    End("told_gift", shows=shown),
    End("told_gift_alone", shows=shown),
    End("own", says=how_own_stands),
    End("over", says=told_as("take.over")),
    End("not_yours", shows=shown),
)


def said_so(answers: Answers, facts: Facts) -> Iterable[Effect]:
    """Why they cannot come is for the other side. If they say nothing more, a coordinator hears of it."""
    need = the_need(answers, facts)
    if need is None or not holds(need, facts):
        return
    if answers.get("said"):
        yield from relay.pass_on(answers, facts)
    if "doubted" in answers:
        yield MayNotCome(need.number)


def told_or_not(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts)
    if need is None or not holds(need, facts):
        return "not_yours"
    passed_on = answers.get("said") and relay.how_it_went(answers, facts) in ("passed_on", "maybe_new")
    return "sure_told" if passed_on else "sure"


def comes(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need and holds(need, facts):
        yield ComesAfterAll(need.number)


def kept_or_not(answers: Answers, facts: Facts) -> str:
    return "kept" if holds(the_need(answers, facts), facts) else "not_yours"


SURE: dict[str, Any] = {"exact": True, "senses": {"ok": "yes", "cannot": "yes", "drop": "yes"}}

give_back = Flow(
    "give_back",
    which(in_hand),
    Do("look", said_so, then=told_or_not),
    Choose("sure", {"yes": "drop", "no": "comes"}, shows=shown, **SURE),
    Choose("sure_told", {"yes": "drop", "no": "comes"}, shows=the_other_side, **SURE),
    Do("drop", drop_need, then=mine_or_not),
    End("told", says=told_as("drop.told")),
    End("told_held", says=told_as("drop.told_held")),
    End("told_gift", says=told_as("drop.told_gift")),
    End("told_gift_alone", says=told_as("drop.told_gift_alone")),
    End("own", says=how_own_stands),
    End("over", says=told_as("take.over")),
    Do("comes", comes, then=kept_or_not),
    End("not_yours", says=told_as("drop.not_yours")),
    End("kept", shows=shown),
)
"""Asked once of whoever says "can't make it": it may be about another day, or a "can't find the door"."""

still_yours = Flow("still_yours", End("told", shows=shown))
"""After DROP 103 or DONE 103, "drop it" may be about 103 still: what else they have stays theirs."""
