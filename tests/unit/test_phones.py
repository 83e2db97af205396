"""Telephone numbers: read at the door, withheld ones known before any parsing, hidden in logs."""

import phonenumbers
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
        ("5550111", None),  # no area code
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
    phone_numbers.show(raw)


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


US_TERRITORIES = {
    "+17875550123": "PR",
    "+19395550123": "PR",
    "+13405550123": "VI",
    "+16715550123": "GU",
    "+16705550123": "MP",
    "+16845550123": "AS",
}


@pytest.mark.parametrize("phone", US_TERRITORIES)
def test_all_territories_of_the_united_states_count_as_them(phone: str) -> None:
    assert phone_numbers.country(phone) == US_TERRITORIES[phone]
    assert phone_numbers.is_someones(phone)
    assert phone_numbers.is_of(phone, "US")
    assert phone_numbers.is_of("+12125550111", US_TERRITORIES[phone])
    assert not phone_numbers.mistake(phone, "US")
    assert not phone_numbers.is_of(phone, "CA")


@pytest.mark.parametrize(
    ("region", "country"),
    [
        *(("GG", "GB"), ("IM", "GB"), ("JE", "GB"), ("SJ", "NO"), ("AX", "FI"), ("CC", "AU"), ("CX", "AU")),
        *(("GP", "FR"), ("RE", "FR"), ("MF", "FR"), ("YT", "FR"), ("BQ", "NL"), ("VA", "IT"), ("CW", "CW")),
        *(("CA", "CA"), ("JM", "JM"), ("DO", "DO"), ("KZ", "KZ"), ("RU", "RU"), ("PR", "US"), ("US", "US")),
    ],
)
def test_a_territory_belongs_to_its_country_and_a_country_to_itself(region: str, country: str) -> None:
    assert phone_numbers.nation(region) == country


def test_every_region_of_the_library_has_one_country() -> None:
    """A territory of a territory would have none; new regions that share a code of several countries stand alone."""
    regions = phonenumbers.SUPPORTED_REGIONS
    assert {phone_numbers.nation(phone_numbers.nation(each)) for each in regions} <= regions
    assert all(phone_numbers.nation(phone_numbers.nation(each)) == phone_numbers.nation(each) for each in regions)
    assert {each for each in regions if phone_numbers.nation(each) == "US"} == {"US", *US_TERRITORIES.values()}
    assert set(phone_numbers.TERRITORIES) <= regions


@given(st.from_regex(phone_numbers.WELL_FORMED, fullmatch=True))
def test_a_well_formed_number_is_somebody_s_whatever_the_list_says(phone: str) -> None:
    assert phone_numbers.is_someones(phone)
    assert phone_numbers.normalise(phone, "US") in (phone, None if phone_numbers.is_withheld(phone) else phone)


@pytest.mark.parametrize("phone", ["+18615550123", "+13725550111", "+18005550111"])
def test_area_codes_that_are_no_other_country_s_are_texted(phone: str) -> None:
    assert phone_numbers.is_someones(phone)
    assert phone_numbers.is_of(phone, "US")


@pytest.mark.parametrize("phone", ["+14165550123", "+18095550123", "+18765550123"])
def test_who_is_dialed_alike_may_be_of_another_country(phone: str) -> None:
    assert not phone_numbers.is_of(phone, "US")
    assert phone_numbers.is_dialed_alike(phone, "US")
    assert not phone_numbers.is_dialed_alike("+447700900123", "US")


@pytest.mark.parametrize(
    ("written", "here", "sentence"),
    [
        ("555-0199", "US", "has no area code; write the whole number, such as +12125550155"),
        ("7946 0123", "GB", "has no area code; write the whole number, such as +44"),
        ("+447700900123", "US", "a number of another country; only numbers of US"),
        ("+12125550111", "GB", "a number of another country; only numbers of GB"),
        ("+18095550123", "US", "a number of another country"),
        ("+12121110123", "US", "is no telephone number"),
        ("+10000000000", "US", "is no telephone number"),
        ("22395", "US", "is no telephone number"),
        ("VERIZON", "US", "is no telephone number"),
        ("anonymous", "US", "is no telephone number"),
        ("", "US", "is no telephone number"),
    ],
)
def test_a_number_that_cannot_be_used_is_told_with_the_fix(written: str, here: str, sentence: str) -> None:
    assert sentence in phone_numbers.mistake(written, here)
    assert "such as +" in phone_numbers.mistake(written, here)


@pytest.mark.parametrize("sender", ["22395", "262966", "611", "VERIZON", "AMZN2", "+22395"])
def test_short_codes_and_letters_are_machines(sender: str) -> None:
    assert phone_numbers.is_machine(sender)


@pytest.mark.parametrize("sender", ["+12125550111", "2125550111", "anonymous", "Restricted", "266696687", "", "+464"])
def test_people_and_withheld_numbers_are_no_machines(sender: str) -> None:
    assert not phone_numbers.is_machine(sender)
