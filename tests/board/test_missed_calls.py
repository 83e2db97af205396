"""Calls that were missed: one entry a person among what waits, called back through the line, and gone once they are
heard."""

import asyncio
from pathlib import Path

import pytest

from hotline.model.board import SILENT
from hotline.model.calendar import DAY, MINUTE
from hotline.storage import Transaction
from tests.board.visitor import ANA, BEN, CHO, ROSA, Visitor, team
from tests.web.line import select

GUS = "+12125550117"
ASKED = {
    GUS: "Someone asked us to call here. If it is for you, press 1.",
    BEN: "This is Eastside Mutual Aid. One of us wants to talk with you. To talk, press 1.",
}


def waits_for(visitor: Visitor) -> str:
    """The part of the page that says what waits for a person."""
    body = visitor.page.body
    return body[body.index('<section id="tray"') : body.index('<section id="new"')]


async def hangs_up_at_the_menu(visitor: Visitor, phone: str) -> None:
    handset = visitor.place.exchange.handset(phone)
    await handset.call()
    await handset.press("1")
    await handset.hang_up()
    await visitor.place.settle()


def test_one_entry_a_person_with_why_and_since_when(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await hangs_up_at_the_menu(rosa, GUS)
            await rosa.place.hotline.store.run(failed_twice, rosa.place.clock.now)
            await rosa.place.pass_time(5 * MINUTE)
            await rosa.get()
            assert waits_for(rosa).count('<li data-key="flag-') == 1
            assert "missed calls: 3" in rosa.page.said
            assert "for 5 min" in rosa.page.said
            assert GUS[-7:] not in rosa.page.body
            await rosa.get("/pictures")
            assert "3 calls missed" in rosa.page.said

    asyncio.run(run())


def failed(tx: Transaction, phone: str, now: float) -> None:
    tx.flags.add("missed_call", phone, "failed", 0, now)


def failed_twice(tx: Transaction, now: float) -> None:
    tx.flags.add("missed_call", GUS, "failed", 0, now)
    tx.flags.add("missed_call", GUS, "busy", 0, now)


@pytest.mark.parametrize(("whom", "name"), [(GUS, "a neighbor"), (BEN, "Ben")])
def test_called_back_through_the_line(tmp_path: Path, whom: str, name: str) -> None:
    """Her phone rings, then theirs; nobody sees a number. Once they talk it waits no longer. Who knows us hears who
    calls."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            place = rosa.place
            hers, theirs = place.exchange.handset(ROSA), place.exchange.handset(whom)
            await place.hotline.store.run(failed, whom, place.clock.now)
            await open_first(rosa)
            page = await rosa.press("/call")
            assert "Your phone rings" in page.said
            assert page.path.endswith("?did=rings")  # a reload, or Back, rings nobody again
            await place.settle()
            await hers.answer()
            assert f"You asked us to call {name} back. To talk now, press 1." in heard(hers)
            await hers.press("1")
            assert f"We ring {name} now." in heard(hers)
            await theirs.wait()  # he does not pick up
            await place.settle()
            assert "They do not answer now." in heard(hers)
            await hers.hang_up()
            await luz.get()
            assert "Rosa looks after it" in luz.page.said
            await open_first(rosa)
            await rosa.press("/call")
            await place.settle()
            await hers.answer()
            await hers.press("1")
            await theirs.answer()
            assert ASKED[whom] in heard(theirs)
            await theirs.press("1")
            assert theirs.in_call
            assert hers.in_call
            await theirs.hang_up()
            await hers.hang_up()
            await place.settle()
            await rosa.get()
            assert "missed calls" not in rosa.page.said
            trail = select(place, "SELECT what, more FROM board_trail WHERE what = 'call'")
            assert [row["more"].split()[0] for row in trail] == ["person", "person"]

    asyncio.run(run())


async def open_first(visitor: Visitor) -> None:
    """The page of whoever waits first without a request."""
    await visitor.get()
    await visitor.get("/waits" + waits_for(visitor).partition('<a href="/board/waits')[2].partition('"')[0])


def test_an_old_address_tells_who_looks_after_it_now(tmp_path: Path) -> None:
    """What a press did is said where it still is so."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            place = rosa.place
            await place.hotline.store.run(failed, GUS, place.clock.now)
            await open_first(rosa)
            page = await rosa.press("/hand", takes="yes")
            assert "You look after it" in page.said
            took = page.path.removeprefix("/board")
            assert took.endswith("?did=in_hand")
            assert "You look after it" not in (await luz.get(took)).said
            assert "Rosa looks after it" in luz.page.said
            place.clock.now += SILENT + 1
            page = await rosa.get(took)
            assert "You look after it" not in page.said
            assert "Nobody looks after it" in page.said

    asyncio.run(run())


def heard(handset: object) -> str:
    return " ".join(map(str, handset.heard))  # type: ignore[attr-defined]


def test_they_wait_no_longer_once_they_are_heard(tmp_path: Path, database_url: str) -> None:
    async def run() -> None:
        async with team(tmp_path, database_url=database_url) as (rosa, _):
            place = rosa.place
            await hangs_up_at_the_menu(rosa, GUS)
            await place.hotline.store.run(failed, CHO, place.clock.now)
            await rosa.get()
            assert waits_for(rosa).count("missed calls") == 2
            await place.exchange.handset(GUS).text("food 11216")
            await place.settle()
            await rosa.get()
            assert waits_for(rosa).count("missed calls") == 1
            await open_first(rosa)
            await rosa.press("/seen")
            await rosa.get()
            assert "missed calls" not in rosa.page.said

    asyncio.run(run())


def test_what_nobody_calls_back_is_said_aloud(tmp_path: Path, database_url: str) -> None:
    """After three days it waits no longer, and that stands there until somebody has looked."""

    async def run() -> None:
        async with team(tmp_path, database_url=database_url) as (rosa, _):
            place = rosa.place
            await hangs_up_at_the_menu(rosa, GUS)
            await hangs_up_at_the_menu(rosa, ANA)
            await place.pass_time(3 * DAY + MINUTE)
            told = [text.body for text in place.exchange.handset(ROSA).inbox if "not called back" in text.body]
            assert len(told) == 1
            await rosa.sign_in()
            await rosa.get()
            assert "missed calls" not in waits_for(rosa)
            assert waits_for(rosa).count("not called back for three days") == 1
            await open_first(rosa)
            assert rosa.page.said.count("…0117") == 1
            await rosa.press("/seen")
            await rosa.get()
            assert "not called back" not in rosa.page.said

    asyncio.run(run())


def test_a_form_that_stopped_stands_in_one_list(tmp_path: Path, database_url: str) -> None:
    """It has gone quiet; where its neighbor waits for a person, it waits there alone."""

    async def run() -> None:
        async with team(tmp_path, database_url=database_url) as (rosa, _):
            place, gus = rosa.place, rosa.place.exchange.handset(GUS)
            await place.pass_time(31 * MINUTE)
            await rosa.get("/tray")
            waits, quiet = lists(rosa)
            await gus.call()
            for key in "111":
                await gus.press(key)
            await gus.hang_up()
            await place.settle()
            await place.pass_time(31 * MINUTE)
            await rosa.get("/tray")
            assert lists(rosa) == (waits, quiet + 1)
            await gus.text("0")
            await gus.text("call me please")
            await place.settle()
            await rosa.get("/tray")
            assert lists(rosa) == (waits + 1, quiet)

    asyncio.run(run())


def lists(visitor: Visitor) -> tuple[int, int]:
    """(how many wait for a person, how many have gone quiet)."""
    waits, quiet = visitor.page.body.split('<h2 id="quiet">')
    return waits.count("<li data-key="), quiet.count("<li data-key=")


def test_who_waits_without_a_request_is_written_to(tmp_path: Path) -> None:
    """By one key of the row: what they answer comes to whoever wrote, nobody saw a number, and it can be taken back."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            place = rosa.place
            await hangs_up_at_the_menu(rosa, GUS)
            await rosa.get()
            assert '#write">Write</a>' in waits_for(rosa)
            await open_first(rosa)
            waits = rosa.page.path.removeprefix("/board")
            page = await rosa.press("/write", words="  ")
            assert (page.status, "Write something first" in page.said) == (409, True)
            page = await rosa.press("/write", words="You called us. What do you need?")
            assert page.path.startswith("/board/need/")
            assert "Your words are on their way" in page.said
            assert GUS[-7:] not in page.body
            assert "rosa" in (await luz.get(waits)).said.lower()
            await place.pass_time(2 * MINUTE)
            gus = place.exchange.handset(GUS)
            assert [text.body for text in gus.inbox if "What do you need?" in text.body] == [
                "From the team of Eastside Mutual Aid about 102: You called us. What do you need?"
            ]
            await gus.text("a ride to the clinic")
            await place.settle()
            assert any("a ride to the clinic" in text.body for text in place.exchange.handset(ROSA).inbox)
            drafts = select(place, "SELECT number FROM needs WHERE neighbor = ?", GUS)
            assert len(drafts) == 1

    asyncio.run(run())


@pytest.mark.parametrize("why", ["opted out", "by voice"])
def test_nobody_is_written_to_who_gets_no_texts(tmp_path: Path, why: str) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.place.hotline.store.run(failed_twice, rosa.place.clock.now)
            await rosa.place.hotline.store.run(gets_no_texts, why, rosa.place.clock.now)
            await open_first(rosa)
            page = await rosa.press("/write", words="What do you need?")
            assert page.status == 409
            assert "They get no texts" in page.said
            assert "What do you need?" in page.body
            assert select(rosa.place, "SELECT number FROM needs WHERE neighbor = ?", GUS) == []

    asyncio.run(run())


def gets_no_texts(tx: Transaction, why: str, now: float) -> None:
    tx.people.get(GUS, now)
    if why == "by voice":
        tx.people.reach_by(GUS, True, "", "")
    else:
        tx.people.opt_out(GUS, now)
