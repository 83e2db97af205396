"""Daily rings inside transactions: who is rung now, what the end of a call means, and who hears of rings that were not
made."""

from datetime import tzinfo

from hotline.community.model import Community
from hotline.dispatch import daily_rings as dispatch
from hotline.dispatch.daily_rings import Next
from hotline.engine.session import Prompt, Values
from hotline.model import calendar, effects, phone_numbers
from hotline.model.daily_rings import Came, DailyRing
from hotline.outbound import notify_coordinators
from hotline.outbound.companions import Companions
from hotline.outbound.safety_rings import SafetyRings
from hotline.outbound.sharing import reaches
from hotline.storage import Transaction

MOST_NAMED = 3  # in a text to coordinators; the board has them all
SEEN_AFTER = 3  # rings in a row that nobody answered
WHY = "daily_silent"


def is_waited_for(tx: Transaction, phone: str) -> bool:
    """Whether they are being rung at their hour, or others look for them."""
    ring = tx.daily_rings.of(phone)
    return ring is not None and (bool(ring.rings) or tx.safety.alarm(phone) is not None)


class DailyRings:
    """The daily rings of one community. Whoever calls these has locked the person."""

    def __init__(self, community: Community) -> None:
        self._community, self.safety = community, SafetyRings(community)
        self.company = Companions(community)

    def carry_out(self, tx: Transaction, effect: effects.Effect, phone: str, now: float) -> None:
        """What the person with this number asks for, or was heard to do."""
        match effect:
            case effects.RingDaily(hour):
                self.begin(tx, phone, hour, now)
            case effects.NoRingUntil(until):
                self.no_ring_until(tx, phone, until, now)
            case effects.IsWell(came):
                self.heard(tx, phone, came, now)
            case effects.EndDailyRing():
                self.end(tx, phone, now)
            case _:
                self.company.carry_out(tx, effect, phone, now)
                self.safety.carry_out(tx, effect, phone, now)

    def left(self, tx: Transaction, phone: str, now: float, *, asks_too: bool) -> None:
        """They leave: whoever only gives no longer is rung on, and looks after others, but rings nobody."""
        self.company.left(tx, phone, now)
        if asks_too:
            self.end(tx, phone, now)
            self.safety.left(tx, phone, now)

    def end(self, tx: Transaction, phone: str, now: float) -> None:
        """They are rung no more, and who looked after them hears so."""
        self.safety.only_for_company(tx, phone, now)
        self.company.ended(tx, phone, now)
        tx.daily_rings.end(phone)

    def begin(self, tx: Transaction, phone: str, hour: str, now: float) -> None:
        """They are rung each day at that hour, from the next time on that the clocks show it."""
        ring, where = tx.daily_rings.of(phone), self._where(tx, phone)
        made = dispatch.moved(ring, hour, now, where) if ring else dispatch.begun(phone, hour, now, where)
        tx.daily_rings.keep(made, now)

    def no_ring_until(self, tx: Transaction, phone: str, until: float, now: float) -> None:
        if ring := tx.daily_rings.of(phone):
            tx.daily_rings.keep(dispatch.gone(ring, until, now, self._where(tx, phone)), now)

    def heard(self, tx: Transaction, phone: str, came: Came, now: float) -> None:
        """They pressed a key, texted or called: that ends an alarm as well."""
        self.safety.over(tx, phone, phone, now)
        if ring := tx.daily_rings.of(phone):
            tx.daily_rings.keep(dispatch.answered(ring, came, now, self._where(tx, phone)), now)

    def call_ended(self, tx: Transaction, phone: str, how: str, now: float) -> None:
        """A call with them is over; `how` is the carrier's word. The person may not be locked: whoever answers at the
        same moment has answered."""
        ring = tx.daily_rings.of(phone) if self._community.sharing.rings else None
        if ring and ring.rings:
            tx.daily_rings.tried(dispatch.ended(ring, how, now))

    def look_after(self, tx: Transaction, ring: DailyRing, now: float) -> bool:
        """What is due is done; whether coordinators are to hear that it was not made. Who is not reached any more is
        rung no more."""
        if not reaches(tx, ring.phone, self._community):
            self.end(tx, ring.phone, now)
            return False
        companion = "" if ring.rings else self.company.whose_turn(tx, ring, now)
        step = dispatch.due(ring, now, self._where(tx, ring.phone), companion)
        tx.daily_rings.keep(step.ring, now)
        match step.next:
            case Next.COMPANION:
                self.company.ring(tx, step.ring.asked, ring.phone, now)
            case Next.RING:
                tx.calls.want(ring.phone, now, now)
            case Next.ALARM:
                self.safety.raise_alarm(tx, ring.phone, now)
            case Next.ENGAGED:
                told: Values = {"people": self._named(tx, ring.phone, ring.hour)}
                prompt = Prompt("news.ring_engaged", values=told)
                notify_coordinators.notify(tx, self._community, prompt, 0, now, any_hour=True)
        if not ring.safety and ring.silent < step.ring.silent == SEEN_AFTER:
            tx.flags.add_once(WHY, ring.phone, "", 0, now)  # no alarm: it stands among what a person looks at
        return step.next is Next.NOT_MADE

    def tell_not_made(self, tx: Transaction, now: float) -> None:
        """Coordinators hear once which rings were not made: nobody else rings these people. Of those for safety they
        hear at any hour."""
        rings = tx.daily_rings.not_made()
        for safety in (True, False):
            named = [self._named(tx, phone, hour) for so, hour, phone in rings if so is safety]
            told: Values = {"people": ", ".join(named[:MOST_NAMED]), "count": str(len(named))}
            some = "news.rings_not_made" if len(named) <= MOST_NAMED else "news.many_rings_not_made"
            if named:
                prompt = Prompt("news.safety_not_made" if safety else some, values=told)
                notify_coordinators.notify(tx, self._community, prompt, 0, now, any_hour=safety)

    def _named(self, tx: Transaction, phone: str, hour: str) -> str:
        return f"{tx.people.name_of(phone)} ...{phone_numbers.ending(phone)} ({hour})".strip()

    def _where(self, tx: Transaction, phone: str) -> tzinfo:
        """The clock of that person."""
        return calendar.zone(tx.people.reach(phone).timezone, self._community.rules.timezone)
