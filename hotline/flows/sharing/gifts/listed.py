"""List of gifts: what there is, one by one, and asking for one. Whoever gives it says yes first."""

from collections.abc import Iterable

from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.shared_questions import LANGUAGE
from hotline.flows.sharing.gifts.about import (
    ONE,
    hidden,
    lines,
    my_ask,
    own_voice,
    shown,
    shown_in_list,
    the_gift,
    the_next_of,
)
from hotline.model.effects import AskForGift, Effect, TakeBackAsk
from hotline.model.facts import Facts

WANTED = {"yes": "ask", "no": "next"}  # to what was just read


def next_gift(answers: Answers, facts: Facts) -> Answers:
    return the_next_of(answers, (gift.code for gift in facts.shared.there))


def one_or_all(answers: Answers, facts: Facts) -> str:
    gift = the_gift(answers, facts)
    if answers.get(ONE):
        if gift is None or not gift.live or gift.full:
            return "gone"
        return "own" if gift.is_of(facts.me.phone) else "one"
    return "all" if answers.get("heard") else "none"


def what_can_be_done(answers: Answers, facts: Facts) -> Iterable[str]:
    """What is in it can be heard where its giver said so."""
    gift = the_gift(answers, facts)
    return ("ask", *(("inside",) if gift and gift.inside else ()), "next")


def ask_for(answers: Answers, facts: Facts) -> Iterable[Effect]:
    gift = the_gift(answers, facts)
    if gift and how_asking_went(answers, facts) == "asked":
        yield AskForGift(gift.number)


def how_asking_went(answers: Answers, facts: Facts) -> str:
    gift = the_gift(answers, facts)
    if gift is None or not gift.live or gift.full:
        return "gone"
    if not facts.me.has_number or facts.me.opted_out:
        return "hidden"
    if gift.is_of(facts.me.phone):
        return "own"
    return "twice" if my_ask(gift, facts) else "asked"


def own(_: Answers, facts: Facts) -> Iterable[Prompt]:
    return lines(facts)


gifts = Flow(
    "gifts",
    LANGUAGE,
    Do("next", then=one_or_all, learns=next_gift),
    Choose(
        "one",
        {"ask": "ask", "inside": "inside", "next": "next"},
        offers=what_can_be_done,
        shows=shown_in_list,
        sounds=own_voice,
        skip="next",
        back="one",
        senses=WANTED,
    ),
    Choose("inside", {"ask": "ask", "next": "next"}, shows=shown, skip="next", back="one", senses=WANTED),
    Do("ask", ask_for, then=how_asking_went),
    End("asked", shows=shown),
    End("twice", shows=shown),
    End("gone", shows=shown),
    End("own", says=own),
    End("hidden", says=hidden),
    End("all"),
    End("none"),
)


def take_back(answers: Answers, facts: Facts) -> Iterable[Effect]:
    gift = the_gift(answers, facts)
    ask = my_ask(gift, facts) if gift else None
    if ask:
        yield TakeBackAsk(ask.number)


unask = Flow("unask", Do("take_back", take_back), End("told", shows=shown))
"""Whoever asked for it does not want it any more."""
