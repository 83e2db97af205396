"""A form that is sent by somebody who is not signed in any more: all that was typed stands in it again afterwards."""

import asyncio
import json
from pathlib import Path

import pytest

from hotline.model.board import FORM_KEPT_FOR, IDLE
from hotline.web.board.fill_in import filled_in
from tests.board.test_sheets import types
from tests.board.visitor import ANA, BEN, LUZ, NEED, ROSA, Page, Visitor, team
from tests.web.line import select

HOSTILE = "<script>alert(1)</script>\"'&amp; </textarea>"
FORM = """<main id="page"><p>x</p><form action="/b/other"><input name="words" value="o"></form>
<form method="post" action="/b/do"><input type="hidden" name="press" value="new">
<input type="hidden" name="side" value="a">
<input name="words" value="">
</form>
<form method="post" action="/b/do" id="do"><input type="hidden" name="press" value="new">
<input type="hidden" name="side" value="b">
<input name="words" value="" maxlength="9"><textarea name="details">
old</textarea><input type="checkbox" name="tick" value="yes"><input type="checkbox" name="told" value="yes" checked>
<input type="radio" name="one" value="1" checked> <input type="radio" name="one" value="2">
<select name="what"><option value="">-</option><option value="food" selected>Food</option>
<option value="ride">Ride</option></select>
</form></main>"""


def test_a_form_is_filled_in_as_it_was_sent() -> None:
    typed = {
        "press": "old",
        "side": "b",
        "words": HOSTILE,
        "details": HOSTILE,
        "tick": "yes",
        "one": "2",
        "what": "ride",
    }
    told: list[frozenset[str] | None] = []

    def notice(placed: frozenset[str] | None) -> str:
        told.append(placed)
        return "<p>kept</p>"

    page = Page(200, "", filled_in(FORM, "/b/do", typed, notice, "t"), {})
    other, first, form = page.forms
    assert other.fields == {"words": "o"}
    assert (first.fields["words"], first.fields["side"]) == ("", "a")
    assert form.fields == {**typed, "press": "new", "kept": "t"}  # no tick that was taken away
    assert told == [frozenset(("side", "words", "details", "tick", "one", "what"))]
    assert page.tags.count("script") == 0
    assert page.body.startswith('<main id="page"><p>kept</p>')
    assert page.body.count(' id="do"') == 1
    unknown = filled_in(FORM, "/b/gone", typed, notice, "t")
    assert unknown == FORM.replace('"page">', '"page"><p>kept</p>')
    assert told[-1] is None


async def is_away(who: Visitor) -> None:
    who.place.clock.now += IDLE + 60


async def again(who: Visitor, phone: str = ROSA) -> Page:
    return await who.sign_in(phone)


def forms(who: Visitor) -> int:
    return int(select(who.place, "SELECT COUNT(*) AS many FROM board_kept_forms")[0]["many"])


