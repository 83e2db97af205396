"""News about circles: who hears what when somebody joins, gives, leaves or disagrees, and before each turn. Inside
transactions.

What is missing is told to the person alone first, then to who organizes. Who leaves, or is not reached any more, is
told to all once; where that is who organizes, the circle is over.
"""

from dataclasses import replace

from hotline.community.model import Community
from hotline.dispatch import circles as dispatch
from hotline.dispatch.circles import NextOfCircle
from hotline.engine.session import Values
from hotline.flows.sharing.circles.about import listed, name_of, of_dispute, told
from hotline.model import effects
from hotline.model.calendar import DAY
from hotline.model.circles import MOST, Circle, Deed, Member, TurnOrder, lot_words, ordered, words_of
from hotline.outbound.sharing import BY_TIME, EMPTY, FORM_WAITS, LEFT, NEVER_SENT, reaches, tell
from hotline.storage import Transaction

OF_A_CIRCLE = (
    *("words", "share", "cover", "rule", "beat", "order", "newcomers_last", "starts_at"),
    *("recording", "share_recording", "rule_recording"),
)
NO_SWAP = {"swap_from": 0, "swap_to": 0, "swap_agreed": False}


class CircleNews:
    """What happens to the circles of one community."""

    def __init__(self, community: Community) -> None:
        self._community, self._rules = community, community.rules
        self._zone = community.rules.timezone

    def carry_out(self, tx: Transaction, effect: effects.Effect, phone: str, now: float) -> None:
        """What the person with this number asks for."""
        match effect:
            case effects.BeginCircle(words):
                tx.circles.begin(phone, words, now, now + FORM_WAITS)
            case effects.ListCircle(number):
                given = {name: getattr(effect, name) for name in OF_A_CIRCLE}
                self._list(tx, replace(Circle(number, phone), **given), effect.name, now)
            case effects.JoinCircle(number, newcomer, name):
                self.join(tx, number, phone, name, now, newcomer=newcomer)
            case effects.StartCircle(number):
                self.start(tx, number, phone, now)
            case effects.GaveShare(number, not_yet):
                self.gave(tx, number, phone, now, not_yet=not_yet)
            case effects.GotShares(number, givers, missing):
                for giver in givers:
                    self.got(tx, number, phone, giver, now, missing=missing)
            case effects.AskToSwap(number, member):
                self.ask_to_swap(tx, number, phone, member, now)
            case effects.AnswerSwap(number, yes):
                self.answer_swap(tx, number, phone, now, yes=yes)
            case effects.LeaveCircle(number):
                self.leaves(tx, number, phone, now)
            case effects.RefusedInCircle(number, deed):
                if (circle := tx.circles.get(number)) and (me := circle.member(phone)):
                    tx.circles.mark(number, circle.turn, me.number, 0, deed, now)

    def left(self, tx: Transaction, phone: str, now: float, *, asks_too: bool) -> None:
        """A person leaves: what they organize is over, and with `asks_too` they are in none any more."""
        for circle in tx.circles.of(phone):
            self.ended(tx, circle, LEFT if circle.listed else NEVER_SENT, now, by=phone)
        for circle in tx.circles.with_(phone) if asks_too else ():
            self.leaves(tx, circle.number, phone, now)

    # --- Who is in.

    def join(self, tx: Transaction, number: int, phone: str, name: str, now: float, *, newcomer: bool = False) -> None:
        circle = tx.circles.get(number)
        if circle is None or not circle.forming or circle.member(phone) or len(circle.present) >= MOST:
            return
        self._is_called(tx, phone, name, now)
        tx.circles.join(circle, phone, newcomer=newcomer, now=now)
        joined = tx.circles.get(number)
        if joined and not joined.is_of(phone):
            who = {"name": self._called(tx, joined, phone)}
            self._tell(tx, joined, joined.organizer, "news.circle_joined", now, who)

    def leaves(self, tx: Transaction, number: int, phone: str, now: float) -> None:
        """Somebody is not in it any more; with who organizes it, it is over."""
        circle = tx.circles.get(number)
        if circle and circle.live and circle.is_of(phone):
            self.ended(tx, circle, LEFT, now, by=phone)
        elif circle and circle.live and (member := circle.member(phone)):
            self._without(tx, circle, member, now)

    def _without(self, tx: Transaction, circle: Circle, member: Member, now: float) -> None:
        """All others hear once that somebody is not in it any more, and whether that was after their turn."""
        had, was_theirs = member in circle.had_a_turn, member.place == circle.turn
        left = dispatch.without(circle, member, now)
        tx.circles.place(circle, left)
        if circle.begun and was_theirs and not had:
            left = left.but(told=0)  # who moves up is told, and all others
        self._keep(tx, left, now)
        for each in left.present:
            key = "news.circle_left_after" if had else "news.circle_left"
            self._tell(tx, left, each.phone, key, now, {"name": name_of(member, self._names(tx, circle))})
        if left.begun and (len(left.present) < 2 or left.turn > left.turns):
            self.ended(tx, left, EMPTY, now)

    def ended(self, tx: Transaction, circle: Circle, why: str, now: float, by: str = "") -> None:
        """It is over: all hear so once, and who had a turn; but for who ends it."""
        there, names = circle.present, self._names(tx, circle)
        if not tx.circles.end(circle.number, why, now) or not circle.listed:
            return
        done = circle.begun and circle.turn >= circle.turns and not circle.missing(circle.turn)
        key = "news.circle_over" if done else "news.circle_ends" if circle.begun else "news.circle_off"
        had = {"names": listed(circle.had_a_turn, names) or ("no_one_yet",)}
        for each in there:
            if not by or each.phone != by:
                self._tell(tx, circle, each.phone, key, now, had)

    # --- It begins.

    def start(self, tx: Transaction, number: int, phone: str, now: float) -> None:
        """The order is made, once; by lot with words that are kept, so that anybody can make it again."""
        circle = tx.circles.get(number)
        if circle is None or not circle.forming or not circle.is_of(phone) or len(circle.present) < 2:
            return
        seed = words_of(f"{circle.number} {now!r}") if circle.order is TurnOrder.LOT else ""
        order = {each.number: place for place, each in enumerate(ordered(circle, seed), 1)}
        placed = tuple(each.but(place=order.get(each.number, 0)) for each in circle.members)
        begun = circle.but(members=placed, seed=seed, turn=1, told=0)
        tx.circles.place(circle, begun)
        tx.circles.mark(number, 1, 0, 0, Deed.DRAWN, now)
        self._keep(tx, begun, now)
        for each in begun.present:
            key = "news.circle_drawn" if seed else "news.circle_begins"
            self._tell(tx, begun, each.phone, key, now, {"words": lot_words(begun)})

    # --- Shares.

    def gave(self, tx: Transaction, number: int, phone: str, now: float, *, not_yet: bool = False) -> None:
        """A giver's word. Whose turn it is hears so, and is asked for theirs."""
        circle = tx.circles.get(number)
        me = circle.member(phone) if circle and circle.running else None
        if circle is None or me is None:
            return
        if not_yet:
            self._take_back(tx, circle, me, now)
            return
        turn = circle.open_turn_of(me)
        taker = circle.taker(turn) if turn and not circle.rests else None
        if taker:
            tx.circles.mark(number, turn, me.number, taker.number, Deed.PAID, now)
            name = self._called(tx, circle, phone)
            self._tell(tx, circle, taker.phone, "news.circle_gave", now, {"name": name}, turn=turn)

    def _take_back(self, tx: Transaction, circle: Circle, me: Member, now: float) -> None:
        """Not given after all: the two agree again."""
        dispute = circle.dispute
        if dispute and dispute[1].number == me.number:
            turn, _, taker, _ = dispute
            tx.circles.mark(circle.number, turn, me.number, taker.number, Deed.TAKEN_BACK, now)
            self._goes_on(tx, circle.number, now)

    def got(self, tx: Transaction, number: int, phone: str, giver: int, now: float, *, missing: bool = False) -> None:
        """The word of who has the turn. With `missing` the circle rests, and the record is read to both."""
        circle = tx.circles.get(number)
        me = circle.member(phone) if circle and circle.running else None
        one = circle.numbered(giver) if circle else None
        if circle is None or me is None or one is None or not 0 < me.place <= circle.turn or one is me:
            return
        stands = circle.stands(one, me.place)
        if stands is Deed.RECEIVED or (missing and stands is not Deed.PAID) or one not in circle.givers(me.place):
            return
        deed = Deed.NOT_RECEIVED if missing else Deed.RECEIVED
        tx.circles.mark(number, me.place, me.number, one.number, deed, now)
        if missing:
            self._rests(tx, number, now)
        else:
            name = self._called(tx, circle, phone)
            self._tell(tx, circle, one.phone, "news.circle_got", now, {"name": name}, turn=me.place)
            if stands is Deed.NOT_RECEIVED:
                self._goes_on(tx, number, now)
            self._over_if_done(tx, number, now)

    def _rests(self, tx: Transaction, number: int, now: float) -> None:
        circle = tx.circles.get(number)
        if circle is None or circle.dispute is None:
            return
        self._keep(tx, circle, now)
        _, giver, taker, _ = circle.dispute
        for phone in dict.fromkeys((giver.phone, taker.phone, circle.organizer)):
            if reaches(tx, phone, self._community):
                tell(tx, phone, "news.circle_rests", of_dispute(circle, self._names(tx, circle), self._zone), now)

    def _goes_on(self, tx: Transaction, number: int, now: float) -> None:
        """No two say different things any more. Turns that fell into the rest are later, by whole beats."""
        circle = tx.circles.get(number)
        if circle is None or circle.rests:
            return
        shifted = dispatch.shifted(circle, now, self._rules)
        self._keep(tx, shifted, now)
        past = shifted.turn_at(shifted.turn, self._zone) < now
        ahead = min(shifted.turns, shifted.turn + 1) if past else shifted.turn
        for each in shifted.present:
            self._tell(tx, shifted, each.phone, "news.circle_goes_on", now, turn=ahead)

    def _over_if_done(self, tx: Transaction, number: int, now: float) -> None:
        circle = tx.circles.get(number)
        if circle is None or not circle.running or circle.rests:
            return
        if circle.turn < circle.turns:
            self._keep(tx, circle, now)
        elif not any(circle.missing(turn) for turn in range(1, circle.turns + 1)):
            self.ended(tx, circle, BY_TIME, now)

    # --- Swaps.

    def ask_to_swap(self, tx: Transaction, number: int, phone: str, member: int, now: float) -> None:
        circle = tx.circles.get(number)
        me, other = (circle.member(phone), circle.numbered(member)) if circle else (None, None)
        if circle is None or me is None or other is None or me.number == other.number or circle.swap:
            return
        if circle.running and not circle.rests and circle.is_ahead(me) and circle.is_ahead(other):
            asked = circle.but(swap_from=me.number, swap_to=other.number, swap_agreed=False)
            self._keep(tx, asked, now)
            name = self._called(tx, asked, phone)
            self._tell(tx, asked, other.phone, "news.circle_swap", now, {"name": name}, turn=me.place)

    def answer_swap(self, tx: Transaction, number: int, phone: str, now: float, *, yes: bool) -> None:
        """First the other's yes, then that of who organizes; theirs is one where they are one of the two."""
        circle = tx.circles.get(number)
        if circle is None or circle.swap is None or not circle.asked_to_swap(phone):
            return
        one, other = circle.swap
        if not yes:
            self._keep(tx, circle.but(**NO_SWAP), now)
            for each in (one, other):
                self._tell(tx, circle, each.phone, "news.circle_no_swap", now)
        elif circle.swap_agreed or circle.is_of(one.phone) or circle.is_of(other.phone):
            self._swap(tx, circle, one, other, now)
        else:
            self._keep(tx, circle.but(swap_agreed=True), now)
            names = self._names(tx, circle)
            both: Values = {"name": name_of(one, names), "other": name_of(other, names)}
            self._tell(tx, circle, circle.organizer, "news.circle_swap_sure", now, both)

    def _swap(self, tx: Transaction, circle: Circle, one: Member, other: Member, now: float) -> None:
        places = {one.number: other.place, other.number: one.place}
        members = tuple(each.but(place=places.get(each.number, each.place)) for each in circle.members)
        swapped = circle.but(members=members, **NO_SWAP)
        tx.circles.place(circle, swapped)
        tx.circles.mark(circle.number, circle.turn, one.number, other.number, Deed.SWAPPED, now)
        self._keep(tx, swapped, now)
        for each in swapped.present:
            self._tell(tx, swapped, each.phone, "news.circle_swapped", now)

    # --- By time.

    def look_after(self, tx: Transaction, circle: Circle, now: float) -> NextOfCircle:
        """What is due is done, but for the question to who organizes whether it begins: that is returned to be put."""
        if not circle.listed:
            tx.circles.end(circle.number, NEVER_SENT, now)
            return NextOfCircle.NOTHING
        there = self._with_those_reached(tx, circle, now)
        if there is None:
            return NextOfCircle.NOTHING
        step = dispatch.due(there, now, self._rules)
        after = there.but(told=step.told)
        tx.circles.keep(after, step.check_at)
        self._take(tx, after, step.next, now)
        return step.next

    def _with_those_reached(self, tx: Transaction, circle: Circle, now: float) -> Circle | None:
        """Who hears from us no more is not in it any more: all others are told once. None where it is over by that."""
        if not reaches(tx, circle.organizer, self._community):
            self.ended(tx, circle, LEFT, now)
            return None
        for each in circle.present:
            if each.ended_at is not None or not reaches(tx, each.phone, self._community):
                current = tx.circles.get(circle.number)
                if current and current.live and (member := current.numbered(each.number)):
                    self._without(tx, current, member, now)
        current = tx.circles.get(circle.number)
        return current if current and current.live else None

    def _take(self, tx: Transaction, circle: Circle, step: NextOfCircle, now: float) -> None:
        match step:
            case NextOfCircle.UNANSWERED:
                self._put_off(tx, circle, now)
            case NextOfCircle.REMIND:
                self._remind(tx, circle, now)
            case NextOfCircle.MISSING:
                self._ask_alone(tx, circle, now)
            case NextOfCircle.TELL:
                self._tell_organizer(tx, circle, now)
            case NextOfCircle.SILENT:
                self._tell_all(tx, circle, now)
            case NextOfCircle.NEXT_TURN:
                self._keep(tx, circle.but(turn=circle.turn + 1, told=0), now)
            case NextOfCircle.OVER:
                self.ended(tx, circle, BY_TIME, now)

    def _put_off(self, tx: Transaction, circle: Circle, now: float) -> None:
        """Who organizes did not say that it begins: all hear so, and it is asked again a week later."""
        later = dispatch.put_off(circle, self._rules)
        if later is None:
            self.ended(tx, circle, BY_TIME, now)
            return
        tx.circles.mark(circle.number, 0, 0, 0, Deed.PUT_OFF, now)
        self._keep(tx, later, now)
        for each in later.present:
            if not later.is_of(each.phone):
                self._tell(tx, later, each.phone, "news.circle_put_off", now)

    def _remind(self, tx: Transaction, circle: Circle, now: float) -> None:
        taker = circle.taker()
        for each in circle.present:
            if taker and each.number == taker.number:
                self._tell(tx, circle, each.phone, "news.circle_yours", now)
            elif circle.stands(each, circle.turn) is None:
                self._tell(tx, circle, each.phone, "news.circle_turn", now)

    def _ask_alone(self, tx: Transaction, circle: Circle, now: float) -> None:
        """Each hears only what is theirs to say."""
        names = self._names(tx, circle)
        taker, said = circle.taker(), circle.unconfirmed(circle.turn)
        for each in circle.unsaid(circle.turn):
            other = name_of(taker if circle.is_of(each.phone) else circle.member(circle.organizer), names)
            self._tell(tx, circle, each.phone, "news.circle_missing", now, {"who": other})
        if taker and taker.is_in and said:
            self._tell(tx, circle, taker.phone, "news.circle_gave", now, {"name": listed(said, names)})

    def _tell_organizer(self, tx: Transaction, circle: Circle, now: float) -> None:
        if missing := circle.missing(circle.turn):
            names = {"names": listed(missing, self._names(tx, circle))}
            self._tell(tx, circle, circle.organizer, "news.circle_look", now, names)

    def _tell_all(self, tx: Transaction, circle: Circle, now: float) -> None:
        """Who organizes was told, and has said nothing to us since: that is no secret among those who trust them."""
        since = now - (dispatch.SILENT_AFTER - dispatch.TELL_AFTER) * DAY
        if circle.missing(circle.turn) and tx.people.reach(circle.organizer).heard_at < since:
            for each in circle.present:
                if not circle.is_of(each.phone):
                    self._tell(tx, circle, each.phone, "news.circle_silent", now)

    # --- Small parts.

    def _list(self, tx: Transaction, circle: Circle, name: str, now: float) -> None:
        if tx.circles.list(circle, dispatch.due(circle, now, self._rules).check_at):
            self._is_called(tx, circle.organizer, name, now)
            tx.circles.join(circle, circle.organizer, newcomer=False, now=now)

    def _keep(self, tx: Transaction, circle: Circle, now: float) -> None:
        """Where it stands, and when it is looked after again."""
        due = dispatch.due(circle, now, self._rules)
        tx.circles.keep(circle, now if due.next is not NextOfCircle.NOTHING else due.check_at)

    def _is_called(self, tx: Transaction, phone: str, name: str, now: float) -> None:
        if name and not tx.people.name_of(phone):
            tx.people.introduce(phone, name, "", now)

    def _called(self, tx: Transaction, circle: Circle, phone: str) -> tuple[str, ...]:
        return name_of(circle.member(phone), {phone: tx.people.name_of(phone)})

    def _names(self, tx: Transaction, circle: Circle) -> dict[str, str]:
        return {each.phone: tx.people.name_of(each.phone) for each in circle.members if each.phone}

    def _tell(
        self,
        tx: Transaction,
        circle: Circle,
        phone: str,
        key: str,
        now: float,
        more: Values | None = None,
        turn: int = 0,
    ) -> None:
        """Nothing is put for whoever is not reached any more."""
        if reaches(tx, phone, self._community):
            tell(tx, phone, key, {**told(circle, self._names(tx, circle), self._zone, turn), **(more or {})}, now)
