"""Registration: what the US forms ask is filled in from the community, and what they refuse is found before."""

import re
import tomllib
from pathlib import Path

import pytest

from hotline import cli
from hotline.channels import own_words
from hotline.channels.catalogue import Catalogue, languages
from hotline.community.reading import from_table
from hotline.registration.form import Field, fields, said
from hotline.registration.refusals import FIRST_TEXT_SO, Refusal, refusals
from hotline.registration.texts import samples
from tests.world import COMMUNITY, NUMBER

URL = "https://hotline.example.org"
SET_UP = ["--name", "Eastside Mutual Aid", "--number", NUMBER, "--coordinator-phone", "+12125550199"]


def catalogue(old: str = "", new: str = "") -> Catalogue:
    return Catalogue(from_table(tomllib.loads(COMMUNITY.replace(old, new) if old else COMMUNITY), languages()))


def looked(here: Catalogue, number: str = NUMBER, url: str = URL, **closed: str) -> dict[str, Refusal]:
    sent = samples(here)
    found = refusals(here, number, url, sent, fields(here, number, url, sent), closed)
    return {each.name: each for each in found}


@pytest.mark.parametrize("number", [NUMBER, "+18335550100"], ids=["a plain number", "toll-free"])
def test_everything_a_form_asks_is_filled_in(number: str) -> None:
    here = catalogue()
    form = fields(here, number, URL, samples(here))
    assert all(bool(each.write) != bool(each.advice) for each in form)
    written = "\n".join(each.write for each in form)
    assert not re.search(r"[{}]|\[[A-Z]", written)
    for words in ("Eastside Mutual Aid", "Northside and Downtown", "HELP", "STOP", f"{URL}/privacy", "YES 112"):
        assert words in written
    assert ("toll" in str(form)) is False
    assert any(each.asks.startswith("Opt-in image") for each in form) == number.startswith("+1833")


# (what is written instead of what in the community, number, address)
FAULTS: dict[str, tuple[str, str, str, str]] = {
    "name_usual": ("Eastside Mutual Aid", "Our Mutual Aid", NUMBER, URL),
    "address_missing": ("", "", NUMBER, "http://localhost:8000"),
    "address_plain": ("", "", NUMBER, "http://hotline.example.org"),
    "number_missing": ("", "", "", URL),
    "first_text": ("", "", NUMBER, URL),
    "content": ('en = "medicine"', 'en = "loans"', NUMBER, URL),
    "no_team": ('[coordinators.rosa]\nphone = "+12125550199"', "", NUMBER, URL),
    "language": ('languages = ["en", "es"]', 'languages = ["es"]', NUMBER, URL),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_known_reason_for_a_no_is_found(fault: str) -> None:
    old, new, number, url = FAULTS[fault]
    text = COMMUNITY.replace(old, new) if old else COMMUNITY
    if fault == "language":
        text = re.sub(r"^en = .*\n", "", text, flags=re.MULTILINE)
    here = Catalogue(from_table(tomllib.loads(text), languages()))
    assert fault in looked(here, number, url)


def test_wordings_of_ones_own_are_looked_at_and_the_offered_one_mends_it(tmp_path: Path) -> None:
    here = catalogue()
    file = tmp_path / "words.toml"
    file.write_text('[en.alerts.offer]\ntext = "{community}: see bit.ly/x. {what}, {area}: YES {number} [YOUR NAME]"\n')
    own_words.use(file)
    try:
        assert {"link_shortened", "placeholder"} <= set(looked(here))
        file.write_text(FIRST_TEXT_SO.format(language="en", times=5))
        own_words.use(file)
        assert looked(here) == {}
    finally:
        own_words.use(tmp_path / "nothing.toml")


def test_a_page_that_does_not_open_is_named() -> None:
    assert looked(catalogue(), **{"/privacy": "it says 404"})["address_closed"].wrong.startswith("/privacy")


def test_every_reason_is_looked_for() -> None:
    tried = {*FAULTS, "link_shortened", "placeholder", "address_closed"}
    assert set(said()["refused"]) - tried == {"length"}


@pytest.mark.parametrize(
    ("asks", "letters"), [("Sample message 1", 1025), ("Sample message 2", 19), ("Opt-in message", 321)]
)
def test_what_is_too_long_or_too_short_for_its_field_is_named(asks: str, letters: int) -> None:
    here = catalogue('en = "food"', 'en = "' + "f" * 24 + '"')
    assert "length" not in looked(here)
    found = refusals(here, NUMBER, URL, samples(here), [Field(asks, "s" * letters)], {})
    assert [each.wrong for each in found if each.name == "length"]


@pytest.mark.parametrize("number", [NUMBER, "+18335550100"], ids=["a plain number", "toll-free"])
def test_how_people_agree_names_all_that_is_looked_for_there(number: str) -> None:
    """Who, how often, that texts may cost, how to end them, and where privacy and terms stand."""
    here = catalogue()
    flow = next(each.write for each in fields(here, number, URL, samples(here)) if "opt in by texting" in each.write)
    for words in ("Eastside Mutual Aid", "a week", "data rates may apply", "STOP", f"{URL}/privacy", f"{URL}/terms"):
        assert words in flow


def test_the_command_says_what_to_copy_and_ends_with_1_where_it_would_be_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["init", "--yes", *SET_UP, "--public-url", URL]) == 0
    assert cli.main(["registration", "--offline"]) == 1
    told = capsys.readouterr().out
    assert f"  > {URL}/privacy" in told
    assert '"Msg & data rates may apply"' in told
    (tmp_path / "words.toml").write_text(FIRST_TEXT_SO.format(language="en", times=5))
    assert cli.main(["registration", "--offline"]) == 0
    own_words.use(tmp_path / "nothing.toml")
