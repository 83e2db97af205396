"""`hotline coordinators add` writes one more table into the community file, and touches nothing else in it."""

from pathlib import Path

import pytest

from hotline.cli import main
from tests.world import COMMUNITY

FILE = "# ours, do not reorder\n" + COMMUNITY + '\n[[groups]]\nname = "Northside Pantry" # Tuesdays\nphone = "211"\n'


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "community.toml"
    path.write_text(FILE, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMMUNITY_FILE", str(path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/hotline.db")
    monkeypatch.setenv("TWILIO_PHONE_NUMBER", "+12125550100")
    return path


def test_it_is_added_at_the_end_and_all_else_stays(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coordinators", "add", "(212) 555-0198", "--name", "José María"]) == 0
    text = file.read_text("utf-8")
    assert text == FILE.rstrip("\n") + '\n\n[coordinators.jose_maria]\nphone = "+12125550198"\n'
    assert main(["coordinators", "list"]) == 0
    assert "+12125550198  jose_maria" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("phone", "name", "sentence"),
    [
        ("12", "Ann", "is no telephone number"),
        ("555-0198", "Ann", "has no area code; write the whole number, such as +1"),
        ("5550198", "Ann", "has no area code"),
        ("+442079460123", "Ann", "of another country"),
        ("+447700900123", "Ann", "of another country"),
        ("+14165550123", "Ann", "of another country"),
        ("+12121110123", "Ann", "is no telephone number; write it with the area code"),
        ("22395", "Ann", "is no telephone number"),
        ("+12125550100", "Ann", "the hotline's own number"),
        ("+12125550199", "Ann", "coordinates already"),
        ("+12125550198", "Rosa", "there is a coordinator rosa already"),
        ("+12125550198", "!", "has no letters"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    file: Path, capsys: pytest.CaptureFixture[str], phone: str, name: str, sentence: str
) -> None:
    assert main(["coordinators", "add", phone, "--name", name]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
    assert file.read_text("utf-8") == FILE


@pytest.mark.parametrize("phone", ["555-0119", "+447700900123", "+14165550123", "+12121110123", "VERIZON", "22395"])
@pytest.mark.parametrize(
    "command",
    [["volunteers", "add", "--needs", "food", "--areas", "north"], ["volunteers", "approve"], ["block"], ["unblock"]],
    ids=["volunteers add", "volunteers approve", "block", "unblock"],
)
@pytest.mark.usefixtures("file")
def test_a_number_that_nobody_here_can_have_is_refused_with_the_fix(
    capsys: pytest.CaptureFixture[str], command: list[str], phone: str
) -> None:
    assert main([*command, phone]) == 2
    said = capsys.readouterr().err
    assert "such as +12125550155" in said
    assert said.count("\n") == 1


def test_a_file_that_cannot_be_added_to_is_left_as_it_is(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inline = FILE.replace('[coordinators.rosa]\nphone = "+12125550199"\n', "")
    inline = 'coordinators = { rosa = { phone = "+12125550199" } }\n' + inline
    file.write_text(inline, "utf-8")
    assert main(["coordinators", "add", "+12125550198", "--name", "Ann"]) == 2
    assert "by hand" in capsys.readouterr().err
    assert file.read_text("utf-8") == inline
    assert [path.name for path in file.parent.glob("*.new")] == []
