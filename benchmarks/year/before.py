"""The policy before: who was asked until the record, the storms and the forecast came, kept as an opponent.

`plan()` is what stood in hotline/dispatch/waves.py then, and is not changed any more: least recently asked first, each
area's speakers of the neighbor's language before its others, three at a time, told after 45 minutes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from hotline.dispatch.quiet_hours import is_awake, wakes_at
from hotline.model.calendar import HOUR, MINUTE
from hotline.model.needs import Need
from hotline.model.people import Volunteer
from hotline.model.rules import Rules

WAVE_SIZE, ASKS_PER_WEEK = 3, 5
WAVE, URGENT_WAVE, PATIENCE, NOBODY_LEFT = 10 * MINUTE, 3 * MINUTE, 45 * MINUTE, HOUR


@dataclass(frozen=True)
class WaveBefore:
    """Whom it asked, when it looked again (UTC seconds), and whether the coordinators were told."""

    ask: tuple[Volunteer, ...]
    look_at: float
    waits_too_long: bool = False


def plan(need: Need, candidates: Iterable[Volunteer], rules: Rules, now: float) -> WaveBefore:
    """The next wave, as it was."""
    morning = wakes_at(rules, now)
    if morning > now and not need.urgent:
        return WaveBefore((), morning)
    asked = _asked(need, (who for who in candidates if may_be_asked(who, need, rules, now)))
    wave = URGENT_WAVE if need.urgent else WAVE
    patience = PATIENCE * wave / WAVE
    since = need.asked_since if need.urgent else wakes_at(rules, need.asked_since)
    look_at = now + (wave if asked else NOBODY_LEFT)
    return WaveBefore(asked, look_at, not need.escalated and (now - since >= patience or not asked))


def _asked(need: Need, free: Iterator[Volunteer]) -> tuple[Volunteer, ...]:
    first = next(free, None)
    if first is None:
        return ()
    if first.comes_first and not need.urgent:
        return (first,)
    return (first, *islice(free, WAVE_SIZE * max(1, need.missing) - 1))


def may_be_asked(who: Volunteer, need: Need, rules: Rules, now: float) -> bool:
    """Whether this volunteer wished to be asked about this need at this hour."""
    enough = who.asks_this_week >= (who.most_a_week or ASKS_PER_WEEK)
    own = who.phone == need.neighbor
    return not (own or enough or who.paused_until > now) and is_awake(who.hours, who.timezone, need.urgent, rules, now)
