"""Intake by hand: a coordinator writes down what somebody on the phone asks for, by the same rules as for a text."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from hotline.model.calendar import MINUTE
from tests.board.visitor import ANA, BEN, NEED, ROSA, Page, Visitor, team
from tests.web.line import select
from tests.world import World

EVE = "+12125550144"
ALL = {"phone": "(212) 555-0144", "name": "Eve", "what": "ride", "area": "downtown", "details": "to the clinic"}


def needs(place: World) -> list[dict[str, Any]]:
    asked = "SELECT number, code, neighbor, status, what, area, details, words, due, urgent, callback FROM needs"
    return select(place, f"{asked} WHERE number > ? ORDER BY number", NEED)


async def write(rosa: Visitor, do: str = "send", **fields: str) -> Page:
    await rosa.get("/intake")
    return await rosa.press("/intake", do=do, **fields)


def test_a_request_is_written_down_and_sent(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            place = rosa.place
            eve = place.exchange.handset(EVE, "Eve")
            page = await write(rosa, **ALL, day="2026-03-12", clock="10:00", leave_word="no", told="yes")
            assert "It is sent" in page.said
            assert "102 is on record" in page.said
            (row,) = needs(place)
            assert (row["neighbor"], row["status"], row["what"], row["area"]) == (EVE, "open", "ride", "downtown")
            assert (row["details"], row["due"], row["words"]) == ("to the clinic", "2026-03-12 10:00", "to the clinic")
            person = select(place, "SELECT name, leave_word, language FROM people WHERE phone = ?", EVE)
            assert person == [{"name": "Eve", "leave_word": "no", "language": "en"}]
            await place.settle()
            assert [text.body for text in eve.inbox][-1].count("102") == 1
            await eve.text("102 at the side door")  # it is hers as if she had texted it
            assert "side door" in str(needs(place)) + str(select(place, "SELECT words FROM relayed"))

    asyncio.run(run())


def test_nothing_is_required_but_a_way_to_reach_them(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            page = await write(rosa, "keep", name="Eve", details="will call again")
            assert page.status == 200
            assert "It is kept as you typed it" in page.said
            assert page.form("/intake").fields["details"] == "will call again"
            page = await rosa.press("/intake", do="send")
            assert page.status == 400
            assert "tick that they leave none" in page.said
            assert page.form("/intake").fields["details"] == "will call again"
            assert needs(rosa.place) == []
            page = await rosa.press("/intake", phone="212 555 0144", do="keep")
            assert "kept, and not sent yet" in page.said
            (row,) = needs(rosa.place)
            assert (row["status"], row["details"]) == ("draft", "will call again")
            page = await rosa.press(f"/intake/{row['number']}", what="food", do="send")
            assert "choose what and where first" in page.said
            page = await rosa.press(f"/intake/{row['number']}", area="north", urgent="yes", do="send")
            assert "It is sent" in page.said
            (row,) = needs(rosa.place)
            assert (row["status"], row["what"], row["details"], row["urgent"]) == ("open", "food", "will call again", 1)

    asyncio.run(run())


def test_nobody_on_the_phone_is_asked_by_text_meanwhile(tmp_path: Path) -> None:
    """Also where nothing of it is said yet, and they hung up in the middle of the menu before."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            eve = rosa.place.exchange.handset(EVE)
            await eve.call()
            await eve.press("1")
            await eve.hang_up()
            await write(rosa, "keep", phone=EVE)
            await rosa.place.pass_time(10 * MINUTE)
            assert eve.inbox == []

    asyncio.run(run())


