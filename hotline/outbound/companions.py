"""Companions inside transactions: volunteers who ring somebody at the hour of their daily ring, before the machine.

What somebody is rung for stays with the machine: a volunteer who says nothing, not today, or reaches nobody changes
nothing but the minutes of their turn. Whoever is rung is locked by whoever calls; between the two all is one statement.
"""

from datetime import tzinfo

from hotline.community.model import Community
from hotline.dispatch.quiet_hours import is_awake
from hotline.engine.session import Values
from hotline.model import calendar, effects
from hotline.model.calls import COMPANY, Ring
from hotline.model.companions import MOST_MISSED, Companion, Company
from hotline.model.daily_rings import DailyRing
from hotline.model.people import Person
from hotline.model.rounds import Consent
from hotline.outbound.sharing import is_reached, tell
from hotline.storage import Transaction

LOOKED_AT = 20  # volunteers who ring nobody yet, of whom one is named


class Companions:
    """The companions of one community."""

    def __init__(self, community: Community) -> None:
        self._community = community

    def of(self, tx: Transaction, me: Person, ring: DailyRing | None, now: float) -> Company:
        """All in which this person has a part: what a volunteer offered, and who rings, or would ring, who is rung."""
        mine = tx.companions.of(me.phone) if me.volunteer else None
        theirs = tx.companions.who_rings(me.phone) if ring else None
        offered = self._would_ring(tx, ring, now) if ring and theirs is None else None
        theirs_at = tx.daily_rings.of(mine.other) if mine and mine.other else None
        known = (each.volunteer for each in (theirs, offered) if each)
        people = dict.fromkeys((*known, *((mine.other,) if mine and mine.other else ())))
        names = tuple((phone, tx.people.name_of(phone)) for phone in people)
        return Company(mine, theirs, offered, theirs_at.hour if theirs_at else "", names)

    def carry_out(self, tx: Transaction, effect: effects.Effect, phone: str, now: float) -> None:
        """What the person with this number says."""
        match effect:
            case effects.RingsNeighbors(most):
                tx.companions.offer(phone, most, now)
            case effects.RingsNobody():
                self.left(tx, phone, now)
            case effects.WantsCompany(consent, volunteer, name):
                if name:
                    tx.people.introduce(phone, name, "", now)
                tx.daily_rings.consent(phone, consent)
                if consent is Consent.YES and volunteer:
                    self._join(tx, phone, volunteer, now)
            case effects.OnlyMachine():
                tx.daily_rings.consent(phone, Consent.NO)
                self.ended(tx, phone, now)
            case effects.NotToday():
                self.to_machine(tx, phone, now)

    def whose_turn(self, tx: Transaction, ring: DailyRing, now: float) -> str:
        """The volunteer who is rung before the machine rings, "" for none: not too often, and not where they sleep,
        pause or are reached no more."""
        each = tx.companions.who_rings(ring.phone)
        if each is None or not each.has_a_turn(ring.due_at) or not self._may_be_rung(tx, each, now):
            return ""
        return each.volunteer

    def ring(self, tx: Transaction, volunteer: str, phone: str, now: float) -> None:
        """The volunteer is rung now. That they were counts from here: a worker that stops asks nobody twice."""
        if each := tx.companions.of(volunteer):
            tx.companions.rung(volunteer, now, each.missed)
            tx.calls.want(volunteer, now, now, COMPANY, phone)

    def has_turn(self, tx: Transaction, volunteer: str, phone: str) -> bool:
        """Whether it is their turn still to ring this person."""
        ring = tx.daily_rings.of(phone) if self._community.sharing.rings else None
        return ring is not None and ring.rings and ring.asked == volunteer

    def to_machine(self, tx: Transaction, volunteer: str, now: float) -> bool:
        """Their turn is over, and nobody was heard: the machine rings. False where it was not their turn any more."""
        each = tx.companions.of(volunteer)
        return each is not None and bool(each.other) and tx.daily_rings.to_machine(each.other, volunteer, now)

    def call_over(self, tx: Transaction, call: Ring, now: float) -> None:
        """A call to a volunteer is over. Who is rung for it in vain again and again is rung for it no more."""
        each = tx.companions.of(call.party) if call.other else None
        if each is None or each.other != call.other:
            return
        in_vain = self.to_machine(tx, call.party, now)
        missed = 0 if call.human else each.missed + in_vain
        tx.companions.rung(each.volunteer, each.rung_at, missed)
        if missed >= MOST_MISSED:
            tell(tx, each.volunteer, "news.company_rest", self._who(tx, each.other), now)
            self.left(tx, each.volunteer, now)

    def left(self, tx: Transaction, volunteer: str, now: float) -> None:
        """A volunteer rings nobody any more: whom they rang hears so, once."""
        each = tx.companions.of(volunteer)
        if each is None:
            return
        self.to_machine(tx, volunteer, now)
        if tx.companions.end(volunteer) and each.other:
            tell(tx, each.other, "news.company_left", self._who(tx, volunteer), now)

    def ended(self, tx: Transaction, phone: str, now: float) -> None:
        """Somebody is rung by nobody but the machine, or not any more: the volunteer hears so, once."""
        each = tx.companions.who_rings(phone)
        if each and tx.companions.part(each.volunteer, phone):
            tx.daily_rings.to_machine(phone, each.volunteer, now)
            tell(tx, each.volunteer, "news.company_over", self._who(tx, phone), now)

    def _join(self, tx: Transaction, phone: str, volunteer: str, now: float) -> None:
        ring, each = tx.daily_rings.of(phone), tx.companions.of(volunteer)
        if ring and each and tx.companions.join(volunteer, phone):
            told: Values = {"hour": (ring.hour,), "times": (f"times_{each.most}",)}
            tell(tx, volunteer, "news.company_yes", {**self._who(tx, phone), **told}, now)

    def _would_ring(self, tx: Transaction, ring: DailyRing, now: float) -> Companion | None:
        """One who rings nobody yet, and may be rung at the hour of that ring."""
        at = ring.next_due(self._where(tx, ring.phone))
        free = (each for each in tx.companions.free(LOOKED_AT) if each.volunteer != ring.phone)
        return next((each for each in free if self._may_be_rung(tx, each, now, at)), None)

    def _may_be_rung(self, tx: Transaction, each: Companion, now: float, at: float | None = None) -> bool:
        reach, at = tx.people.reach(each.volunteer), now if at is None else at
        awake = is_awake(reach.hours, reach.timezone, False, self._community.rules, at)
        gives = reach.gives == "active" and reach.may_be_asked(now) and is_reached(reach, self._community)
        return awake and gives and reach.no_calls_until <= at

    def _who(self, tx: Transaction, phone: str) -> Values:
        return {"name": tx.people.name_of(phone) or ("someone",)}

    def _where(self, tx: Transaction, phone: str) -> tzinfo:
        return calendar.zone(tx.people.reach(phone).timezone, self._community.rules.timezone)
