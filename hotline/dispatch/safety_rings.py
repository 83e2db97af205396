"""Escalation ladder of a safety ring: who is asked to look after somebody that did not answer, and who is next. Pure.

It has no end of its own: after the contacts coordinators have their turns, one after the other, until a person says
that all is well. All stands in the record, so whoever looks next goes on from there, after whatever stop of ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.safety_rings import TEAM, Alarm, Consent, Contact, SignUp

TURN = 15 * MINUTE  # for whoever is asked to say something
LOOKS_FOR = HOUR  # for whoever said that they go and look
BUSY_FOR = 3 * MINUTE  # then a line that was busy is rung again, in the same turn
ASKS = 3  # times that a contact is asked whether they agree, a day apart
MOST_NAMED = 4  # contacts in a month: whoever is named is texted and rung
NAMED_IN = 30 * DAY
REMINDED_AFTER = 2 * HOUR  # where somebody began to ask for a safety ring and says no more


@dataclass(frozen=True)
class Turn:
    """Whom the alarm goes to now, "" for nobody, and the record from then on. ``first_of_team`` is that coordinators
    hear of it now."""

    asked: str
    alarm: Alarm
    first_of_team: bool = False


def raised(phone: str, now: float) -> Alarm:
    return Alarm(phone, now, now)


def due(alarm: Alarm, contacts: Sequence[Contact], team: Sequence[str], now: float) -> Turn | None:
    """The next turn; None before its time. `contacts` are those who agreed and are reached, `team` who of the
    coordinators is rung, in an order that stays."""
    behind = alarm.check_at > now + 2 * LOOKS_FOR  # the clock was set back
    if now < alarm.check_at and not behind:
        return None
    onward = alarm.but(check_at=now + TURN, looks="")
    if further := sorted((each for each in contacts if each.place > alarm.place), key=lambda each: each.place):
        return Turn(further[0].contact, onward.but(place=further[0].place, asked=further[0].contact))
    asked = team[alarm.turns % len(team)] if team else ""
    return Turn(asked, onward.but(place=TEAM, asked=asked, turns=alarm.turns + 1), alarm.place < TEAM)


def goes(alarm: Alarm, who: str, now: float, *, of_team: bool) -> Alarm:
    """Somebody says that they go and look: nobody else is asked for so long. A contact has that time once, and not any
    more once coordinators are asked: then it is known that they look, and the turns go on."""
    waits = of_team or (alarm.place < TEAM and who not in alarm.looked)
    looked = alarm.looked if who in alarm.looked else (*alarm.looked, who)
    return alarm.but(looks=who, looked=looked, check_at=now + LOOKS_FOR if waits else alarm.check_at)


def cannot(alarm: Alarm, who: str, now: float) -> Alarm:
    """Somebody says that they can not, or not any more: the next is asked at once, where it was up to them."""
    if who not in (alarm.asked, alarm.looks):
        return alarm
    return alarm.but(looks="" if who == alarm.looks else alarm.looks, check_at=now)


def again(contact: Contact, now: float) -> Contact:
    """They are asked whether they agree, and heard of again in a day; who says nothing each time does not."""
    if contact.asks >= ASKS:
        return contact.but(consent=Consent.NO, check_at=None)
    return contact.but(asks=contact.asks + 1, check_at=now + DAY)


def begun(phone: str, hour: str, now: float, before: SignUp | None, *, agreed: bool) -> SignUp:
    """Somebody is being asked what a safety ring needs. What they said before counts on, at whichever hour."""
    known = before is not None and before.agreed
    return SignUp(phone, hour or (before.hour if before else ""), agreed or known, now, now + REMINDED_AFTER)


def reminded(sign_up: SignUp, now: float) -> SignUp | None:
    """They are reminded once; None where that was, and a person is to hear of it."""
    return None if sign_up.asks else sign_up.but(asks=1, check_at=now + DAY)


def may_be_named(phone: str, person: str, named: Sequence[Contact], now: float) -> bool:
    """Whether somebody may be asked to look after that person: not themself, nobody who said no, not too many."""
    if phone == person or any(each.contact == phone and each.consent is Consent.NO for each in named):
        return False
    lately = [each for each in named if each.asked_at > now - NAMED_IN and each.contact != phone]
    return len(lately) < MOST_NAMED
