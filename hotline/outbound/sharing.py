"""News about offers of neighbors: who hears what when somebody asks, and when something is over. Inside transactions.

Whoever asked hears the end once, whatever ends it. A no of the giver's is told to nobody: for who asked it is as if the
giver said nothing.
"""

from collections.abc import Sequence
from typing import Protocol

from hotline.community.model import Community
from hotline.dispatch import gifts as dispatch
from hotline.engine.session import Prompt, Values
from hotline.flows.about_needs import story
from hotline.flows.sharing.about_gifts import told
from hotline.model.calendar import WEEK
from hotline.model.effects import Effect
from hotline.model.gifts import Answer, Gift, GiftAsk
from hotline.model.needs import Need, Status
from hotline.model.outgoing import NEWS
from hotline.model.people import Reach
from hotline.storage import Transaction

MOST_LOOKED_AT = 30  # offers, or open requests, that are looked through for one that fits
MOST_GIVERS = 3  # who hear of one open request
FORM_WAITS = WEEK  # for whoever does not finish it
EMPTY, BY_TIME, LEFT, NEVER_SENT = "empty", "time", "left", "never sent"  # why something is over


class Kind(Protocol):
    """Another kind of sharing: what it does with the effects that are its own, and when somebody leaves."""

    def carry_out(self, tx: Transaction, effect: Effect, phone: str, now: float) -> None:
        """What the person with this number asks for; what is of another kind changes nothing."""
        ...

    def left(self, tx: Transaction, phone: str, now: float, *, asks_too: bool) -> None:
        """They leave: what they share is over, and with `asks_too` what they asked for."""
        ...


def is_reached(reach: Reach, community: Community) -> bool:
    """Whether a giver hears from us: in texts, or in calls where the texts ended and there are calls."""
    if reach.opted_out:
        return reach.rung_instead and community.line.calls and not reach.blocked and reach.disowned_at is None
    return reach.may_be_reached and reach.disowned_at is None


def reaches(tx: Transaction, phone: str, community: Community) -> bool:
    """The same of a number; nobody is reached where there is none any more."""
    return bool(phone) and is_reached(tx.people.reach(phone), community)


def tell(tx: Transaction, party: str, key: str, values: Values, now: float, about: int = 0) -> None:
    if party:
        tx.outbox.put(party, [Prompt(key, values=values)], about, NEWS, now)


def asked(tx: Transaction, number: int, phone: str, now: float) -> None:
    """Somebody asks; the giver hears so, unless they said no to this person before."""
    gift = tx.gifts.get(number)
    if gift is None or not gift.live:
        return
    refused = tx.gifts.has_refused(number, phone)
    ask = tx.gifts.ask_number(tx.gifts.ask(number, phone, now, now + dispatch.PATIENCE))
    if ask and refused:
        tx.gifts.refuse(ask)
    elif ask:
        name = tx.people.name_of(phone)
        tell(tx, gift.giver, "news.offer_asked", {**told(gift), "number": ask.code, "name": name}, now)


def promised(tx: Transaction, number: int, now: float) -> int:
    """The giver says yes: it is a request that they have. Its row; 0 where it was named, and is taken as a request."""
    ask = tx.gifts.ask_number(number)
    if ask is None or not ask.waits or not ask.gift.live or ask.gift.full:
        return 0
    if ask.named:
        tx.gifts.answer(ask, Answer.YES, now)
        return 0
    words = ask.gift.words or ask.gift.inside
    made = tx.gifts.make_need(ask, words, now)
    tx.needs.take(made, ask.gift.giver, now)
    tx.gifts.answer(ask, Answer.YES, now, made)
    tell(tx, ask.asker, "news.offer_yes", {**told(ask.gift), "number": ask.code}, now, made)
    return made


def taken_back(tx: Transaction, ask: GiftAsk, now: float) -> None:
    """Whoever asked does not want it any more; a giver who was asked hears so."""
    was_asked = ask.waits and not ask.named
    done = tx.gifts.answer(ask, Answer.TAKEN_BACK, now) if ask.waits else tx.gifts.end_refused(ask, now)
    if done and was_asked:
        tell(tx, ask.gift.giver, "news.offer_unasked", {**told(ask.gift), "number": ask.code}, now)


def came_to_nothing(tx: Transaction, ask: GiftAsk, now: float) -> None:
    """Nobody said yes in time, or it is over: whoever asked hears so, once."""
    if ask.named:
        tx.gifts.answer(ask, Answer.OVER, now)
        return
    done = tx.gifts.answer(ask, Answer.OVER, now) if ask.waits else tx.gifts.end_refused(ask, now)
    if done:
        tell(tx, ask.asker, "news.offer_over", told(ask.gift), now)


