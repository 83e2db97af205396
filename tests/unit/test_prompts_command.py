"""hotline prompts: what is recorded, what is missing, the sheet, the PIN, a sound from a file."""

import re
from pathlib import Path
from unittest.mock import patch

import pytest

from hotline.channels.catalogue import messages
from hotline.cli import main
from tests.in_full import ON_BOTH
from tests.world import COMMUNITY

WAV = b"RIFF\x00\x00\x00\x00WAVEfmt "


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "COMMUNITY_FILE", "RECORDINGS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "community.toml").write_text(COMMUNITY, "utf-8")
    (tmp_path / "one.wav").write_bytes(WAV)
    assert main(["migrate"]) == 0


def test_a_language_with_a_voice_needs_no_recordings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prompts", "check"]) == 0
    assert re.search(r"^es: 0 of \d+ recorded\.$", capsys.readouterr().out, re.MULTILINE)


SOME = None if ON_BOTH else 12  # of four hundred are recorded


def test_a_language_without_one_needs_all_of_them(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with patch.dict(messages("es"), {"voice_language": ""}):
        assert main(["prompts", "check"]) == 1
        missing = re.findall(r"^ +(\d+)  missing", capsys.readouterr().out, re.MULTILINE)
        for number in missing[:SOME]:
            assert main(["prompts", "record", number, "one.wav", "--language", "es"]) == 0
        assert main(["prompts", "check"]) == (0 if ON_BOTH else 1)
    still = re.findall(r"^ +(\d+)  missing", capsys.readouterr().out, re.MULTILINE)
    assert still == missing[len(missing[:SOME]) :]
    assert len(list((tmp_path / "recordings" / "voice").iterdir())) == len(missing[:SOME])


def test_a_wording_that_changed_is_to_be_recorded_again(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["prompts", "record", "22", "one.wav"]) == 0
    assert main(["prompts", "list", "--language", "en"]) == 0
    assert "en    22  recorded  food" in capsys.readouterr().out
    (tmp_path / "community.toml").write_text(COMMUNITY.replace('en = "food"', 'en = "groceries"'), "utf-8")
    assert main(["prompts", "list", "--language", "en"]) == 0
    assert "en    22  changed   groceries" in capsys.readouterr().out


def test_the_sheet_is_printed_and_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["prompts", "sheet", "--language", "es"]) == 0
    assert re.search(r"^  22  comida ", capsys.readouterr().out, re.MULTILINE)
    assert main(["prompts", "sheet", "--html", "sheet.html"]) == 0
    assert "<b>22</b></td><td>food<br>" in (tmp_path / "sheet.html").read_text("utf-8")
    assert main(["prompts", "sheet", "--html", "sheet.html"]) == 2


@pytest.mark.parametrize("wrong", ["12345", "8472913", "111111", "12345a", "1234567890123"])
def test_a_pin_that_is_easily_guessed_is_refused(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prompts", "pin", wrong]) == 2
    assert "8 to 12 digits" in capsys.readouterr().err


def test_the_pin_is_set_and_recording_by_phone_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prompts", "record"]) == 0
    assert "Set a PIN first" in capsys.readouterr().out
    assert main(["prompts", "pin", "24681012"]) == 0
    assert main(["prompts", "record"]) == 0
    told = capsys.readouterr().out
    assert "Set a PIN first" not in told
    assert "press 8" in told


@pytest.mark.parametrize("arguments", [["9999", "one.wav"], ["22"], ["22", "none.wav"], ["22", "community.toml"]])
def test_what_cannot_be_recorded_is_said_in_a_sentence(arguments: list[str]) -> None:
    assert main(["prompts", "record", *arguments]) == 2


def test_recordings_are_listed_and_saved(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["prompts", "record", "22", "one.wav"]) == 0
    assert main(["recordings", "list"]) == 0
    (id,) = re.findall(r"^(FILE\w+) ", capsys.readouterr().out, re.MULTILINE)
    assert main(["recordings", "save", id, "back.wav"]) == 0
    assert (tmp_path / "back.wav").read_bytes() == WAV
    assert main(["recordings", "save", "RE1", "other.wav"]) == 2
    assert main(["recordings", "forget", id]) == 0
    assert main(["recordings", "forget", "RE1"]) == 2