def test_who_leaves_no_number_gets_a_word(tmp_path: Path) -> None:
    """The same word that opens a request in a call: no telephone number is kept."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            page = await write(rosa, **{**ALL, "phone": ""}, no_number="yes")
            (row,) = needs(rosa.place)
            assert row["neighbor"].startswith("withheld:")
            word = rosa.place.hotline.inbound.calls._words.of(row["number"])
            assert f"With 102 and this word they hear how it stands when they call: {word}" in page.said
            page = await rosa.get(f"/need/{row['number']}")
            assert page.status == 200

    asyncio.run(run())


def test_a_number_that_is_left_later_is_called_back(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await write(rosa, "keep", no_number="yes", what="food")
            number = needs(rosa.place)[0]["number"]
            await rosa.press(f"/intake/{number}", phone="212 555 0144", do="keep")
            await rosa.press(f"/intake/{number}", area="north", do="send")
            (row,) = needs(rosa.place)
            assert (row["status"], row["callback"]) == ("open", EVE)

    asyncio.run(run())


def test_words_that_name_danger_are_held_as_by_text(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            page = await write(rosa, **{**ALL, "details": "my husband hits me, I must get away from here"})
            assert "held" in page.said
            number = needs(rosa.place)[0]["number"]
            assert select(rosa.place, "SELECT need FROM dangers WHERE settled_at IS NULL") == [{"need": number}]
            await rosa.place.settle()
            assert "Danger" in rosa.place.exchange.handset(ROSA).inbox[-1].body
            many = len(rosa.place.exchange.handset(BEN).inbox)
            await rosa.place.pass_time(600)
            assert len(rosa.place.exchange.handset(BEN).inbox) == many  # nobody is asked yet

    asyncio.run(run())


@pytest.mark.parametrize("what", ["no_answer", "outside_area", "other_group"])
def test_a_call_that_is_no_request(tmp_path: Path, what: str) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            page = await write(rosa, what, **ALL, group="Food bank")
            assert "Written down" in page.said
            assert needs(rosa.place) == []
            (note,) = select(rosa.place, "SELECT why, party, words, settled_at FROM flags WHERE why = ?", what)
            assert (note["party"], note["words"]) == (EVE, "Food bank to the clinic")
            assert note["settled_at"] is not None  # nobody has to look
            await rosa.get("/people")
            page = await rosa.press("/people/find", who="0144")
            assert "Calls that were no request" in page.said
            await write(rosa, "keep", phone=EVE)
            number = needs(rosa.place)[0]["number"]
            await rosa.press(f"/intake/{number}", do=what)
            assert needs(rosa.place)[0]["status"] == "cancelled"

    asyncio.run(run())


@pytest.mark.parametrize("what", ["no_answer", "outside_area", "other_group"])
def test_what_is_kept_of_a_call_without_a_number_can_be_read(tmp_path: Path, what: str) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await write(rosa, what, **{**ALL, "phone": "", "details": "<b>a tow truck</b>"}, group="Food bank")
            page = await luz.get("/intake")
            assert "Food bank <b>a tow truck</b>" in page.said
            assert "No request and no number" in page.said
            await rosa.place.hotline.store.run(lambda tx: tx.flags.note(what, "", "of old", 0, 0.0))
            assert "of old" not in (await luz.get("/intake")).said

    asyncio.run(run())


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"phone": "555-0144"}, 400),
        ({"phone": "12"}, 400),
        ({"phone": "+1-1"}, 400),
        ({"phone": "+442079460123"}, 400),
        ({"what": "mars"}, 400),
        ({"area": "mars"}, 400),
        ({"language": "xx"}, 400),
        ({"clock": "10:00"}, 400),
        ({"day": "yesterday"}, 400),
        ({"leave_word": "perhaps"}, 400),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(tmp_path: Path, fields: dict[str, str], status: int) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            page = await write(rosa, **{**ALL, **fields})
            assert page.status == status
            kept = page.form("/intake").fields
            assert (kept["details"], kept["name"]) == ("to the clinic", "Eve")
            if "phone" in fields:
                assert kept["phone"] == fields["phone"]
            assert needs(rosa.place) == []

    asyncio.run(run())


def test_somebody_known_and_somebody_blocked(tmp_path: Path) -> None:
    """The same phone again is a person who is known: her form by text and what she asked for stay as they are."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            ana = rosa.place.exchange.handset(ANA)
            await ana.text("medicine please")
            page = await write(rosa, "keep", phone=ANA, details="a second thing")
            assert "This neighbor also asked for" in page.said
            assert [row["status"] for row in needs(rosa.place)] == ["draft", "draft"]
            assert needs(rosa.place)[0]["what"] == "medicine"
            await rosa.place.hotline.store.run(lambda tx: tx.people.block(ANA, True, 0.0))
            page = await write(rosa, phone=ANA, what="food", area="north")
            assert page.status == 409
            assert "blocked" in page.said
            assert len(needs(rosa.place)) == 2

    asyncio.run(run())


def test_two_write_into_one_form_and_one_sends_twice(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await rosa.get("/intake")
            form = rosa.page.form("/intake")
            for _ in range(2):
                page = await rosa.post("/intake", {**form.fields, "phone": EVE, "details": "one", "do": "keep"})
            assert "done already" in page.said
            (row,) = needs(rosa.place)
            for each in (rosa, luz):
                await each.get(f"/intake/{row['number']}")
            await rosa.press(f"/intake/{row['number']}", details="hers", do="keep")
            page = await luz.press(f"/intake/{row['number']}", details="mine", do="keep")
            assert page.status == 409
            assert "hers" in page.said
            assert page.form(f"/intake/{row['number']}").fields["details"] == "mine"
            await rosa.press(f"/intake/{row['number']}", what="food", area="north", do="send")
            page = await luz.press(f"/intake/{row['number']}", do="send")
            assert page.status == 409
            assert "mine" in page.said

    asyncio.run(run())


def test_whoever_was_away_too_long_reads_what_they_wrote(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.get("/intake")
            rosa.http.cookie_jar.clear()
            page = await rosa.press("/intake", **ALL, do="send")
            assert page.status == 401
            for words in ("(212) 555-0144", "Eve", "to the clinic"):
                assert words in page.said

    asyncio.run(run())
