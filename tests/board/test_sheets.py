"""Sheets of intake by hand: what is typed on the phone is kept as it is typed, shared field by field, and forgotten."""

import asyncio
import json
from pathlib import Path
from typing import Any

from hotline.inbound.board_desk import version
from hotline.inbound.board_sheets import merged
from hotline.model.board import IDLE, Sheet
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.worker.retention import RetentionWorker
from tests.board.visitor import Form, Visitor, team
from tests.web.line import select

EVE = "+12125550144"


async def types(who: Visitor, form: Form, **fields: str) -> dict[str, Any]:
    """As the script of the page does; what it hears is in the form from then on."""
    form.fields.update(fields)
    page = await who.post(form.action.removeprefix("/board"), {**form.fields, "do": "save"})
    assert page.status == 200
    told: dict[str, Any] = json.loads(page.body)
    form.fields.update({f"v_{name}": each for name, each in told.get("versions", {}).items()})
    form.fields.update(told.get("now", {}))
    return told


async def screen(who: Visitor, path: str = "/intake") -> Form:
    return (await who.get(path)).form(path if "sheet" not in path else "/intake")


def sheet(**fields: str) -> Sheet:
    return Sheet(1, "t", "rosa", 0, fields, {}, 0.0, 0.0)


def test_of_two_who_type_nobody_overwrites_what_they_have_not_read() -> None:
    seen = {"name": version(""), "details": version("")}
    first = sheet(name="", details="bread")
    both, theirs = merged(first, "luz 1", {"name": "Eve", "details": ""}, seen)
    assert (both.fields, theirs) == ({"name": "Eve", "details": "bread"}, {})
    both, theirs = merged(first, "luz 1", {"name": "", "details": "milk"}, seen)
    assert both.fields["details"] == "bread"
    assert theirs == {"details": "bread"}
    assert both.beside == {"details": {"luz 1": "milk"}}
    after, theirs = merged(both, "luz 1", {"details": "milk"}, {"details": version("bread")})
    assert (after.fields["details"], after.beside, theirs) == ("milk", {}, {})


