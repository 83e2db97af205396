"""People at the board: neighbors and volunteers as one list, found and looked after, forgotten and handed over."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from hotline.model.people import Volunteer
from hotline.storage import Transaction
from hotline.storage.lists import KEPT
from hotline.web.board.words import LANGUAGES, wordings
from tests.board.visitor import ANA, BEN, LUZ, NEED, ROSA, Page, Visitor, team
from tests.web.line import select
from tests.world import SECRET, World

NO_NAMES = ("*", "?", "[a-z]", "[", "]", "^", ".", ".*", "(", "\\", "[^b]en", "[", "b?n", "be*", "{2}", "-")
JOSE, EVE = "+12125550125", "+12125550144"


async def look_for(rosa: Visitor, who: str) -> Page:
    await rosa.get("/people")
    return await rosa.press("/people/find", who=who)


async def at(rosa: Visitor, phone: str) -> Page:
    """The page of somebody, found by the end of their number."""
    page = await look_for(rosa, phone[-4:])
    assert page.path.startswith("/board/people/"), page.said
    return page


def jose(tx: Transaction, now: float) -> None:
    tx.people.introduce(JOSE, "José Núñez", "es", now)
    tx.volunteers.enroll(JOSE, ("ride",), ("downtown",), "waiting", now)


def volunteer(place: World, phone: str) -> dict[str, Any]:
    return select(place, "SELECT * FROM volunteers WHERE phone = ?", phone)[0]


def trail(place: World) -> tuple[str, str, str]:
    row = select(place, "SELECT coordinator, what, more FROM board_trail ORDER BY id DESC LIMIT 1")[0]
    return row["coordinator"], row["what"], row["more"]


@pytest.mark.parametrize(
    ("who", "found"),
    [
        *[
            ("jose", "José"),
            ("JOSÉ", "José"),
            ("nunez", "José"),
            ("jośe ñuñ", "José"),
            ("Ana", "Ana Maria"),
            ("mar", "Ana Maria"),
        ],
        *[("0125", "José"), ("125", "José"), ("…0125", "José"), ("(212) 555-0125", "José"), ("#102", "José")],
        *[("555-0125", "José"), ("5550125", "José"), ("2125550125 José", "José"), ("José   Núñez", "José")],
    ],
)
def test_somebody_is_found(tmp_path: Path, who: str, found: str) -> None:
    """By any of their names, by the last digits, and by a request that was over long ago: 102, which José had."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.place.hotline.store.run(jose, rosa.place.clock.now)
            await rosa.place.hotline.store.run(had_one, rosa.place.clock.now)
            page = await look_for(rosa, who)
            assert found in page.said
            assert "Cho" not in page.said
            assert who not in page.path

    asyncio.run(run())


def had_one(tx: Transaction, now: float) -> None:
    number = tx.needs.draft("withheld:CA1", "a ride", now)
    tx.needs.record(number, {"what": "ride", "area": "north", "details": "", "recording": "", "callback": ""}, now)
    tx.needs.take(number, JOSE, now)
    tx.needs.finish(number, JOSE, now)
    tx.needs.happened(number, now)


@pytest.mark.parametrize(
    "who", ["", "9", "zzz", "%", "_", "+1-1", "177", "99999999999999999999", "' OR 1=1 --", *NO_NAMES]
)
def test_nobody_is_found_and_nothing_breaks(tmp_path: Path, who: str) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            page = await look_for(rosa, who)
            assert page.status == 404
            assert "Nobody is found" in page.said
            assert page.form("/people/find").fields["who"] == who

    asyncio.run(run())


