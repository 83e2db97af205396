"""hotline card: what stands on it is what the phone says and what the texts ask for, in every language."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from hotline.channels.catalogue import Catalogue, languages, messages
from hotline.channels.lint.sample_towns import usual
from hotline.channels.print.card import Card, card, keys_to
from hotline.channels.print.card_page import as_page, as_text
from hotline.cli import main
from hotline.engine import run
from hotline.engine.answers import Heard
from hotline.engine.session import Session
from hotline.flows.everyone.menu import menu
from tests.unit.build import facts
from tests.world import heard_in

NUMBER = "+12125550100"
EVERYWHERE = languages()


def made(language: str) -> Card:
    return card(language, NUMBER, Catalogue(usual(EVERYWHERE)))


@pytest.mark.parametrize("language", EVERYWHERE)
def test_each_key_of_the_menu_leads_where_the_card_says(language: str) -> None:
    """Pressed in the real menu, the keys of a row come to the option whose name stands there."""
    here = Catalogue(usual(EVERYWHERE))
    known = facts(offered=replace(facts().offered, groups=here.community.groups), on=True)
    labels = messages(language)["menu"]["what_next"]["text_options"]
    for row in made(language).menu:
        turn = run.start(menu, Session("+1", language=language), known)
        for key in row.sign.split():
            shown = turn.prompts[-1].options
            turn = run.resume(menu, turn.session, Heard(keys=key), known)
        assert labels[shown[int(key) - 1]] == row.meaning


@pytest.mark.parametrize("language", EVERYWHERE)
def test_each_word_on_the_card_is_understood(language: str) -> None:
    ear = heard_in(usual(EVERYWHERE))
    for row in made(language).texting:
        heard = ear.hear(row.sign)
        assert heard.names or heard.command or heard.numbers or row.sign in ("0", "STOP"), row.sign


@pytest.mark.parametrize("language", EVERYWHERE)
def test_nothing_is_left_to_fill_in(language: str) -> None:
    assert "{" not in as_text(made(language))
    assert "911" in as_text(made(language))
    assert "(212) 555-0100" in as_text(made(language))


def test_a_choice_behind_for_more_has_more_than_one_key() -> None:
    five = ("a", "b", "c", "d", "e")
    assert [keys_to(name, five) for name in five] == ["1", "2", "3", "4 1", "4 2"]
    assert keys_to("h", (*five, "f", "g", "h")) == "4 4 2"
    assert keys_to("d", five[:4]) == "4"


def test_arabic_is_written_from_the_right() -> None:
    assert (made("ar").direction, made("zh").direction) == ("rtl", "ltr")


class _Sections(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sections: list[dict[str, str | None]] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "section":
            self.sections.append(dict(attrs))
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href")]


def test_the_page_has_a_sheet_and_cards_for_each_language_and_fetches_nothing() -> None:
    page = _Sections()
    page.feed(as_page(map(made, EVERYWHERE)))
    assert [each["lang"] for each in page.sections] == [language for language in EVERYWHERE for _ in range(2)]
    assert {each["dir"] for each in page.sections if each["lang"] == "ar"} == {"rtl"}
    assert page.fetched == []


def test_names_are_escaped() -> None:
    odd = Catalogue(replace(usual(("en",)), name="<b>Us & Them</b>"))
    assert "&lt;b&gt;Us &amp; Them&lt;/b&gt;" in as_page([card("en", NUMBER, odd)])


def test_the_command_prints_and_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "card.html"
    assert main(["card", "--number", "212 555 0100", "--language", "es"]) == 0
    assert re.search(r"^  ESTADO +", capsys.readouterr().out, re.MULTILINE)
    assert main(["card", "--number", NUMBER, "--html", str(file)]) == 0
    assert file.read_text("utf-8").startswith("<!doctype html>")
    capsys.readouterr()
    assert main(["card", "--number", NUMBER, "--html", str(file)]) == 2
    assert "is there already" in capsys.readouterr().err


def test_without_a_number_there_is_no_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TWILIO_PHONE_NUMBER", raising=False)
    assert main(["card"]) == 2
    assert "--number" in capsys.readouterr().err
    assert main(["card", "--number", "five"]) == 2
    assert main(["card", "--number", NUMBER, "--language", "xx"]) == 2