def test_what_is_typed_is_kept_as_it_is_typed(tmp_path: Path) -> None:
    """A closed tab, a dead battery: it stands in the list, and goes on from there."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            form = await screen(rosa)
            told = await types(rosa, form)
            assert (told["at"], told["path"]) == ("", "")  # nothing was typed: nothing is kept
            assert "Begun and not sent" not in (await rosa.get("/intake")).said
            told = await types(rosa, form, phone="212 555 01", details="she cannot")
            assert told["at"].startswith("Saved ")
            await types(rosa, form, phone="212 555 0144", details="she cannot breathe well", what="ride")
            assert select(rosa.place, "SELECT COUNT(*) AS many FROM dangers") == [{"many": 0}]  # half typed is not said
            page = await luz.get("/intake")
            assert "a ride, …0144" in page.said
            assert "breathe" not in page.said
            page = await luz.get(told["path"].removeprefix("/board"))
            assert "Rosa typed here last" in page.said
            fields = page.form("/intake").fields
            assert (fields["phone"], fields["details"]) == ("212 555 0144", "she cannot breathe well")
            page = await luz.press("/intake", area="north", do="send")
            assert "It is sent" in page.said
            assert "Begun and not sent" not in (await rosa.get("/intake")).said
            told = await types(rosa, form, name="Eve")  # her page is still open
            assert "Somebody sent this" in told["over"]
            page = await rosa.post("/intake", {**form.fields, "do": "send"})
            assert page.status == 409
            assert "as 102" in page.said
            assert page.form("/intake").fields["name"] == "Eve"
            assert select(rosa.place, "SELECT fields, party FROM board_sheets") == [{"fields": "{}", "party": ""}]

    asyncio.run(run())


def test_two_write_on_one_sheet(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            hers = await screen(rosa)
            path = (await types(rosa, hers, phone="212 555 0144"))["path"].removeprefix("/board")
            mine = await screen(luz, path)
            await types(rosa, hers, details="two bags")
            told = await types(luz, mine, name="Eve", details="three bags")
            assert told["theirs"]["details"]["said"] == "two bags"
            assert "details" not in told["versions"]
            assert (await types(rosa, hers))["now"] == {"name": "Eve"}
            page = await rosa.get(path)
            assert "Luz typed here as well: three bags" in page.said
            page = await luz.post("/intake", {**mine.fields, "do": "keep"})
            assert page.status == 409
            assert "two bags" in page.said
            assert page.form("/intake").fields["details"] == "three bags"
            page = await rosa.post("/intake", {**hers.fields, "what": "food", "area": "north", "do": "send"})
            assert "It is sent" in page.said
            (need,) = select(rosa.place, "SELECT number, details FROM needs WHERE code = 102")
            notes = select(rosa.place, "SELECT coordinator, words FROM board_notes WHERE need = ?", need["number"])
            assert need["details"] == "two bags"
            assert notes == [{"coordinator": "luz", "words": "three bags"}]  # nobody read it: it is not lost
            another = await screen(rosa)
            path = (await types(rosa, another, details="a tow truck"))["path"].removeprefix("/board")
            after = {**another.fields, "press": "another", "details": "a truck", "v_details": version("")}
            await rosa.post("/intake", {**after, "do": "save"})
            await rosa.post("/intake", {**another.fields, "do": "outside_area"})
            assert "a tow truck a truck" in (await luz.get("/intake")).said

    asyncio.run(run())


def test_a_sheet_is_handed_over_thrown_away_and_brought_back(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            form = await screen(rosa)
            page = await rosa.post("/intake", {**form.fields, "details": "a bed", "to": "luz", "do": "hand"})
            assert "It stands in their list now" in page.said
            page = await luz.get("/intake")
            assert "You ·" in page.said
            (id,) = [each["id"] for each in select(rosa.place, "SELECT id FROM board_sheets")]
            page = await luz.press(f"/intake/sheet/{id}", do="throw")
            assert "Thrown away today" in page.said
            assert "Begun and not sent" not in page.said
            page = await rosa.press(f"/intake/sheet/{id}", do="back")
            assert "Begun and not sent" in page.said
            page = await rosa.get(f"/intake/sheet/{id}")
            assert page.form("/intake").fields["details"] == "a bed"
            page = await rosa.press("/intake", details="a bed and a chair", do="throw")
            assert "It is thrown away" in page.said
            await rosa.press(f"/intake/sheet/{id}", do="back")
            page = await rosa.get(f"/intake/sheet/{id}")
            assert page.form("/intake").fields["details"] == "a bed and a chair"
            trail = select(rosa.place, "SELECT what, more FROM board_trail WHERE what LIKE 'sheet_%' ORDER BY id")
            assert trail[0] == {"what": "sheet_handed", "more": "luz"}
            assert [each["what"] for each in trail[1:]] == ["sheet_thrown", "sheet_back", "sheet_thrown", "sheet_back"]

    asyncio.run(run())


def test_a_form_that_was_kept_goes_on_as_it_is_typed(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await rosa.get("/intake")
            page = await rosa.press("/intake", phone=EVE, what="food", details="milk", do="keep")
            path = page.path.removeprefix("/board").partition("?")[0]
            form = await screen(rosa, path)
            await types(rosa, form, details="milk and bread")
            page = await luz.get(path)
            assert page.form(path).fields["details"] == "milk and bread"
            assert select(rosa.place, "SELECT details FROM needs WHERE code = 102") == [{"details": "milk"}]
            page = await luz.press(path, area="north", do="send")
            assert "It is sent" in page.said
            assert "over" in await types(rosa, form, details="milk, bread, eggs")
            assert select(rosa.place, "SELECT details FROM needs WHERE code = 102") == [{"details": "milk and bread"}]

    asyncio.run(run())


def test_what_nobody_sends_comes_to_the_tray_and_is_forgotten_in_time(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            place = rosa.place
            await types(rosa, await screen(rosa), phone=EVE, details="a bed")
            assert "not sent" not in (await luz.get("/tray")).said
            place.clock.now += 31 * MINUTE
            for path in ("", "/tray"):
                page = await luz.get(path)
                assert "Rosa began it, and it is not sent" in page.said
            assert "a bed" not in page.said
            place.clock.now += 4 * HOUR
            await luz.sign_in("+12125550198")
            assert 'class="u"><a href="/board/intake/sheet/' in (await luz.get("/tray")).body
            keeps, store = place.hotline.catalogue.community.retention, place.hotline.store
            await store.run(lambda tx: tx.retained.begin(place.clock.now))
            worker = RetentionWorker(store, keeps, lambda: place.clock.now)
            place.clock.now += keeps.said_days * DAY - 5 * HOUR
            await worker.look()
            assert select(place, "SELECT COUNT(*) AS many FROM board_sheets") == [{"many": 1}]
            place.clock.now += 5 * HOUR
            await worker.look()
            assert select(place, "SELECT COUNT(*) AS many FROM board_sheets") == [{"many": 0}]

    asyncio.run(run())


def test_a_sheet_is_forgotten_with_its_person(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            place = rosa.place
            await types(rosa, await screen(rosa), phone="(212) 555-0144", details="a bed")
            await types(rosa, await screen(rosa), phone="(212) 555-0145", details="a chair")
            await place.exchange.handset(EVE, "Eve").text("food please")
            await rosa.get("/people")
            await rosa.press("/people/find", who="0144")
            await rosa.press("/forget")
            await rosa.press("/forget", sure="yes")
            assert select(place, "SELECT party FROM board_sheets") == [{"party": "+12125550145"}]

    asyncio.run(run())


def test_two_who_type_at_the_same_moment_lose_no_field(tmp_path: Path, database_url: str) -> None:
    """On both databases; and a session that ends meanwhile loses nothing there either."""

    async def run() -> None:
        async with team(tmp_path, database_url=database_url) as (rosa, luz):
            hers = await screen(rosa)
            path = (await types(rosa, hers, phone="212 555 0144"))["path"].removeprefix("/board")
            mine = await screen(luz, path)
            for n in range(5):
                await asyncio.gather(types(rosa, hers, details=f"two bags {n}"), types(luz, mine, name=f"Eve {n}"))
            fields = (await screen(luz, path)).fields
            assert (fields["details"], fields["name"]) == ("two bags 4", "Eve 4")
            rosa.place.clock.now += IDLE + 60
            await rosa.post("/intake", {**hers.fields, "what": "food", "do": "send"})
            page = await rosa.sign_in()
            assert page.form("/intake").fields["what"] == "food"
            await luz.sign_in("+12125550198")
            assert "it is not sent" in (await luz.get("/tray")).said
            page = await rosa.press("/intake", area="north", do="send")
            assert "It is sent" in page.said
            assert "102 food, Northside" in (await luz.get("/column/new")).said

    asyncio.run(run())
