"""Sharing: what the news about gifts, loans, gatherings, circles and rings have in common: who is reached, why
something is over, and one line to somebody. Inside transactions."""

from typing import Protocol

from hotline.community.model import Community
from hotline.engine.session import Prompt, Values
from hotline.model.calendar import WEEK
from hotline.model.effects import Effect
from hotline.model.outgoing import NEWS
from hotline.model.people import Reach
from hotline.storage import Transaction

FORM_WAITS = WEEK  # for whoever does not finish it
EMPTY, BY_TIME, LEFT, NEVER_SENT = "empty", "time", "left", "never sent"  # why something is over


class Kind(Protocol):
    """A kind of sharing: what it does with the effects that are its own, and when somebody leaves."""

    def carry_out(self, tx: Transaction, effect: Effect, phone: str, now: float) -> None:
        """What the person with this number asks for; what is of another kind changes nothing."""
        ...

    def left(self, tx: Transaction, phone: str, now: float, *, asks_too: bool) -> None:
        """They leave: what they share is over, and with `asks_too` what they asked for."""
        ...


def is_reached(reach: Reach, community: Community) -> bool:
    """Whether a giver hears from us: in texts, or in calls where the texts ended and there are calls."""
    if reach.opted_out:
        return reach.rung_instead and community.line.calls and not reach.blocked and reach.disowned_at is None
    return reach.may_be_reached and reach.disowned_at is None


def reaches(tx: Transaction, phone: str, community: Community) -> bool:
    """The same of a number; nobody is reached where there is none any more."""
    return bool(phone) and is_reached(tx.people.reach(phone), community)


def tell(tx: Transaction, party: str, key: str, values: Values, now: float, about: int = 0) -> None:
    if party:
        tx.outbox.put(party, [Prompt(key, values=values)], about, NEWS, now)
