"""Loading what neighbors share: gifts, tools, days together and circles, in the transaction of the decision.

A kind is read only where the community has it, and of that only what there is for this person: what is theirs where the
row of the person says so, what they may hear of where they ask for it, and what goes by a number that they say.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from hotline.community.model import Community
from hotline.engine.answers import Heard
from hotline.flows.everyone.menu import menu
from hotline.flows.sharing.circles.join import circles
from hotline.flows.sharing.gatherings.listed import days
from hotline.flows.sharing.gifts.about import ONE
from hotline.flows.sharing.gifts.listed import gifts
from hotline.flows.sharing.loans.borrow import borrow
from hotline.model.circles import Circle
from hotline.model.facts import Circled, Hosted, Lent, Shared
from hotline.model.gifts import GiftAsk
from hotline.model.needs import Need, Status, is_code
from hotline.model.people import Person
from hotline.storage import Transaction

MOST_GIFTS = 30  # that one caller can hear of
MOST_DAYS = 30  # that one caller can hear of
MOST_TOOLS = 200  # that are looked through for what somebody asks for

Coded = Mapping[str, Sequence[int]]
"""The numbers that were said, by the tables in which something has, or had, them."""


class Sharing(NamedTuple):
    """What is theirs of each kind, and what there is."""

    gifts: Shared
    tools: Lent
    days: Hosted
    circles: Circled

    def has_since(self, need: Need) -> bool:
        """Whether the number that a request had is that of something that neighbors share by now."""
        said = (self.gifts.said, self.tools.said, self.days.said, self.circles.said)
        newer = [(each.code, each.created_at) for each in said if each]
        asked = (self.gifts.said_ask, self.tools.said_loan)
        newer += [(each.code, each.asked_at) for each in asked if each and not each.need]
        return any(code == need.code and at > need.created_at for code, at in newer)


def load_shared(
    tx: Transaction, me: Person, heard: Heard, community: Community, now: float, named: Iterable[Need]
) -> Sharing:
    """What they may promise, ask for or end is locked. `named` are the requests whose numbers were said."""
    has, coded = community.sharing, _coded(tx, me, heard, community, named)
    return Sharing(
        _gifts(tx, me, heard, community, coded, now) if has.offers else Shared(),
        _tools(tx, me, heard, community, coded) if has.tools else Lent(),
        _days(tx, me, heard, coded, now) if has.days else Hosted(),
        _circles(tx, me, coded) if has.circles else Circled(),
    )


def names_of(tx: Transaction, people: Iterable[str]) -> dict[str, str]:
    return {phone: tx.people.name_of(phone) for phone in people}


def _coded(tx: Transaction, me: Person, heard: Heard, community: Community, named: Iterable[Need]) -> Coded:
    """Asked once for all kinds, and not of the number of a request that is not over: nothing else has it, but for what
    became that request."""
    found: dict[str, list[int]] = defaultdict(list)
    has = community.sharing
    if has.offers or has.tools or has.days or has.circles:
        alone = {int(need.code) for need in named if need.active and not (need.gift or need.loan)}
        said = dict.fromkeys((*filter(is_code, heard.numbers), *_spoken_of(me), *_typed(heard, me)))
        for code in (each for each in said if each not in alone):
            for kind in tx.codes.tables(code):
                found[kind].append(code)
    return found


def _spoken_of(me: Person) -> tuple[int, ...]:
    """The number of the offer that is being spoken of."""
    one = me.session.answers.get(ONE, "")
    return (int(one),) if me.session.waiting and one.isdecimal() else ()


def _typed(heard: Heard, me: Person) -> tuple[int, ...]:
    """The number of a circle that is typed in a call, to join it."""
    typed = heard.keys.rstrip("#")
    asked = (me.session.flow, me.session.step) == (circles.name, "code")
    return (int(typed),) if asked and typed.isdecimal() else ()


# --- Gifts.


def _gifts(tx: Transaction, me: Person, heard: Heard, community: Community, coded: Coded, now: float) -> Shared:
    said = next((gift for code in coded["gifts"] if (gift := tx.gifts.of_code(code)) and gift.listed), None)
    own = tx.gifts.of(me.phone) if "gifts" in me.has else ()
    if tx.gifts.lock(sorted({gift.number for gift in (*own, *((said,) if said else ()))})):
        own, said = tx.gifts.of(me.phone) if own else (), tx.gifts.get(said.number) if said else None
    asks = tuple(ask for ask in map(partial(_as_named, tx), tx.gifts.asks_to(me.phone) if own else ()) if ask)
    drafts = [gift for gift in own if not gift.listed]
    there = tx.gifts.there(now, MOST_GIFTS) if _hears_of_gifts(heard, me) else ()
    near = set(community.rings(me.area)) if me.area else set()
    return Shared(
        mine=tuple(gift for gift in own if gift.listed),
        draft=drafts[-1] if drafts else None,
        to_answer=asks,
        waits=tx.gifts.asks_by(me.phone) if "gift_asks" in me.has else (),
        there=tuple(
            sorted(
                (gift for gift in there if not gift.is_of(me.phone) and not gift.full),
                key=lambda gift: gift.area not in near,
            )
        ),
        named={ask.code: ask for ask in asks if ask.named},
        said=said,
        said_ask=next((ask for code in coded["gift_asks"] if (ask := tx.gifts.ask_of_code(code))), None),
    )


def _as_named(tx: Transaction, ask: GiftAsk) -> GiftAsk | None:
    """An open request that was named goes by its own number; one that is not open any more is nobody's question."""
    if not ask.named:
        return ask
    need = tx.needs.get(ask.need)
    return ask.but(code=need.code) if need and need.status is Status.OPEN else None


