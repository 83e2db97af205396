"""Whom a coordinator means: letters' size and accents do not matter, a slip is asked about, digits end a number."""

import pytest

from hotline.engine.answers import Heard
from hotline.flows.coordinator.find_volunteer import exactly, nearly, order
from hotline.model.people import Volunteer

PEOPLE = tuple(
    Volunteer(f"+121255501{end}", name)
    for end, name in (("11", "Ben"), ("12", "José"), ("13", "Jose Luis"), ("14", "Mary Ann"), ("15", ""), ("16", "Bea"))
)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("ben", ["Ben"]),
        ("BEN", ["Ben"]),
        ("to Ben", ["Ben"]),
        ("jose", ["José"]),
        ("mary ann", ["Mary Ann"]),
        ("mary", ["Mary Ann"]),
        ("0115", [""]),
        ("15", []),
        ("Zed", []),
        ("", []),
        ("!", []),
    ],
)
def test_a_name_is_found_however_it_is_written(said: str, found: list[str]) -> None:
    assert [who.name for who in exactly(PEOPLE, said)] == found


@pytest.mark.parametrize(
    ("said", "found"), [("bne", ["Ben", "Bea"]), ("jsoe", ["José", "Jose Luis"]), ("zzzz", []), ("", [])]
)
def test_a_slip_finds_those_who_may_be_meant(said: str, found: list[str]) -> None:
    assert [who.name for who in nearly(PEOPLE, said)] == found


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        (Heard(command="assign", code="112", tail="Ben"), ("112", "Ben")),
        (Heard(command="assign", tail="Ben 112"), ("112", "Ben")),
        (Heard(command="assign", tail="Ben"), ("", "Ben")),
        (Heard(command="assign", code="112"), ("112", "")),
        (Heard(command="approve", tail="Ben"), ("", "Ben")),
        (Heard(command="approve", code="5113"), ("", "5113")),
    ],
)
def test_the_number_and_the_name_come_in_any_order(heard: Heard, meant: tuple[str, str]) -> None:
    assert order(heard) == meant
