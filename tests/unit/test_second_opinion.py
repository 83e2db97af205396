"""The second opinion raises and asks; it never takes, gives back, closes or ends anything."""

from pathlib import Path

import pytest

from hotline.channels.parsing.danger_frames import LEVELS
from hotline.channels.parsing.parser import Hearing
from hotline.channels.parsing.second_opinion import FEW, MORE, scores, with_opinion
from hotline.channels.parsing.tokens import tokens
from hotline.engine.answers import PERSON_WANTED, Heard, Stop
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
    words = "my neighbor said tonight he would do something terrible to himself and the kids"
    assert with_opinion(heard(words)).danger == "possible"


def test_what_the_rules_found_stays() -> None:
    words = "my neighbor said tonight he would do something terrible to himself and the kids"
    for level in ("possible", "certain"):
        assert with_opinion(heard(words, danger=level, why=("said",))) == heard(words, danger=level, why=("said",))


def test_who_is_understood_to_the_last_word_needs_none() -> None:
    assert with_opinion(Heard("yes 112", ("yes",), (112,), own="yes 112")) == Heard(
        "yes 112", ("yes",), (112,), own="yes 112"
    )


def test_a_few_words_are_too_little_to_go_by() -> None:
    assert scores(tokens("he is here")) == {}


def test_a_few_words_have_to_be_plain_to_be_suspected() -> None:
    mild = "pause when i feel like it"
    few = [text for text in (mild, *TEXTS) if len(tokens(text)) <= FEW]
    doubtful = [text for text in few if 0 < scores(tokens(text)).get("danger", 0) < MORE]
    assert mild in doubtful
    assert [text for text in doubtful if with_opinion(heard(text)).danger] == []


def test_a_person_is_asked_for_in_words_that_no_rule_knows() -> None:
    assert PERSON_WANTED in with_opinion(heard("let me speak to whoever is in charge over there please")).names


def test_ending_our_texts_is_only_asked_about() -> None:
    suspected = [each for each in map(with_opinion, map(heard, TEXTS[::7])) if each.stops]
    assert suspected
    assert {(stop.object, stop.sure) for each in suspected for stop in each.stops} == {("near", False)}


def test_nobody_is_asked_about_a_stop_that_stops_nothing() -> None:
    words = heard("please take this number off of there i never asked for your texts")
    assert with_opinion(words, shielded=True).stops == ()


@pytest.mark.parametrize("words", TEXTS[::97])
def test_only_danger_a_stop_that_asks_or_a_person_is_added(hearing: Hearing, words: str) -> None:
    plain, whole = hearing.by_rule(words), hearing.hear(words)
    assert whole.names in (plain.names, (*plain.names, PERSON_WANTED))
    assert whole.stops in (plain.stops, (Stop("near", sure=False, why="second opinion", accounted=False),))
    assert LEVELS.index(plain.danger) <= LEVELS.index(whole.danger)
    assert whole.but(names=(), stops=(), danger="", why=()) == plain.but(names=(), stops=(), danger="", why=())
