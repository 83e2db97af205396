"""Times that people name, in eight languages: each line of tests/times is a text and what it comes to, "-" for none.

It is ten in the morning of Saturday, November 28, 2026, in New York.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.channels.parsing.lexicon import alternatives, times_of
from hotline.channels.parsing.time_words import lexed
from hotline.channels.parsing.times import TimeReader
from hotline.community.model import Community
from hotline.engine.answers import TimeSaid
from hotline.model.when import kept, may_mean

NOW = datetime(2026, 11, 28, 10, tzinfo=ZoneInfo("America/New_York"))
LANGUAGES = ("en", "es", "fr", "ht", "pt", "vi", "zh", "ar")
TABLES = Path(__file__).parent.parent / "times"
PIECES = (
    *("at", "4", "pm", "today", "every", "sunday", "not", "9", "12/15"),
    *("-", "to", "half", ",", "in", "hours", "or"),
)
FEWEST = 40  # expressions of each language


@cache
def reader(languages: tuple[str, ...], country: str = "US") -> TimeReader:
    return TimeReader(cast(Community, SimpleNamespace(languages=languages, country=country)))


def come_to(said: TimeSaid | None, now: datetime = NOW) -> str:
    meant = may_mean(said, now) if said else ()
    every = f"every {' '.join(said.every)} " if said and said.every else ""
    return (every if meant else "") + (" | ".join(when.name for when in meant) or "-")


def lines(language: str) -> Iterator[tuple[str, str]]:
    for line in TABLES.joinpath(f"{language}.tsv").read_text("utf-8").splitlines():
        comes_to, _, words = line.partition("\t")
        yield words, comes_to


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("beside", ["alone", "beside English", "beside all others"])
def test_what_people_say_of_time(language: str, beside: str) -> None:
    spoken = {"alone": (language,), "beside English": ("en", language)}.get(beside, LANGUAGES)
    table = list(lines(language))
    wrong = [
        (words, comes_to, found)
        for words, comes_to in table
        if (found := come_to(reader(tuple(dict.fromkeys(spoken))).read(words))) != comes_to
    ]
    assert not wrong
    assert len(table) >= FEWEST


@pytest.mark.parametrize(
    ("words", "comes_to"),
    [
        ("ride mañana at 4pm", "2026-11-29 16:00"),
        ("necesito ride tomorrow a las 9", "2026-11-29 09:00"),
        ("food hoy by 6", "2026-11-28 by 18:00"),
        ("need comida for 3 people tomorrow", "2026-11-29"),
        ("Mai needs food", "-"),
        ("size 4 shoes", "-"),
        ("from 4 elm to 5 oak", "-"),
        ("at one of the shelters", "-"),
        ("somos 4, dos niños", "-"),
        ("5/6 of us", "-"),
        ("born 12/15/1950", "-"),
        ("10-12 cans", "-"),
        ("need ride to 12 Main St at 9am tomorrow, apt 4", "2026-11-29 09:00"),
        ("my power was cut yesterday, need ice today", "2026-11-28"),
        ("room 4 at 5 pine st", "-"),
        ("today or tomorrow", "-"),
    ],
)
def test_languages_mixed_in_one_text(words: str, comes_to: str) -> None:
    assert come_to(reader(LANGUAGES).read(words)) == comes_to


@pytest.mark.parametrize(
    ("country", "words", "comes_to"),
    [
        ("US", "on 1/12 at 9am", "2027-01-12 09:00"),
        ("FR", "on 1/12 at 9am", "2026-12-01 09:00"),
        ("US", "on 15/12", "2026-12-15"),
        ("FR", "on 12/15", "2026-12-15"),
        ("US", "2026-12-15", "2026-12-15"),
    ],
)
def test_a_date_is_read_by_the_habit_of_the_country(country: str, words: str, comes_to: str) -> None:
    assert come_to(reader(("en",), country).read(words)) == comes_to


@pytest.mark.parametrize(
    ("now", "words", "comes_to"),
    [
        ("2026-11-28 17:00", "at 4", "2026-11-29 16:00"),
        ("2026-11-28 17:00", "today at 4", "-"),
        ("2026-11-28 17:00", "this afternoon", "2026-11-28 afternoon"),
        ("2026-11-28 18:30", "this afternoon", "-"),
        ("2026-11-28 17:00", "at 8", "2026-11-28 20:00"),
        ("2026-11-28 05:00", "at 8", "2026-11-28 08:00 | 2026-11-28 20:00"),
        ("2026-11-28 20:30", "sunday at 9am", "2026-11-29 09:00"),
        ("2026-11-29 10:30", "sunday at 9am", "2026-12-06 09:00"),
        ("2026-12-20 10:00", "jan 3", "2027-01-03"),
        ("2026-11-28 23:50", "in 30 minutes", "2026-11-29 00:20"),
    ],
)
def test_hours_that_are_past_mean_the_next_ones(now: str, words: str, comes_to: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=NOW.tzinfo)
    assert come_to(reader(("en",)).read(words), at) == comes_to


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_time_has_two_meanings(language: str) -> None:
    section, as_written = times_of(language)
    seen: dict[tuple[str, ...], str] = {}
    for name, phrases in section.items():
        for phrase in (each for written in phrases for each in alternatives(written)):
            key = tuple(lexeme.written if as_written else lexeme.text for lexeme in lexed(phrase))
            assert seen.setdefault(key, name) == name, phrase


@given(st.text(max_size=60))
def test_any_words_at_all_are_read(words: str) -> None:
    said = reader(LANGUAGES).read(words)
    for when in may_mean(said, NOW) if said else ():
        assert kept(when.name) == when


@given(st.lists(st.sampled_from(PIECES), max_size=9))
def test_words_of_time_in_any_order_are_read(words: list[str]) -> None:
    said = reader(LANGUAGES).read(" ".join(words))
    for when in may_mean(said, NOW) if said else ():
        begins, ends = when.span(NOW.tzinfo)
        assert kept(when.name) == when
        assert begins <= ends


def test_nine_in_the_morning_stays_nine_when_the_clocks_change() -> None:
    when = kept("2026-10-31 09:00")
    assert when
    saturday, sunday = (each.span(NOW.tzinfo)[0] for each in (when, when.on(when.day.replace(month=11, day=1))))
    assert sunday - saturday == 25 * 3600
