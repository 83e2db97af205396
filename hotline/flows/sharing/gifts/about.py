"""Gifts in a conversation: which one is meant, and what a wording may say about it. Never who gives."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers
from hotline.model.facts import Facts
from hotline.model.gifts import Gift, GiftAsk

ZIP_BEHIND = re.compile(r"[\s,]+\d{5}\s*$")  # "bread 11216": where it is, and not what
ONE = "one"  # the answer that holds the number of the gift, or the ask, that is spoken of


def the_gift(answers: Answers, facts: Facts) -> Gift | None:
    return facts.shared.gift(answers.get(ONE, ""))


def the_ask(answers: Answers, facts: Facts) -> GiftAsk | None:
    """The ask that its giver speaks of."""
    code = answers.get(ONE, "")
    return next((ask for ask in facts.shared.to_answer if ask.code == code), None)


def my_ask(gift: Gift, facts: Facts) -> GiftAsk | None:
    """What this person asked for of it, and waits for."""
    return next((ask for ask in facts.shared.waits if ask.gift.number == gift.number), None)


def the_next_of(answers: Answers, codes: Iterable[str]) -> Answers:
    """The answers, with the first that was not heard yet as the one; after the last, without one. Whoever named one
    hears that first."""
    heard = answers.get("heard", "").split()
    named = answers.get(ONE, "")
    code = named if named and named not in heard else next((code for code in codes if code not in heard), "")
    kept = {name: value for name, value in answers.items() if name != ONE}
    return {**kept, "heard": " ".join((*heard, code)).strip(), **({ONE: code} if code else {})}


def last_day(gift: Gift, facts: Facts) -> tuple[str, ...]:
    """The name of the last day on which it is there."""
    return (gift.until_when(facts.offered.zone),)


def told(gift: Gift) -> dict[str, str | tuple[str, ...]]:
    """What anybody may hear of it: not who gives."""
    return {
        "number": gift.code,
        "gift": gift.called,
        "area": (gift.area,),
        "details": gift.inside,
        "left": (f"left_{gift.left}",) if gift.left is not None else "",
    }


def shown(answers: Answers, facts: Facts) -> Values:
    gift = the_gift(answers, facts)
    return {**told(gift), "until": last_day(gift, facts)} if gift else {"number": answers.get(ONE, "")}


def shown_in_list(answers: Answers, facts: Facts) -> Values:
    """The same; whoever reads of what was spoken reads that it can be heard."""
    gift = the_gift(answers, facts)
    spoken = gift and gift.spoken and not facts.in_call
    return {**shown(answers, facts), **({"gift": (*gift.called, "spoken_offer")} if gift and spoken else {})}


def own_voice(answers: Answers, facts: Facts) -> Mapping[str, Any]:
    """What is given, in the voice of whoever gives it."""
    return played(answers.get(ONE, ""), facts)


def played(code: str, facts: Facts) -> Mapping[str, Any]:
    """What was spoken under a number, to be heard."""
    return {"plays": " ".join(each.place for each in facts.call.spoken if each.code == code and each.place)}


def hidden(_: Answers, facts: Facts) -> Iterable[Prompt]:
    """Who hides the number cannot be told that somebody says yes, nor who ended our texts."""
    yield Prompt("gift.texts_ended" if facts.me.has_number else "gift.hidden")


def too_late(_: Answers, __: Facts) -> Iterable[Prompt]:
    """The form is over meanwhile."""
    yield Prompt("hello.anything_else")


def ask_shown(answers: Answers, facts: Facts) -> Values:
    """An ask, for the giver: under its own number."""
    ask = the_ask(answers, facts) or facts.shared.ask(answers.get(ONE, ""))
    return {**told(ask.gift), "number": ask.code} if ask else {"number": answers.get(ONE, "")}


def lines(facts: Facts) -> Iterable[Prompt]:
    """How things stand: a line for what they give, for what they were asked, and for what they wait for."""
    for gift in facts.shared.mine:
        yield Prompt("status.offer", values={**told(gift), "until": last_day(gift, facts)})
    for ask in facts.shared.to_answer:
        if not ask.named:
            yield Prompt("news.offer_asked", values={**told(ask.gift), "number": ask.code})
    for ask in facts.shared.waits:
        yield Prompt("status.offer_asked", values=told(ask.gift))
