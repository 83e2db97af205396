"""Pseudonyms: marks tell people apart, give nothing away, and stay; traces find one person in what others wrote."""

import pytest

from hotline.model.pseudonyms import LOG, SHORT, SUPPRESSION, Pseudonyms, Somebody, hashed_id
from hotline.model.traces import Traces

ANA = "+12125550111"
SAID = ("Seventh floor, the lift is broken", "yes")


def test_a_mark_is_the_same_for_the_same_number_secret_and_purpose_alone() -> None:
    marks = Pseudonyms("a secret", LOG, SHORT)
    assert marks.of(ANA) == Pseudonyms("a secret", LOG, SHORT).of(ANA)
    assert len(marks.of(ANA)) == SHORT
    others = (Pseudonyms("another", LOG, SHORT), Pseudonyms("a secret", SUPPRESSION, SHORT))
    assert all(marks.of(ANA) != other.of(ANA) for other in others)
    assert len({Pseudonyms("a secret", SUPPRESSION).of(f"+1212555{at:04}") for at in range(1000)}) == 1000


def test_somebody_says_nothing_by_themselves() -> None:
    assert f"{Somebody(ANA)} {Somebody(ANA)!r}" == "somebody somebody"


def test_an_id_is_known_again_by_its_hash_and_a_step_by_its_call() -> None:
    assert hashed_id("SM1") == hashed_id("SM1") != hashed_id("SM2")
    assert "SM1" not in hashed_id("SM1")
    assert hashed_id("CA1/3").startswith(f"{hashed_id('CA1')}/")
    assert hashed_id(hashed_id("CA1/3")) == hashed_id("CA1/3")


@pytest.mark.parametrize(
    "words",
    [
        "call 212-555-0111",
        "(212) 555-0111 please",
        "Body=%2B12125550111&x",
        '{"phone": "+12125550111"}',
        "2 1 2, 5 5 5, 0 1 1 1.",
        "<Say>seventh floor. The lift is &quot;broken&quot;</Say>",
        r"{\"details\": \"Seventh floor,\\nthe lift is broken\"}",
    ],
)
def test_a_number_and_whole_sentences_are_found_however_they_are_written(words: str) -> None:
    assert Traces.of(ANA, SAID, "Ana").are_in(words, near=False)


@pytest.mark.parametrize("words", ["", "yes", "seventh floor", "call 212-555-0112", "SM2125550111999", "Anas, banana"])
def test_what_others_say_as_well_is_no_trace(words: str) -> None:
    assert not Traces.of(ANA, SAID, "Ana").are_in(words, near=True)


def test_a_name_counts_where_they_had_to_do_with_each_other() -> None:
    traces = Traces.of(ANA, SAID, "Ana")
    assert traces.are_in("Thank you, ANA!", near=True)
    assert not traces.are_in("Thank you, Ana!", near=False)
