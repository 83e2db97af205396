"""Free words of a request: in their order, each once, whatever they stand beside."""

from itertools import permutations

import pytest

from hotline.carriers.twilio import parse
from hotline.carriers.twilio.forms import webhook
from hotline.channels.parsing.parser import Hearing
from hotline.flows.neighbor.said import LONGEST, already_said, says_more, told, with_words
from tests.unit.build import facts, hearing, need


@pytest.fixture(scope="module")
def ear(tmp_path_factory: pytest.TempPathFactory) -> Hearing:
    return hearing(tmp_path_factory.mktemp("ear"))


def test_words_stand_in_the_order_in_which_they_were_said() -> None:
    assert told({"said": "no nuts", "details": "12 Elm"}) == "no nuts\n12 Elm"
    assert with_words("no nuts\n12 Elm", "ring twice") == "no nuts\n12 Elm\nring twice"


def test_the_same_words_stand_there_once() -> None:
    assert with_words("no nuts\n12 Elm", "no nuts") == "no nuts\n12 Elm"
    assert with_words("no nuts", "  ") == "no nuts"


@pytest.mark.parametrize("mark", ["({}/3)", "{}/3", "[{}/3]", "( {} / 3 )"])
def test_two_parts_that_change_places_are_put_right(mark: str) -> None:
    parts = [f"{mark.format(number)} {word}" for number, word in enumerate(("one", "two", "three"), 1)]
    for this, that in permutations(parts, 2):
        assert with_words(with_words("", this), that) == "\n".join(sorted((this, that), key=parts.index))


def test_half_a_cup_is_no_part_of_a_text() -> None:
    assert with_words("1/2 cup of rice", "1/4 cup of oil") == "1/2 cup of rice\n1/4 cup of oil"


def test_words_without_an_end_do_not_fill_a_hundred_texts() -> None:
    assert len(with_words("x" * (LONGEST - 5), "y" * 10)) == LONGEST - 5


@pytest.mark.parametrize(
    "words",
    [
        "food, 5 Pine st",
        "food for 4",
        "insulin 11216",
        "milk 11216",
        "for 3 by 7pm",
        "comida para mi mamá",
        "44 ELM ST",
    ],
)
def test_what_says_more_than_a_choice_is_kept(ear: Hearing, words: str) -> None:
    assert says_more(ear.hear(words), facts())


@pytest.mark.parametrize(
    "words",
    ["hi", "food", "food 11216", "I need food please", "1", "2 thanks", "1 food", "(1) food", "yes", "Norte", "comida"],
)
def test_a_choice_says_no_more_than_it_is(ear: Hearing, words: str) -> None:
    assert not says_more(ear.hear(words), facts())


def test_a_form_that_goes_on_asks_what_a_helper_should_know_until_it_was_answered() -> None:
    begun = need(words="food no nuts\n44 Elm", details="food no nuts\n44 Elm")
    assert "details" not in already_said(begun)
    assert already_said(begun.but(details="food no nuts\n44 Elm\nring twice"))["details"] == ""
    assert already_said(begun.but(recording="RE1"))["details_recording"] == "RE1"


@pytest.mark.parametrize(
    ("fields", "seen"),
    [
        ({}, (False, False)),
        ({"NumMedia": "0"}, (False, False)),
        ({"NumMedia": "2"}, (True, False)),
        ({"NumMedia": "x"}, (False, False)),
        ({"OtherRecipients0": "+12125550180"}, (False, True)),
        ({"NumMedia": "1", "OtherRecipients0": "+12125550180", "OtherRecipients1": "+12125550181"}, (True, True)),
    ],
)
def test_pictures_and_other_readers_are_seen(fields: dict[str, str], seen: tuple[bool, bool]) -> None:
    given = {"MessageSid": "SM1", "From": "+12125550113", "Body": "food", **fields}
    came = parse.text(webhook(list(given.items())), "US", "")
    assert (came.has_media, came.to_group) == seen
