"""The second opinion raises and asks; it never takes, gives back, closes or ends anything."""

from pathlib import Path

import pytest

from hotline.channels.parsing.danger_frames import LEVELS
from hotline.channels.parsing.parser import Hearing
from hotline.channels.parsing.second_opinion import ASKED_FOR, BY_LENGTH, SECOND, scores, with_opinion
from hotline.channels.parsing.tokens import tokens
from hotline.engine.answers import (
    CLOSING_SUSPECTED,
    GIVING_BACK_SUSPECTED,
    JOINING_SUSPECTED,
    PERSON_WANTED,
    Heard,
    Stop,
)
from tests.corpus import SHIPPED, held_out, lines, shipped
from tests.corpus.judging import ear
from tests.world import COMMUNITY

TEXTS = [line.text for line in lines() if shipped(line) and not held_out(line)]


@pytest.fixture(scope="module")
def hearing(tmp_path_factory: pytest.TempPathFactory) -> Hearing:
    folder: Path = tmp_path_factory.mktemp("hearing")
    folder.joinpath("community.toml").write_text(COMMUNITY, "utf-8")
    return ear(SHIPPED, folder)


def heard(words: str, **more: object) -> Heard:
    return Heard(words, own=words, rest=tokens(words), **more)  # type: ignore[arg-type]


def test_danger_that_no_rule_found_is_possible_and_never_more() -> None:
    words = "my neighbor sounds so low tonight, he talks about the river again"
    assert with_opinion(heard(words)).danger == "possible"


def test_what_the_rules_found_stays() -> None:
    words = "my neighbor said tonight he would do something terrible to himself and the kids"
    for level in ("possible", "certain"):
        assert with_opinion(heard(words, danger=level, why=("said",))) == heard(words, danger=level, why=("said",))


def test_who_is_understood_to_the_last_word_needs_none() -> None:
    assert with_opinion(Heard("yes 112", ("yes",), (112,), own="yes 112")) == Heard(
        "yes 112", ("yes",), (112,), own="yes 112"
    )


def test_few_words_have_to_be_plain_to_be_suspected() -> None:
    few = [text for text in TEXTS if len(tokens(text)) <= BY_LENGTH[0][0]]
    doubtful = [text for text in few if 0 < scores(tokens(text))["danger"] < BY_LENGTH[0][1]]
    assert doubtful
    assert [text for text in doubtful if with_opinion(heard(text)).danger] == []


def test_a_person_is_asked_for_in_words_that_no_rule_knows() -> None:
    assert PERSON_WANTED in with_opinion(heard("let me speak to whoever is in charge over there please")).names


def test_ending_our_texts_is_only_asked_about() -> None:
    suspected = [each for each in map(with_opinion, map(heard, TEXTS[::7])) if each.stops]
    assert suspected
    assert {(stop.object, stop.sure) for each in suspected for stop in each.stops} <= {
        ("near", False),
        ("hours", False),
    }


def test_nobody_is_asked_about_a_stop_that_stops_nothing() -> None:
    words = heard("please take this number off of there i never asked for your texts")
    assert with_opinion(words, shielded=True).stops == ()


def test_an_end_that_is_doubted_is_asked_about() -> None:
    words = "i am a retired nurse and would like to help out with deliveries"
    found = with_opinion(heard(words, language="en", stops=(Stop("texts"), Stop("request"))))
    assert [(stop.object, stop.accounted) for stop in found.stops] == [("texts", False), ("request", True)]
    strange = with_opinion(
        heard(words, stops=(Stop("texts"),))
    )  # in a language that it has not learned it doubts nothing
    assert [stop.accounted for stop in strange.stops] == [True]


@pytest.mark.parametrize(
    ("words", "suspected"),
    [
        ("someone else has to take it i got called into work", GIVING_BACK_SUSPECTED),
        ("somebody already drove me so you can forget the ride", CLOSING_SUSPECTED),
        ("retired driver with a van i want to volunteer", JOINING_SUSPECTED),
    ],
)
def test_what_only_asks_is_suspected_by_name(words: str, suspected: str) -> None:
    assert suspected in with_opinion(heard(words)).names


@pytest.mark.parametrize(
    "words",
    ["I want to lend a hand", "posso pegar uma escada emprestada", "quiero echar una mano", "<b>hi</b> <i>x</i> y=z"],
)
def test_offers_and_lending_and_markup_are_neither_danger_nor_a_wish_for_a_person(hearing: Hearing, words: str) -> None:
    found = hearing.hear(words)
    assert (found.danger, PERSON_WANTED in found.names) == ("", False)


def test_a_thing_of_one_language_is_none_where_it_is_an_everyday_word_of_the_one_that_is_written(
    hearing: Hearing,
) -> None:
    assert "food" not in hearing.hear("please let us in").names
    assert "food" in hearing.hear("m bezwen let").names


@pytest.mark.parametrize("words", TEXTS[::97])
def test_only_what_raises_or_asks_is_added(hearing: Hearing, words: str) -> None:
    plain, whole = hearing.by_rule(words), hearing.hear(words)
    added = whole.names[len(plain.names) :]
    assert whole.names[: len(plain.names)] == plain.names
    assert set(added) <= {name for name, _ in ASKED_FOR.values()}
    assert _ends(whole) <= _ends(plain)
    if not plain.stops:
        assert {(stop.sure, stop.why) for stop in whole.stops} <= {(False, SECOND)}
    assert [stop.object for stop in whole.stops[: len(plain.stops)]] == [stop.object for stop in plain.stops]
    assert LEVELS.index(plain.danger) <= LEVELS.index(whole.danger)
    rest = {"names": (), "stops": (), "danger": "", "why": ()}
    assert whole.but(**rest) == plain.but(**rest)


def _ends(some: Heard) -> int:
    """How many stops would end our texts without a question."""
    return sum(stop.object == "texts" and stop.accounted for stop in some.stops)
