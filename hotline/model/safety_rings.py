"""Safety ring (telephone reassurance with an alarm): who is asked to look after somebody that does not answer the daily
ring, and one alarm under way."""

from dataclasses import dataclass, field
from enum import StrEnum

from hotline.engine.plain import Plain
from hotline.model import phone_numbers

CONTACTS = 2  # of one person
TEAM = CONTACTS + 1  # the place on the ladder at which coordinators stand


class Consent(StrEnum):
    """Whether somebody looks after another: nobody does who did not say so."""

    ASKED = "asked"
    YES = "yes"
    NO = "no"  # or no more, or they never said


@dataclass(frozen=True)
class Contact(Plain):
    """``contact`` looks, if they agreed, after ``phone`` who named them. ``place`` is 1 for who is asked first. While
    they have not said, they are asked again at ``check_at`` (UTC seconds, or none); ``asks`` counts that."""

    phone: str
    contact: str
    place: int
    consent: Consent
    asked_at: float
    check_at: float | None = None
    asks: int = 0

    @property
    def agreed(self) -> bool:
        return self.consent is Consent.YES

    def waits(self, now: float) -> bool:
        """Whether it is time to ask them."""
        return self.consent is Consent.ASKED and self.check_at is not None and self.check_at <= now


@dataclass(frozen=True)
class Alarm(Plain):
    """Somebody did not answer, and no person has said yet that they are well. Times are UTC seconds.

    ``place`` is how far up the ladder it is: 0 nobody was asked yet, then the contacts, then TEAM. ``asked`` is whose
    turn it is, ``turns`` how many turns coordinators had. ``looks`` is who said last that they go and look, ``looked``
    all who did. At ``check_at`` it goes on.
    """

    phone: str
    raised_at: float
    check_at: float
    place: int = 0
    turns: int = 0
    asked: str = ""
    looks: str = ""
    looked: tuple[str, ...] = ()


@dataclass(frozen=True)
class SignUp(Plain):
    """A safety ring that somebody began to ask for and has not finished: nobody looks after them yet. Times are UTC
    seconds.

    ``hour`` is when they want to be rung, "" where they are already. ``agreed`` is that they said yes to how it goes:
    only names are missing. They are reminded at ``check_at``; ``asks`` counts that.
    """

    phone: str
    hour: str
    agreed: bool
    begun_at: float
    check_at: float
    asks: int = 0


@dataclass(frozen=True)
class Safety(Plain):
    """The safety rings in which this person has a part. ``may_ask`` is whether one can be had here. ``contacts`` are
    those that they named themself, ``alarm`` is about them. ``asked_by`` is who waits for their yes, ``looks_after``
    who has it; ``alarms`` are those about others that they may answer, their own turn first. ``names`` are first
    names, ``sign_up`` is what they began to ask for."""

    may_ask: bool = False
    contacts: tuple[Contact, ...] = ()
    alarm: Alarm | None = None
    asked_by: tuple[Contact, ...] = ()
    looks_after: tuple[Contact, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    sign_up: SignUp | None = None

    def who(self, phone: str) -> dict[str, str]:
        """How one of them is called before somebody who knows them: the first name and the end of the number, or, where
        it has to be brief, one of the two."""
        name, ending = self.names.get(phone, ""), phone_numbers.ending(phone)
        return {"name": name, "ending": ending, "who": name or ending}
