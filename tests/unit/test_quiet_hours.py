"""Quiet hours where clocks are set: a night is one piece of time, whichever hour comes twice or not at all."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from hotline.dispatch.quiet_hours import is_awake, wakes_at
from hotline.model import calendar
from hotline.model.calendar import HOUR, MINUTE
from tests.in_full import IN_FULL
from tests.unit.test_dispatch import RULES

SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)  # of New York: 2:00 becomes 3:00, and 2:00 becomes 1:00

# Each zone with two days around which its clocks are set in 2026: by an hour, by half an hour, at midnight.
CHANGES = {
    "America/New_York": (SPRING, AUTUMN),
    "Europe/London": (date(2026, 3, 29), date(2026, 10, 25)),
    "Australia/Lord_Howe": (date(2026, 10, 4), date(2026, 4, 5)),
    "America/Havana": (SPRING, AUTUMN),
    "America/Santiago": (date(2026, 9, 6), date(2026, 4, 5)),
    "Asia/Beirut": (date(2026, 3, 29), date(2026, 10, 25)),
}
ENDS = [f"{hour:02}:{minute:02}" for hour in range(5) for minute in (0, 15, 30, 45)]
SPANS = [f"21:00-{end}" for end in ENDS] + [f"{begin}-08:00" for begin in ENDS] + ["23:45-00:15", "01:10-01:50"]
SPANS = SPANS if IN_FULL else SPANS[::4] + SPANS[-2:]


def utc(said: str) -> float:
    return datetime.fromisoformat(said).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("quiet", "now", "wakes"),
    [
        # 1:30 comes twice, at 5:30 and at 6:30 UTC: the night ends with the second.
        ("21:00-01:30", "2026-11-01 05:29", "2026-11-01 06:30"),
        ("21:00-01:30", "2026-11-01 05:45", "2026-11-01 06:30"),
        ("21:00-01:30", "2026-11-01 06:15", "2026-11-01 06:30"),
        ("21:00-01:30", "2026-11-01 06:30", "2026-11-01 06:30"),
        # The night begins with the first 1:30, and goes on through the second 1:00.
        ("01:30-08:00", "2026-11-01 05:30", "2026-11-01 13:00"),
        ("01:30-08:00", "2026-11-01 06:10", "2026-11-01 13:00"),
        ("01:30-08:00", "2026-11-01 05:29", "2026-11-01 05:29"),
        # 2:30 never comes: at 7:00 UTC it is 3:00 at once, and the night is over, or begins.
        ("21:00-02:30", "2026-03-08 06:59", "2026-03-08 07:00"),
        ("21:00-02:30", "2026-03-08 07:00", "2026-03-08 07:00"),
        ("02:30-08:00", "2026-03-08 06:59", "2026-03-08 06:59"),
        ("02:30-08:00", "2026-03-08 07:00", "2026-03-08 12:00"),
    ],
)
def test_a_night_that_ends_or_begins_in_such_an_hour(quiet: str, now: str, wakes: str) -> None:
    assert wakes_at(replace(RULES, quiet_hours=quiet), utc(now)) == utc(wakes)


@pytest.mark.parametrize("zone", CHANGES)
def test_every_night_is_one_piece_and_ends_when_it_was_said_to(zone: str) -> None:
    """Minute by minute over the days of a change: asleep once a day at most, and awake at the very moment promised."""
    where = ZoneInfo(zone)
    for day in CHANGES[zone]:
        first = calendar.midnight(calendar.at(day, time(12), where), where, -1)
        minutes = [first + at * 5 * MINUTE for at in range(int(3 * 24 * HOUR / MINUTE / 5))]
        for quiet in SPANS:
            rules = replace(RULES, quiet_hours=quiet)
            ends = [wakes_at(rules, now, zone) for now in minutes]
            asleep = [end > now for end, now in zip(ends, minutes, strict=True)]
            falls = sum(now and not before for before, now in zip([False, *asleep], asleep, strict=False))
            assert falls <= 4, (quiet, day)
            for at, (end, now) in enumerate(zip(ends, minutes, strict=True)):
                assert end >= now
                assert is_awake("", zone, False, rules, end)
                if asleep[at] and at and asleep[at - 1]:
                    assert end == ends[at - 1], (quiet, day)


@pytest.mark.parametrize("zone", CHANGES)
def test_a_time_is_shown_when_the_clocks_show_or_pass_it(zone: str) -> None:
    where = ZoneInfo(zone)
    for day in CHANGES[zone]:
        for minutes in range(0, 24 * 60, 15):
            clock = time(minutes // 60, minutes % 60)
            for last in (False, True):
                at = calendar.shown(day, clock, where, last=last)
                wall = datetime.combine(day, clock)
                before = calendar.local(at - 1, where).replace(tzinfo=None)
                here = calendar.local(at, where).replace(tzinfo=None)
                assert here >= wall
                assert here == wall or before < wall, "passed over at that very second"
                if last:
                    later = calendar.local(at + HOUR, where).replace(tzinfo=None)
                    assert later != wall
            assert calendar.shown(day, clock, where) <= calendar.shown(day, clock, where, last=True)


def test_own_hours_hold_through_such_an_hour() -> None:
    """Somebody who is up from 1:30 is up from then on, not once more asleep in the second 1:00."""
    rules = replace(RULES, quiet_hours="00:00-00:00")
    up = [is_awake("01:30-09:00", "", False, rules, utc("2026-11-01 05:00") + at * MINUTE) for at in range(0, 180, 5)]
    assert up == [False] * 6 + [True] * 30


def test_a_night_is_as_long_as_the_clocks_make_it() -> None:
    usual = replace(RULES, quiet_hours="21:00-08:00")
    for day, hours in ((SPRING, 10), (AUTUMN, 12), (date(2026, 6, 1), 11)):
        evening = calendar.at(day - timedelta(days=1), time(21), RULES.timezone)
        assert wakes_at(usual, evening) - evening == hours * HOUR
