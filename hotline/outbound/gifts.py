"""News about gifts, which neighbors offer: who hears what when somebody asks, and when something is over. Inside
transactions.

Whoever asked hears the end once, whatever ends it. A no of the giver's is told to nobody: for who asked it is as if the
giver said nothing.
"""

from collections.abc import Sequence
from dataclasses import replace

from hotline.community.model import Community
from hotline.dispatch import gifts as dispatch
from hotline.engine.session import Values
from hotline.flows.about_needs import story
from hotline.flows.sharing.gifts.about import told
from hotline.model import effects
from hotline.model.gifts import Answer, Gift, GiftAsk
from hotline.model.needs import Need, Status
from hotline.outbound.sharing import BY_TIME, EMPTY, FORM_WAITS, LEFT, NEVER_SENT, reaches, tell
from hotline.storage import Transaction

MOST_LOOKED_AT = 30  # offers, or open requests, that are looked through for one that fits
MOST_GIVERS = 3  # who hear of one open request
OF_A_GIFT = ("words", "recording", "inside", "what", "area", "portions", "standing", "until", "lasts")


class GiftNews:
    """What happens to the gifts of one community."""

    def __init__(self, community: Community) -> None:
        self._community = community

    def carry_out(self, tx: Transaction, effect: effects.Effect, phone: str, now: float) -> None:
        """What the person with this number asks for, but for a yes: that makes a request they have (`promised`)."""
        match effect:
            case effects.BeginGift(words):
                tx.gifts.begin(phone, words, now, now + FORM_WAITS)
            case effects.ListGift(number):
                offered = replace(Gift(number, phone), **{name: getattr(effect, name) for name in OF_A_GIFT})
                if tx.gifts.list(offered, dispatch.check_at(offered, now)) and (listed := tx.gifts.get(number)):
                    self.name_needs(tx, listed, now)
            case effects.AskForGift(number):
                self.asked(tx, number, phone, now)
            case effects.RefuseGift(number):
                if ask := tx.gifts.ask_number(number):
                    tx.gifts.refuse(ask)
            case effects.TakeBackAsk(number):
                if ask := tx.gifts.ask_number(number):
                    self.taken_back(tx, ask, now)
            case effects.KeepGift(number):
                if gift := tx.gifts.get(number):
                    self._keep_on(tx, gift, now)
            case effects.EndGift(number):
                if gift := tx.gifts.get(number):
                    self.ended(tx, gift, EMPTY, now)

    def asked(self, tx: Transaction, number: int, phone: str, now: float) -> None:
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

    def promised(self, tx: Transaction, number: int, now: float) -> int:
        """The giver says yes: it is a request that they have. Its row; 0 where it was named, and is taken as one."""
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

    def taken_back(self, tx: Transaction, ask: GiftAsk, now: float) -> None:
        """Whoever asked does not want it any more; a giver who was asked hears so."""
        was_asked = ask.waits and not ask.named
        done = tx.gifts.answer(ask, Answer.TAKEN_BACK, now) if ask.waits else tx.gifts.end_refused(ask, now)
        if done and was_asked:
            tell(tx, ask.gift.giver, "news.offer_unasked", {**told(ask.gift), "number": ask.code}, now)

    def came_to_nothing(self, tx: Transaction, ask: GiftAsk, now: float) -> None:
        """Nobody said yes in time, or it is over: whoever asked hears so, once."""
        if ask.named:
            tx.gifts.answer(ask, Answer.OVER, now)
            return
        done = tx.gifts.answer(ask, Answer.OVER, now) if ask.waits else tx.gifts.end_refused(ask, now)
        if done:
            tell(tx, ask.asker, "news.offer_over", told(ask.gift), now)

    def ended(self, tx: Transaction, gift: Gift, why: str, now: float) -> None:
        """It is over. Who waits hears so; so does who has a yes, unless it ended by time alone: promises hold."""
        if not tx.gifts.end(gift.number, why, now):
            return
        for ask in tx.gifts.asks_for(gift.number):
            if ask.answer in (Answer.WAITS, Answer.NO):
                self.came_to_nothing(tx, ask, now)
            elif ask.answer is Answer.YES and why != BY_TIME:
                self._called_off(tx, ask, gift, now)

    def _called_off(self, tx: Transaction, ask: GiftAsk, gift: Gift, now: float) -> None:
        """Somebody may be on the way: they hear at once that there is nothing any more. A request that was named goes
        on without this giver, who gives it back like any other."""
        need = tx.needs.get(ask.need) if ask.need else None
        if need and need.gift == gift.number and need.status is Status.TAKEN:
            tx.needs.withdraw(need.number, now)
            tell(tx, ask.asker, "news.offer_off", {**told(gift), "number": need.code}, now)

    def left(self, tx: Transaction, phone: str, now: float, *, asks_too: bool) -> None:
        """A person leaves: what they have to give is over, and with `asks_too` what they asked for."""
        for gift in tx.gifts.of(phone):
            self.ended(tx, gift, LEFT if gift.listed else NEVER_SENT, now)
        for ask in tx.gifts.asks_by(phone) if asks_too else ():
            self.taken_back(tx, ask, now)

    def looked_after(self, tx: Transaction, gift: Gift, now: float) -> dispatch.NextOfGift:
        """What is due about a gift is done, but for the question whether it is still there: whoever calls puts it."""
        if not gift.listed:
            tx.gifts.end(gift.number, NEVER_SENT, now)
            return dispatch.NextOfGift.NOTHING
        step = dispatch.due(gift, reached=reaches(tx, gift.giver, self._community), now=now)
        values: Values = {**told(gift), "day": (gift.last_day(self._community.rules.timezone),)}
        match step.next:
            case dispatch.NextOfGift.GONE:
                self.ended(tx, gift, LEFT, now)
            case dispatch.NextOfGift.END:
                self.ended(tx, gift, BY_TIME, now)
                tell(tx, gift.giver, "news.offer_ended", values, now)
            case dispatch.NextOfGift.DAY | dispatch.NextOfGift.WEEK:
                tx.gifts.check(gift.number, step.check_at, step.told)
                tell(tx, gift.giver, "news.offer_ends", values, now)
            case _:
                tx.gifts.check(gift.number, step.check_at, step.told)
        return step.next

    def _keep_on(self, tx: Transaction, gift: Gift, now: float) -> None:
        again = gift.but(until=gift.kept_until(now, self._community.rules.timezone), told=0)
        tx.gifts.keep_on(gift.number, again.until, dispatch.check_at(again, now))

    # --- Open requests that a gift may answer.

    def name_needs(self, tx: Transaction, gift: Gift, now: float) -> None:
        """Open requests are named to a giver who has just offered something."""
        needs = tx.gifts.may_answer(gift, MOST_LOOKED_AT)
        self._name(tx, gift, needs, now)

    def name_to_givers(self, tx: Transaction, need: Need, now: float) -> None:
        """A new request is named to those who may have what it is for."""
        if not self._community.sharing.offers:
            return
        fitting = (gift for gift in tx.gifts.that_may_answer(need, now, MOST_LOOKED_AT) if dispatch.answers(gift, need))
        told_of = 0
        for gift in fitting:
            told_of += self._name(tx, gift, [need], now)
            if told_of == MOST_GIVERS:
                return

    def _name(self, tx: Transaction, gift: Gift, needs: Sequence[Need], now: float) -> int:
        if not reaches(tx, gift.giver, self._community):
            return 0
        asks = [ask for ask in tx.gifts.asks_to(gift.giver) if ask.named and ask.gift.number == gift.number]
        named = [need for ask in asks if (need := tx.needs.get(ask.need))]
        found = [
            need
            for need in dispatch.to_name(gift, needs, named, self._community.rings(gift.area))
            if self._is_new(tx, gift, need)
        ]
        for need in found:
            tx.gifts.name_need(gift.number, need, now)
            values: Values = {**story(need), "gift": gift.called}
            tell(tx, gift.giver, "news.offer_fits", values, now, need.number)
        return len(found)

    def _is_new(self, tx: Transaction, gift: Gift, need: Need) -> bool:
        """Whether its giver has not heard of it: no volunteer is asked twice, and no no is asked again."""
        gives = tx.volunteers.get(gift.giver)
        asked_anyway = gives and gives.status == "active" and need.what in gives.needs and need.area in gives.areas
        heard_of = tx.gifts.named_to(need.number, gift.giver)
        return not (asked_anyway or heard_of or tx.gifts.has_refused(gift.number, need.neighbor))
