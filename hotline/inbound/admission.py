"""Who is answered at all: not whoever is blocked, writes from abroad, never ends, or is a machine. Pure."""

from dataclasses import dataclass

from hotline.model import phone_numbers
from hotline.model.calendar import HOUR, MINUTE
from hotline.model.people import Person

MACHINE, ANOTHER_COUNTRY = "machine", "another_country"


@dataclass(frozen=True)
class Limits:
    """How much is heard before it is no conversation any more."""

    heard_per_hour: int = 60
    newcomers_per_minute: int = 60
    fruitless: int = 5
    fruitless_within: float = 10 * MINUTE


def count(me: Person, now: float) -> tuple[int, float]:
    """How much was heard from this person, with this, and since when that is counted."""
    if not 0 <= now - me.recent_since < HOUR:  # nor an hour that has not come: the clock was set back
        return 1, now
    return me.recent + 1, me.recent_since


def turned_away(me: Person, heard: int, newcomers: int, limits: Limits, country: str) -> str:
    """Why there is no answer, "" when there is one. What was said is kept all the same."""
    if me.blocked:
        return "blocked"
    if phone_numbers.is_of_machine(me.phone):
        return MACHINE
    if me.has_number and not phone_numbers.is_of(me.phone, country):
        return ANOTHER_COUNTRY
    if heard > limits.heard_per_hour:
        return "too_many"
    return "storm" if not me.known and not me.volunteer and newcomers > limits.newcomers_per_minute else ""


def hung_up_on(me: Person, heard: int, limits: Limits) -> bool:
    """A call is answered, from wherever it comes, unless the number is blocked or never stops calling."""
    return me.blocked or heard > limits.heard_per_hour
