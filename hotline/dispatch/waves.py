"""Who is asked about a need, in which wave, and when to look again. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hotline.model.records import Need, Volunteer

MINUTE = 60.0
MINUTES_REMEMBERED = 256  # every text asks whether it is night
HOUR = 60 * MINUTE
NOBODY_LEFT = 60 * MINUTE  # people join, come back and wake up: look again
MOST_AT_ONCE = 12  # texts about one need: however many helpers it wants, a wave stays a few


@dataclass(frozen=True)
class Rules:
    """What a community decided: how many are asked at a time, how long each wave waits, when people sleep.

    ``urgent_wave_minutes`` is how long a wave waits when it cannot wait.
    """

    timezone: ZoneInfo
    wave_size: int = 3
    wave_minutes: int = 10
    urgent_wave_minutes: int = 3
    quiet_hours: str = "21:00-08:00"
    asks_per_week: int = 5
    escalate_after_minutes: int = 45
    follow_up_hours: int = 24
    still_needed_hours: int = 48

    @property
    def quiet(self) -> tuple[time, time]:
        """When quiet begins and ends, local; both the same is never."""
        return span(self.quiet_hours)

    def wave_seconds(self, need: Need) -> float:
        """How long a wave about this need waits for an answer."""
        minutes = min(self.wave_minutes, self.urgent_wave_minutes) if need.urgent else self.wave_minutes
        return minutes * MINUTE

    def patience(self, need: Need) -> float:
        """Seconds of asking after which the coordinators are told: as much sooner as its waves are quicker."""
        return self.escalate_after_minutes * self.wave_seconds(need) / self.wave_minutes

    def at_once(self, need: Need) -> int:
        """How many are asked in one wave: so many for each helper that is missing."""
        most = max(self.wave_size, MOST_AT_ONCE)
        return min(most, self.wave_size * max(1, need.missing))


@dataclass(frozen=True)
class Wave:
    """Whom to ask now, when to look at the need again (UTC seconds), and whether it has waited too long."""

    ask: tuple[Volunteer, ...]
    look_at: float
    waits_too_long: bool = False


def plan(need: Need, candidates: Iterable[Volunteer], rules: Rules, now: float) -> Wave:
    """The next wave. `candidates` are in the order in which they should be asked; no more are read than are needed."""
    morning = wakes_at(rules, now)
    if morning > now and not need.urgent:
        return Wave((), morning)
    asked = _asked(need, (who for who in candidates if may_be_asked(who, need, rules, now)), rules)
    since = need.asked_since if need.urgent else wakes_at(rules, need.asked_since)
    look_at = now + (rules.wave_seconds(need) if asked else NOBODY_LEFT)
    return Wave(asked, look_at, not need.escalated and (now - since >= rules.patience(need) or not asked))


def _asked(need: Need, free: Iterator[Volunteer], rules: Rules) -> tuple[Volunteer, ...]:
    """The first of those who are free; whoever did it last time is asked alone, unless it cannot wait."""
    first = next(free, None)
    if first is None:
        return ()
    if first.phone == need.first_choice and not need.urgent:
        return (first,)
    return (first, *islice(free, rules.at_once(need) - 1))


def may_be_asked(who: Volunteer, need: Need, rules: Rules, now: float) -> bool:
    """Whether this volunteer wishes to be asked about this need at this hour."""
    enough = who.asks_this_week >= (who.most_a_week or rules.asks_per_week)
    own = who.phone == need.neighbor
    return not (own or enough or who.paused_until > now) and is_awake(who.hours, who.timezone, need.urgent, rules, now)


def is_awake(hours: str, timezone: str, urgent: bool, rules: Rules, now: float) -> bool:
    """Own hours always hold. The quiet hours, in one's own time zone, hold for what can wait."""
    if hours and not _between(*span(hours), datetime.fromtimestamp(now, zone(timezone, rules)).time()):
        return False
    return urgent or wakes_at(rules, now, timezone) <= now


def wakes_at(rules: Rules, now: float, timezone: str = "") -> float:
    """When people may be written to: now, or the end of the quiet hours. UTC seconds; clock changes are minded.

    `timezone` is where somebody lives, "" with the community.
    """
    return _morning(rules, int(now // MINUTE), timezone) or now


@lru_cache(MINUTES_REMEMBERED)
def _morning(rules: Rules, minute: int, timezone: str) -> float | None:
    """The end of the quiet hours in which that minute lies: they begin and end with a minute. None by day."""
    begin, end = rules.quiet
    there = zone(timezone, rules)
    local = datetime.fromtimestamp(minute * MINUTE, there)
    if not _between(begin, end, local.time()):
        return None
    day = local.date() if local.time() < end else local.date() + timedelta(days=1)
    return datetime.combine(day, end, there).timestamp()


def zone(timezone: str, rules: Rules) -> ZoneInfo:
    """The time zone of that name; the community's where there is none, or this machine does not know it."""
    try:
        return ZoneInfo(timezone) if timezone else rules.timezone
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return rules.timezone


def span(hours: str) -> tuple[time, time]:
    """The beginning and the end of hours such as "09:00-17:00"."""
    begin, end = hours.split("-")
    return time.fromisoformat(begin), time.fromisoformat(end)


def _between(begin: time, end: time, at: time) -> bool:
    return begin <= at < end if begin <= end else at >= begin or at < end
