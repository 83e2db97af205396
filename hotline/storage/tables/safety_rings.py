"""Safety rings: who looks after whom, and the alarms under way."""

from hotline.model.safety_rings import Alarm, Consent, Contact, SignUp
from hotline.storage.execute import Row, Table


class SafetyRings(Table):
    """Contacts and alarms. Whoever changes an alarm has locked it."""

    # --- Who looks after whom.

    def contacts_of(self, phone: str) -> tuple[Contact, ...]:
        """All whom this person named, in their order, also who said no."""
        return tuple(map(contact_of, self._all("ring_contacts_of", phone=phone)))

    def looks_after(self, contact: str) -> tuple[Contact, ...]:
        """Whom this person is asked to look after, or agreed to."""
        return tuple(map(contact_of, self._all("ring_contacts_by", contact=contact)))

    def contact(self, phone: str, contact: str) -> Contact | None:
        row = self._one("ring_contact", phone=phone, contact=contact)
        return contact_of(row) if row else None

    def keep_contact(self, each: Contact) -> None:
        """How it stands between two people from now on."""
        fields = ("phone", "contact", "asked_at", "check_at", "asks")
        values = {name: getattr(each, name) for name in fields}
        self._change("keep_ring_contact", **values, rank=each.place, consent=str(each.consent))
        self._run.woke = True

    def drop_contacts(self, phone: str) -> None:
        """Nobody looks after this person any more, and who did not say yes is asked no more, not even later on."""
        self._change("drop_ring_contacts", phone=phone)
        self._change("ask_ring_contacts_no_more", phone=phone)

    def for_safety(self, phone: str, so: bool) -> bool:
        """From now on others are alarmed where they do not answer, or not any more; False where it was so before."""
        return self._change("daily_ring_for_safety", phone=phone, safety=int(so)) == 1

    # --- Asked for, and not finished.

    def sign_up(self, phone: str) -> SignUp | None:
        row = self._one("ring_sign_up", phone=phone)
        fields = ("phone", "hour", "begun_at", "check_at", "asks")
        return SignUp(**{name: row[name] for name in fields}, agreed=bool(row["agreed"])) if row else None

    def keep_sign_up(self, each: SignUp) -> None:
        fields = ("phone", "hour", "begun_at", "check_at", "asks")
        self._change("keep_ring_sign_up", **{name: getattr(each, name) for name in fields}, agreed=int(each.agreed))
        self._run.woke = True

    def drop_sign_up(self, phone: str) -> None:
        self._change("drop_ring_sign_up", phone=phone)

    # --- Alarms.

    def raise_alarm(self, alarm: Alarm) -> bool:
        """False where there is one about this person already."""
        self._run.woke = True
        return self._change("raise_ring_alarm", phone=alarm.phone, now=alarm.raised_at) == 1

    def alarm(self, phone: str, *, locked: bool = False) -> Alarm | None:
        """The one about this person. `locked`: nobody else changes it until this transaction ends."""
        row = self._one("lock_ring_alarm", phone=phone) if locked else self._one("ring_alarm", phone=phone)
        return alarm_of(row) if row else None

    def alarms(self) -> tuple[Alarm, ...]:
        """All of them, the oldest first."""
        return tuple(map(alarm_of, self._all("ring_alarms")))

    def keep_alarm(self, alarm: Alarm) -> None:
        fields = ("phone", "check_at", "turns", "asked", "looks")
        values = {name: getattr(alarm, name) for name in fields}
        self._change("keep_ring_alarm", **values, rank=alarm.place, looked=" ".join(alarm.looked))
        self._run.woke = True

    def end_alarm(self, phone: str) -> bool:
        """False where somebody else has ended it."""
        return self._change("drop_ring_alarm", phone=phone) == 1

    def is_asked(self, phone: str) -> bool:
        """Whether it is this person's turn to look after somebody: they are rung whatever else holds."""
        return self._one("ring_alarm_asks", phone=phone) is not None

    def is_asked_to_agree(self, phone: str) -> bool:
        return any(each.consent is Consent.ASKED for each in self.looks_after(phone))


def contact_of(row: Row) -> Contact:
    fields = ("phone", "contact", "asked_at", "check_at", "asks")
    return Contact(**{name: row[name] for name in fields}, place=row["rank"], consent=Consent(row["consent"]))


def alarm_of(row: Row) -> Alarm:
    fields = ("phone", "raised_at", "check_at", "turns", "asked", "looks")
    return Alarm(**{name: row[name] for name in fields}, place=row["rank"], looked=tuple(row["looked"].split()))
