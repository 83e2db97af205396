"""What a giver says: yes or no to whoever asks, still there, and gone. A no needs no reason and is told to nobody."""

from collections.abc import Iterable

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Begin, Choose, Do, End, Flow
from hotline.flows.neighbor.status import requests
from hotline.flows.sharing.gifts.about import (
    ONE,
    ask_shown,
    last_day,
    lines,
    own_voice,
    shown,
    the_ask,
    the_gift,
    the_next_of,
    told,
)
from hotline.flows.volunteer.claim import take
from hotline.flows.volunteer.done_or_drop import give_all_back
from hotline.model.effects import Effect, EndGift, KeepGift, Leave, PromiseGift, RefuseGift
from hotline.model.facts import Facts
from hotline.model.gifts import Gift

# --- Yes and no.


def the_only_one(answers: Answers, facts: Facts) -> Answers:
    """A yes without a number is about the only ask there is."""
    asks = facts.shared.to_answer
    return {**answers, ONE: asks[0].code} if ONE not in answers and len(asks) == 1 else answers


def promise(answers: Answers, facts: Facts) -> Iterable[Effect]:
    ask = the_ask(answers, facts)
    if ask and not ask.named and not ask.gift.full:
        yield PromiseGift(ask.number)


def how_yes_went(answers: Answers, facts: Facts) -> str:
    ask = the_ask(answers, facts)
    if ask is None:
        return "several" if ONE not in answers else "over"
    if ask.gift.full:
        return "full"
    return "request" if ask.named else "yes"


def as_a_request(answers: Answers, _: Facts) -> Answers:
    """An open request that was named to them is taken like any other."""
    return {**answers, "need": answers.get(ONE, "")}


def which(_: Answers, facts: Facts) -> Values:
    return {"numbers": ", ".join(ask.code for ask in facts.shared.to_answer)}


gift_yes = Flow(
    "gift_yes",
    Do("which", learns=the_only_one),
    Do("promise", promise, then=how_yes_went),
    End("yes", shows=ask_shown),
    End("full", shows=ask_shown),
    End("over", shows=ask_shown),
    End("several", shows=which),
    Do("request", learns=as_a_request),
    Begin("take", take),
)


