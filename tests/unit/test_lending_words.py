"""What people say of tools: the kind of what is said, whatever the words, and the thing it is said of."""

import pytest

from hotline.channels.parsing.lending import Lending
from hotline.community.reading import from_table
from hotline.flows.sharing.loans.about import fits
from hotline.model.loans import Tool
from tests.unit.build import plain

HEARS = Lending(from_table({**plain(), "sharing": {"tools": True}}, ("en", "es")))
LENDS_NOTHING = Lending(from_table(plain(), ("en", "es")))


@pytest.mark.parametrize(
    ("said", "kind", "thing"),
    [
        ("can i borrow a ladder", "borrow", "ladder"),
        ("Hi, could I please borrow somebody's tall ladder?", "borrow", "somebodys tall ladder"),
        ("I need to borrow a drill for today", "borrow", "drill"),
        ("lend me a saw", "borrow", "saw"),
        ("who has a drill?", "who", "drill"),
        ("does anyone here have a wheelbarrow", "who", "wheelbarrow"),
        ("I have a ladder to lend", "lend", "ladder"),
        ("I can lend my sewing machine", "lend", "sewing machine"),
        ("the ladder is broken", "broken", "ladder"),
        ("sorry, the drill stopped working", "broken", "sorry drill"),
        ("I brought the ladder back", "back", "ladder"),
        ("ladder is back", "back", "ladder"),
        ("bringing it back tomorrow", "bringing", ""),
        ("I will bring the ladder on Sunday", "bringing", "ladder sunday"),
        ("¿me pueden prestar una escalera? ¿quién me presta una?", "borrow", "prestar escalera"),
        ("alguien tiene un taladro", "who", "taladro"),
        ("tengo una escalera para prestar", "lend", "tengo escalera"),
        ("se rompió la sierra", "broken", "sierra"),
        ("ya devolví la escalera", "back", "escalera"),
    ],
)
def test_the_kind_and_the_thing(said: str, kind: str, thing: str) -> None:
    kinds, found = HEARS.read(said)
    assert (kind in kinds, found) == (True, thing)
    assert LENDS_NOTHING.read(said) == ((), "")


@pytest.mark.parametrize(
    "said", ["food 11216", "I need a ride to the doctor", "YES 101", "my back hurts", "ok thanks", "necesito comida"]
)
def test_other_words_say_nothing_of_tools(said: str) -> None:
    assert HEARS.read(said)[0] == ()


@pytest.mark.parametrize(
    ("wanted", "name", "fit"),
    [
        *(("ladders", "tall ladder", True), ("ladder", "step ladders", True), ("LADDER", "Ladder", True)),
        *(("escalera", "Escalera alta", True), ("taladro", "taladros", True), ("saw", "jigsaw", False)),
        *(("drill", "ladder", False), ("a", "a ladder", False), ("我想借梯子", "梯子", True), ("", "ladder", False)),
    ],
)
def test_a_tool_is_found_by_a_word_of_its_name(wanted: str, name: str, fit: bool) -> None:
    assert fits(wanted, Tool(1, "", words=name)) is fit


@pytest.mark.parametrize("said", ["I want to lend a hand", "can I borrow money", "quiero prestar ayuda"])
def test_a_hand_and_money_are_no_tools(said: str) -> None:
    assert "other" in HEARS.read(said)[0]
