"""One call to somebody: how far it got, and when it is tried again. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from hotline.dispatch.waves import MINUTE, Rules, wakes_at
from hotline.engine.plain import Plain

TRIES = 3
MOST_TRIES = 6  # with a line that is busy again and again
BUSY = 15 * MINUTE  # a call is over by then, mostly
APART = 120 * MINUTE
HOURS = (time(10), time(14), time(18, 30))  # whoever is out at one of them is in at another
DAYS = 3


@dataclass(frozen=True)
class Ring(Plain):
    """One call to somebody, until they have heard everything or it is given up.

    ``status`` is waiting, calling (being placed), unknown (perhaps placed), ringing (placed) or over. ``need`` is the
    one whose other side they want to talk to, 0 for news. ``stage`` is what they are hearing, ``human`` whether a key
    proved that it is not a machine. ``tries`` counts the calls, ``misses`` what was not answered in this one.
    """

    id: int
    party: str
    need: int = 0
    status: str = "waiting"
    stage: str = ""
    human: bool = False
    misses: int = 0
    tries: int = 0
    sid: str = ""
    reason: str = ""
    due_at: float = 0.0
    leased_until: float | None = None
    tried_at: float = 0.0


@dataclass(frozen=True)
class Dialed:
    """What became of ringing the other side of a need. ``left`` is whether whoever asked for it has hung up."""

    need: int
    sid: str
    status: str
    seconds: int
    left: bool


def again_at(tries: int, how: str, rules: Rules, now: float) -> float | None:
    """When somebody who did not hear us is rung again (UTC seconds), after so many tries; None: a person takes over.

    `how` is the carrier's word: a busy line is tried soon, everything else at another time of day.
    """
    if how == "busy" and tries < MOST_TRIES:
        return wakes_at(rules, now + BUSY)
    if tries >= TRIES:
        return None
    awake = (at for at in _hours(rules, now) if at >= now + APART and wakes_at(rules, at) == at)
    return next(awake, wakes_at(rules, now + 2 * APART))


def _hours(rules: Rules, now: float) -> Iterator[float]:
    today = datetime.fromtimestamp(now, rules.timezone).date()
    for day in range(DAYS):
        for hour in HOURS:
            yield datetime.combine(today + timedelta(days=day), hour, rules.timezone).timestamp()