def test_the_way_back_from_a_person_leads_to_who_was_found(tmp_path: Path) -> None:
    """As often as it is asked for, without a form that is sent once more; and for nobody else of the team."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await rosa.place.add_volunteer(Volunteer("+12125550130", "Anton", ("food",), ("north",), "en"))
            found = await look_for(rosa, "an")
            assert all(name in found.said for name in ("Ana Maria", "Anton"))
            again = await rosa.get(found.path.removeprefix("/board"))
            assert (again.status, again.said) == (found.status, found.said)
            assert (await luz.get(found.path.removeprefix("/board"))).path == "/board/people"
            assert (await rosa.get("/people/found/nobody")).path == "/board/people"

    asyncio.run(run())


def test_one_list_and_no_number_on_it(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (_, luz):
            await luz.place.hotline.store.run(jose, luz.place.clock.now)
            page = await luz.get("/people")
            assert all(name in page.said for name in ("Ana Maria", "Ben", "Cho", "José", "gives food", "…0111"))
            assert ANA not in page.body
            assert ANA[2:] not in page.body
            page = await luz.get("/people?show=waiting")
            assert "José" in page.said
            assert "Ben" not in page.said
            for odd in ("?show=all&page=x", "?show=mars", "?page=99999", "?show=blocked", "?show=left"):
                assert (await luz.get(f"/people{odd}")).status == 200

    asyncio.run(run())


def test_a_persons_page_tells_all_of_it(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            place = rosa.place
            await place.exchange.handset(BEN).text("YES 101")
            await place.settle()
            page = await at(luz, BEN)
            for words in ("1× · yes 1 · no 0", "Has or had in hand", "101 food", "by text", "signed up by themselves"):
                assert words in page.said
            assert BEN not in page.body
            assert "Forget" not in page.said  # that is for keepers
            page = await at(rosa, ANA)
            assert "Asked for 101 food" in page.said
            await rosa.get(f"/need/{NEED}")
            assert "/people/" in rosa.page.body  # from a request to who asked for it

    asyncio.run(run())


def test_a_number_is_shown_by_a_press_that_names_a_record(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            record = (await at(luz, ANA)).path.rsplit("/", 1)[1]
            page = await luz.press("/number")
            assert ANA in page.said
            assert trail(luz.place) == ("luz", "saw_number", f"person {record}")
            assert f"saw the number · person {record}" in (await rosa.get("/trail")).said
            assert ANA not in rosa.page.body

    asyncio.run(run())


def test_who_wants_to_help_may(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (_, luz):
            await luz.place.hotline.store.run(jose, luz.place.clock.now)
            await at(luz, JOSE)
            page = await luz.press("/do/approve")
            assert "They read that they may help" in page.said
            assert volunteer(luz.place, JOSE)["status"] == "active"

    asyncio.run(run())


def test_a_break_is_given_and_ended(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (_, luz):
            await at(luz, BEN)
            page = await luz.press("/do/pause", days="30")
            assert "takes a break" in page.said
            assert volunteer(luz.place, BEN)["paused_until"] == luz.place.clock.now + 30 * 86400
            page = await luz.press("/do/pause", days="0")
            assert "They are asked again" in page.said
            assert volunteer(luz.place, BEN)["paused_until"] <= luz.place.clock.now
            for odd in ("-1", "x", "9999999", ""):
                assert (await luz.press("/do/pause", days=odd)).status == 200

    asyncio.run(run())


def test_a_blocked_number_is_blocked_as_by_the_command(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (_, luz):
            ana = luz.place.exchange.handset(ANA)
            await at(luz, ANA)
            page = await luz.press("/do/block")
            assert "gets no answer any more" in page.said
            many = len(ana.inbox)
            await ana.text("food")
            assert len(ana.inbox) == many
            page = await luz.press("/do/unblock")
            await ana.text("status")
            assert len(ana.inbox) > many

    asyncio.run(run())


def test_the_team_is_neither_blocked_nor_forgotten(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            page = await at(rosa, LUZ)
            record = page.path.rsplit("/", 1)[1]
            assert "of the team" in page.said
            page = await luz.post(f"/people/{record}/do/block", {"press": "x"})
            assert page.status == 409
            page = await rosa.post(f"/people/{record}/forget", {"sure": "yes"})
            assert page.status == 409
            assert "out of the community file first" in page.said
            assert select(rosa.place, "SELECT blocked FROM people WHERE phone = ?", LUZ) == [{"blocked": 0}]

    asyncio.run(run())


def test_what_somebody_gives_is_changed(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (_, luz):
            await at(luz, BEN)
            page = await luz.press("/do/change", name="Benjamin", need_ride="yes", area_downtown="yes", calls="yes")
            assert "The change is kept" in page.said
            row = volunteer(luz.place, BEN)
            assert (sorted(row["needs"].split()), sorted(row["areas"].split())) == (
                ["food", "ride"],
                ["downtown", "north"],
            )
            person = select(luz.place, "SELECT name, calls FROM people WHERE phone = ?", BEN)
            assert person == [{"name": "Benjamin", "calls": 1}]
            page = await luz.press("/do/change")
            assert "Nothing was different" in page.said
            await at(luz, BEN)
            form = luz.page.form("/do/change")
            none = {name: value for name, value in form.fields.items() if name[:5] not in ("need_", "area_")}
            page = await luz.post(form.action.removeprefix("/board"), none)
            assert page.status == 400
            assert "Choose what they give" in page.said
            await luz.press("/do/end")
            assert volunteer(luz.place, BEN)["status"] == "left"

    asyncio.run(run())


def test_nobody_gives_without_having_agreed(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (_, luz):
            await at(luz, ANA)
            page = await luz.press("/do/change", need_food="yes", area_north="yes", consent="")
            assert page.status == 400
            assert "how they agreed" in page.said
            assert page.form("/do/change").fields["need_food"] == "yes"
            page = await luz.press("/do/change", consent="by phone today")
            assert "The change is kept" in page.said
            assert (volunteer(luz.place, ANA)["status"], volunteer(luz.place, ANA)["consent"]) == (
                "active",
                "by phone today",
            )
            await at(luz, BEN)
            await luz.place.exchange.handset(BEN).text("STOP")
            await luz.press("/do/end")
            await at(luz, BEN)
            page = await luz.press("/do/change", need_food="yes", area_north="yes", consent="he said so")
            assert page.status == 400
            assert "ended our texts" in page.said

    asyncio.run(run())


def test_two_coordinators_change_one_person(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            for each in (rosa, luz):
                await at(each, BEN)
            await rosa.press("/do/change", name="Benjamin")
            page = await luz.press("/do/change", name="Benny", need_ride="yes")
            assert page.status == 409
            assert "Benjamin" in page.said
            assert "Rosa did something meanwhile" in page.said
            assert page.form("/do/change").fields["name"] == "Benny"
            assert select(rosa.place, "SELECT name FROM people WHERE phone = ?", BEN) == [{"name": "Benjamin"}]
            await luz.press("/do/change")  # she has seen both, and means it
            assert select(rosa.place, "SELECT name FROM people WHERE phone = ?", BEN) == [{"name": "Benny"}]
            assert "ride" in volunteer(rosa.place, BEN)["needs"]

    asyncio.run(run())


def test_somebody_is_handed_all_that_is_kept(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            record = (await at(rosa, ANA)).path.rsplit("/", 1)[1]
            page = await rosa.press("/export", words="")
            assert page.status == 400
            page = await rosa.press("/export", words="she asked on the phone")
            assert page.headers["Content-Disposition"] == f'attachment; filename="person-{record}.txt"'
            assert "your request: 101 food north" in page.body
            assert trail(rosa.place) == ("rosa", "exported", f"person {record}")
            kept = select(rosa.place, "SELECT coordinator, what, reason FROM board_exports")
            assert kept == [{"coordinator": "rosa", "what": f"person {record}", "reason": "she asked on the phone"}]

    asyncio.run(run())


def test_what_would_be_forgotten_is_said_in_both_languages(tmp_path: Path) -> None:
    """And of whom: who forgets the wrong one does it for good."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.place.exchange.handset(ANA).text("is somebody coming")
            await at(rosa, ANA)
            page = await rosa.press("/forget")
            for said in ("Ana Maria …0111", "who they are to us: 1", "requests of theirs: 1"):
                assert said in page.said
            await rosa.post("/language", {"language": "es", "here": "/people"})
            await at(rosa, ANA)
            page = await rosa.press("/forget")
            for said in ("Ana Maria …0111", "quién es para nosotros: 1", "pedidos suyos: 1"):
                assert said in page.said
            page = await rosa.press("/forget", sure="yes")
            assert "textos en la compañía de teléfonos" in page.said

    asyncio.run(run())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_that_is_kept_has_words(language: str) -> None:
    assert {name for name, _, _ in KEPT} <= set(wordings(language)["kept_of"])


