"""A kind of need says which one is meant where just one of several is of that kind; it is never a guess."""

import pytest

from hotline.channels.parsing.parser import Hearing
from hotline.flows.intents.intents import Kind, Meaning
from hotline.flows.intents.need_names import by_name, by_name_alone
from hotline.flows.intents.routing import meaning
from tests.unit.build import ME, facts, hearing, need

FOOD, RIDE, MORE_FOOD = (
    need(number).but(what=what, takers=(ME,), status="taken")
    for number, what in ((101, "food"), (102, "ride"), (103, "food"))
)
GIVES = {"volunteer": True}


@pytest.fixture(scope="module")
def ear(tmp_path_factory: pytest.TempPathFactory) -> Hearing:
    return hearing(tmp_path_factory.mktemp("ear"))


@pytest.mark.parametrize("words", ["the food one", "food", "running late for the food one", "la comida"])
def test_the_only_one_of_its_kind_is_meant(ear: Hearing, words: str) -> None:
    assert by_name(ear.hear(words), (FOOD, RIDE), facts()) == "101"
    assert by_name(ear.hear(words), (FOOD, RIDE, MORE_FOOD), facts()) == ""


@pytest.mark.parametrize("words", ["food and the ride", "medicine", "I am at the door"])
def test_two_kinds_or_another_or_none_mean_none(ear: Hearing, words: str) -> None:
    assert by_name(ear.hear(words), (FOOD, RIDE), facts()) == ""


@pytest.mark.parametrize(
    ("words", "kind"),
    [("food is done", Kind.DONE), ("done with the food", Kind.DONE), ("drop the ride", Kind.DROP)],
)
def test_a_deed_is_done_where_nothing_else_is_said(ear: Hearing, words: str, kind: Kind) -> None:
    two = facts(person=GIVES, has_taken=(FOOD, RIDE))
    means = meaning(ear.hear(words), two, None)
    assert (means.kind, means.number) == (kind, "101" if "food" in words else "102")


@pytest.mark.parametrize(
    "words", ["is the food done?", "the food is almost done", "drop the food tomorrow at 5 instead"]
)
def test_with_more_words_nothing_is_done(ear: Hearing, words: str) -> None:
    assert by_name_alone(ear.hear(words), (FOOD, RIDE), facts(), "done", "drop") == ""


@pytest.mark.parametrize(
    ("words", "numbers"),
    [("101 102", ["101", "102"]), ("yes both", ["101", "102"]), ("yes all", ["101", "102"]), ("101 105", [])],
)
def test_several_are_taken_where_each_is_named_or_all_are(ear: Hearing, words: str, numbers: list[str]) -> None:
    offered = tuple(each.but(takers=(), status="open") for each in (FOOD, RIDE))
    means: Meaning | None = meaning(ear.hear(words), facts(person=GIVES, open=offered, named=offered), None)
    taken = []
    while means and means.kind is Kind.TAKE:
        taken.append(means.number)
        means = means.beside
    assert taken == numbers
