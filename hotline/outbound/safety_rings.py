"""Safety rings inside transactions: contacts who agree and leave, and an alarm from its beginning to a person's word.

What makes a safety ring safe no longer is told to coordinators each time, since whoever holds the phone, and a contact
as well, may be who it is to be safe from: the last contact goes, one person's word ends an alarm, or all of it ends.

The software rings people, never an emergency service. Locks are taken as by whoever writes: first the person who
writes or is asked, then the alarm. An alarm that is over is gone: its end is told once, by whoever took it away.
"""

from collections.abc import Iterable, Sequence

from hotline.community.model import Community
from hotline.dispatch import safety_rings as dispatch
from hotline.dispatch.quiet_hours import wakes_at
from hotline.engine.session import Prompt, Values
from hotline.model import effects, phone_numbers
from hotline.model.outgoing import NEWS
from hotline.model.safety_rings import CONTACTS, TEAM, Alarm, Consent, Contact, Safety
from hotline.outbound import notify_coordinators
from hotline.outbound.sharing import is_reached, reaches, tell
from hotline.storage import Transaction

WHY, OVER = "daily_alarm", "daily_alarm_over"  # among the flags: it stands, and for the record that it ended


class SafetyRings:
    """The safety rings of one community."""

    def __init__(self, community: Community) -> None:
        self._community = community

    # --- What somebody has a part in.

    def of(
        self, tx: Transaction, phone: str, *, is_rung: bool, is_named: bool, may_ask: bool, begun: bool = False
    ) -> Safety:
        """All in which the person with this number has a part. Who is not rung each day has named nobody; `is_named` is
        whether somebody named them, `begun` whether they began to ask for one."""
        by_others = tx.safety.looks_after(phone) if is_named else ()
        mine = tx.safety.contacts_of(phone) if is_rung else ()
        of_team = self._community.is_coordinator(phone)
        alarms = tx.safety.alarms() if by_others or of_team else ()
        places = {each.phone: each.place for each in by_others if each.agreed}
        theirs = [
            alarm
            for alarm in alarms
            if alarm.phone != phone
            and (alarm.place >= places.get(alarm.phone, TEAM + 1) or (of_team and alarm.place == TEAM))
        ]
        known = {*(each.phone for each in by_others), *(each.contact for each in mine), *(a.phone for a in theirs)}
        return Safety(
            may_ask=may_ask,
            contacts=mine,
            alarm=tx.safety.alarm(phone) if mine else None,
            asked_by=tuple(each for each in by_others if each.consent is Consent.ASKED),
            looks_after=tuple(each for each in by_others if each.agreed),
            alarms=tuple(sorted(theirs, key=lambda a: (a.asked != phone, a.looks != phone, a.raised_at, a.phone))),
            names={each: tx.people.name_of(each) for each in sorted(known)},
            sign_up=tx.safety.sign_up(phone) if begun else None,
        )

    def carry_out(self, tx: Transaction, effect: effects.Effect, phone: str, now: float) -> None:
        """What the person with this number says."""
        match effect:
            case effects.NameContacts(raw, name):
                if name:
                    tx.people.introduce(phone, name, "", now)
                self.name(tx, phone, raw, now)
            case effects.BeginsSafety(hour, agreed):
                before = tx.safety.sign_up(phone)
                tx.safety.keep_sign_up(dispatch.begun(phone, hour, now, before, agreed=agreed))
            case effects.FinishesSafety():
                tx.safety.drop_sign_up(phone)
            case effects.DropContact(contact):
                self.drop(tx, phone, contact, now)
            case effects.OnlyForCompany():
                self.only_for_company(tx, phone, now)
            case effects.LooksAfter(person, agreed):
                self.agreed(tx, person, phone, now) if agreed else self.no_more(tx, person, phone, now)
            case effects.GoesAndLooks(person):
                self.goes(tx, person, phone, now)
            case effects.CannotLook(person):
                self.cannot(tx, person, phone, now)
            case effects.FoundWell(person):
                self.over(tx, person, phone, now)

    # --- Contacts.

    def name(self, tx: Transaction, phone: str, raw: Iterable[str], now: float) -> None:
        """They name who may be asked to look after them. Each is asked by the worker; only their yes counts."""
        for each in raw:
            contact, known = phone_numbers.to_call(each, self._community.country), tx.safety.contacts_of(phone)
            if not contact:
                continue
            standing = [other for other in known if other.consent is not Consent.NO]
            if not dispatch.may_be_named(contact, phone, known, now):  # they said no before: she does not wait for them
                said = Prompt("news.contact_no", values={"name": "", "ending": phone_numbers.ending(contact)})
                tx.outbox.put(phone, [said, *self._nobody(tx, phone, standing)], 0, NEWS, now)
                continue
            if any(other.contact == contact for other in standing) or len(standing) >= CONTACTS:
                continue
            place = min({*range(1, TEAM)} - {other.place for other in standing})
            tx.safety.keep_contact(Contact(phone, contact, place, Consent.ASKED, now, check_at=now))

    def agreed(self, tx: Transaction, person: str, contact: str, now: float) -> None:
        """A contact says yes: from the first one on it is for safety. The person hears so."""
        between = tx.safety.contact(person, contact)
        if between is None or between.consent is not Consent.ASKED or tx.daily_rings.of(person) is None:
            return
        tx.safety.keep_contact(between.but(consent=Consent.YES, check_at=None))
        tx.safety.for_safety(person, True)
        tell(tx, person, "news.contact_yes", self._who(tx, contact), now)

    def no_more(self, tx: Transaction, person: str, contact: str, now: float) -> None:
        """A contact says no, or leaves: the person hears so, and in an alarm the next one is asked."""
        between = tx.safety.contact(person, contact)
        if between is None or between.consent is Consent.NO:
            return
        self.cannot(tx, person, contact, now)
        tx.safety.keep_contact(between.but(consent=Consent.NO, check_at=None))
        said = Prompt("news.contact_left" if between.agreed else "news.contact_no", values=self._who(tx, contact))
        nobody = self._nobody(tx, person, tx.safety.contacts_of(person))
        tx.outbox.put(person, [said, *nobody], 0, NEWS, now)
        if nobody and between.agreed:
            self._tell_team(tx, "news.safety_nobody", person, now)

    def drop(self, tx: Transaction, phone: str, contact: str, now: float) -> None:
        """The person wants somebody else; who had agreed hears so."""
        between = tx.safety.contact(phone, contact)
        if between is None or between.consent is Consent.NO:
            return
        tx.safety.keep_contact(between.but(consent=Consent.NO, check_at=None))
        nobody = self._nobody(tx, phone, tx.safety.contacts_of(phone))
        if nobody:
            tx.outbox.put(phone, nobody, 0, NEWS, now)
        if between.agreed:
            tell(tx, contact, "news.contact_free", self._who(tx, phone), now)
            if nobody:
                self._tell_team(tx, "news.safety_nobody", phone, now)

    def _nobody(self, tx: Transaction, phone: str, contacts: Iterable[Contact]) -> list[Prompt]:
        """What the person hears where nobody they named looks after them any more, nor may still agree to."""
        ring = tx.daily_rings.of(phone)
        if ring is None or any(each.agreed or (each.consent is Consent.ASKED and not ring.safety) for each in contacts):
            return []
        return [Prompt("news.nobody_left" if ring.safety else "news.nobody_agreed")]

    def only_for_company(self, tx: Transaction, phone: str, now: float) -> None:
        """They want it for company alone, or no more of it: who looked after them hears so, once."""
        self.over(tx, phone, phone, now)
        tx.safety.drop_sign_up(phone)
        ring = tx.daily_rings.of(phone)
        if ring and ring.safety:
            self._tell_team(tx, "news.safety_ended", phone, now)
        for each in tx.safety.contacts_of(phone):
            if each.agreed:
                tell(tx, each.contact, "news.contact_free", self._who(tx, phone), now)
        tx.safety.drop_contacts(phone)
        tx.safety.for_safety(phone, False)

    def left(self, tx: Transaction, phone: str, now: float) -> None:
        """Somebody leaves, or is reached no more: they look after nobody."""
        for each in tx.safety.looks_after(phone):
            self.no_more(tx, each.phone, phone, now)

    def asks(self, tx: Transaction, contact: Contact, now: float) -> bool:
        """Whether a contact is asked now if they agree: in a text that they answer, and by a test call. The record goes
        on; who never says is not a contact, and the person hears so."""
        reach = tx.people.reach(contact.contact)
        onward = dispatch.again(contact, now)
        if onward.consent is Consent.NO or not is_reached(reach, self._community):
            self.no_more(tx, contact.phone, contact.contact, now)
            return False
        tx.safety.keep_contact(onward)
        tx.calls.want(contact.contact, wakes_at(self._community.rules, now, reach.timezone), now)
        return onward.asks == 1

    def unfinished(self, tx: Transaction, phone: str, now: float) -> None:
        """Somebody began to ask for a safety ring and says no more: they are reminded once, at a decent hour, and a day
        later coordinators hear of it. Who named somebody has one already, and hears that it goes on with that one."""
        sign_up = tx.safety.sign_up(phone)
        if sign_up is None or sign_up.check_at > now:
            return
        wakes = wakes_at(self._community.rules, now, tx.people.reach(phone).timezone)
        if wakes > now:
            tx.safety.keep_sign_up(sign_up.but(check_at=wakes))
            return
        reached, asks = reaches(tx, phone, self._community), any(tx.safety.contacts_of(phone))
        onward = dispatch.reminded(sign_up, now) if reached and not asks else None
        if onward:
            tx.safety.keep_sign_up(onward)
        else:
            tx.safety.drop_sign_up(phone)
        if onward or (asks and reached):
            tell(tx, phone, "news.sign_up_one" if asks else "news.sign_up_open", {}, now)
        elif not asks:
            self._tell_team(tx, "news.sign_up_left", phone, now)

    # --- An alarm.

    def raise_alarm(self, tx: Transaction, phone: str, now: float) -> None:
        """Nobody answered: from now on people are asked to look, until one says that all is well."""
        if tx.safety.raise_alarm(dispatch.raised(phone, now)):
            tx.flags.add_once(WHY, phone, "", 0, now)

    def turn(self, tx: Transaction, alarm: Alarm, now: float) -> dispatch.Turn | None:
        """Whom the alarm goes to next; None before its time."""
        agreed = (each for each in tx.safety.contacts_of(alarm.phone) if each.agreed)
        contacts = [each for each in agreed if reaches(tx, each.contact, self._community)]
        return dispatch.due(alarm, contacts, self._team(tx, alarm.phone, now), now)

    def goes_to(self, tx: Transaction, before: Alarm, turn: dispatch.Turn, now: float) -> None:
        """The turn begins: whoever is asked is rung, at any hour; coordinators read of it once, all of them."""
        tx.safety.keep_alarm(turn.alarm)
        if before.looks:
            said = Prompt("news.alarm_goes_on", values=self._who(tx, before.phone))
            tx.outbox.put(before.looks, [said], 0, NEWS, now, any_hour=True)
        if turn.first_of_team:
            told = self._told(tx, turn.alarm)
            for phone in self._community.coordinators.values():
                if phone != before.phone:
                    tx.outbox.put(phone, [Prompt("news.alarm_team", values=told)], 0, NEWS, now, any_hour=True)
        if turn.asked:
            tx.calls.want(turn.asked, now, now)

    def goes(self, tx: Transaction, person: str, who: str, now: float) -> None:
        """Somebody says that they go and look."""
        if alarm := tx.safety.alarm(person, locked=True):
            of_team = self._community.is_coordinator(who)
            tx.safety.keep_alarm(dispatch.goes(alarm, who, now, of_team=of_team))
            if alarm.place == TEAM and alarm.looks != who:
                told: Values = {**self._who(tx, person), "who": self._called(tx, who)}
                notify_coordinators.notify(
                    tx,
                    self._community,
                    Prompt("news.alarm_looks", values=told),
                    0,
                    now,
                    lambda phone: phone not in (who, person),
                    any_hour=True,
                )

    def cannot(self, tx: Transaction, person: str, who: str, now: float) -> None:
        """Somebody says that they can not look: the next one is asked."""
        if alarm := tx.safety.alarm(person, locked=True):
            tx.safety.keep_alarm(dispatch.cannot(alarm, who, now))

    def over(self, tx: Transaction, person: str, by: str, now: float) -> None:
        """A person says that all is well: they themself, a contact or a coordinator. All who were asked hear so."""
        alarm = tx.safety.alarm(person, locked=True)
        if alarm is None or not tx.safety.end_alarm(person):
            return
        tx.flags.settle_of(person, WHY, now)
        tx.flags.note(OVER, person, "", 0, now)
        contacts = [each.contact for each in tx.safety.contacts_of(person) if each.agreed and each.place <= alarm.place]
        team = self._community.coordinators.values() if alarm.place == TEAM else ()
        own = by == person
        told: Values = {**self._who(tx, person), "who": self._called(tx, by)}
        for phone in dict.fromkeys((*contacts, *team)):
            if phone not in (by, person):
                key = "news.alarm_over_self" if own else "news.alarm_over"
                tx.outbox.put(phone, [Prompt(key, values=told)], 0, NEWS, now, any_hour=True)
        if contacts == [by] and alarm.place < TEAM:  # nobody else has heard of it
            self._tell_team(tx, "news.alarm_over_one", person, now, by)

    def seen(self, tx: Transaction, person: str, by: str, now: float) -> None:
        """A coordinator has looked at what is flagged about somebody: where that was the alarm, it is over."""
        if not tx.flags.is_open_about(WHY, person):
            self.over(tx, person, by, now)

    def _tell_team(self, tx: Transaction, key: str, person: str, now: float, by: str = "") -> None:
        """Coordinators hear that a safety ring is less safe now, with the number: they may ask the person."""
        said: Values = {"name": tx.people.name_of(person), "phone": person}
        if by:
            said = {**said, "who": self._called(tx, by)}
        others = notify_coordinators.but(person)
        notify_coordinators.notify(tx, self._community, Prompt(key, values=said), 0, now, others)

    def _team(self, tx: Transaction, person: str, now: float) -> Sequence[str]:
        """Coordinators in their order: who is rung at night, and where nobody is now, all of them."""
        rung = notify_coordinators.who_is_rung(tx, self._community, now) - {person}
        everybody = (phone for phone in self._community.coordinators.values() if phone != person)
        return sorted(rung) or sorted(everybody)

    def _who(self, tx: Transaction, phone: str) -> Values:
        return {"name": tx.people.name_of(phone), "ending": phone_numbers.ending(phone)}

    def _called(self, tx: Transaction, phone: str) -> str:
        of_team = (name.title() for name, theirs in self._community.coordinators.items() if theirs == phone)
        return tx.people.name_of(phone) or next(of_team, f"..{phone_numbers.ending(phone)}")

    def _told(self, tx: Transaction, alarm: Alarm) -> Values:
        """What coordinators need: the numbers as well, of the person and of who was asked before."""
        contacts = [each for each in tx.safety.contacts_of(alarm.phone) if each.agreed]
        people = ", ".join(f"{tx.people.name_of(each.contact)} {each.contact}".strip() for each in contacts)
        return {**self._who(tx, alarm.phone), "phone": alarm.phone, "people": people or "-"}
