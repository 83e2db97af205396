"""The carrier's error codes: each has one cause, one reaction, one fault."""

from collections import Counter

import pytest

from hotline.carriers.api import FAULTS, Fault, Reaction
from hotline.carriers.error_codes import ABOUT, causes, code_of, explained, reaction

ABOUT_US = ("21660", "21661", "21701", "21704", "63038", "20003", "21606", "21703", "30002", "30032", "30034", "10001")


def test_every_code_has_one_cause_and_every_reaction_one_fault() -> None:
    found = causes()
    assert set(FAULTS) == set(Reaction)
    assert all((code.isdecimal() and len(code) == 5) or code.isupper() for code in found)  # a number, or a word
    assert {cause.about for cause in found.values()} == set(ABOUT)
    assert all(cause.what and not cause.what.endswith(".") for cause in found.values())


def test_how_many_there_are() -> None:
    """Counted, so that a change of the table is noticed."""
    found = causes()
    assert len(found) == 748
    faults = Counter(cause.reaction.fault for cause in found.values())
    assert faults == {
        Fault.NOW: 39,
        Fault.NUMBER: 44,
        Fault.UNKNOWN: 15,
        Fault.US: 183,
        Fault.WORDS: 467,
    }


@pytest.mark.parametrize("code", ABOUT_US)
def test_what_is_about_us_holds_everything(code: str) -> None:
    assert reaction(code, 400) is Reaction.STOP
    assert reaction(code, 400).fault is Fault.US


@pytest.mark.parametrize(
    ("code", "react", "fault"),
    [
        ("21635", Reaction.CALL, Fault.NUMBER),
        ("21614", Reaction.CALL, Fault.NUMBER),
        ("30006", Reaction.CALL, Fault.NUMBER),
        ("21610", Reaction.OPTED_OUT, Fault.NUMBER),
        ("21211", Reaction.NEVER, Fault.NUMBER),
        ("30003", Reaction.LATER, Fault.NOW),
        ("20429", Reaction.AGAIN, Fault.NOW),
        ("30023", Reaction.TOMORROW, Fault.US),
        ("21617", Reaction.WORDS, Fault.WORDS),
        ("21408", Reaction.REFUSED, Fault.UNKNOWN),
        ("20500", Reaction.UNKNOWN, Fault.UNKNOWN),
        ("99999", Reaction.REFUSED, Fault.UNKNOWN),
    ],
)
def test_whose_fault_it_is(code: str, react: Reaction, fault: Fault) -> None:
    assert (reaction(code, 400), react.fault) == (react, fault)


@pytest.mark.parametrize(
    ("status", "react"),
    [
        (0, Reaction.UNKNOWN),
        (400, Reaction.REFUSED),
        (401, Reaction.STOP),
        (403, Reaction.STOP),
        (404, Reaction.STOP),
        (407, Reaction.STOP),
        (302, Reaction.UNKNOWN),
        (100, Reaction.UNKNOWN),
        (425, Reaction.AGAIN),
        (408, Reaction.UNKNOWN),
        (422, Reaction.REFUSED),
        (429, Reaction.AGAIN),
        (500, Reaction.UNKNOWN),
        (503, Reaction.UNKNOWN),
    ],
)
def test_without_a_code_the_status_tells(status: int, react: Reaction) -> None:
    assert reaction("", status) is react


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"code": 21610}, "21610"),
        ({"code": "21610"}, "21610"),
        ({"code": 401}, ""),
        ({"code": True}, ""),
        ({"code": "9" * 40}, ""),
        ({"code": ["x"]}, ""),
        ([], ""),
        ("21610", ""),
        (None, ""),
    ],
)
def test_a_code_is_a_number_of_the_carrier_s_and_no_status(said: object, code: str) -> None:
    assert code_of(said) == code


def test_a_code_is_explained_where_it_is_known() -> None:
    assert explained("21704") == "21704 (the messaging service is missing, empty or wrong)"
    assert explained("99999") == "99999"