def ended(tx: Transaction, gift: Gift, why: str, now: float) -> None:
    """It is over. Who waits hears so; so does who has a yes, unless it ended by time alone: what is promised holds."""
    if not tx.gifts.end(gift.number, why, now):
        return
    for ask in tx.gifts.asks_for(gift.number):
        if ask.answer in (Answer.WAITS, Answer.NO):
            came_to_nothing(tx, ask, now)
        elif ask.answer is Answer.YES and why != BY_TIME:
            _called_off(tx, ask, gift, now)


def _called_off(tx: Transaction, ask: GiftAsk, gift: Gift, now: float) -> None:
    """Somebody may be on the way: they hear at once that there is nothing any more. A request that was named goes on
    without this giver, who gives it back like any other."""
    need = tx.needs.get(ask.need) if ask.need else None
    if need and need.gift == gift.number and need.status is Status.TAKEN:
        tx.needs.withdraw(need.number, now)
        tell(tx, ask.asker, "news.offer_off", {**told(gift), "number": need.code}, now)


def left(tx: Transaction, phone: str, now: float, *, asks_too: bool) -> None:
    """A person leaves: what they have to give is over, and with `asks_too` what they asked for."""
    for gift in tx.gifts.of(phone):
        ended(tx, gift, LEFT if gift.listed else NEVER_SENT, now)
    for ask in tx.gifts.asks_by(phone) if asks_too else ():
        taken_back(tx, ask, now)


def looked_after(tx: Transaction, gift: Gift, community: Community, now: float) -> dispatch.NextOfGift:
    """What is due about a gift is done, but for the question whether it is still there: that is returned to be put."""
    if not gift.listed:
        tx.gifts.end(gift.number, NEVER_SENT, now)
        return dispatch.NextOfGift.NOTHING
    step = dispatch.due(gift, reached=reaches(tx, gift.giver, community), now=now)
    values: Values = {**told(gift), "day": (gift.last_day(community.rules.timezone),)}
    match step.next:
        case dispatch.NextOfGift.GONE:
            ended(tx, gift, LEFT, now)
        case dispatch.NextOfGift.END:
            ended(tx, gift, BY_TIME, now)
            tell(tx, gift.giver, "news.offer_ended", values, now)
        case dispatch.NextOfGift.DAY | dispatch.NextOfGift.WEEK:
            tx.gifts.check(gift.number, step.check_at, step.told)
            tell(tx, gift.giver, "news.offer_ends", values, now)
        case _:
            tx.gifts.check(gift.number, step.check_at, step.told)
    return step.next


# --- Open requests that an offer may answer.


def name_needs(tx: Transaction, gift: Gift, community: Community, now: float) -> None:
    """Open requests are named to a giver who has just offered something."""
    needs = tx.gifts.may_answer(gift, MOST_LOOKED_AT)
    _name(tx, gift, needs, community, now)


def name_to_givers(tx: Transaction, need: Need, community: Community, now: float) -> None:
    """A new request is named to those who may have what it is for."""
    if not community.sharing.offers:
        return
    fitting = (gift for gift in tx.gifts.that_may_answer(need, now, MOST_LOOKED_AT) if dispatch.answers(gift, need))
    told_of = 0
    for gift in fitting:
        told_of += _name(tx, gift, [need], community, now)
        if told_of == MOST_GIVERS:
            return


def _name(tx: Transaction, gift: Gift, needs: Sequence[Need], community: Community, now: float) -> int:
    if not reaches(tx, gift.giver, community):
        return 0
    asks = [ask for ask in tx.gifts.asks_to(gift.giver) if ask.named and ask.gift.number == gift.number]
    named = [need for ask in asks if (need := tx.needs.get(ask.need))]
    found = [
        need for need in dispatch.to_name(gift, needs, named, community.rings(gift.area)) if _is_new(tx, gift, need)
    ]
    for need in found:
        tx.gifts.name_need(gift.number, need, now)
        values: Values = {**story(need), "gift": gift.called}
        tell(tx, gift.giver, "news.offer_fits", values, now, need.number)
    return len(found)


def _is_new(tx: Transaction, gift: Gift, need: Need) -> bool:
    """Whether its giver has not heard of it: no volunteer is asked twice, and no no is asked again."""
    gives = tx.volunteers.get(gift.giver)
    asked_anyway = gives and gives.status == "active" and need.what in gives.needs and need.area in gives.areas
    heard_of = tx.gifts.named_to(need.number, gift.giver)
    return not (asked_anyway or heard_of or tx.gifts.has_refused(gift.number, need.neighbor))
