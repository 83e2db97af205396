"""Texts: joined where they fit, shortened where free words are long, split where none may be lost, always valid XML."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline.channels import text
from hotline.channels.catalogue import Catalogue
from hotline.channels.segments import segments
from hotline.engine.session import Prompt
from hotline.model.sanitize import clean
from tests.unit.build import catalogue

STORY: dict[str, str | tuple[str, ...]] = {"number": "112", "what": ("food",), "area": ("north",), "name": "Ben"}


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return catalogue(tmp_path_factory.mktemp("words"))


def test_options_stand_under_their_keys(words: Catalogue) -> None:
    prompt = Prompt("intake.what", ("food", "ride", "medicine", "more"), True)
    assert text.say(prompt, "en", words) == "What do you need?\n1 food\n2 a ride\n3 medicine\n4 more"


def test_a_need_keeps_its_own_number_as_its_key(words: Catalogue) -> None:
    prompt = Prompt("take.which", ("112", "115"), True, values={"112": ("food", "north"), "115": ("ride", "north")})
    assert text.say(prompt, "en", words).splitlines()[1:] == ["112 food, Northside", "115 a ride, Northside"]


def test_after_a_miss_the_question_comes_with_an_excuse(words: Catalogue) -> None:
    prompt = Prompt("intake.area", ("north",), True, again=1)
    assert text.say(prompt, "es", words).startswith("Perdone, no le entendimos.\n¿Donde esta usted?")


def test_a_missing_name_is_a_neighbor(words: Catalogue) -> None:
    prompt = Prompt("news.taken", values={**STORY, "name": ""})
    assert text.render([prompt], "en", words)[0].count("a neighbor") == 1


def test_an_unknown_language_is_the_first_one(words: Catalogue) -> None:
    assert text.render([Prompt("intake.details")], "xx", words) == text.render([Prompt("intake.details")], "en", words)


def test_short_prompts_share_a_text_and_long_ones_do_not(words: Catalogue) -> None:
    assert len(text.render([Prompt("hello.first"), Prompt("intake.what", ("food", "ride"))], "en", words)) == 1
    assert len(text.render([Prompt("hello.first")] * 3, "en", words)) > 1


def test_nothing_to_say_is_silence(words: Catalogue) -> None:
    assert text.render([], "en", words) == []
    assert len(ElementTree.fromstring(text.reply([]).encode())) == 0


def test_the_read_back_says_every_word_and_keeps_its_question_together(words: Catalogue) -> None:
    values = {**STORY, "details": "bag " * 75, "you_said": ("you_said",)}
    first, last = text.render([Prompt("intake.confirm", ("yes", "no"), True, values=values)], "en", words)
    assert f"{first} {last}".count("bag") == 75
    assert last.endswith("Is that right?\n1 yes, send it\n2 change it")


def test_long_details_are_shortened_where_only_a_glimpse_is_shown(words: Catalogue) -> None:
    """The first words are longer than the details, but stand nowhere in this text."""
    values = {**STORY, "details": "bag " * 75, "words": "w" * 1600}
    (body,) = text.render([Prompt("take.yours", values=values)], "en", words)
    assert segments(body) == 2
    assert "...\n" in body


@pytest.mark.parametrize("details", ["two bags of rice " * 17, "помогите " * 33, "😀" * 300, "x" * 300])
def test_whoever_takes_a_need_reads_every_word_of_it(words: Catalogue, details: str) -> None:
    texts = text.render([Prompt("take.taken", values={**STORY, "details": details})], "en", words)
    assert all(segments(body) <= 2 for body in texts)
    together = "".join("".join(body.split()) for body in texts)
    assert "".join(details.split()) in together
    assert "DROP112." in together


def test_a_split_text_is_not_cut_inside_a_word(words: Catalogue) -> None:
    texts = text.render([Prompt("take.taken", values={**STORY, "details": "groceries " * 30})], "en", words)
    assert len(texts) == 2
    assert texts[1].startswith("groceries")
    assert texts[0].endswith("groceries")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=300), st.sampled_from(["intake.confirm", "take.taken", "take.yours", "status.in_hand"]))
def test_whatever_a_neighbor_writes_the_answer_is_valid_and_short(words: Catalogue, details: str, key: str) -> None:
    kept = clean(details)
    texts = text.render([Prompt(key, values={**STORY, "details": kept})], "en", words)
    assert all(segments(body) <= 2 for body in texts)
    document = ElementTree.fromstring(text.reply(texts).encode())
    assert [message.text for message in document] == [body.replace("\r\n", "\n").replace("\r", "\n") for body in texts]


def test_braces_in_what_people_write_are_only_braces(words: Catalogue) -> None:
    prompt = Prompt("take.yours", values={**STORY, "details": "{number} {0} %s {"})
    assert "{number} {0} %s {" in text.render([prompt], "en", words)[0]


def test_the_community_is_named_in_alerts(tmp_path: Path) -> None:
    (body,) = text.render([Prompt("alerts.offer", values=STORY)], "en", catalogue(tmp_path))
    assert body == "Eastside Mutual Aid: can you help? food, Northside. Reply YES 112 to take it."
