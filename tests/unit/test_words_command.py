"""hotline words check, table: each kind of mistake is found and named, and the page of costs is up to date."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from hotline.channels import catalogue
from hotline.channels.catalogue import languages, messages
from hotline.channels.lint import keywords
from hotline.channels.lint.cost_table import page
from hotline.channels.lint.lint import check
from hotline.cli import main
from tests.world import COMMUNITY

DOCS = Path(__file__).parents[2] / "docs" / "texts.md"
Change = Callable[[dict[str, Any]], None]


def _put(flow: str, step: str, channel: str, words: str) -> Change:
    return lambda file: file[flow][step].update({channel: words})


# (what is changed in Spanish, the key that is named, a word of what is said about it)
MISTAKES: dict[str, tuple[Change, str, str]] = {
    "a missing wording": (lambda file: file["take"].pop("gone"), "take.gone.text", "missing"),
    "a missing option": (
        lambda file: file["menu"]["what_next"]["text_options"].pop("ask"),
        "menu.what_next",
        "missing",
    ),
    "an extra wording": (lambda file: file["take"].update(more={"text": "x"}), "take.more.text", "no such key"),
    "a list for a wording": (lambda file: file["labels"].update(more=["x"]), "labels.more", "kind"),
    "a value left out": (_put("done", "told", "text", "¡Gracias!"), "done.told", "{number} is not there"),
    "a value too many": (_put("done", "told", "text", "{number} {numero}"), "done.told", "{numero} is not English's"),
    "a brace too few": (_put("done", "told", "text", "Gracias {number"), "done.told", "brace"),
    "a blank at the end": (_put("hello", "goodbye", "text", "Adios. "), "hello.goodbye", "blank"),
    "no words": (_put("hello", "goodbye", "voice", ""), "hello.goodbye", "no words"),
    "the key first": (_put("general", "option", "voice", "Oprima {key} para {label}."), "general.option", "first"),
    "a word that carriers eat": (lambda file: file["words"].update(back=["stop"]), "words.back", "eat"),
    "a label that carriers eat": (lambda file: file["labels"].update(more="info"), "labels.more", "eat"),
    "a prompt that carriers eat": (_put("hello", "thanks", "text", "Escriba INFO."), "hello.thanks", "eat INFO"),
    "a word of two meanings": (lambda file: file["words"].update(back=["drop"]), "words.back", "means 'drop' in en"),
    "a prompt not understood": (_put("hello", "thanks", "text", "Escriba MENUTO."), "hello.thanks", "not understood"),
    "a prompt for another word": (_put("hello", "thanks", "text", "Escriba ESTADO."), "hello.thanks", "means status"),
    "yes without a number": (_put("take", "gone", "text", "SI: {number}"), "take.gone", "alone"),
    "letters that cost": (_put("hello", "goodbye", "text", "Adiós, José."), "hello.goodbye", "ó cost double"),
    "a text too long": (_put("hello", "goodbye", "text", "adios " * 60 + "."), "hello.goodbye", "3 segments"),
    "a sentence left in English": (
        _put("hello", "goodbye", "voice", "Thank you for calling. Goodbye."),
        "hello.goodbye",
        "English",
    ),
    "no emergency": (_put("hello", "first", "text", "{community} STOP 0"), "hello.first", "{emergency}"),
    "a language not named": (lambda file: file["languages"].pop("en"), "languages.en", "missing"),
}


@pytest.fixture(scope="module")
def found_already() -> list[str]:
    """The keys that something is wrong with before anything is spoiled."""
    return [found.key for found in check("es")]


@pytest.fixture
def spanish() -> Iterator[dict[str, Any]]:
    """The Spanish file, to be spoiled."""
    _read_anew()
    yield messages("es")  # type: ignore[misc]
    _read_anew()


def _read_anew() -> None:
    for read_once in (keywords._meanings, catalogue.shipped, messages):
        read_once.cache_clear()


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_is_found_and_named(what: str, found_already: list[str], spanish: dict[str, Any]) -> None:
    change, key, said = MISTAKES[what]
    assert not [found for found in found_already if found.startswith(key)]
    change(spanish)
    assert [found for found in check("es") if found.key.startswith(key) and said in found.wrong]


def test_the_cheaper_spelling_is_proposed(spanish: dict[str, Any]) -> None:
    spanish["hello"]["goodbye"]["text"] = "Adiós “José”."
    assert [found.fix for found in check("es") if found.key == "hello.goodbye"] == ['Adios "José".']


def test_a_word_that_a_script_without_capitals_leaves_out_is_found(spanish: dict[str, Any]) -> None:
    spanish["name"] = "中文"  # no capitals: then the words themselves are looked for
    spanish["take"]["taken"]["text"] = "{number} {what} {area} {details} {weekly}"
    missing = [found.wrong for found in check("es") if found.key == "take.taken"]
    assert missing == ["no word for 'done'", "no word for 'drop'"]


@pytest.mark.usefixtures("spanish")
def test_what_is_wrong_is_a_table_and_the_command_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    del messages("es")["take"]["gone"]
    assert main(["words", "check", "--language", "es"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].split() == ["language", "wording", "what", "is", "wrong", "what", "would", "be", "right"]
    assert said[2].split() == ["es", "take.gone.text", "missing", "translate", "en.toml's"]
    assert said[-1] == "es: 2 to mend. Not yet checked by a speaker (checked = false)."


def test_what_is_right_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", "check"]) == 0
    assert "en: nothing wrong.\n" in capsys.readouterr().out


def test_a_community_s_own_words_are_read_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "community.toml"
    file.write_text(COMMUNITY, "utf-8")
    assert main(["words", "check", "--community", str(file)]) == 0
    file.write_text(COMMUNITY.replace('es = "comida"', 'es = "almíbar"').replace('en = "food"', 'en = "menu"'), "utf-8")
    assert main(["words", "check", "--community", str(file)]) == 1
    said = capsys.readouterr().out
    assert "needs.food" in said
    assert "means menu" in said
    assert "almibar" in said


def test_an_unknown_language_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", "check", "--language", "xx"]) == 2
    assert "there is no 'xx'" in capsys.readouterr().err


def test_the_page_of_costs_is_up_to_date() -> None:
    """Whoever changes a wording makes it anew: hotline words table > docs/texts.md"""
    assert DOCS.read_text("utf-8") == page(_english_first())


def _english_first() -> tuple[str, ...]:
    return ("en", *(language for language in languages() if language != "en"))


def test_the_table_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", "table", "--language", "en,es"]) == 0
    printed = capsys.readouterr().out
    assert printed == page(("en", "es"))
    assert "| intake.what | 1 | 1 |" in printed


def test_a_file_that_is_not_there_yet_is_no_language() -> None:
    with patch.object(catalogue, "MESSAGES", DOCS.parent):
        assert languages() == ()


def test_what_is_heard_is_shown_layer_by_layer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", "hear", "stop texting me, but my mother needs food -Maria", "--language", "en"]) == 0
    shown = dict(
        line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines() if line[:5] in ("stops", "means")
    )
    assert shown["stops"].startswith("texts (")
    assert shown["means"] == "opt_out + new"
