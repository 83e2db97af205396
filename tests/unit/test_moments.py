"""Times that people speak of: until when, in which hours, and the one moment that is meant. Never a guess."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.channels.parsing.parser import Hearing
from hotline.flows.intents.time_expressions import MOST_A_WEEK, clock_time, hours, said, until
from hotline.model.calendar import FOREVER, WEEKDAYS
from tests.unit.build import hearing

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 10, 12, 0, tzinfo=ZONE)  # a Tuesday


@pytest.fixture(scope="module")
def ear(tmp_path_factory: pytest.TempPathFactory) -> Hearing:
    return hearing(tmp_path_factory.mktemp("ear"))


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp()


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("3 days", "2026-03-13 00:00"),
        ("for 3 days", "2026-03-13 00:00"),
        ("three days", "2026-03-13 00:00"),
        ("a week", "2026-03-17 00:00"),
        ("2 weeks", "2026-03-24 00:00"),
        ("next week", "2026-03-16 00:00"),
        ("until Monday", "2026-03-16 00:00"),
        ("until next monday", "2026-03-16 00:00"),
        ("until tuesday", "2026-03-17 00:00"),
        ("til tomorrow", "2026-03-11 00:00"),
        ("today", "2026-03-11 00:00"),
        ("2 hours", "2026-03-10 14:00"),
        ("an hour", "2026-03-10 13:00"),
        ("until 5pm", "2026-03-10 17:00"),
        ("until 17:30", "2026-03-10 17:30"),
        ("1 month", "2026-04-09 00:00"),
        ("3 días", "2026-03-13 00:00"),
        ("hasta el lunes", "2026-03-16 00:00"),
        ("hasta mañana", "2026-03-11 00:00"),
        ("una semana", "2026-03-17 00:00"),
    ],
)
def test_until_when_a_pause_lasts(ear: Hearing, words: str, ends: str) -> None:
    assert until(ear.hear(f"pause {words}").told, NOW) == at(ends)


@pytest.mark.parametrize(
    "words",
    [
        *("when i feel like it", "until i say so", "0 days", "400 days", "3", "3 bags", "-", "until my back is better"),
        *("monday or tuesday", "3 days or 4", "999999 days", "until 25:00", "112", "from monday to friday"),
    ],
)
def test_a_pause_that_nobody_can_count_is_none(ear: Hearing, words: str) -> None:
    heard = ear.hear(f"pause {words}")
    assert until((*filter(None, [heard.code]), *heard.told), NOW) is None


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("9-17", "09:00-17:00"),
        ("9am-5pm", "09:00-17:00"),
        ("9am to 5pm", "09:00-17:00"),
        ("from 9 to 5", "09:00-17:00"),
        ("6-9pm", "18:00-21:00"),
        ("9-5pm", "09:00-17:00"),
        ("18-23", "18:00-23:00"),
        ("22-6", "22:00-06:00"),
        ("10pm-6am", "22:00-06:00"),
        ("8:30-12:15", "08:30-12:15"),
        ("8h30 - 12h15", "08:30-12:15"),
        ("10-2", "10:00-14:00"),
        ("12-3pm", "12:00-15:00"),
        ("12am-12pm", "00:00-12:00"),
        ("noon to 6pm", "12:00-18:00"),
        ("18-24", "18:00-00:00"),
        ("any", ""),
        ("any time", ""),
        ("0-24", ""),
        ("de 9 de la mañana a 5 de la tarde", "09:00-17:00"),
        ("siempre", ""),
    ],
)
def test_hours_as_people_write_them(ear: Hearing, words: str, kept: str) -> None:
    assert hours(ear.hear(f"hours {words}").told) == kept


@pytest.mark.parametrize("words", ["9", "9-12-5", "when the kids sleep", "25-26", "9-17 but not friday", "9:99-10", ""])
def test_hours_that_are_not_clear_are_none(ear: Hearing, words: str) -> None:
    assert hours(ear.hear(f"hours {words}").told) is None


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("at 5pm", "2026-03-10 17:00"),
        ("at 5", "2026-03-10 17:00"),
        ("I come at 5 with the food", "2026-03-10 17:00"),
        ("5:30", "2026-03-10 17:30"),
        ("5:30pm ok?", "2026-03-10 17:30"),
        ("17h", "2026-03-10 17:00"),
        ("17h30", "2026-03-10 17:30"),
        ("at 11", "2026-03-10 11:00"),
        ("tomorrow 10am", "2026-03-11 10:00"),
        ("tomorrow at 8", "2026-03-11 08:00"),
        ("in 30 minutes", "2026-03-10 12:30"),
        ("in an hour", "2026-03-10 13:00"),
        ("in 2 hours", "2026-03-10 14:00"),
        ("Tuesday at noon", "2026-03-17 12:00"),
        ("Tuesday at 1pm", "2026-03-10 13:00"),
        ("friday 9am", "2026-03-13 09:00"),
        ("at 7 in the evening", "2026-03-10 19:00"),
        ("a las 5 de la tarde", "2026-03-10 17:00"),
        ("mañana a las 10", "2026-03-11 10:00"),
        ("en 20 minutos", "2026-03-10 12:20"),
    ],
)
def test_the_one_moment_that_is_told(ear: Hearing, words: str, moment: str) -> None:
    now = NOW if words != "at 11" else NOW.replace(hour=9)
    assert clock_time(ear.hear(words).told, now) == at(moment)


@pytest.mark.parametrize(
    "words",
    [
        *("soon", "I bring 5 bags", "between 5 and 7pm at 6", "5pm or 6pm", "tomorrow", "at 5 or at 6", "10am today"),
        *("monday or tuesday 5pm", "at 11", "555-0123", "at 99", "in half an hour", "in 0 minutes", "I am 5"),
    ],
)
def test_what_is_not_clear_is_no_time(ear: Hearing, words: str) -> None:
    assert clock_time(ear.hear(words).told, NOW) is None


def test_the_night_the_clock_changes() -> None:
    """In spring there is no 2:30, in autumn 1:30 comes twice; a day may have 23 hours or 25."""
    spring, autumn = datetime(2026, 3, 7, 22, 0, tzinfo=ZONE), datetime(2026, 10, 31, 22, 0, tzinfo=ZONE)
    for evening, night in ((spring, 9), (autumn, 11)):  # hours from ten to eight
        assert clock_time(("tomorrow", "8", "am"), evening) == evening.timestamp() + night * 3600
        assert clock_time(("in", "10", "hours"), evening) == evening.timestamp() + 36000
        assert until(("1", "days"), evening) == evening.timestamp() + 7200
        assert until(("2", "days"), evening) == evening.timestamp() + 7200 + (night + 14) * 3600


def test_when_a_pause_ends_is_said_as_people_say_it() -> None:
    assert said(at("2026-03-10 16:00"), NOW) == ("16:00",)
    assert said(at("2026-03-11 00:00"), NOW) == ("tomorrow",)
    assert said(at("2026-03-11 01:00"), NOW) == ("tomorrow", "01:00")
    assert said(at("2026-03-16 00:00"), NOW) == ("monday",)
    assert said(at("2026-03-17 00:00"), NOW) == ("2026-03-17",)
    assert said(FOREVER, NOW) == ()


WORDS = st.sampled_from(
    [
        *WEEKDAYS,
        *("today", "tomorrow", "at", "in", "am", "pm", "noon", "midnight", "half", "hours", "days", "weeks"),
        *("months", "minutes", "until", "next", "filler", "any", "to", "oclock", "morning", "x", "5:30", "24:00", "0"),
        *("1", "3", "7", "12", "17", "23", "24", "25", "99", "101", "5555555555"),
    ]
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC).astimezone(ZONE)
)


@given(st.lists(WORDS, max_size=6), MOMENTS)
def test_whatever_is_said_is_a_time_to_come_or_none(told: list[str], now: datetime) -> None:
    end, moment, kept = until(told, now), clock_time(told, now), hours(told)
    assert end is None or now.timestamp() < end <= (now + timedelta(days=368)).timestamp()
    assert moment is None or now.timestamp() < moment <= (now + timedelta(days=26)).timestamp()
    if end is not None:
        assert 0 < len(said(end, now)) <= 2
    if kept:
        begin, finish = (time.fromisoformat(each) for each in kept.split("-"))
        assert begin != finish


@given(st.integers(0, 23), st.integers(0, 23))
def test_hours_of_a_clock_with_twenty_four_are_as_they_are_written(begin: int, end: int) -> None:
    kept = hours((f"{begin}:00", f"{end}:00"))
    if begin > 12 or end > 12 or begin < end:
        assert kept == ("" if begin == end else f"{begin:02}:00-{end:02}:00")


def test_a_limit_a_week_has_an_end() -> None:
    assert 1 < MOST_A_WEEK <= 20
