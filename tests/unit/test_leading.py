"""A leading yes or no: enough where it costs nothing, and never taken back by what stands behind it."""

from dataclasses import replace

import pytest

from hotline.channels.parsing.parser import Hearing
from hotline.community.reading import load
from tests.corpus import SHIPPED
from tests.world import COMMUNITY, heard_in


@pytest.fixture(scope="module")
def hearing(tmp_path_factory: pytest.TempPathFactory) -> Hearing:
    path = tmp_path_factory.mktemp("leading") / "community.toml"
    path.write_text(COMMUNITY, "utf-8")
    return heard_in(replace(load(path, ("en", "es")), languages=SHIPPED))


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ("yes, such a nice young man", "yes"),
        ("sí!! me salvaron la vida", "yes"),
        ("对，你们真是救命恩人", "right"),
        ("no, wrong area", "no"),
        ("nope he quit answering me", "no"),
        ("2 not yet, still in my coat", "not_yet"),
        ("2, I do not drive since august", "2"),
    ],
)
def test_a_yes_a_no_or_a_number_may_lead(hearing: Hearing, words: str, lead: str) -> None:
    assert hearing.hear(words).leads == lead


@pytest.mark.parametrize(
    "words",
    [
        "yes honey get milk",
        "yes, but only tomorrow",
        "yes? such a nice young man",
        "yes 11216",
        "no. 1",
        "no ok",
        "no ✅",
        "1 no",
        "2 yes",
        "2 bags",
        "sí, pero mañana",
        "sim quem é",
    ],
)
def test_what_stands_behind_may_take_it_back(hearing: Hearing, words: str) -> None:
    assert not hearing.hear(words).leads
