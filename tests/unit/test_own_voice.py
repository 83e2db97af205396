"""The community's own voice: which pieces there are, and what is heard when some are recorded, all, or none."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import patch

import pytest

from hotline.channels import voice
from hotline.channels.catalogue import Catalogue, languages, messages
from hotline.channels.lint.fill_values import everything
from hotline.channels.lint.sample_towns import usual
from hotline.channels.prompt_clips import Sounds, all_pieces, is_for_coordinators, of_option, of_wording, sheet
from hotline.engine.session import Prompt, Values
from tests.unit.build import catalogue

TOLD: Values = {"number": "112", "what": ("food",), "area": ("north",), "name": "Ben"}
TAKEN = Prompt("take.yours", values=TOLD)


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return catalogue(tmp_path_factory.mktemp("own"))


@pytest.fixture
def no_voice() -> Iterator[None]:
    """Meanwhile nobody at the carrier speaks Spanish."""
    with patch.dict(messages("es"), {"voice_language": ""}):
        yield


def heard(words: Catalogue, prompt: Prompt, *names: str, language: str = "en") -> list[str]:
    """What a call hears with these pieces recorded: words said, and in brackets what is played."""
    sounds = Sounds({language: {name: name for name in names}}, lambda place: f"https://a.org/{place}")
    document = voice.render([prompt.but(ends=True)], language, words, "", "", sounds)
    spoken = [each for each in ElementTree.fromstring(document.encode()) if each.tag in ("Say", "Play")]
    return [f"[{(each.text or '')[14:]}]" if each.tag == "Play" else each.text or "" for each in spoken]


def test_without_recordings_a_wording_is_said_in_one_piece(words: Catalogue) -> None:
    assert heard(words, TAKEN) == ["You have number 1 1 2 already. food, Northside."]


def test_what_is_recorded_is_played_and_the_rest_is_said(words: Catalogue) -> None:
    names = ("take.yours/0", "digit.1", "digit.2", "take.yours/2", "label.north")
    told = heard(words, TAKEN, *names)
    assert told == [
        "[take.yours/0]",
        "[digit.1]",
        "[digit.1]",
        "[digit.2]",
        "already. food",
        "[label.north]",
    ]


def test_a_wording_whose_pieces_are_all_recorded_needs_no_voice(words: Catalogue) -> None:
    names = [each.name for each in all_pieces("en", words)]
    assert not [said for said in heard(words, TAKEN, *names) if not said.startswith("[")]


def test_a_name_is_said_between_recordings(words: Catalogue) -> None:
    names = [each.name for each in all_pieces("en", words)]
    prompt = Prompt("news.done", values=TOLD)
    assert [said for said in heard(words, prompt, *names) if not said.startswith("[")] == ["Ben"]


@pytest.mark.usefixtures("no_voice")
def test_a_language_without_a_voice_says_a_neighbor_for_a_name(words: Catalogue) -> None:
    names = [each.name for each in all_pieces("es", words)]
    told = heard(words, Prompt("news.done", values=TOLD), *names, language="es")
    assert told[0] == "[label.someone]"
    assert all(said.startswith("[") for said in told)


@pytest.mark.usefixtures("no_voice")
def test_a_language_without_a_voice_that_lacks_a_piece_is_said_in_the_first_language(words: Catalogue) -> None:
    names = [each.name for each in all_pieces("es", words) if each.name != "digit.2"]
    assert heard(words, TAKEN, *names, language="es") == heard(words, TAKEN)


@pytest.mark.usefixtures("no_voice")
def test_free_words_are_left_out_where_nobody_can_say_them(words: Catalogue) -> None:
    names = [each.name for each in all_pieces("es", words)]
    told = heard(words, Prompt("status.asked_taken", values={**TOLD, "what": "(free words)"}), *names, language="es")
    assert all(said.startswith("[") for said in told)


@pytest.mark.usefixtures("no_voice")
def test_a_language_without_a_voice_is_offered_by_its_name(words: Catalogue) -> None:
    told = heard(words, Prompt("menu.language", ("en", "es"), True))
    assert told == ["English press 1.", "For Español, press 2."]


@pytest.mark.parametrize("language", languages())
def test_every_piece_that_is_ever_said_stands_on_the_sheet(language: str) -> None:
    words = Catalogue(usual(languages()))
    known = {piece.name for piece in all_pieces(language, words)} | {f"label.{name}" for name in languages()}
    for prompts in everything(words.community):
        for prompt in prompts:
            lines = [of_wording(prompt, language, words)]
            lines += [of_option(prompt, option, "1", language, words) for option in prompt.options]
            used = {part.piece for line in lines for part in line if part.piece}
            assert used - known == set(), prompt.key


@pytest.mark.parametrize("language", languages())
def test_the_sheet_has_the_same_words_once_and_what_coordinators_hear_last(language: str) -> None:
    pieces = sheet(language, Catalogue(usual(languages())))
    assert len({piece.words for piece in pieces}) == len(pieces)
    assert all(piece.words == piece.words.strip() and piece.words for piece in pieces)
    order = [is_for_coordinators(piece) for piece in pieces]
    assert order == sorted(order)
    assert [piece.words for piece in pieces[:10]] == list("0123456789")


def test_what_somebody_said_is_played_after_the_wording_and_words_are_read_in_their_language(words: Catalogue) -> None:
    prompt = Prompt("studio.take", values={"number": "11"}, quote=("es", "comida"), plays="words/RE1.mp3")
    assert heard(words, prompt) == ["Number 1 1. Say it after the tone, then press pound.", "comida", "[words/RE1.mp3]"]


@pytest.mark.parametrize(
    ("time", "pieces"),
    [
        ("09:00", ["digit.9", "label.am/1"]),
        ("22:30", ["digit.1", "digit.0", "digit.3", "digit.0", "label.pm/1"]),
        ("every_monday", ["label.every/0", "label.monday"]),
        ("2026-03-24", ["digit.2", "digit.4", "label.month_3"]),
    ],
)
def test_times_are_put_together_from_pieces_that_are_on_the_sheet(time: str, pieces: list[str]) -> None:
    here = Catalogue(usual(("ht",)))
    said = of_wording(Prompt("pause.until", values={"until": (time,)}), "ht", here)
    found = [part.piece for part in said if part.piece and not part.piece.startswith("pause.")]
    assert found == pieces
    assert set(found) <= {piece.name for piece in all_pieces("ht", here)}


def test_nothing_on_the_sheet_is_a_hole() -> None:
    for language in languages():
        assert [piece for piece in sheet(language, Catalogue(usual((language,)))) if "{" in piece.words] == []


def test_a_voice_says_ten_as_one_word() -> None:
    here = Catalogue(usual(("en",)))
    said = of_wording(Prompt("pause.until", values={"until": ("22:30",)}), "en", here)
    assert "".join(part.words for part in said) == "You are paused until 10:30 PM."


def test_the_number_of_those_who_listen_is_said() -> None:
    said = of_wording(Prompt("hello.crisis"), "en", Catalogue(replace(usual(("en",)), crisis="988")))
    assert "Call 9 8 8 now" in "".join(part.words for part in said)


def test_where_no_language_has_a_voice_it_is_said_in_english() -> None:
    document = voice.render([Prompt("hello.goodbye", ends=True)], "ht", Catalogue(usual(("ht",))), "", "")
    assert 'language="en-US">Thank you for calling. Goodbye.' in document