def refuse(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if ask := the_ask(answers, facts):
        yield RefuseGift(ask.number)


def how_no_went(answers: Answers, facts: Facts) -> str:
    if the_ask(answers, facts):
        return "no"
    return "several" if ONE not in answers else "over"


def several(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    yield Prompt("gift_yes.several", values=which(answers, facts))


def over(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    yield Prompt("gift_yes.over", values=ask_shown(answers, facts))


gift_no = Flow(
    "gift_no",
    Do("which", learns=the_only_one),
    Do("refuse", refuse, then=how_no_went),
    End("no", shows=ask_shown),
    End("over", says=over),
    End("several", says=several),
)


# --- Gone, and still there.


def mine(facts: Facts) -> tuple[str, ...]:
    return tuple(gift.code for gift in facts.shared.mine)


def the_only_gift(answers: Answers, facts: Facts) -> Answers:
    codes = mine(facts)
    return {**answers, ONE: codes[0]} if ONE not in answers and len(codes) == 1 else answers


def nothing_to_choose(answers: Answers, facts: Facts) -> bool:
    return ONE in answers or not facts.shared.mine


def called(_: Answers, facts: Facts) -> Values:
    return {gift.code: gift.called if isinstance(gift.called, tuple) else (gift.called,) for gift in facts.shared.mine}


def own_gift(answers: Answers, facts: Facts) -> Gift | None:
    gift = the_gift(answers, facts)
    return gift if gift and gift.is_of(facts.me.phone) and gift.live else None


def end_it(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if gift := own_gift(answers, facts):
        yield EndGift(gift.number)


def whose(answers: Answers, facts: Facts) -> str:
    if own_gift(answers, facts):
        return "told"
    gift = the_gift(answers, facts)
    if gift and gift.is_of(facts.me.phone):
        return "over"
    return "none" if ONE not in answers else "not_yours"


empty = Flow(
    "empty",
    Do("look", learns=the_only_gift),
    Choose("which", mine, saves=ONE, unless=nothing_to_choose, exact=True, shows=called),
    Do("end", end_it, then=whose),
    End("told", shows=shown),
    End("over", shows=shown),
    End("not_yours", shows=shown),
    End("none"),
)


def keep(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if gift := own_gift(answers, facts):
        yield KeepGift(gift.number)


def kept_or_not(answers: Answers, facts: Facts) -> str:
    return "kept" if own_gift(answers, facts) else "over"


def kept_until(answers: Answers, facts: Facts) -> Values:
    """It lasts once more as long as it did."""
    gift = own_gift(answers, facts)
    if gift is None:
        return {}
    kept = gift.but(until=gift.kept_until(facts.now, facts.offered.zone))
    return {**told(gift), "until": last_day(kept, facts)}


def gone(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    yield Prompt("gifts.gone", values=shown(answers, facts))


gift_still = Flow(
    "gift_still",
    Choose("asked", {"yes": "keep", "no": "empty"}, exact=True, harmless=True, shows=shown),
    Do("keep", keep, then=kept_or_not),
    End("kept", shows=kept_until),
    End("over", says=gone),
    Begin("empty", empty),
    asked_by_us=True,
)
"""Asked of the giver of a standing one every few months."""

gift_keep = Flow(
    "gift_keep",
    Do("keep", keep, then=kept_or_not),
    End("kept", says=lambda answers, facts: (Prompt("gift_still.kept", values=kept_until(answers, facts)),)),
    End("over", says=gone),
)
"""YES and the number of what one gives oneself: it is still there."""


def leave_all(_: Answers, facts: Facts) -> Iterable[Effect]:
    """What they offer is over, and what they promised of it."""
    yield from give_all_back(facts)
    yield Leave()


def what_is_over(_: Answers, facts: Facts) -> Iterable[Prompt]:
    shared = (*(tool.code for tool in facts.lent.mine), *(each.code for each in facts.hosted.mine))
    codes = ", ".join((*mine(facts), *shared))
    circles = [Prompt("circle_leave.told", values={"gift": each.called}) for each in facts.circled.mine]
    if codes or not circles:
        yield Prompt("empty.told", values={"number": codes}) if codes else Prompt("empty.none")
    yield from circles


gift_leave = Flow("gift_leave", Do("leave", leave_all), End("told", says=what_is_over))
"""LEAVE of somebody who is no volunteer."""


# --- In a call: one after another.


def next_ask(answers: Answers, facts: Facts) -> Answers:
    return the_next_of(answers, (ask.code for ask in facts.shared.to_answer))


def one_or_mine(answers: Answers, facts: Facts) -> str:
    return "one" if the_ask(answers, facts) else "next_mine"


def next_mine(answers: Answers, facts: Facts) -> Answers:
    return the_next_of(answers, mine(facts))


def mine_or_rest(answers: Answers, facts: Facts) -> str:
    if own_gift(answers, facts):
        return "mine"
    return "requests" if facts.in_call else "all"


def all_lines(_: Answers, facts: Facts) -> Iterable[Prompt]:
    return lines(facts)


answering = Flow(
    "answering",
    Do("next", learns=next_ask, then=one_or_mine),
    Choose("one", {"yes": "yes", "no": "no", "next": "next"}, exact=True, shows=ask_shown, skip="next", back="one"),
    Do("next_mine", learns=next_mine, then=mine_or_rest),
    Choose("mine", {"empty": "sure", "next": "next_mine"}, shows=shown, sounds=own_voice, skip="next", back="mine"),
    Choose("sure", {"yes": "empty", "no": "mine"}, exact=True, shows=shown, back="mine"),
    Begin("yes", gift_yes),
    Begin("no", gift_no),
    Begin("empty", empty),
    Begin("requests", requests),
    End("all", says=all_lines),
)
"""Who asks a giver, and then what they give themself; at last what they asked for."""
