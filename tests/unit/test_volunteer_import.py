"""volunteers import: a list from a spreadsheet, every bad row named, nobody alerted who did not agree."""

import sqlite3
import stat
from pathlib import Path

import pytest

from hotline.cli import main
from hotline.commands import in_store
from hotline.outbound import suppression
from tests.world import COMMUNITY

GOOD = """phone,name,needs,areas,language,calls,consent
(212) 555-0113,Ben,"food, a ride",Northside,en,,paper list 3 March
+12125550114,José,comida;ride,11216,español,,
12125550115.0,Cho,medicine,north|downtown,,yes,told Rosa by phone
"""
BAD = """Phone;Name;Needs;Areas;Language;Consent
4.41E+11;Ann;food;north;en;yes
2125550116 / 2125550117;Bo;food;north;en;yes
555-0199;Cy;food;north;en;yes
+447700900123;Di;food;north;en;yes
;Ed;food;north;en;yes
2125550118;Flo;bread;mars;tlh;yes
2125550119;Gus;food;north;en;yes
212-555-0119;Gus;food;north;en;yes
2125550100;Us;food;north;en;yes
2125550121;Hal;;north;en;yes
2125550122;A name that is far too long for a name;food;north;en;yes
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "COMMUNITY_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TWILIO_PHONE_NUMBER", "+12125550100")
    (tmp_path / "community.toml").write_text(COMMUNITY, "utf-8")
    assert main(["migrate"]) == 0


def ask(statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect("hotline.db") as database:
        return database.execute(statement).fetchall()


def imported(text: str, *more: str, encoding: str = "utf-8") -> int:
    Path("list.csv").write_bytes(text.encode(encoding))
    return main(["volunteers", "import", "list.csv", *more])


def test_it_is_shown_first_and_then_put_on_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(GOOD) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "line 2: +12125550113  Ben  food,ride  north  en: gives from now on (paper list 3 March)"
    assert said[1].endswith("José  food,ride  north  es: one invitation, and no alert before their own yes")
    assert said[-1] == "Nothing is written yet. 3 can be put on record: add --yes."
    assert ask("SELECT * FROM volunteers") == []
    assert imported(GOOD, "--yes") == 0
    assert ask("SELECT phone, status, consent FROM volunteers ORDER BY phone") == [
        ("+12125550113", "active", "paper list 3 March"),
        ("+12125550114", "invited", ""),
        ("+12125550115", "active", "told Rosa by phone"),
    ]
    assert [row[0] for row in ask("SELECT party FROM outbox")] == ["+12125550114"]
    capsys.readouterr()
    assert imported(GOOD, "--yes") == 0
    assert "no second invitation" in capsys.readouterr().out
    assert len(ask("SELECT id FROM outbox")) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_whatever_a_spreadsheet_saves_is_read(encoding: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(GOOD.replace("\n", "\r\n"), encoding=encoding) == 0
    assert "José" in capsys.readouterr().out


def test_every_bad_row_is_named_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(BAD, "--yes") == 1
    said = capsys.readouterr().out
    wrong = [line.removeprefix("not taken, line ") for line in said.splitlines() if line.startswith("not taken")]
    assert [line.split(":")[0] for line in wrong] == ["2", "3", "4", "5", "6", "7", "7", "7", "9", "10", "11", "12"]
    for line, what in zip(
        wrong,
        (
            *("cut the number", "2 numbers in one cell", "no area code", "another country", "no phone number"),
            *("no 'bread'", "no 'mars'", "no 'tlh'", "stands in line 8 already", "hotline's own", "no needs"),
            "longer than 20 letters",
        ),
        strict=True,
    ):
        assert what in line
    assert ask("SELECT phone FROM volunteers") == [("+12125550119",)]


def test_who_ended_our_texts_left_or_is_blocked_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(GOOD.replace("paper list 3 March", "").replace("yes,told Rosa by phone", ","), "--yes") == 0
    ask("DELETE FROM outbox")
    ask("UPDATE people SET opted_out_at = 1 WHERE phone = '+12125550113'")
    ask("UPDATE people SET blocked = 1 WHERE phone = '+12125550114'")
    assert main(["volunteers", "remove", "+12125550115"]) == 0
    assert main(["volunteers", "remove", "+12125550115"]) == 2
    capsys.readouterr()
    assert imported(GOOD.replace("yes,told Rosa by phone", ","), "--yes") == 0
    said = capsys.readouterr().out
    assert "they ended our texts" in said
    assert "the number is blocked" in said
    assert "they left before" in said
    assert "0 on record." in said
    assert ask("SELECT id FROM outbox") == []
    assert ask("SELECT status FROM volunteers WHERE phone = '+12125550115'") == [("left",)]


def test_before_it_is_open_nobody_is_invited(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "community.toml").write_text(COMMUNITY + '\n[practice]\nphones = ["+12125550111"]\n', "utf-8")
    ask("INSERT INTO marks (name, at) VALUES ('practice', 1)")
    assert imported(GOOD, "--yes") == 0
    assert "import them after `hotline go-live`" in capsys.readouterr().out
    assert ask("SELECT id FROM outbox") == []


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04", "save it as CSV"),
        (b"name,needs\nBen,food\n", "phone among them"),
    ],
)
def test_what_is_no_list_is_one_sentence(content: bytes, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("list.csv").write_bytes(content)
    assert main(["volunteers", "import", "list.csv"]) == 2
    assert what in capsys.readouterr().err
    assert main(["volunteers", "import", "nothing.csv"]) == 2


def test_what_is_exported_can_be_imported_and_holds_no_formula(capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(GOOD.replace("Ben", "=1+1"), "--yes") == 0
    assert main(["volunteers", "export", "out.csv"]) == 0
    assert main(["volunteers", "export", "out.csv"]) == 2
    out = Path("out.csv")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "'=1+1" in out.read_text("utf-8-sig")
    capsys.readouterr()
    assert main(["volunteers", "import", "out.csv"]) == 0
    assert capsys.readouterr().out.count("gives something else") == 2


def test_one_request_is_shown_whole(capsys: pytest.CaptureFixture[str]) -> None:
    ask(
        "INSERT INTO needs (number, code, neighbor, status, what, area, words, created_at, changed_at)"
        " VALUES (9, 112, '+12125550111', 'open', 'food', 'north', 'food please', 1773158400, 1)"
    )
    ask("INSERT INTO alerts (need, volunteer, wave, sent_at, answer) VALUES (9, '+12125550113', 1, 1773158460, 'no')")
    assert main(["needs", "show", "112"]) == 0
    said = capsys.readouterr().out
    assert "asked by   (212) 555-0111" in said
    assert "10 Mar 12:01  asked    (212) 555-0113   no" in said
    assert main(["needs", "show", "113"]) == 2
    assert main(["needs", "export", "needs.csv"]) == 0
    assert "food please" in Path("needs.csv").read_text("utf-8-sig")


def test_who_is_forgotten_and_ended_our_texts_is_left_alone_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SECRET_KEY", "a long word of nobody")
    marked = suppression.marks("a long word of nobody")
    in_store("sqlite:///hotline.db", lambda tx: suppression.remember(tx, marked, "+12125550113", "opted out", 1.0))
    assert imported(GOOD, "--yes") == 0
    assert "Ben  food,ride  north  en: left alone: they ended our texts" in capsys.readouterr().out
    assert ask("SELECT phone FROM volunteers WHERE phone = '+12125550113'") == []


IN_SPANISH = """Nombre;Teléfono;Ofrece;Zona;Idioma;Llamadas;Consentimiento\r
María Núñez;212-555-0161;comida;Norte;espanol;No;Firmó en la asamblea\r
José;12125550162;comida y medicina;Northside;Español;;sí\r
"""


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("first", ["", "sep=;\r\n", '"sep=;"\r\n'])
def test_a_spreadsheet_in_spanish_is_read(capsys: pytest.CaptureFixture[str], encoding: str, first: str) -> None:
    """Accents in the names of the columns, a language without them, two things in one cell, and its own first line."""
    assert imported(first + IN_SPANISH, encoding=encoding) == 0
    said = capsys.readouterr().out.splitlines()
    line = 3 if first else 2
    assert said[0].startswith(f"line {line}: +12125550161  María Núñez  food  north  es: gives from now on")
    assert said[1].startswith(f"line {line + 1}: +12125550162  José  food,medicine  north  es: gives from now on")


def test_one_thing_of_two_words_is_not_taken_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert imported("phone,needs,areas\n2125550161,food and bread,north\n") == 1
    assert "'food and bread'" in "".join(capsys.readouterr())
