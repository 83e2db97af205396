"""Admission: who is answered at all. Not whoever is blocked, writes from abroad, never ends, or comes with a storm."""

from dataclasses import dataclass

from hotline.model import phone_numbers
from hotline.model.calendar import HOUR, MINUTE
from hotline.model.people import Person
from hotline.model.pseudonyms import Pseudonyms
from hotline.outbound import suppression
from hotline.storage import Transaction

COUNT_HOLDS = 1.0  # seconds for which the count of newcomers that was read holds

MACHINE, ANOTHER_COUNTRY = "machine", "another_country"
TOO_MANY, STORM = "too_many", "storm"
NOT_OPEN = "not_open"  # the hotline practices, and this phone is not one of those that do
LIMITED = frozenset((TOO_MANY, STORM))  # whoever asks for a person is heard all the same


@dataclass(frozen=True)
class Limits:
    """How much is heard before it is no conversation any more."""

    heard_per_hour: int = 60
    newcomers_per_minute: int = 60
    fruitless: int = 5
    relayed_alike: int = 3
    fruitless_within: float = 10 * MINUTE
    urgent_within: float = 10 * MINUTE  # whoever asks for a person or names a danger is answered once in it

    def is_last(self, heard: int) -> bool:
        """Whether this is the last text of the hour that is answered."""
        return heard == self.heard_per_hour

    def hears_why(self, newcomers: int) -> bool:
        """Whether somebody who comes with a storm reads at once that there is one: as many more as are answered. A
        thousand numbers that nobody has must not cost the day's texts: the others read it when there is room."""
        return newcomers <= 2 * self.newcomers_per_minute


class Newcomers:
    """How many numbers write for the first time: more than a neighborhood has are a storm.

    Counted in the database once a second, and on from there: in a storm each would count all the others.
    """

    def __init__(self, most: int) -> None:
        self._most = 2 * most + 1  # more than that does not matter
        self._count, self._counted_at = 0, float("-inf")

    def count_one(self, tx: Transaction, now: float) -> int:
        """Counts the one who writes just now; how many there were within a minute."""
        if 0 <= now - self._counted_at < COUNT_HOLDS:
            self._count += 1
        else:
            self._count, self._counted_at = tx.people.newcomers_since(now - MINUTE, self._most), now
        return self._count


def who(tx: Transaction, phone: str, marks: Pseudonyms | None, now: float) -> Person:
    """Whoever texts or calls, locked. One who was blocked, and is forgotten, is blocked again."""
    me = tx.people.get(phone, now)
    new = marks is not None and not me.known and me.has_number
    return me.but(blocked=True) if new and marks and suppression.restore(tx, marks, phone, now) else me


def count(me: Person, now: float) -> tuple[int, float]:
    """How much was heard from this person, with this, and since when that is counted."""
    if not 0 <= now - me.recent_since < HOUR:  # nor an hour that has not come: the clock was set back
        return 1, now
    return me.recent + 1, me.recent_since


def turned_away(me: Person, heard: int, newcomers: int, limits: Limits, country: str, *, stranger: bool = False) -> str:
    """Why there is no answer, "" when there is one. What was said is kept all the same. A `stranger` is whoever writes
    before the hotline is open."""
    if me.blocked:
        return "blocked"
    if phone_numbers.is_of_machine(me.phone):
        return MACHINE
    if me.has_number and not phone_numbers.is_of(me.phone, country):
        return ANOTHER_COUNTRY
    if heard > limits.heard_per_hour:
        return TOO_MANY
    if not me.known and not me.volunteer and newcomers > limits.newcomers_per_minute:
        return STORM
    return NOT_OPEN if stranger else ""


def hung_up_on(me: Person, heard: int, limits: Limits) -> bool:
    """A call is answered, from wherever it comes, unless the number is blocked or never stops calling."""
    return me.blocked or heard > limits.heard_per_hour
