"""Page of a need: its story, and every action by the same rules as a coordinator's text."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hotline.model.board import UNDO_FOR
from hotline.storage import Transaction
from tests.board.visitor import ANA, BEN, CHO, LUZ, NEED, ROSA, Visitor, asks_for_food, team
from tests.web.line import select
from tests.world import World

SAME = ("number", "status", "takers", "helped", "look_at", "again_at", "held_since", "urgent", "again_since")


def needs(place: World) -> list[dict[str, Any]]:
    return select(place, f"SELECT {', '.join(SAME)} FROM needs ORDER BY number")


def told(place: World) -> list[tuple[str, str]]:
    """(whom, what) of everything that goes out, but for what coordinators read."""
    rows = select(place, "SELECT party, prompt FROM outbox ORDER BY id")
    news = ((row["party"], [each["key"] for each in json.loads(row["prompt"])]) for row in rows)
    return sorted((party, str(keys)) for party, keys in news if party not in (ROSA, LUZ))


def mark(rosa: Visitor, phone: str) -> str:
    """What stands for somebody in the forms of this hotline."""
    from hotline.model.pseudonyms import Pseudonyms
    from hotline.web.board.board import MARKS

    return Pseudonyms(rosa.place.settings.secret, MARKS, letters=12).of(phone)


def taken_by_ben(tx: Transaction, now: float) -> None:
    tx.needs.take(NEED, BEN, now)


def another_asks(tx: Transaction, now: float) -> None:
    asks_for_food(tx, now, "+12125550117", "ask at the door of Ana")


def held(tx: Transaction, now: float) -> None:
    tx.needs.hold(NEED, now)


# (what Rosa texts, the form she sends instead, what stands in it, what was before)
TWO_DOORS: dict[str, tuple[tuple[str, ...], str, dict[str, str], Callable[[Transaction, float], None] | None]] = {
    "close": (("CLOSE 101 she moved",), "/do/close", {"words": "she moved", "outcome": "not_needed"}, None),
    "close_done": (("CLOSE 101 DONE",), "/do/close", {"words": "seen", "outcome": "done"}, taken_by_ben),
    "say": (("SAY 101 Which door?",), "/do/write", {"words": "Which door?"}, None),
    "assign": (("ASSIGN 101 Ben",), "/do/assign", {"name": "ben"}, None),
    "assign_instead": (("ASSIGN 101 Cho", "1"), "/do/assign", {"name": "Cho"}, taken_by_ben),
    "take": (("YES 101",), "/do/take", {}, None),
    "take_back": (("DROP 101", "1"), "/do/take_back", {"side": BEN}, taken_by_ben),
    "again": (("ASK 101 AGAIN",), "/do/again", {}, None),
    "let_go": (("ASK 101",), "/do/ask", {}, held),
    "urgent": (("URGENT 101",), "/do/urgent", {}, None),
    "split": (
        ("SPLIT 101 a ride to the clinic",),
        "/do/split",
        {"what": "ride", "area": "north", "details": "a ride to the clinic"},
        None,
    ),
    "link": (("LINK 101 102",), "/do/link", {"into": "102"}, another_asks),
}


@pytest.mark.parametrize("name", TWO_DOORS)
def test_one_set_of_rules_two_doors(tmp_path: Path, name: str) -> None:
    """What is done at the board and what is done by text come to the same, to the last row."""
    texts, form, fields, before = TWO_DOORS[name]

    async def by_text() -> tuple[Any, Any]:
        async with team(tmp_path / "text") as (rosa, _):
            await begin(rosa, before)
            for words in texts:
                await rosa.place.exchange.handset(ROSA).text(words)
            return needs(rosa.place), told(rosa.place)

    async def at_the_board() -> tuple[Any, Any]:
        async with team(tmp_path / "board") as (rosa, _):
            await begin(rosa, before)
            await rosa.get(f"/need/{NEED}")
            sent = {**fields, **({"side": mark(rosa, BEN)} if fields.get("side") == BEN else {})}
            page = await rosa.press(form, **sent)
            assert page.status == 200, page.said
            return needs(rosa.place), told(rosa.place)

    for folder in ("text", "board"):
        (tmp_path / folder).mkdir()
    (one, read), (other, also_read) = asyncio.run(by_text()), asyncio.run(at_the_board())
    assert read == also_read
    for row, same in zip(one, other, strict=True):
        later = row | {"look_at": (row["look_at"] or 0) + UNDO_FOR}  # nobody new is asked while it can be undone
        assert same in (row, later)


async def begin(rosa: Visitor, before: Callable[[Transaction, float], None] | None) -> None:
    if before:
        await rosa.place.hotline.store.run(before, rosa.place.clock.now)


def test_what_somebody_reads_is_said_in_words(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.get(f"/need/{NEED}")
            page = await rosa.press("/do/assign", name="ben")
            assert "101 (food, Northside) goes to Ben" in page.said
            assert "Ben" in page.said.partition("Who has it")[2][:30]
            await rosa.place.settle()
            assert any("101" in text.body for text in rosa.place.exchange.handset(BEN).inbox)

    asyncio.run(run())


def test_her_own_conversation_by_text_is_left_alone(tmp_path: Path) -> None:
    """A question that she was asked by text waits still, whatever she does at the board."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.place.exchange.handset(ROSA).text("CLOSE 101")
            before = select(rosa.place, "SELECT session, turn, asked_at FROM people WHERE phone = ?", ROSA)
            assert '"close"' in before[0]["session"]
            await rosa.get(f"/need/{NEED}")
            await rosa.press("/do/write", words="Which door?")
            assert select(rosa.place, "SELECT session, turn, asked_at FROM people WHERE phone = ?", ROSA) == before

    asyncio.run(run())


