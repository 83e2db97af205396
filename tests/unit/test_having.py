""" "I have oranges": what may be something to give; not what nobody gives away."""

import pytest

from hotline.channels.parsing.parser import Hearing
from tests.unit.build import hearing


@pytest.fixture(scope="module")
def ear(tmp_path_factory: pytest.TempPathFactory) -> Hearing:
    return hearing(tmp_path_factory.mktemp("having"))


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("I have oranges", "oranges"),
        ("i have baby clothes", "baby clothes"),
        ("tengo una escalera", "una escalera"),
        ("tenemos mangos", "mangos"),
    ],
)
def test_what_somebody_has_may_be_to_give(ear: Hearing, words: str, thing: str) -> None:
    assert ear.hear(words).has == thing


@pytest.mark.parametrize(
    "words",
    [
        "i have nothing to eat",
        "we have not eaten since yesterday",
        "I have to see a doctor friday",
        "i have three kids",
        "i have a problem",
        "tengo frio",
        "tengo tres hijos",
        "tengo una cita con el doctor",
    ],
)
def test_hunger_children_and_appointments_are_not(ear: Hearing, words: str) -> None:
    assert not ear.hear(words).has
