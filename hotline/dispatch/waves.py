"""Waves: which volunteers are asked about a need now, and when to look at it again. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from hotline.dispatch.quiet_hours import is_awake, wakes_at
from hotline.model.calendar import HOUR
from hotline.model.needs import Need
from hotline.model.people import Volunteer
from hotline.model.rules import Rules

NOBODY_LEFT = HOUR  # people join, come back and wake up: look again


@dataclass(frozen=True)
class Wave:
    """Whom to ask now, when to look at the need again (UTC seconds), and whether it has waited too long."""

    ask: tuple[Volunteer, ...]
    look_at: float
    waits_too_long: bool = False


def plan(need: Need, candidates: Iterable[Volunteer], rules: Rules, now: float) -> Wave:
    """The next wave. `candidates` are in the order in which they should be asked; no more are read than are needed."""
    if need.is_past(now):  # the neighbor is asked whether it is still needed
        return Wave((), now + NOBODY_LEFT)
    morning = wakes_at(rules, now)
    if morning > now and not need.urgent:
        return Wave((), morning)
    asked = _asked(need, (who for who in candidates if may_be_asked(who, need, rules, now)), rules)
    since = need.asked_since if need.urgent else wakes_at(rules, need.asked_since)
    look_at = now + (rules.wave_seconds(need) if asked else NOBODY_LEFT)
    return Wave(asked, look_at, not need.escalated and (now - since >= rules.patience(need) or not asked))


def _asked(need: Need, free: Iterator[Volunteer], rules: Rules) -> tuple[Volunteer, ...]:
    """The first of those who are free. Who did it last time, or else the first in reserve, is asked alone and waited
    for, unless it cannot wait."""
    first = next(free, None)
    if first is None:
        return ()
    if first.comes_first and not need.urgent:
        return (first,)
    return (first, *islice(free, rules.at_once(need) - 1))


def may_be_asked(who: Volunteer, need: Need, rules: Rules, now: float) -> bool:
    """Whether this volunteer wishes to be asked about this need at this hour."""
    said_yes = who.comes_first and who.phone != need.first_choice  # a reserve: no ask too many
    enough = not said_yes and who.asks_this_week >= (who.most_a_week or rules.asks_per_week)
    own = who.phone == need.neighbor
    return not (own or enough or who.paused_until > now) and is_awake(who.hours, who.timezone, need.urgent, rules, now)