def test_a_number_is_shown_by_a_press_that_is_written_down(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await rosa.place.hotline.store.run(taken_by_ben, rosa.place.clock.now)
            page = await luz.get(f"/need/{NEED}")
            assert "…0111" in page.said
            for phone in (ANA, BEN, ANA[2:], BEN[2:]):
                assert phone not in page.body
            for phone, side in ((ANA, "neighbor"), (BEN, "helper")):
                page = await luz.press("/number", side=mark(luz, phone))
                assert phone in page.said
                (trace,) = select(luz.place, "SELECT * FROM board_trail ORDER BY id DESC LIMIT 1")
                assert (trace["coordinator"], trace["what"], trace["need"]) == ("luz", "saw_number", NEED)
                assert trace["more"] == side
                assert phone not in str(trace)
            assert ANA not in (await luz.get(f"/need/{NEED}")).body
            assert "Luz saw the number (the neighbor)" in (await rosa.get("/trail")).said

    asyncio.run(run())


def test_the_trail_only_grows(tmp_path: Path, database_url: str) -> None:
    """Not even a statement of ours could change it."""
    from hotline.storage import open_store

    async def run() -> None:
        store = await open_store(database_url)
        try:
            await store.run(lambda tx: tx.board.did("rosa", "saw_number", 1.0, NEED, "neighbor"))
            for sql in ("UPDATE board_trail SET coordinator = 'luz'", "DELETE FROM board_trail"):
                await at_the_database(database_url, sql)
            rows = await store.read("board_trail", below=2**62, room=10)
            assert [(row["coordinator"], row["what"]) for row in rows] == [("rosa", "saw_number")]
        finally:
            await store.close()

    asyncio.run(run())


async def at_the_database(url: str, sql: str) -> None:
    """As somebody who has the database in hand."""
    if url.startswith("sqlite"):
        import sqlite3

        with sqlite3.connect(url.removeprefix("sqlite:///")) as file, pytest.raises(sqlite3.Error, match="trail"):
            file.execute(sql)
        file.close()
        return
    import psycopg

    with psycopg.connect(url) as server:
        assert server.execute(sql).rowcount == 0


def test_notes_in_two_tiers(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await rosa.get(f"/need/{NEED}")
            await rosa.press("/do/note", words="ring twice")
            await rosa.get(f"/need/{NEED}")
            form = rosa.page.form("/do/note")
            await rosa.post(f"/need/{NEED}/keepers-note", {**form.fields, "words": "she fears her brother"})
            page = await rosa.get(f"/need/{NEED}")
            assert "ring twice" in page.said
            assert "she fears her brother" in page.said
            page = await luz.get(f"/need/{NEED}")
            assert "ring twice" in page.said
            assert "brother" not in page.body
            assert "Note for keepers alone" not in page.said

    asyncio.run(run())


def test_a_form_that_is_sent_twice_is_carried_out_once(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.get(f"/need/{NEED}")
            form = rosa.page.form("/do/write")
            for _ in range(3):
                page = await rosa.post(f"/need/{NEED}/do/write", {**form.fields, "words": "Which door?"})
                assert page.status == 200
            (count,) = select(rosa.place, "SELECT COUNT(*) AS many FROM relayed")
            assert count["many"] == 1
            assert "done already" in page.said

    asyncio.run(run())


def test_a_helper_is_written_to_and_answers_the_team(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            place, ben = rosa.place, rosa.place.exchange.handset(BEN)
            await ben.text("YES 101")
            await place.settle()
            await rosa.get(f"/need/{NEED}")
            page = await rosa.press("/do/write", side=mark(rosa, BEN), words="Can you climb stairs?")
            assert "Your words are on their way" in page.said
            await place.pass_time(UNDO_FOR + 1)
            assert "Can you climb stairs?" in ben.inbox[-1].body
            before = len(place.exchange.handset(ANA).inbox)
            await ben.text("three floors are fine")
            await place.settle()
            assert len(place.exchange.handset(ANA).inbox) == before  # it was for the team
            assert "three floors are fine" in place.exchange.handset(ROSA).inbox[-1].body
            await ben.text("101 I come at five")
            await place.settle()
            assert "I come at five" in place.exchange.handset(ANA).inbox[-1].body

    asyncio.run(run())


@pytest.mark.parametrize("side", [ANA, BEN])
def test_a_call_through_the_line(tmp_path: Path, side: str) -> None:
    """Her own telephone rings, then theirs; each sees the hotline's number alone, at any hour."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            place = rosa.place
            hers, theirs = place.exchange.handset(ROSA), place.exchange.handset(side)
            await place.hotline.store.run(taken_by_ben, place.clock.now)
            await rosa.get(f"/need/{NEED}")
            page = await rosa.press("/do/call", side=mark(rosa, side))
            assert "Your phone rings" in page.said
            await place.settle()
            assert hers.ringing
            await hers.answer()
            called = "Ana Maria" if side == ANA else "Ben"
            assert "You asked us to call about number 1 0 1." in " ".join(map(str, hers.heard))
            await hers.press("1")
            assert f"We ring {called} now." in " ".join(map(str, hers.heard))
            assert theirs.ringing
            await theirs.answer()
            # Ana was never asked whether a call may say who we are; volunteers know us.
            named = any("wants to talk with you about number 1 0 1" in str(said) for said in theirs.heard)
            assert named is (side == BEN)
            await theirs.press("1")
            assert theirs.in_call
            assert hers.in_call
            await theirs.hang_up()
            await hers.hang_up()
            await place.settle()
            assert select(place, "SELECT coordinator, what FROM board_trail ORDER BY id DESC LIMIT 1") == [
                {"coordinator": "rosa", "what": "call"}
            ]

    asyncio.run(run())


def test_which_ben_is_meant(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.place.hotline.store.run(another_ben, rosa.place.clock.now)
            await rosa.get(f"/need/{NEED}")
            page = await rosa.press("/do/assign", name="Ben")
            assert page.status == 400
            assert page.form("/do/assign").choices["who"] == [mark(rosa, BEN), mark(rosa, "+12125550125")]
            assert "…0125" in page.said
            page = await rosa.press("/do/assign", who=mark(rosa, "+12125550125"))
            assert page.status == 200
            assert needs(rosa.place)[0]["takers"] == "+12125550125"

    asyncio.run(run())


def another_ben(tx: Transaction, now: float) -> None:
    tx.people.introduce("+12125550125", "Ben", "en", now)
    tx.volunteers.enroll("+12125550125", ("food",), ("north",), "active", now)


def test_nothing_typed_is_lost_where_something_is_wrong(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            for form, fields, kept in (
                ("/do/assign", {"name": "Nobody at all"}, "Nobody at all"),
                ("/do/change", {"details": "5 Oak Street", "clock": "10:00", "day": ""}, "5 Oak Street"),
                ("/do/change", {"details": "6 Oak Street", "area": "mars"}, "6 Oak Street"),
                ("/do/close", {"words": "", "outcome": "done"}, ""),
            ):
                await rosa.get(f"/need/{NEED}")
                page = await rosa.press(form, **fields)
                assert page.status == 400, form
                assert "Nothing was done" in page.said
                assert kept in "".join(page.form(form).fields.values())
            assert needs(rosa.place)[0]["status"] == "open"

    asyncio.run(run())


def test_a_request_is_changed(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.place.hotline.store.run(taken_by_ben, rosa.place.clock.now)
            await rosa.get(f"/need/{NEED}")
            page = await rosa.press("/do/change", details="5 Oak Street", day="2026-03-12", clock="10:00")
            assert "The change is kept" in page.said
            (row,) = select(rosa.place, "SELECT details, due, what FROM needs")
            assert row == {"details": "5 Oak Street", "due": "2026-03-12 10:00", "what": "food"}
            await rosa.place.settle()
            await rosa.place.pass_time(UNDO_FOR + 1)
            assert "5 Oak Street" in rosa.place.exchange.handset(BEN).inbox[-1].body
            await rosa.get(f"/need/{NEED}")
            assert rosa.page.form("/do/change").fields["clock"] == "10:00"
            page = await rosa.press("/do/change")
            assert "Nothing was different" in page.said
            page = await rosa.press("/do/change", day="", clock="")
            assert select(rosa.place, "SELECT due FROM needs") == [{"due": ""}]

    asyncio.run(run())


def test_two_coordinators_never_overwrite_each_other(tmp_path: Path) -> None:
    """Whoever is late reads both, and loses no word; what they did not touch stays as the other left it."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            for each in (rosa, luz):
                await each.get(f"/need/{NEED}")
            await rosa.press("/do/change", details="5 Oak Street")
            page = await luz.press("/do/change", details="4 Elm Street, second floor")
            assert page.status == 409
            assert "Rosa did something meanwhile: changed it" in page.said
            assert "5 Oak Street" in page.said
            assert page.form("/do/change").fields["details"] == "4 Elm Street, second floor"
            assert select(rosa.place, "SELECT details FROM needs") == [{"details": "5 Oak Street"}]
            await luz.press("/do/change", details="5 Oak Street, second floor")
            assert select(rosa.place, "SELECT details FROM needs") == [{"details": "5 Oak Street, second floor"}]
            await rosa.get(f"/need/{NEED}")
            await luz.get(f"/need/{NEED}")
            await luz.press("/do/change", details="6 Oak Street")
            page = await rosa.press("/do/change", area="downtown")  # another field: both hold
            assert page.status == 200
            assert select(rosa.place, "SELECT details, area FROM needs") == [
                {"details": "6 Oak Street", "area": "downtown"}
            ]

    asyncio.run(run())


def test_the_one_who_was_late_reads_who_was_first(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            for each in (rosa, luz):
                await each.get(f"/need/{NEED}")
            await rosa.press("/do/assign", name="Ben")
            page = await luz.press("/do/assign", name="Cho")
            assert page.status == 409
            assert "Rosa did something meanwhile: gave it to somebody" in page.said
            assert page.form("/do/assign").fields["name"] == "Cho"
            assert needs(rosa.place)[0]["takers"] == BEN
            page = await luz.press("/do/assign")  # she sees that Ben has it, and means it
            assert page.status == 200
            assert needs(rosa.place)[0]["takers"] == CHO
            await rosa.get(f"/need/{NEED}")
            await rosa.place.exchange.handset(CHO).text("DONE 101")
            page = await rosa.press("/do/close", words="she moved")
            assert page.status == 409
            assert needs(rosa.place)[0]["status"] == "done"

    asyncio.run(run())


@pytest.mark.parametrize(
    ("form", "fields"),
    [("assign", {"name": "Be"}), ("assign", {"name": "zzz"}), ("close", {}), ("link", {"into": "x"})],
)
def test_who_is_late_reads_that_before_what_is_wrong_with_the_words(
    tmp_path: Path, form: str, fields: dict[str, str]
) -> None:
    """Luz has closed it: nobody is asked which Ben is meant, and what was typed is still there."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await rosa.get(f"/need/{NEED}")
            await luz.get(f"/need/{NEED}")
            await luz.press("/do/close", words="moved away")
            page = await rosa.press(f"/do/{form}", **fields)
            assert page.status == 409
            assert "Luz did something meanwhile: closed it" in page.said
            assert all(typed in page.said for typed in fields.values())
            assert not any(said in page.said for said in ("Who is meant", "is called", "Write something first"))

    asyncio.run(run())


def test_both_press_at_once(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            for each in (rosa, luz):
                await each.get(f"/need/{NEED}")
            pages = await asyncio.gather(rosa.press("/do/assign", name="Ben"), luz.press("/do/assign", name="Cho"))
            assert sorted(page.status for page in pages) == [200, 409]
            assert needs(rosa.place)[0]["takers"] in (BEN, CHO)

    asyncio.run(run())


def test_who_else_is_looking(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await rosa.get(f"/need/{NEED}")
            assert "Also looking at this page: Rosa." in (await luz.get(f"/need/{NEED}")).said

    asyncio.run(run())


def test_a_need_that_there_is_not(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            for path in ("/need/5", "/need/99999999999"):
                assert (await rosa.get(path)).status == 404
                assert (await rosa.post(f"{path}/do/close", {"words": "x"})).status == 404
            assert (await rosa.post(f"/need/{NEED}/do/explode", {})).status == 404

    asyncio.run(run())


def test_the_whole_story(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            place = rosa.place
            await place.exchange.handset(BEN).text("YES 101")
            await place.exchange.handset(BEN).text("101 which door?")
            await place.settle()
            await place.exchange.handset(ANA).text("the blue one")
            await place.settle()
            page = await rosa.get(f"/need/{NEED}")
            said = page.said
            order = ["began it", "4 Elm Street", "Asked (round 1): Ben", "Ben has it", "which door?", "the blue one"]
            places = [said.index(words, said.index("What happened")) for words in order]
            assert places == sorted(places)
            assert "Cho (no answer)" not in said  # she heard that it was taken

    asyncio.run(run())


def test_words_that_were_held_are_passed_on(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            place = rosa.place
            await place.hotline.store.run(taken_by_ben, place.clock.now)
            await place.hotline.store.run(lambda tx: tx.relays.hold(NEED, ANA, BEN, "he hits me", place.clock.now))
            page = await rosa.get(f"/need/{NEED}")
            assert "held until you look" in page.said
            await rosa.press("/do/pass")
            await place.settle()
            assert "he hits me" in place.exchange.handset(BEN).inbox[-1].body

    asyncio.run(run())


def test_a_request_of_years_ago_with_the_same_number(tmp_path: Path) -> None:
    """An address means one need for ever; the number that people text may mean another by now."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.place.hotline.store.run(again, rosa.place.clock.now)
            await rosa.get(f"/need/{NEED + 1}")
            await rosa.press("/do/close", words="she moved")
            assert [row["status"] for row in needs(rosa.place)] == ["open", "cancelled"]

    asyncio.run(run())


def again(tx: Transaction, now: float) -> None:
    number = asks_for_food(tx, now, "+12125550126")
    tx._run.execute("code_anew", {"number": number, "code": 101})


@pytest.mark.parametrize(
    ("press", "fields"), [("close", {"words": "told me by phone"}), ("write", {"words": "at five"})]
)
def test_who_is_late_loses_no_word_also_where_the_form_is_gone(
    tmp_path: Path, press: str, fields: dict[str, str]
) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            for visitor in (rosa, luz):
                await visitor.get(f"/need/{NEED}")
            await rosa.press("/do/close", words="it happened")
            page = await luz.press(f"/do/{press}", **fields)
            assert page.status == 409
            assert not any(form.action.endswith(f"/do/{press}") for form in page.forms)
            assert f"You wrote: {fields['words']}" in page.said

    asyncio.run(run())