def _hears_of_gifts(heard: Heard, me: Person) -> bool:
    """Whether they may hear what there is: they ask for it, or for the menu, or call."""
    asks = heard.command == "offers" or "menu" in heard.names
    return asks or not heard.words or me.session.flow in (gifts.name, menu.name)


# --- Tools.


def _tools(tx: Transaction, me: Person, heard: Heard, community: Community, coded: Coded) -> Lent:
    said = next((tool for code in coded["tools"] if (tool := tx.loans.tool_of_code(code)) and tool.listed), None)
    said_loan = next((loan for code in coded["loans"] if (loan := tx.loans.of_code(code))), None)
    own = tx.loans.tools_of(me.phone) if "tools" in me.has else ()
    borrowed = tx.loans.by(me.phone) if "loans" in me.has else ()
    to_others = tx.loans.from_(me.phone) if "lent" in me.has else ()
    about = {*(each.number for each in (*own, *filter(None, (said,)))), *(each.tool.number for each in borrowed)}
    about |= {each.tool.number for each in (*to_others, *filter(None, (said_loan,)))}
    if tx.loans.lock(sorted(about)):
        own, said = tx.loans.tools_of(me.phone) if own else (), tx.loans.tool(said.number) if said else None
        borrowed = tx.loans.by(me.phone) if borrowed else ()
        to_others = tx.loans.from_(me.phone) if to_others else ()
        said_loan = tx.loans.get(said_loan.number) if said_loan else None
    drafts = [tool for tool in own if not tool.listed]
    there = tx.loans.there(MOST_TOOLS) if _hears_of_tools(heard, me) else ()
    near = set(community.rings(me.area)) if me.area else set()
    return Lent(
        mine=tuple(tool for tool in own if tool.listed),
        draft=drafts[-1] if drafts else None,
        borrowed=borrowed,
        to_others=to_others,
        there=tuple(sorted((t for t in there if not t.is_of(me.phone)), key=lambda tool: tool.area not in near)),
        said=said,
        said_loan=said_loan,
    )


def _hears_of_tools(heard: Heard, me: Person) -> bool:
    """Whether they may hear what is lent: they ask for something, or for the menu, or call."""
    asks = heard.command == "borrow" or heard.lending or "menu" in heard.names
    return bool(asks) or not heard.words or me.session.flow in (borrow.name, menu.name)


# --- Days together.


def _days(tx: Transaction, me: Person, heard: Heard, coded: Coded, now: float) -> Hosted:
    """Where they may have a place, or that may end, is locked."""
    said = next((each for code in coded["gatherings"] if (each := tx.gatherings.of_code(code)) and each.listed), None)
    own = tx.gatherings.of(me.phone) if "gatherings" in me.has else ()
    comes_to = tx.gatherings.by(me.phone) if "guests" in me.has else ()
    about = {*(each.number for each in (*own, *filter(None, (said,)))), *(each.gathering.number for each in comes_to)}
    if tx.gatherings.lock(sorted(about)):
        own, said = tx.gatherings.of(me.phone) if own else (), tx.gatherings.get(said.number) if said else None
        comes_to = tx.gatherings.by(me.phone) if comes_to else ()
    drafts, mine = [each for each in own if not each.listed], tuple(each for each in own if each.listed)
    there = tx.gatherings.there(now, MOST_DAYS) if _hears_of_days(heard, me) else ()
    guests = tuple(guest for each in mine for guest in tx.gatherings.guests(each.number))
    not_to = tx.gatherings.turned_away_from(me.phone) if said or there else frozenset()
    return Hosted(
        mine=mine,
        draft=drafts[-1] if drafts else None,
        guests=guests,
        comes_to=comes_to,
        there=tuple(each for each in there if not each.is_of(me.phone) and each.number not in not_to),
        said=said,
        names=names_of(tx, {guest.guest for guest in guests}),
        not_to=not_to,
    )


def _hears_of_days(heard: Heard, me: Person) -> bool:
    """Whether they may hear to what others invite: they ask for it, or for the menu, or call."""
    asks = heard.command == "days" or "menu" in heard.names
    return asks or not heard.words or me.session.flow in (days.name, menu.name)


# --- Circles.


def _circles(tx: Transaction, me: Person, coded: Coded) -> Circled:
    """In which they are, and the one whose number was said."""
    said = next((each for code in coded["circles"] if (each := tx.circles.of_code(code)) and each.listed), None)
    own, mine = _circles_of(tx, me)
    if tx.circles.lock(sorted({each.number for each in (*own, *mine, *filter(None, (said,)))})):
        (own, mine), said = _circles_of(tx, me), tx.circles.get(said.number) if said else None
    drafts = [each for each in own if not each.listed]
    people = {each.phone for circle in (*mine, *filter(None, (said,))) for each in circle.members} - {""}
    return Circled(mine=mine, draft=drafts[-1] if drafts else None, said=said, names=names_of(tx, people))


def _circles_of(tx: Transaction, me: Person) -> tuple[tuple[Circle, ...], tuple[Circle, ...]]:
    """Which they organize, and in which they are."""
    own = tx.circles.of(me.phone) if "circles" in me.has else ()
    return own, tx.circles.with_(me.phone) if "circle_members" in me.has else ()
