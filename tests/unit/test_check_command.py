"""hotline check: everything that is wrong, at once, each in one sentence with its place and the fix."""

from pathlib import Path

import pytest

from hotline.cli import main
from hotline.commands.check import mistakes, of_dotenv, of_settings
from hotline.community.model import CommunityError
from hotline.community.reading import load
from tests.world import COMMUNITY

URL = "https://hotline.example.org"
GOOD = f"""
PUBLIC_URL={URL}
TWILIO_ACCOUNT_SID=AC{"0" * 32}
TWILIO_AUTH_TOKEN={"1" * 32}
TWILIO_PHONE_NUMBER=+12125550100
"""


def found(folder: Path, dotenv: str = GOOD, community: str = COMMUNITY) -> list[str]:
    (folder / ".env").write_text(dotenv, "utf-8")
    (folder / "community.toml").write_text(community, "utf-8")
    environment = {"COMMUNITY_FILE": str(folder / "community.toml")}
    return [sentence.replace(f"{folder}/", "") for sentence in mistakes(environment, folder)]


def test_a_good_folder_has_nothing_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "COMMUNITY_FILE"):
        monkeypatch.delenv(name, raising=False)
    assert main(["check"]) == 0
    assert capsys.readouterr().out.startswith("Nothing is wrong.")
    (tmp_path / ".env").write_text(GOOD.replace(URL, "http://127.0.0.1:8000/twilio/sms"), "utf-8")
    assert main(["check"]) == 0
    assert capsys.readouterr().out.count("Before it goes live: PUBLIC_URL") == 2
    (tmp_path / "community.toml").write_text(COMMUNITY.replace('"911"', "911"), "utf-8")
    (tmp_path / ".env").write_text("", "utf-8")
    assert main(["check"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "5 to mend."


def test_all_mistakes_of_the_settings_are_named_at_once(tmp_path: Path) -> None:
    dotenv = (
        "PUBLIC_URL=hotline.example.org\nTWILIO_ACCOUNT_SID=\nTWILIO_AUTH_TOKE=secret\nPORT=http\nWORKER=both\n"
        "LOG_LEVEL=loud\nthis is no setting\nPORT=8000x\nTWILIO_PHONE_NUMBER=212\n"
    )
    (tmp_path / ".env").write_text(dotenv, "utf-8")
    said = [each.replace(f"{tmp_path}/", "") for each in (*of_dotenv(tmp_path / ".env"), *of_settings({}, tmp_path))]
    assert {each.split(" ")[0].strip(":,") for each in said} >= {
        *("PUBLIC_URL", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "PORT", "WORKER", "LOG_LEVEL"),
        "TWILIO_PHONE_NUMBER",
    }
    assert ".env, line 3: TWILIO_AUTH_TOKE is no setting; do you mean TWILIO_AUTH_TOKEN?" in said
    assert ".env, line 7: it cannot be read; write NAME=value, or # before a remark" in said
    assert ".env, line 8: PORT stands there twice, and the last one counts; keep one of them" in said
    assert len(said) == 10
    assert not any("secret" in each for each in said)


SEVERAL = {
    'country = "US"': 'country = "XX"',
    'en = "food"': 'en = ""',
    'es = "comida"': 'es = "stop"\nbred = "x"',
    'en = "a ride"\nes = "un viaje"': 'en = "a ride"\nes = "un viaje"\nwords = ["Lift"]',
    'es = "medicina"': 'es = "medicina"\nwords = ["lift", "a ride"]',
    'zips = ["11216", "11238"]': 'zips = ["11216", "11238"]\nwords = ["north side"]',
    'near = ["downtown"]': 'near = ["north", "uptown"]',
    'zips = ["11201"]': 'zips = ["11201", "11216"]',
    "approval = false": 'approval = "no"',
    'phone = "+12125550199"': 'phone = "555-0199"',
}


def test_all_mistakes_of_the_community_file_are_named_at_once(tmp_path: Path) -> None:
    text = COMMUNITY
    for right, wrong in SEVERAL.items():
        assert right in text
        text = text.replace(right, wrong, 1)
    said = [each.removeprefix("community.toml: ") for each in found(tmp_path, community=text)]
    assert [each.split(":")[0] for each in said] == [
        "country",
        *("areas.north.near", "areas.north.near", "areas.downtown"),
        *("needs.food.bred", "needs.food.en", "needs.food.es", "needs.medicine", "needs.medicine"),
        *("coordinators.rosa.phone", "volunteers.approval"),
    ]
    assert "an area is not near itself" in said[1]
    assert "'11216' stands in the zips or words of areas.north too" in said[3]


def test_the_start_says_the_first_of_them(tmp_path: Path) -> None:
    file = tmp_path / "community.toml"
    wrong = COMMUNITY.replace('country = "US"', 'country = "XX"').replace("approval = false", "approval = 5")
    file.write_text(wrong, "utf-8")
    with pytest.raises(CommunityError) as mistake:
        load(file, ("en", "es"))
    assert str(mistake.value).startswith(f"{file}: country")
    assert len(mistake.value.all) == 2


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ('name = "a\ncountry = "US"', "line 1, column 10", "a quote is missing"),
        ("name = \n", "line 1, column 8", "no value"),
        ("name = Eastside\n", "line 1, column 8 (name = Eastside)", "words stand in quotes"),
        ('name "a"\n', "line 1, column 6", "behind a name there has to be ="),
        ('x = 1\nname = "a"\nname = "b"', "line 3, column", "twice"),
        ("[needs.food]\n[needs.food]\n", "line 2, column", "stands there twice"),
        ('zips = ["1", "2"\n', "line 1, column", "a list lacks its end"),
        ("[needs.food\nx = 1", "line 1, column", "a table lacks its end"),
        ("[[groups]\nx = 1", "line 1, column", "[[groups]]"),
        ('name = "a" b\n', "line 1, column", "stands behind the value"),
        ('name = "a\\d"\n', "line 1, column", "backslash twice"),
        ("é = 1\n", "line 1, column 1", "a line begins with a name"),
        ("x = {a = 1\n", "line 1, column", "is missing at the end"),
    ],
)
def test_a_mistake_of_toml_is_told_with_its_place(text: str, place: str, what: str, tmp_path: Path) -> None:
    (sentence,) = found(tmp_path, community=text)
    assert sentence.startswith(f"community.toml: {place}")
    assert what in sentence
    assert "\n" not in sentence


def test_letters_of_another_encoding_are_told_with_their_line(tmp_path: Path) -> None:
    found(tmp_path)
    file = tmp_path / "community.toml"
    file.write_bytes(b'name = "a"\nx = "caf\xe9"\n')
    with pytest.raises(CommunityError, match=r"line 2: .*save the file as UTF-8"):
        load(file, ("en", "es"))