def test_nothing_typed_is_lost_when_a_session_ends(tmp_path: Path) -> None:
    """Choices, days and ticks as well; nothing is done by itself, and what others did meanwhile is told."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await rosa.get(f"/need/{NEED}")
            await is_away(rosa)
            typed = {"what": "ride", "day": "2026-03-12", "part": "morning", "details": HOSTILE}
            page = await rosa.press("/do/change", **typed)
            assert page.status == 401
            assert "Sign in as Rosa" in page.said
            assert select(rosa.place, "SELECT what FROM needs WHERE number = ?", NEED) == [{"what": "food"}]
            page = await again(rosa)
            assert page.path.startswith(f"/board/need/{NEED}?kept=")
            assert "Nothing of it was done" in page.said
            fields = page.form("/do/change").fields
            assert {name: fields[name] for name in typed} == typed
            assert select(rosa.place, "SELECT what FROM needs WHERE number = ?", NEED) == [{"what": "food"}]
            await luz.sign_in(LUZ)
            await luz.get(f"/need/{NEED}")
            await luz.press("/do/change", details="the blue door")
            await rosa.get(page.path.removeprefix("/board"))  # loaded again: it is there still
            page = await rosa.press("/do/change")
            assert page.status == 409
            assert "the blue door" in page.said
            assert page.form("/do/change").fields["day"] == "2026-03-12"
            assert forms(rosa) == 0
            page = await rosa.press("/do/change")
            assert select(rosa.place, "SELECT what FROM needs WHERE number = ?", NEED) == [{"what": "ride"}]

    asyncio.run(run())


@pytest.mark.parametrize(
    ("path", "end", "typed"),
    [
        (f"/need/{NEED}", "/do/write", {"words": "at six?"}),
        ("/people/1", "/do/change", {"name": "Bo", "area_north": "yes", "need_ride": "yes", "language": "es"}),
        ("/team", "/team", {"name": "Eve", "phone": "212 555 0150"}),
        ("/export", "/export", {"personal": "yes", "words": "the council asks"}),
        ("/people/import", "/people/import", {"list": "a,b\n1,2", "needs": "food", "language": "es"}),
        ("/intake", "/intake", {"phone": "212 5", "what": "food", "leave_word": "no", "told": "", "day": "2026-03-12"}),
    ],
)
def test_every_form_is_kept_by_the_same_rule(tmp_path: Path, path: str, end: str, typed: dict[str, str]) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.get("/people")
            await rosa.get(path)
            await is_away(rosa)
            assert (await rosa.press(end, **typed)).status == 401
            page = await again(rosa)
            assert page.path.startswith(f"/board{path}?kept=")
            fields = page.form(end).fields
            assert {name: fields.get(name, "") for name in typed} == typed

    asyncio.run(run())


def test_what_is_typed_on_the_phone_after_a_session_ended_is_kept_as_well(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            form = (await rosa.get("/intake")).form("/intake")
            await types(rosa, form, details="two")
            await is_away(rosa)
            for words in ("two bags", "two bags, third floor"):
                page = await rosa.post("/intake", {**form.fields, "details": words, "do": "save"})
                assert page.status == 401
            assert forms(rosa) == 1
            page = await again(rosa)
            assert page.form("/intake").fields["details"] == "two bags, third floor"
            page = await rosa.press("/intake", do="keep")
            (row,) = select(rosa.place, "SELECT fields FROM board_sheets")
            assert json.loads(row["fields"])["details"] == "two bags, third floor"

    asyncio.run(run())


def test_a_form_is_kept_for_nobody_else_and_not_for_long(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            stranger = dict.fromkeys(("words", "press"), "x")
            luz.http.cookie_jar.clear()
            await luz.get("/sign-in")  # a browser in which nobody signed in
            assert (await luz.post(f"/need/{NEED}/do/write", stranger)).status == 401
            assert forms(rosa) == 0
            await rosa.get(f"/need/{NEED}")
            await is_away(rosa)
            form = rosa.page.form("/do/write")
            await rosa.press("/do/write", words="she fears her brother")
            kept = select(rosa.place, "SELECT token FROM board_kept_forms")[0]["token"]
            await luz.sign_in(LUZ)
            assert "brother" not in (await luz.get(f"/need/{NEED}?kept={kept}")).body  # another browser
            page = await again(rosa, LUZ)  # another coordinator, in the same one
            assert page.path == "/board"
            assert "brother" not in (await rosa.get(f"/need/{NEED}?kept={kept}")).body
            await rosa.post("/sign-out")
            page = await again(rosa)
            assert "brother" in page.body
            rosa.place.clock.now += FORM_KEPT_FOR
            page = await again(rosa)
            assert page.path == "/board"
            await is_away(rosa)
            for place in range(12):
                await rosa.post(f"/need/{NEED}/do/write", {**form.fields, "words": "x", "press": f"p{place}"})
            await rosa.post("/password", {"password": "correct horse battery", "again": "correct horse battery"})
            assert forms(rosa) == 8
            assert "battery" not in str(select(rosa.place, "SELECT fields FROM board_kept_forms"))

    asyncio.run(run())


def test_a_form_about_somebody_is_forgotten_with_them(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await luz.get(f"/need/{NEED}")
            form = luz.page.form("/do/write")
            intake = (await luz.get("/intake")).form("/intake")
            await luz.post("/sign-out")
            await luz.post(f"/need/{NEED}/do/write", {**form.fields, "words": "at six?"})
            await luz.post("/intake", {**intake.fields, "phone": "(212) 555-0111", "details": "a bed"})
            await luz.post("/intake", {**intake.fields, "press": "another", "phone": BEN, "details": "a chair"})
            assert forms(rosa) == 3
            await rosa.get("/people")
            await rosa.press("/people/find", who=ANA)
            await rosa.press("/forget")
            await rosa.press("/forget", sure="yes")
            (row,) = select(rosa.place, "SELECT fields FROM board_kept_forms")
            assert json.loads(row["fields"])["phone"] == BEN

    asyncio.run(run())
