"""Who is asked about a need, in which wave, and when to look again. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from hotline.records import Need, Volunteer

MINUTE = 60.0
WEEK = 7 * 24 * 60 * MINUTE
NOBODY_LEFT = 60 * MINUTE  # people join, come back and wake up: look again


@dataclass(frozen=True)
class Rules:
    """What a community decided: how many are asked at a time, how long each wave waits, when people sleep."""

    timezone: ZoneInfo
    wave_size: int = 3
    wave_minutes: int = 10
    quiet_hours: str = "21:00-08:00"
    asks_per_week: int = 5
    escalate_after_minutes: int = 45
    follow_up_hours: int = 24
    still_needed_hours: int = 48

    @property
    def quiet(self) -> tuple[time, time]:
        """When quiet begins and ends, local; both the same is never."""
        begin, end = self.quiet_hours.split("-")
        return time.fromisoformat(begin), time.fromisoformat(end)


@dataclass(frozen=True)
class Wave:
    """Whom to ask now, when to look at the need again (UTC seconds), and whether it has waited too long."""

    ask: tuple[Volunteer, ...]
    look_at: float
    waits_too_long: bool = False


def plan(need: Need, candidates: Iterable[Volunteer], rules: Rules, now: float) -> Wave:
    """The next wave. `candidates` are in the order in which they should be asked: near first, least asked first."""
    morning = wakes_at(rules, now)
    if morning > now:
        return Wave((), morning)
    free = (volunteer for volunteer in candidates if volunteer.asks_this_week < rules.asks_per_week)
    asked = tuple(islice(free, rules.wave_size))
    waited = now - wakes_at(rules, need.asked_since) >= rules.escalate_after_minutes * MINUTE
    look_at = now + (rules.wave_minutes * MINUTE if asked else NOBODY_LEFT)
    return Wave(asked, look_at, not need.escalated and (waited or not asked))


def wakes_at(rules: Rules, now: float) -> float:
    """When people may be written to: now, or the end of the quiet hours. UTC seconds; clock changes are minded."""
    begin, end = rules.quiet
    local = datetime.fromtimestamp(now, rules.timezone)
    if not _between(begin, end, local.time()):
        return now
    day = local.date() if local.time() < end else local.date() + timedelta(days=1)
    return datetime.combine(day, end, rules.timezone).timestamp()


def _between(begin: time, end: time, at: time) -> bool:
    return begin <= at < end if begin <= end else at >= begin or at < end
