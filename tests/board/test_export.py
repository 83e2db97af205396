"""Export at the board: declared fields, nothing of a person unless that is asked for, no cell that is carried out."""

import asyncio
import csv
import io
import json
import re
from pathlib import Path

import pytest

from hotline.channels.catalogue import languages
from hotline.channels.spreadsheet import FORMULA, as_csv, is_formula, plain, safe
from hotline.community.reading import load
from hotline.inbound.volunteer_list import Usual, read
from hotline.model.sanitize import clean
from hotline.storage import Transaction
from hotline.storage.board_exports import EXPORTS
from hotline.web.board.words import LANGUAGES, wordings
from tests.board.test_hostile_words import asks, hostile
from tests.board.visitor import ANA, BEN, CHO, Visitor, team
from tests.web.line import select


def rows(body: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.removeprefix("\ufeff"), newline="")))


async def take_out(rosa: Visitor, **fields: str) -> str:
    await rosa.get("/export")
    page = await rosa.press("/export", **fields)
    assert page.status == 200, page.said
    assert re.fullmatch(r'attachment; filename="\w+-[\d-]{10}\.(csv|json)"', page.headers["Content-Disposition"])
    return page.body


@pytest.mark.parametrize("what", EXPORTS)
@pytest.mark.parametrize("form", ["csv", "json"])
def test_nobody_can_be_told_from_it_unless_that_is_asked_for(tmp_path: Path, what: str, form: str) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            body = await take_out(rosa, what=what, form=form)
            for words in (ANA, BEN, CHO, ANA[2:], "Ana", "Ben", "4 Elm Street", "food please"):
                assert words not in body, words
            found = rows(body) if form == "csv" else json.loads(body)["rows"]
            assert [tuple(row) for row in found] == [EXPORTS[what].fields] * len(found)
            assert len(found) == (1 if what == "requests" else 2)
            (trace,) = select(rosa.place, "SELECT what FROM board_trail ORDER BY id DESC LIMIT 1")
            assert trace["what"] == f"exported_{what}"
            if form == "json":
                assert tuple(json.loads(body)["fields"]) == EXPORTS[what].fields

    asyncio.run(run())


def test_personal_data_takes_a_reason_which_is_kept(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.get("/export")
            page = await rosa.press("/export", what="requests", personal="yes")
            assert page.status == 400
            assert "Nothing was taken out" in page.said
            assert select(rosa.place, "SELECT COUNT(*) AS many FROM board_exports")[0]["many"] == 0
            (row,) = rows(await take_out(rosa, what="requests", personal="yes", words="for the auditor"))
            assert (row["phone"], row["name"], row["details"]) == (f"'{ANA}", "Ana Maria", "4 Elm Street")
            assert (row["number"], row["status"], row["began"]) == ("101", "open", "2026-03-10 12:00")
            kept = select(rosa.place, "SELECT coordinator, what, reason FROM board_exports")
            assert kept == [{"coordinator": "rosa", "what": "requests", "reason": "for the auditor"}]
            assert "for the auditor" in (await rosa.get("/export")).said
            assert "with numbers, names and words" in (await rosa.get("/trail")).said

    asyncio.run(run())


def test_our_own_import_reads_it_back(tmp_path: Path) -> None:
    """Names that a spreadsheet would carry out, and somebody who is rung, among them."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.place.hotline.store.run(odd_names)
            body = await take_out(rosa, what="givers", personal="yes", words="the list")
            found, wrong = read(body.encode(), load(tmp_path / "community.toml", languages()), Usual())
            assert wrong == []
            told = {row.phone: (row.name, row.needs, row.areas, row.calls, row.consent) for row in found}
            assert told == {
                BEN: ("+1-1", ("food",), ("north",), False, "signed up"),
                CHO: ("=1+1", ("food",), ("north",), True, "by phone, May"),
            }

    asyncio.run(run())


def odd_names(tx: Transaction) -> None:
    tx.people.introduce(BEN, "+1-1", "", 0.0)
    tx.people.introduce(CHO, "=1+1", "", 0.0)
    tx.people.reach_by(CHO, True)
    tx.volunteers.consented(CHO, "by phone, May")


def test_no_hostile_words_live_in_it(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            place, texts = rosa.place, list(hostile(500))
            await place.hotline.store.run(lambda tx: ask_all(tx, texts, place.clock.now))
            body = await take_out(rosa, what="requests", personal="yes", words="=cmd|' /C calc'!A0")
            found = rows(body)
            assert len(found) == 501
            assert not [cell for row in found for cell in row.values() if is_formula(cell)]
            assert {plain(row["details"]) for row in found[1:]} == {clean(words).replace("\r", "") for words in texts}

    asyncio.run(run())


def ask_all(tx: Transaction, texts: list[str], now: float) -> None:
    for place, words in enumerate(texts):
        asks(tx, f"+1212555{2000 + place}", clean(words).replace("\r", ""), now)


@pytest.mark.parametrize("sign", [*FORMULA, "\t=", "\n=", " =", "\r", "\u00a0+"])
def test_a_cell_that_would_be_carried_out_is_words(sign: str) -> None:
    cell = f"{sign}1-1"
    assert safe(cell) == f"'{cell}"
    assert plain(safe(cell)) == cell


@pytest.mark.parametrize("cell", ["", "Ben", "'Ben", "it's", "1-1", "''", "5 = 5", "a;=1+1"])
def test_all_other_words_stay_as_they_are(cell: str) -> None:
    assert safe(cell) == cell
    assert plain(cell) == cell


def test_a_file_is_utf8_and_says_so_and_does_not_fall_apart() -> None:
    made = as_csv(("a", "b"), [("ñ;=1+1", 'he said "no"\nand left'), (1, "")])
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.decode("utf-8-sig") == '"a","b"\r\n"ñ;=1+1","he said ""no""\nand left"\r\n"1",""\r\n'


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_is_declared(language: str) -> None:
    fields = {name for export in EXPORTS.values() for name in export.columns(personal=True)}
    own = {f"{what}_{field}" for what, export in EXPORTS.items() for field in export.all_fields}
    assert set(wordings(language)["fields"]) - own == fields
