"""Import at the board: every bad row is named, what is good is put on record, and a whole list is taken back."""

import asyncio
import random
from pathlib import Path

import pytest
from aiohttp import FormData

from hotline.web.board.forms import sent
from hotline.web.board.import_people import MOST, only
from tests.board.test_export import take_out
from tests.board.test_hostile_words import hostile, is_whole
from tests.board.test_people import at, trail
from tests.board.visitor import BEN, CHO, HERE, Page, Visitor, team
from tests.web.line import rows, select

DEE, EVA, FLO = "+12125550151", "+12125550152", "+12125550153"
LIST = """phone,name,needs,areas,language,consent
212-555-0151,Dee,"food, a ride",Northside,en,on paper
212-555-0152,Eva,comida,north,es,
212-555-0153,Flo,bread,mars,en,on paper
555-0154,Gus,food,north,en,on paper
"""
GOOD = "".join(LIST.splitlines(keepends=True)[:3])


async def look(rosa: Visitor, text: str, **fields: str) -> Page:
    await rosa.get("/people/import")
    return await rosa.press("/import", list=text, do="look", **fields)


async def upload(rosa: Visitor, content: bytes, name: str = "list.csv") -> Page:
    await rosa.get("/people/import")
    form = FormData(quote_fields=False)
    form.add_field("press", rosa.page.form("/import").fields["press"])
    form.add_field("list", "")
    form.add_field("do", "look")
    form.add_field("file", content, filename=name, content_type="text/csv")
    return await rosa.ask("POST", "/board/people/import", form, HERE)  # type: ignore[arg-type]


def on_record(rosa: Visitor) -> dict[str, tuple[str, str, str]]:
    told = select(rosa.place, "SELECT phone, status, needs, consent FROM volunteers")
    return {row["phone"]: (row["status"], row["needs"], row["consent"]) for row in told}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_looked_at_and_nothing_is_written(tmp_path: Path, encoding: str) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            before = rows(rosa.place)
            page = await upload(rosa, LIST.replace("Dee", "Déa").replace("\n", "\r\n").encode(encoding))
            for words in (
                *("line 4: needs: there is no 'bread'", "line 4: areas: there is no 'mars'"),
                *("line 5: '555-0154' has no area code", "Cannot be taken: 2", "Can be put on record: 2"),
                *("Déa …0151 food, a ride", "gives from now on (on paper)", "one invitation, and no alert before"),
            ):
                assert words in page.said
            assert DEE not in page.body
            assert page.form("/import").fields["list"].splitlines()[3].startswith("212-555-0153,Flo")
            assert rows(rosa.place) == before

    asyncio.run(run())