def test_somebody_is_forgotten_as_by_the_command(tmp_path: Path) -> None:
    """What would go is shown first; afterwards no table holds the number, and the trail names a record of nobody."""

    async def run() -> None:
        async with team(tmp_path, secret_key=SECRET) as (rosa, _):
            record = (await at(rosa, ANA)).path.rsplit("/", 1)[1]
            page = await rosa.press("/forget")
            assert "requests of theirs: 1" in page.said
            assert select(rosa.place, "SELECT COUNT(*) AS many FROM people WHERE phone = ?", ANA)[0]["many"] == 1
            page = await rosa.press("/forget", sure="yes")
            assert "Forgotten." in page.said
            for table in ("people", "board_people"):
                assert select(rosa.place, f"SELECT COUNT(*) AS many FROM {table} WHERE phone = ?", ANA)[0]["many"] == 0
            assert trail(rosa.place) == ("rosa", "forgot", f"person {record}")
            assert (await rosa.get(f"/people/{record}")).status == 404
            assert (await rosa.post(f"/people/{record}/do/block", {"press": "y"})).status == 404

    asyncio.run(run())


def test_a_form_that_is_sent_twice_is_carried_out_once(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            record = (await at(rosa, BEN)).path.rsplit("/", 1)[1]
            form = rosa.page.form("/do/pause")
            for _ in range(2):
                page = await rosa.post(f"/people/{record}/do/pause", {**form.fields, "days": "7"})
            assert "done already" in page.said
            many = select(rosa.place, "SELECT COUNT(*) AS many FROM board_trail WHERE what = 'paused'")
            assert many[0]["many"] == 1
            assert ROSA not in page.body

    asyncio.run(run())


def test_who_gives_no_longer_gives_again(tmp_path: Path) -> None:
    """Taken off the list by mistake: what they give stands as before; what they had in hand stays with others."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.place.exchange.handset(BEN).text("YES 101")
            await rosa.place.settle()
            gives = select(rosa.place, "SELECT what, area FROM offers WHERE phone = ?", BEN)
            await at(rosa, BEN)
            page = await rosa.press("/do/end")
            assert "They give no longer" in page.said
            assert select(rosa.place, "SELECT takers FROM needs WHERE code = 101")[0]["takers"] == ""
            assert select(rosa.place, "SELECT * FROM offers WHERE phone = ?", BEN) == []
            page = await rosa.press("/do/undo")
            assert "They give again, as before." in page.said
            assert select(rosa.place, "SELECT what, area FROM offers WHERE phone = ?", BEN) == gives
            assert select(rosa.place, "SELECT status FROM volunteers WHERE phone = ?", BEN)[0]["status"] == "active"
            assert select(rosa.place, "SELECT takers FROM needs WHERE code = 101")[0]["takers"] == ""
            assert trail(rosa.place)[1] == "undid_person"

    asyncio.run(run())
