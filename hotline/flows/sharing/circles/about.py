"""Circles in a conversation: which one is meant, and what a wording may say about it. Those who are in one hear each
other's first names, never a number."""

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers
from hotline.flows.sharing.gifts.about import ONE, played
from hotline.model import calendar
from hotline.model.circles import Circle, Deed, Member, Names, called, day_of, lot_words, ordered
from hotline.model.facts import Facts

Told = dict[str, str | tuple[str, ...]]
GIVER = "giver"  # the answer that holds who gave, or with whom turns are swapped
ALL_OF_THEM = "all_of_them"


def the_circle(answers: Answers, facts: Facts) -> Circle | None:
    return facts.circled.circle(answers.get(ONE, ""))


def my_circle(answers: Answers, facts: Facts) -> Circle | None:
    """The one that is spoken of, where they are in it and it is not over; the only one where none was named."""
    if not answers.get(ONE):
        return facts.circled.mine[0] if len(facts.circled.mine) == 1 else None
    circle = the_circle(answers, facts)
    return circle if circle and circle.live and circle.member(facts.me.phone) else None


def me_in(circle: Circle, facts: Facts) -> Member:
    member = circle.member(facts.me.phone)
    if member is None:
        raise LookupError(f"circle {circle.number}: asked for somebody who is not in it")
    return member


def zone(facts: Facts) -> tzinfo:
    """Where it is, whoever speaks of it."""
    return ZoneInfo(facts.offered.timezone)


# --- What is said about them.


def name_of(member: Member | None, names: Names) -> tuple[str, ...]:
    return (called(member, names),)


def listed(members: Iterable[Member], names: Names) -> tuple[str, ...]:
    """What they are called, one after another."""
    return tuple(called(each, names) for each in members)


def told(circle: Circle, names: Names, where: tzinfo | None, turn: int = 0) -> Told:
    """What those who are in it may hear of it, and of one of its turns: the open one, or the first."""
    turn = turn or max(1, min(circle.turn, circle.turns))
    return {
        "number": circle.code,
        "times": str(turn),  # by which news of it is known to be old
        "gift": circle.called,
        "details": circle.share_said,
        "said": circle.rule_said,
        "until": (circle.beat.value,),
        "time": (circle.order.value,),
        "count": str(len(circle.present)),
        "name": name_of(circle.taker(turn), names),
        "who": name_of(circle.member(circle.organizer), names),
        "day": day_of(circle, turn, where),
        "names": listed(circle.in_order or circle.present, names),
    }


def shown(answers: Answers, facts: Facts) -> Values:
    circle = the_circle(answers, facts) or my_circle(answers, facts)
    return told(circle, facts.circled.names, zone(facts)) if circle else {"number": answers.get(ONE, "")}


def of_a_draw(circle: Circle, names: Names, where: tzinfo | None) -> Values:
    """The words, and the order that they give, computed again; it may have been swapped since."""
    drawn = ordered(circle, circle.seed)
    return {**told(circle, names, where), "words": lot_words(circle), "names": listed(drawn, names)}


def own_voice(answers: Answers, facts: Facts) -> Mapping[str, Any]:
    """What was spoken of it: its name, what is put in and the rule, one after another."""
    code = answers.get(ONE, "")
    heard = (played(each, facts)["plays"] for each in (code, share_of(code), rule_of(code)))
    return {"plays": " ".join(filter(None, heard))}


def its_name(answers: Answers, facts: Facts) -> Mapping[str, Any]:
    """Its name, in the voice of whoever organizes it."""
    return played(answers.get(ONE, ""), facts)


def share_of(code: str) -> str:
    """Under which number what is put in is played."""
    return f"{code}-share"


def rule_of(code: str) -> str:
    return f"{code}-rule"


# --- How things stand.


def line(circle: Circle, facts: Facts) -> Prompt:
    """How one stands, for one who is in it."""
    values, me = told(circle, facts.circled.names, zone(facts)), me_in(circle, facts)
    if circle.forming:
        return Prompt("status.circle_forms", values=values)
    if circle.rests:
        return rest(circle, facts)
    taker = circle.taker()
    if taker and taker.number == me.number:
        return Prompt("status.circle_yours", values=values)
    turn = circle.open_turn_of(me)
    if turn:
        return Prompt("status.circle_give", values=told(circle, facts.circled.names, zone(facts), turn))
    return Prompt("status.circle_gave", values=values)


def lines(facts: Facts) -> Iterable[Prompt]:
    """How things stand: a line for each in which they are."""
    return (line(circle, facts) for circle in facts.circled.mine)


def rest(circle: Circle, facts: Facts) -> Prompt:
    """What two say differently is read to both, and to who organizes; all others hear that it rests."""
    values, found, me = of_dispute(circle, facts.circled.names, zone(facts)), circle.dispute, facts.me.phone
    concerns = circle.is_of(me) or (found and me in (found[1].phone, found[2].phone))
    return Prompt("news.circle_rests" if concerns else "status.circle_waits", values=values)


def of_dispute(circle: Circle, names: Names, where: tzinfo | None) -> Values:
    """The record of what two say differently: who gave, whose turn, and when each said so."""
    found = circle.dispute
    if found is None:
        return told(circle, names, where)
    turn, giver, taker, mark = found
    said = (each for each in circle.marks if each.turn == turn and each.by == giver.number and each.deed is Deed.PAID)
    at = next((each.at for each in reversed(tuple(said))), mark.at)
    return {
        **told(circle, names, where, turn),
        "name": name_of(giver, names),
        "other": name_of(taker, names),
        "when": (calendar.today(at, where).isoformat(),),
        "until": (calendar.today(mark.at, where).isoformat(),),
    }


def record(circle: Circle, names: Names, where: tzinfo | None) -> Iterable[Prompt]:
    """The order, by which words it was drawn, and what both have not said yet."""
    yield Prompt("status.circle_order", values=told(circle, names, where))
    if circle.seed:
        yield Prompt("status.circle_drawn", values=of_a_draw(circle, names, where))
    for turn in range(1, min(circle.turn, circle.turns) + 1):
        if missing := circle.missing(turn):
            values = {**told(circle, names, where, turn), "names": listed(missing, names)}
            yield Prompt("status.circle_missing", values=values)