def test_what_is_good_is_put_on_record_and_what_is_not_stays_to_be_mended(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            eva = rosa.place.exchange.handset(EVA, "Eva")
            await look(rosa, LIST)
            page = await rosa.press("/import", do="put")
            assert "On record: 2." in page.said
            left = page.form("/import").fields["list"]
            assert [line[:12] for line in left.splitlines()[1:]] == ["212-555-0153", "555-0154,Gus"]
            assert on_record(rosa)[DEE] == ("active", "food ride", "on paper")
            assert on_record(rosa)[EVA] == ("invited", "food", "")
            assert trail(rosa.place) == ("rosa", "imported", "list 1")
            await rosa.place.settle()
            assert eva.inbox == []  # it can still be taken back
            await rosa.place.pass_time(11 * 60)
            assert len(eva.inbox) == 1
            page = await rosa.press("/import", list=left.replace("bread,mars", "food,north"), do="put")
            assert on_record(rosa)[FLO][0] == "active"
            assert page.form("/import").fields["list"].splitlines()[1] == "555-0154,Gus,food,north,en,on paper"
            assert "brought in a list" in (await rosa.get("/trail")).said

    asyncio.run(run())


def test_the_same_form_twice_is_one_list(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await look(rosa, GOOD)
            form = rosa.page.form("/import")
            for _ in range(2):
                page = await rosa.post("/people/import", {**form.fields, "do": "put"})
                assert page.path == "/board/people/import/1"
            assert select(rosa.place, "SELECT COUNT(*) AS many FROM person_changes_of")[0]["many"] == 2
            assert select(rosa.place, "SELECT COUNT(*) AS many FROM outbox WHERE party = ?", EVA)[0]["many"] == 1
            assert len(select(rosa.place, "SELECT id FROM board_trail WHERE what = 'imported'")) == 1

    asyncio.run(run())


def test_a_whole_list_is_taken_back_before_anybody_read_of_it(tmp_path: Path) -> None:
    """Whoever was known stands as before, to the last word; whoever was not is not known any more."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            told = ("people", "volunteers", "offers", "outbox")
            before = {each: select(rosa.place, f"SELECT * FROM {each}") for each in told}
            await look(
                rosa, GOOD + "2125550113,Benny,ride,downtown,es,\n2125550114,Cho,,,,\n", needs="ride", areas="north"
            )
            assert rosa.page.said.count("gives something else") == 2
            page = await rosa.press("/import", do="put")
            assert "Its invitations go out at" in page.said
            page = await rosa.press("/undo")
            assert "Rosa took it back" in page.said
            assert page.said.count("as before") == 4
            after = {each: select(rosa.place, f"SELECT * FROM {each}") for each in told}
            assert [row["status"] for row in after["outbox"] if row not in before["outbox"]] == ["dropped"]
            for each in ("people", "volunteers"):
                assert after[each] == before[each], each
            gives = {(row["phone"], row["what"], row["area"]) for row in before["offers"]}
            assert {(row["phone"], row["what"], row["area"]) for row in after["offers"]} == gives
            await rosa.place.pass_time(11 * 60)
            assert rosa.place.exchange.handset(EVA).inbox == []
            await look(rosa, GOOD)
            await rosa.press("/import", do="put")
            assert on_record(rosa)[EVA][0] == "invited"  # the right list comes after the wrong one

    asyncio.run(run())


def test_who_has_read_of_it_gives_no_longer_and_who_did_something_stays(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            text = GOOD + "2125550155,Ivy,food,north,en,\n2125550156,Jan,food,north,en,on paper\n"
            await look(rosa, text)
            await rosa.press("/import", do="put")
            await rosa.place.pass_time(11 * 60)
            await rosa.place.exchange.handset("+12125550155", "Ivy").text("yes")
            await rosa.place.exchange.handset("+12125550156", "Jan").text("YES 101")
            await rosa.place.settle()
            await rosa.get("/people/import/1")
            page = await rosa.press("/undo")
            told = {"Dee": "gives no longer", "Eva": "gives no longer", "Ivy": "changed since", "Jan": "changed since"}
            for name, words in told.items():
                place = page.said.index(f" {name} ")
                assert words in page.said[place : place + 60], name
            stands = on_record(rosa)
            assert stands[DEE][0] == stands[EVA][0] == "left"  # Dee was asked about 101 meanwhile
            assert stands["+12125550155"][0] == stands["+12125550156"][0] == "active"

    asyncio.run(run())


def test_our_own_export_is_read_back(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            body = await take_out(rosa, what="givers", personal="yes", words="the list")
            page = await upload(rosa, body.encode())
            assert page.said.count("gives something else") == 2
            assert "Cannot be taken" not in page.said
            before = on_record(rosa)
            await rosa.press("/import", do="put")
            assert {each: told[:2] for each, told in on_record(rosa).items()} == {
                each: told[:2] for each, told in before.items()
            }

    asyncio.run(run())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose a file"),
        (b"PK\x03\x04", "save it as CSV"),
        (b"name,needs\nBen,food\n", "phone among them"),
        (b"phone\n" + b"2125550151\n" * (MOST + 1), "more than 2000 rows"),
        (b'phone\n"' + b"x" * 140_000, "cannot be read as CSV"),
        (b"\xff\xfe\x00", "Choose a file"),
    ],
)
def test_what_is_no_list_is_said_and_kept(tmp_path: Path, content: bytes, said: str) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            page = await upload(rosa, content)
            assert page.status == 400
            assert said in page.said
            if content.startswith(b"name"):
                assert page.form("/import").fields["list"].strip() == "name,needs\r\nBen,food".replace("\r", "")

    asyncio.run(run())


def test_more_than_anybody_brings_in(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            page = await upload(rosa, b"x" * 600_000)
            assert page.status == 413, page.body
            assert "more than we can read" in page.said

    asyncio.run(run())


def test_hostile_lists_are_words(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            for text in hostile(120):
                cells = text.replace('"', "'")
                page = await look(
                    rosa, f'phone,name,needs,areas,consent\n2125550151,"{cells[:20]}","{cells}",north,"{cells}"\n{text}'
                )
                is_whole(page)
                page = await look(
                    rosa, f'phone,name,needs,areas,consent\n2125550151,"{cells[:20]}",food,north,"{cells}"'
                )
                is_whole(page)
            page = await rosa.press("/import", do="put")
            is_whole(page)

    asyncio.run(run())


def test_what_a_browser_sends_is_taken_apart() -> None:
    """As browsers write it; and five hundred times as nobody writes it, which raises nothing."""
    body = (
        b'--xx\r\nContent-Disposition: form-data; name="list"\r\n\r\na\r\n--x\r\nb\r\n'
        b'--xx\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
        b"phone\r\n\x00\xff\r\n--xx--\r\n"
    )
    found = sent(body, "multipart/form-data; boundary=xx")
    assert found is not None
    assert found.fields == {"list": "a\r\n--x\r\nb"}
    assert found.file == b"phone\r\n\x00\xff"
    lot = random.Random(17)
    for _ in range(500):
        broken = bytearray(body)
        for _ in range(lot.randint(1, 12)):
            broken[lot.randrange(len(broken))] = lot.randrange(256)
        sent(bytes(broken), lot.choice(("multipart/form-data; boundary=xx", "multipart/form-data", "text/plain", "")))
    assert sent(b"&".join(b"a%d=1" % each for each in range(99)), "") is None


def test_only_the_lines_that_are_wrong() -> None:
    assert only('\nphone;name\n1;"a\nb"\n\n2;c\n', {4}) == 'phone,name\n1,"a\nb"\n'
    assert only("", {2}) == ""


# --- Taking back what was done about one person.


@pytest.mark.parametrize(
    ("press", "fields"),
    [("pause", {"days": "7"}), ("block", {}), ("change", {"name": "Bo", "need_ride": "yes", "language": "es"})],
)
def test_a_press_about_a_person_is_taken_back(tmp_path: Path, press: str, fields: dict[str, str]) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            told = ("people", "volunteers")
            await at(rosa, BEN)
            before = [select(rosa.place, f"SELECT * FROM {each} WHERE phone = ?", BEN) for each in told]
            await rosa.press(f"/do/{press}", **fields)
            await rosa.place.pass_time(3600)  # by the story, long after its minute
            await at(luz, BEN)
            page = await luz.press("/do/undo")
            assert "It is as it was before" in page.said
            assert "taken back" in page.said
            after = [select(rosa.place, f"SELECT * FROM {each} WHERE phone = ?", BEN) for each in told]
            for one, other in zip(before, after, strict=True):
                assert (
                    {**other[0], "gone_at": None} == {**one[0], "gone_at": None}
                    if "gone_at" in one[0]
                    else other == one
                )
            assert trail(rosa.place)[:2] == ("luz", "undid_person")
            assert not [form for form in page.forms if form.action.endswith("/do/undo")]

    asyncio.run(run())


def test_a_yes_is_taken_back_in_its_minute_and_nobody_has_read_of_it(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            ivy = rosa.place.exchange.handset("+12125550155", "Ivy")
            await rosa.place.hotline.store.run(lambda tx: tx.people.introduce(ivy.number, "Ivy", "en", 0.0))
            await rosa.place.hotline.store.run(
                lambda tx: tx.volunteers.enroll(ivy.number, ("food",), ("north",), "waiting", 0.0)
            )
            await rosa.place.hotline.store.run(lambda tx: tx.flags.add("volunteer_waits", ivy.number, "", 0, 0.0))
            for late in (False, True):
                await at(rosa, ivy.number)
                await rosa.press("/do/approve")
                await rosa.place.settle()
                assert ivy.inbox == []
                assert "They read of it at" in rosa.page.said
                if late:
                    await rosa.place.pass_time(70)
                    assert len(ivy.inbox) == 1
                    page = await rosa.post(
                        rosa.page.path.split("?")[0].removeprefix("/board") + "/do/undo", {"change": "2"}
                    )
                    assert page.status == 409
                    assert on_record(rosa)[ivy.number][0] == "active"
                else:
                    await rosa.press("/do/undo")
                    assert on_record(rosa)[ivy.number][0] == "waiting"
                    assert "Ivy" in (await rosa.get("/tray")).said

    asyncio.run(run())


def test_what_somebody_else_changed_since_is_not_taken_back(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await at(rosa, CHO)
            await rosa.press("/do/pause", days="7")
            await at(luz, CHO)
            await luz.press("/do/pause", days="30")
            page = await rosa.press("/do/undo", change="1")
            assert page.status == 409
            assert "Something else happened meanwhile" in page.said
            for odd in ("", "x", "99", "9" * 30, "<b>"):
                assert (await rosa.press("/do/undo", change=odd)).status == 409

    asyncio.run(run())
