"""Daily ring (telephone reassurance): somebody asked to be rung each day, at an hour of their own, for company or for
safety."""

from dataclasses import dataclass
from datetime import time, timedelta, tzinfo
from enum import StrEnum

from hotline.engine.plain import Plain
from hotline.model import calendar
from hotline.model.calendar import HOUR
from hotline.model.rounds import Consent

TRIES, TRIES_FOR_SAFETY = 2, 3
DAYS = 3  # looked through for the next ring
SHORTLY_BEFORE = 6 * HOUR  # so long before the ring a text OK or a call of theirs is one in its place


class Came(StrEnum):
    """What came of the last ring."""

    NOTHING = ""  # there was none yet
    FINE = "fine"
    CALL_ME = "call_me"  # a person is to call them
    NEED = "need"  # they need something
    HEARD = "heard"  # they texted or called, before it or meanwhile
    SILENT = "silent"  # nobody pressed a key
    ENGAGED = "engaged"  # the line was busy each time: that is no silence
    AWAY = "away"
    NOT_MADE = "not_made"  # ours is the fault: we were down, or no call went


@dataclass(frozen=True)
class DailyRing(Plain):
    """The rings of one person. Times are UTC seconds.

    ``hour`` is when, on the clocks there: "08:30". ``due_at`` is the moment of the ring that comes next or, while
    ``rings``, of the one that is being made; ``check_at`` when it is looked at again. ``tries`` are the calls of this
    ring that came to an end without a key, ``engaged`` whether the last found the line busy. ``came`` is what came of
    the ring of ``came_at``, ``silent`` how many in a row nobody answered; ``told`` is false where it was not
    made for a fault of ours and coordinators have not heard so yet. ``alive_at`` is when they texted OK or
    pressed a key last, ``away_until`` until when they do not want to be rung. ``safety`` is that others are alarmed
    where nobody answers. ``consent`` is whether they want a volunteer to ring them, ``asked`` the one whose turn it is
    in the ring that is being made, before the machine rings.
    """

    phone: str
    hour: str
    due_at: float
    check_at: float
    rings: bool = False
    tries: int = 0
    engaged: bool = False
    came: Came = Came.NOTHING
    came_at: float = 0.0
    silent: int = 0
    told: bool = True
    alive_at: float = 0.0
    away_until: float = 0.0
    safety: bool = False
    consent: Consent = Consent.NEVER_ASKED
    asked: str = ""

    @property
    def most_tries(self) -> int:
        return TRIES_FOR_SAFETY if self.safety else TRIES

    def may_say_ok(self, now: float) -> bool:
        """Whether OK is a word about this ring: it comes soon, or is being made."""
        return self.rings or 0 <= self.due_at - now <= SHORTLY_BEFORE

    def next_due(self, where: tzinfo | None) -> float:
        """The moment of the next ring (UTC seconds): after the one at hand, and once they are back."""
        due_at = next_at(self.hour, self.due_at, where) if self.rings else self.due_at
        return self.first_after(due_at, where)

    def first_after(self, due_at: float, where: tzinfo | None) -> float:
        """That moment or, where they are away then, the first one once they are back."""
        while due_at < self.away_until:
            due_at = next_at(self.hour, due_at, where)
        return due_at


def next_at(hour: str, after: float, where: tzinfo | None) -> float:
    """When the clocks there first show that hour on a day, later than that moment (UTC seconds); where they pass over
    it, the moment when they do."""
    clock, today = time.fromisoformat(hour), calendar.today(after, where)
    moments = (calendar.shown(today + timedelta(days=days), clock, where) for days in range(DAYS))
    return next(moment for moment in moments if moment > after)
