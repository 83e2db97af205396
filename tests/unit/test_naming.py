"""Whom a coordinator means: letters' size and accents do not matter, a slip is asked about, digits end a number."""

import pytest

from hotline.channels.catalogue import languages
from hotline.channels.lint.sample_towns import usual
from hotline.flows.coordinator.find_volunteer import exactly, name_said, nearly, numbers_said
from hotline.model.people import Volunteer
from tests.world import heard_in

HEARING = heard_in(usual(languages()))
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
    ("words", "numbers", "name"),
    [
        ("ASSIGN 112 Ben", ("112",), "Ben"),
        ("assign Ben 112", ("112",), "Ben"),
        ("assign 112 and 113 to Mary Ann", ("112", "113"), "Mary Ann"),
        ("assign Mary Ann 112, 113 & 114", ("112", "113", "114"), "Mary Ann"),
        ("confier 112 et 113 à Zoé", ("112", "113"), "Zoé"),
        ("giao 112 và 113 cho An", ("112", "113"), "An"),
        ("分配 112和113 给 Ben", ("112", "113"), "Ben"),
        ("تكليف 112 و113 إلى Ben", ("112", "113"), "Ben"),
        ("assign 112 ..0113", ("112",), "0113"),
        ("assign 112 2113", ("112",), "2113"),
        ("assign 112", ("112",), ""),
        ("APPROVE Ben", (), "Ben"),
        ("approve 2113", (), "2113"),
    ],
)
def test_the_numbers_and_the_name_come_in_any_order(words: str, numbers: tuple[str, ...], name: str) -> None:
    heard = HEARING.hear(words)
    assert name_said(heard) == name
    assert heard.command == "approve" or numbers_said(heard) == numbers
