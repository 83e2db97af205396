"""Rules: what a community decided about asking, and the other groups it names."""

from dataclasses import dataclass, replace
from datetime import time
from zoneinfo import ZoneInfo

from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.needs import Need

MOST_PATIENCE, MOST_PATIENCE_URGENT = 3 * HOUR, 20 * MINUTE  # then a person hears of it, whatever a community sets
MOST_AT_ONCE = 12  # texts about one need: however many helpers it wants, a wave stays a few


@dataclass(frozen=True)
class Rules:
    """What a community decided: how many are asked at a time, how long each wave waits, when people sleep.

    ``urgent_wave_minutes`` is how long a wave waits when it cannot wait. ``escalate_after_minutes`` is after how many
    minutes of asking coordinators hear of a need at the latest, however likely it seems that somebody takes it;
    ``tell_early`` whether they hear before that where it seems unlikely, or there are few to ask.
    """

    timezone: ZoneInfo
    wave_size: int = 3
    wave_minutes: int = 10
    urgent_wave_minutes: int = 3
    quiet_hours: str = "21:00-08:00"
    asks_per_week: int = 5
    escalate_after_minutes: int = 180
    tell_early: bool = True
    follow_up_hours: int = 24
    still_needed_hours: int = 48
    remind_before_minutes: int = 60
    wave_at_most: int = MOST_AT_ONCE

    def at_most(self, wave: int | None) -> "Rules":
        """The same where no wave may be larger than that, None where it may be any."""
        if wave is None:
            return self
        return replace(self, wave_size=min(wave, self.wave_size), wave_at_most=min(wave, self.wave_at_most))

    @property
    def quiet(self) -> tuple[time, time]:
        """When quiet begins and ends, local; both the same is never."""
        return span(self.quiet_hours)

    @property
    def follow_up_seconds(self) -> float:
        """How long nothing may be heard of a need before somebody is asked about it."""
        return self.follow_up_hours * HOUR

    @property
    def still_needed_seconds(self) -> float:
        """How long a need may wait for somebody who takes it before the neighbor is asked."""
        return self.still_needed_hours * HOUR

    @property
    def remind_before_seconds(self) -> float:
        """How long before the time of a need whoever has it is reminded."""
        return self.remind_before_minutes * MINUTE

    def wave_seconds(self, need: Need) -> float:
        """How long a wave about this need waits for an answer."""
        minutes = min(self.wave_minutes, self.urgent_wave_minutes) if need.urgent else self.wave_minutes
        return minutes * MINUTE

    def patience(self, need: Need) -> float:
        """Seconds of asking, nights not counted, after which the coordinators are told at the latest: as much sooner as
        its waves are quicker."""
        sooner = self.wave_seconds(need) / (self.wave_minutes * MINUTE)
        most = MOST_PATIENCE_URGENT if need.urgent else MOST_PATIENCE
        return min(most, self.escalate_after_minutes * MINUTE * sooner)

    def at_once(self, need: Need) -> int:
        """How many are asked in one wave: so many for each helper that is missing."""
        most = max(self.wave_size, self.wave_at_most)
        return min(most, self.wave_size * max(1, need.missing))


@dataclass(frozen=True)
class SharingRules:
    """What of sharing a community has, and for how long: ``offers`` is whether neighbors offer things to each other,
    ``offer_days`` how long one is there that says nothing of its end, ``still_yes_days`` after how long the giver of a
    standing one is asked whether it is. ``tools`` is whether neighbors lend tools, ``loan_days`` for how many days, if
    its lender says nothing else, ``tools_come_back`` the weekdays on which one is due, all where none is named.
    ``days`` is whether neighbors invite each other to days on which they do something together, ``rings`` whether the
    hotline rings people each day who ask for it, ``listening`` whether coordinators may ask those who agreed to it, now
    and then."""

    offers: bool = True
    offer_days: int = 2
    still_yes_days: int = 75
    tools: bool = False
    loan_days: int = 7
    tools_come_back: tuple[str, ...] = ()
    days: bool = False
    rings: bool = False
    listening: bool = False
    circles: bool = False


ALL_OF_THEM = 1_000_000  # things done in a year are counted no further
FEWEST_TOLD = 10  # things done in a year; of less it is only said that we have begun, and nobody is known by it


def span(hours: str) -> tuple[time, time]:
    """The beginning and the end of hours such as "09:00-17:00"."""
    begin, end = hours.split("-")
    return time.fromisoformat(begin), time.fromisoformat(end)


GROUPS_CHECKED_EVERY = 90 * DAY  # so long what is told of another group is taken for so
SHORT = 6  # digits of the longest number that only a telephone near by reaches


@dataclass(frozen=True)
class Group:
    """Another group that helps here. ``phone`` is as people dial it; no ``needs`` are all needs, no ``areas`` all.
    ``where`` is its street, ``checked`` the date on which somebody last said that all this is so, as 2026-03-10.
    ``imported`` is that a file of others brought it."""

    name: str
    phone: str
    hours: str = ""
    needs: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    where: str = ""
    checked: str = ""
    imported: bool = False

    def helps_with(self, what: str) -> bool:
        return what in (self.needs or (what,))

    def is_in(self, area: str) -> bool:
        return area in (self.areas or (area,))

    def gives(self, what: str, area: str) -> bool:
        """Whether it helps with that need in that area."""
        return self.helps_with(what) and self.is_in(area)

    @property
    def can_be_joined(self) -> bool:
        """Whether a call can be led on to it: to no number such as 211."""
        return len(self.phone) > SHORT
