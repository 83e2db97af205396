"""words.toml beside the community file: any wording is said otherwise, and every mistake in it is named."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.channels import own_words, text
from hotline.channels.catalogue import Catalogue, MessagesError, messages, use_own
from hotline.channels.lint.lint import check_said
from hotline.commands import community
from hotline.engine.session import Prompt
from tests.world import COMMUNITY

OWN = """
[en.hello.storm]
text = "{community} here: too many texts. Ten minutes, please. In danger call {emergency}."

[es.labels]
turned_away_storm = "sin respuesta"
"""


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
    yield
    use_own({})


def catalogue(folder: Path, own: str) -> Catalogue:
    (folder / "community.toml").write_text(COMMUNITY, "utf-8")
    (folder / "words.toml").write_text(own, "utf-8")
    return Catalogue(community(folder / "community.toml"))


def test_what_it_says_is_said_and_all_else_as_shipped(tmp_path: Path) -> None:
    shipped = messages("en")["hello"]["storm"]["voice"]
    here = catalogue(tmp_path, OWN)
    (said,) = text.render([Prompt("hello.storm")], "en", here)
    assert said == "Eastside Mutual Aid here: too many texts. Ten minutes, please. In danger call 911."
    assert here.label("turned_away_storm", "es") == "sin respuesta"
    assert messages("en")["hello"]["storm"]["voice"] == shipped
    (tmp_path / "words.toml").unlink()
    community(tmp_path / "community.toml")
    assert "very many people" in text.render([Prompt("hello.storm")], "en", here)[0]


WRONG = {
    '[xx.hello.storm]\ntext = "a"': "[xx]: there are no words in it",
    '[en.hello.strom]\ntext = "a"': "en.hello.strom.text: there is no such wording; do you mean hello.storm.text?",
    "[en.hello.storm]\ntext = 5": "write it in quotes",
    '[en.hello.storm]\ntext = "{community}: wait"': "{emergency} is not there",
    '[en.hello.storm]\ntext = "{community} {emergency} {name}"': "{name} is nothing that is filled in here",
    '[en.hello.storm]\ntext = "{community} {emergency"': "a brace too many or too few",
    '[en.words]\nyes = "yep"': "what people text, and what is set, is no wording",
    "en = 5": "write a table for each wording",
    "[en.hello.storm\n": "line 1, column",
}


@pytest.mark.parametrize("own", WRONG)
def test_every_mistake_is_named(own: str, tmp_path: Path) -> None:
    with pytest.raises(MessagesError) as mistake:
        catalogue(tmp_path, own)
    assert str(mistake.value).startswith(f"{tmp_path / 'words.toml'}: ")
    assert WRONG[own] in str(mistake.value)


def test_what_costs_double_or_is_eaten_by_the_carrier_is_found(tmp_path: Path) -> None:
    own = OWN.replace("too many texts", "demasiados\u2014text CANCEL")
    catalogue(tmp_path, own)
    otherwise = own_words.said_otherwise(tmp_path / "words.toml")
    assert otherwise == {"en": {"hello.storm"}, "es": {"labels.turned_away_storm"}}
    found = [each.wrong for each in check_said("en", otherwise["en"])]
    assert any("cost double" in each for each in found)
    assert any("CANCEL" in each for each in found)


def test_one_wording_is_changed_and_said_as_shipped_again(tmp_path: Path) -> None:
    file, path = tmp_path / "words.toml", ("menu", "in_hand", "text_options", "offers")
    odd = 'Done, "really" \\ \U0001f35e'
    own = own_words.saying(own_words.saying({}, "en", path, odd), "es", ("labels", "storm"), "tormenta")
    own = own_words.saying(own, "en", ("hello", "storm", "voice"), "Too many calls.")
    own_words.write(file, own)
    assert own_words.read(file) == own
    assert own["en"]["menu"] == {"in_hand": {"text_options": {"offers": odd}}}
    own = own_words.saying(own_words.saying(own, "en", path, ""), "es", ("labels", "storm"), "")
    assert own == {"en": {"hello": {"storm": {"voice": "Too many calls."}}}}
    as_shipped = own_words.shipped_at("en", ("hello", "storm", "voice"))
    own_words.write(file, own_words.saying(own, "en", ("hello", "storm", "voice"), as_shipped or ""))
    assert not file.exists(), "nothing is said otherwise"
    with pytest.raises(MessagesError, match="community"):
        own_words.write(file, own_words.saying({}, "en", ("hello", "storm", "text"), "too many"))
    assert not file.exists()
