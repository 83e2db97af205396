"""hotline init and go-live: a new hotline in an empty folder, by flags or by answers; nothing is overwritten."""

import io
import sqlite3
import stat
from pathlib import Path

import pytest

from hotline import settings
from hotline.cli import main
from hotline.commands import community
from hotline.commands.check import mistakes

COORDINATOR = ["--coordinator-phone", "(212) 555-0199"]
ALL = [
    *("--name", 'Calle "Ocho" Ayuda', "--languages", "es,en", "--timezone", "America/Chicago", *COORDINATOR),
    *(
        "--needs",
        "food, Diapers, dog walking",
        "--areas",
        "Calle Ocho 11216 11238, Río, Rio",
        "--phones",
        "212 555 0111",
    ),
    *(
        "--public-url",
        "hotline.example.org",
        "--sid",
        "AC1",
        "--token",
        "it's a 'token' #1",
        "--number",
        "+12125550100",
    ),
]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "COMMUNITY_FILE", "RECORDINGS", "TWILIO_AUTH_TOKEN"):
        monkeypatch.delenv(name, raising=False)


def test_by_flags_alone_it_is_ready(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--yes", *ALL]) == 0
    assert list(mistakes(settings.environment(), tmp_path, words=False)) == []
    here, set_so = community(tmp_path / "community.toml"), settings.read({}, tmp_path)
    assert (here.name, here.languages, tuple(here.areas)) == (
        'Calle "Ocho" Ayuda',
        ("es", "en"),
        ("calle_ocho", "rio", "rio_b"),
    ) or pytest.fail(str(here))
    assert here.needs["food"].labels == {"es": "comida", "en": "food"}
    assert here.areas["calle_ocho"].words == ("11216", "11238")
    assert here.practice == frozenset(("+12125550111",))
    assert (set_so.public_url, set_so.twilio_auth_token) == ("https://hotline.example.org", "it's a 'token' #1")
    assert len(set_so.secret_key) >= 32
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert modes == dict.fromkeys((".env", "community.toml", "hotline.db"), 0o600)
    said = capsys.readouterr().out
    assert "1. see what you wrote" in said
    assert "token" not in said


def test_what_is_usual_has_no_mistake_but_what_only_they_can_know(tmp_path: Path) -> None:
    assert main(["init", "--yes"]) == 0
    found = list(mistakes(settings.environment(), tmp_path, words=True))
    assert found
    assert [each for each in found if " is not set: " not in each] == []


def test_what_is_there_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in (".env", "community.toml"):
        (tmp_path / name).write_text("mine", "utf-8")
        assert main(["init", "--yes"]) == 2
        assert f"{name} is there already" in capsys.readouterr().err
        assert [(file.name, file.read_text("utf-8")) for file in tmp_path.iterdir()] == [(name, "mine")]
        (tmp_path / name).unlink()


def test_a_mistake_leaves_nothing_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--yes", "--languages", "xx"]) == 2
    assert main(["init", "--yes", "--coordinator-phone", "555-0199"]) == 2
    assert main(["init", "--yes", "--name", "N" * 41]) == 2
    assert "41 letters" in capsys.readouterr().err.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


def test_whoever_answers_is_asked_again_where_it_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = [
        "Eastside",
        "",
        "en, klingon",
        "en",
        "Mars",
        "",
        "",
        "",
        "",
        "555-0199",
        "+12125550199",
        "",
        "",
        "",
        "",
        "",
        "",
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join([*answers, ""])))
    assert main(["init"]) == 0
    said = capsys.readouterr().out
    assert "there are no words in klingon yet" in said
    assert "'Mars' is no time zone" in said
    assert "has no area code" in said
    assert "fill in .env: PUBLIC_URL, TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_PHONE_NUMBER" in said
    here = community(tmp_path / "community.toml")
    assert (here.name, here.practice) == ("Eastside", frozenset(("+12125550199",)))


def test_nobody_there_to_answer_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["init"]) == 2
    assert "--yes" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_it_opens_once_and_closes_what_was_practiced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--yes", *COORDINATOR]) == 0
    assert main(["go-live", "--yes"]) == 2  # the account is not filled in
    assert "hotline check" in capsys.readouterr().err
    for file in tmp_path.iterdir():
        file.unlink()
    assert main(["init", "--yes", *ALL]) == 0
    with sqlite3.connect("hotline.db") as database:
        database.execute(
            "INSERT INTO needs (number, code, neighbor, status, created_at, changed_at)"
            " VALUES (9, 101, '+12125550111', 'open', 1, 1), (10, 102, '+12125550112', 'open', 1, 1)"
        )
    assert main(["go-live"]) == 1  # nobody looks on, and nobody said yes
    assert main(["go-live", "--yes"]) == 0
    assert "It is open. 1 of the practice's requests were closed." in capsys.readouterr().out
    with sqlite3.connect("hotline.db") as database:
        assert database.execute("SELECT status FROM needs ORDER BY number").fetchall() == [("cancelled",), ("open",)]
    assert main(["go-live", "--yes"]) == 0
    assert "open already" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("carrier", "asked"),
    [
        ("twilio", "CARRIER PUBLIC_URL TWILIO_ACCOUNT_SID TWILIO_AUTH_TOKEN TWILIO_PHONE_NUMBER"),
        (
            "signalwire",
            "CARRIER PUBLIC_URL TWILIO_ACCOUNT_SID TWILIO_AUTH_TOKEN TWILIO_API_URL TWILIO_SIGNING_KEY"
            " TWILIO_PHONE_NUMBER",
        ),
        ("somleng", "CARRIER PUBLIC_URL TWILIO_ACCOUNT_SID TWILIO_AUTH_TOKEN TWILIO_API_URL TWILIO_PHONE_NUMBER"),
        (
            "android",
            "CARRIER PUBLIC_URL ANDROID_URL ANDROID_USER ANDROID_PASSWORD ANDROID_SIGNING_KEY ANDROID_PHONE_NUMBER",
        ),
    ],
)
def test_only_what_that_carrier_needs_is_asked(
    carrier: str, asked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spoken = ["", "", "", "", "", "", "", "", "", carrier, *[""] * (len(asked.split()) - 1)]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join([*spoken, ""])))
    assert main(["init"]) == 0
    written = [line.split("=")[0] for line in (tmp_path / ".env").read_text("utf-8").splitlines() if "=" in line[:30]]
    assert [name for name in written if name not in ("DATABASE_URL", "COMMUNITY_FILE", "SECRET_KEY")] == asked.split()
    assert ("app on the phone" in capsys.readouterr().out) == (carrier == "android")


def test_a_carrier_that_nobody_knows_is_asked_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--yes", "--carrier", "pigeon"]) == 2
    assert "docs/carriers.md" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
