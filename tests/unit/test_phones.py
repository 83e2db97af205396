"""Telephone numbers: read at the door, withheld ones known before any parsing, hidden in logs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.model import phone_numbers

# With and without +, and as a person of the country would see them.
WITHHELD = (
    "+266696687",
    "266696687",
    "+7378742833",
    "7378742833",
    "+17378742833",
    "17378742833",
    "+86282452253",
    "86282452253",
    "+8656696",
    "8656696",
    "+2562533",
    "2562533",
    "+464",
    "464",
    "anonymous",
    "Anonymous",
    "ANONYMOUS",
    "restricted",
    "RESTRICTED",
    "unavailable",
    "Unavailable",
    "unknown",
    "UNKNOWN",
    "private",
    "Private",
    "blocked",
    "withheld",
    "",
    " ",
    "+",
    " anonymous ",
    "no caller id",
    "sip:anonymous@anonymous.invalid",
    "+1 737-874-2833",
    "(737) 874-2833",
)


@pytest.mark.parametrize("raw", WITHHELD)
def test_a_withheld_number_is_nobody_s_number(raw: str) -> None:
    assert phone_numbers.is_withheld(raw)
    assert phone_numbers.normalise(raw, "US") is None


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("+12125550111", "+12125550111"),
        ("2125550111", "+12125550111"),
        ("12125550111", "+12125550111"),
        ("(212) 555-0111", "+12125550111"),
        ("+1 (212) 555-0111", "+12125550111"),
        ("+525512345678", "+525512345678"),
        ("+17378742834", "+17378742834"),
        ("555", None),
        ("12345", None),
        ("+1", None),
        ("1" * 40, None),
        ("not a number 7", None),
        ("\ud800123", None),
    ],
)
def test_a_number_is_read_as_its_country_writes_it(raw: str, number: str | None) -> None:
    assert phone_numbers.normalise(raw, "US") == number


def test_a_number_is_shown_as_its_country_writes_it() -> None:
    assert phone_numbers.show("+12125550111") == "(212) 555-0111"
    assert phone_numbers.show("withheld:CA1") == "withheld:CA1"


@given(st.text(max_size=30))
def test_whatever_comes_as_a_number_breaks_nothing(raw: str) -> None:
    number = phone_numbers.normalise(raw, "US")
    assert number is None or (number.startswith("+") and number[1:].isdecimal())
    assert phone_numbers.hide(raw).startswith("~")
    phone_numbers.show(raw)


def test_a_hidden_number_gives_nothing_away_and_tells_people_apart() -> None:
    hidden = {phone_numbers.hide(f"+1212555{place:04}") for place in range(100)}
    assert len(hidden) == 100
    assert not any(char in mark for mark in hidden for char in "+ ")
    assert phone_numbers.hide("+12125550111") == phone_numbers.hide("+12125550111")
    assert all(len(mark) <= 12 for mark in hidden)


@pytest.mark.parametrize(
    ("typed", "rung"),
    [
        ("2125550112", "+12125550112"),
        ("12125550112", "+12125550112"),
        ("18005550111", "+18005550111"),
        ("19005550111", ""),  # expensive
        ("18765550111", ""),  # Jamaica
        ("011442071838750", ""),  # abroad
        ("5550112", ""),  # without an area code
        ("911", ""),
        ("0000000000", ""),
    ],
)
def test_only_numbers_of_the_country_that_cost_nothing_more_are_rung(typed: str, rung: str) -> None:
    assert phone_numbers.to_call(typed, "US") == rung


@pytest.mark.parametrize("shown", ["+10000000000", "+19115555", "+00000000000", "0"])
def test_what_many_machines_show_is_nobody_s(shown: str) -> None:
    assert not phone_numbers.is_someones(shown)
