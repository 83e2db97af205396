"""Undo at the board: for a minute nobody is told, and what was done can be taken back to the last row."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hotline.inbound.board_desk import CAN_BE_UNDONE
from hotline.model.board import UNDO_FOR
from hotline.storage import Transaction
from tests.board.test_need_page import TWO_DOORS, another_asks, begin, held, mark, needs, taken_by_ben, told
from tests.board.visitor import ANA, BEN, NEED, ROSA, Visitor, team
from tests.web.line import select
from tests.world import World

ABOUT = ("needs", "claims", "alerts", "flags", "relayed", "dangers", "volunteers", "offers", "codes")
PRESSES: dict[str, tuple[str, dict[str, str], Callable[[Transaction, float], None] | None]] = {
    **{name: (form, fields, before) for name, (_, form, fields, before) in TWO_DOORS.items()},
    "change": ("/do/change", {"details": "5 Oak Street", "area": "downtown"}, taken_by_ben),
    "write_to_helper": ("/do/write", {"words": "He is deaf", "side": BEN}, taken_by_ben),
    "reopen": ("/do/reopen", {}, lambda tx, now: tx.needs.close(NEED, False, now)),
}


def kept(place: World) -> dict[str, list[dict[str, Any]]]:
    """All that is kept but for texts, hands and the trail."""
    return {name: sorted(select(place, f"SELECT * FROM {name}"), key=str) for name in ABOUT}


def texts(place: World) -> dict[str, int]:
    """How many texts each has read."""
    return {phone: len(place.exchange.handset(phone).inbox) for phone in (ANA, BEN, ROSA)}


async def pressed(rosa: Visitor, name: str) -> None:
    form, fields, _ = PRESSES[name]
    await rosa.get(f"/need/{NEED}")
    sent = {**fields, **({"side": mark(rosa, fields["side"])} if fields.get("side") else {})}
    page = await rosa.press(form, **sent)
    assert page.status == 200, page.said


def can_be_undone(name: str) -> bool:
    return PRESSES[name][0].removeprefix("/do/") in CAN_BE_UNDONE


@pytest.mark.parametrize("name", [name for name in PRESSES if can_be_undone(name)])
def test_what_is_undone_never_was(tmp_path: Path, name: str) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await begin(rosa, PRESSES[name][2])
            await rosa.place.settle()
            before, read = kept(rosa.place), texts(rosa.place)
            await pressed(rosa, name)
            await rosa.place.settle()
            assert kept(rosa.place) != before
            assert texts(rosa.place) == read, "somebody was told within the minute"
            page = await rosa.press("/do/undo")
            assert "as it was before" in page.said
            assert kept(rosa.place) == before
            await rosa.place.pass_time(3 * UNDO_FOR)
            now = texts(rosa.place)  # Ben may be asked by then, as he would have been
            assert (now[ANA], now[ROSA]) == (read[ANA], read[ROSA])

    asyncio.run(run())


@pytest.mark.parametrize("name", ["close", "assign", "take_back", "write_to_helper"])
def test_after_the_minute_it_goes_out_and_stays(tmp_path: Path, name: str) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await begin(rosa, PRESSES[name][2])
            await rosa.place.settle()
            read = texts(rosa.place)
            await pressed(rosa, name)
            assert "Undo" in rosa.page.said
            await rosa.place.pass_time(UNDO_FOR + 1)
            assert texts(rosa.place) != read
            page = await rosa.press("/do/undo")
            assert page.status == 409
            assert "minute is over" in page.said
            assert "Undo" not in (await rosa.get(f"/need/{NEED}")).said

    asyncio.run(run())


def test_sent_at_once_where_somebody_does_not_want_to_wait(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await pressed(rosa, "assign")
            page = await rosa.post(f"/need/{NEED}/do/send_now", {"press": "one"})
            assert "goes out now" in page.said
            await rosa.place.settle()
            assert "101" in rosa.place.exchange.handset(BEN).inbox[-1].body
            assert "Undo" not in page.said

    asyncio.run(run())


def test_what_happened_meanwhile_is_never_undone(tmp_path: Path) -> None:
    """Ben has it, by Rosa's press, and gives it back by text before she takes that press back."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await pressed(rosa, "assign")
            await rosa.place.exchange.handset(BEN).text("DROP 101")
            stands = kept(rosa.place)
            await luz.get(f"/need/{NEED}")
            page = await luz.press("/do/undo")
            assert page.status == 409
            assert "Something else happened" in page.said
            assert kept(rosa.place) == stands

    asyncio.run(run())


def test_anybody_of_the_team_undoes_it_once(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await pressed(rosa, "close")
            assert "Rosa: closed it" in (await luz.get(f"/need/{NEED}")).said
            assert "as it was before" in (await luz.press("/do/undo")).said
            assert (await rosa.press("/do/undo")).status == 409
            trail = [row["what"] for row in select(rosa.place, "SELECT what FROM board_trail ORDER BY id")]
            assert trail[-2:] == ["close", "undo"]

    asyncio.run(run())


def test_words_to_somebody_in_danger_do_not_wait(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            ana = rosa.place.exchange.handset(ANA)
            await ana.text("my husband hits me")
            await rosa.place.settle()
            many = len(ana.inbox)
            number = select(rosa.place, "SELECT need FROM dangers ORDER BY id DESC LIMIT 1")[0]["need"]
            await rosa.get(f"/need/{number}")
            await rosa.press("/do/write", words="Are you safe now?")
            await rosa.place.settle()
            assert "Are you safe now?" in ana.inbox[-1].body
            assert len(ana.inbox) > many

    asyncio.run(run())


def test_nothing_of_before_is_kept_for_long_or_of_somebody_who_is_forgotten(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await pressed(rosa, "close")
            assert select(rosa.place, "SELECT COUNT(*) AS many FROM board_undo")[0]["many"] == 1
            store, clock = rosa.place.hotline.store, rosa.place.clock
            await store.run(lambda tx: tx.forgotten.forget_words(ANA, [NEED], clock.now))
            assert select(rosa.place, "SELECT COUNT(*) AS many FROM board_undo")[0]["many"] == 0
            await rosa.post(f"/need/{NEED}/do/reopen", {"press": "x"})
            clock.now += UNDO_FOR + 1
            await store.run(lambda tx: tx.undo.forget_old(clock.now))
            assert select(rosa.place, "SELECT COUNT(*) AS many FROM board_undo")[0]["many"] == 0

    asyncio.run(run())


# --- Later, by the story: what is over is opened again; one request becomes two, and two become one.


def done_by_ben(tx: Transaction, now: float) -> None:
    taken_by_ben(tx, now)
    tx.needs.finish(NEED, BEN, now)


def closed_as_done(tx: Transaction, now: float) -> None:
    taken_by_ben(tx, now)
    tx.needs.close(NEED, True, now)


OVER: dict[str, tuple[Callable[[Transaction, float], None], str, str]] = {
    "closed": (lambda tx, now: tx.needs.close(NEED, False, now), "open", "news.open_again"),
    "expired": (lambda tx, now: tx.needs.expire(NEED, now), "open", "news.open_again"),
    "done_by_nobody": (lambda tx, now: tx.needs.close(NEED, True, now), "open", "news.open_again"),
    "done_by_ben": (done_by_ben, "taken", "news.assigned"),
    "closed_as_done": (closed_as_done, "taken", "news.assigned"),
}


@pytest.mark.parametrize("name", OVER)
def test_what_is_over_is_opened_again_by_either_door(tmp_path: Path, name: str) -> None:
    before, status, key = OVER[name]

    async def by_text() -> tuple[Any, Any]:
        async with team(tmp_path / "text") as (rosa, _):
            await begin(rosa, before)
            await rosa.place.exchange.handset(ROSA).text("REOPEN 101")
            return without_times(rosa.place), told(rosa.place)

    async def at_the_board() -> tuple[Any, Any]:
        async with team(tmp_path / "board") as (rosa, _):
            await begin(rosa, before)
            await rosa.get(f"/need/{NEED}")
            page = await rosa.press("/do/reopen")
            assert page.status == 200, page.said
            return without_times(rosa.place), told(rosa.place)

    for folder in ("text", "board"):
        (tmp_path / folder).mkdir()
    one, other = asyncio.run(by_text()), asyncio.run(at_the_board())
    assert one == other
    assert one[0][0]["status"] == status
    assert any(key in keys for _, keys in one[1])


def without_times(place: World) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "look_at"} for row in needs(place)]


def test_what_was_never_sent_or_is_not_over_is_not_opened_again(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            phone = rosa.place.exchange.handset(ROSA)
            await phone.text("REOPEN 101")
            assert "is not over" in phone.inbox[-1].body
            await phone.text("REOPEN 177")
            assert "no request 177" in phone.inbox[-1].body
            await phone.text("REOPEN")
            assert "like REOPEN 112" in phone.inbox[-1].body
            page = await rosa.post(f"/need/{NEED}/do/reopen", {"press": "x"})
            assert page.status == 409

    asyncio.run(run())


def test_two_about_one_thing_are_looked_after_as_one_and_taken_apart_again(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await begin(rosa, another_asks)
            await rosa.get(f"/need/{NEED}")
            page = await rosa.press("/do/link", into="#102")
            assert "looked after under" in page.said.casefold()
            other = select(rosa.place, "SELECT number FROM needs WHERE code = 102")[0]["number"]
            assert "101 food" in (await rosa.get(f"/need/{other}")).said
            await rosa.place.pass_time(UNDO_FOR + 1)
            assert "goes on with one like it" in rosa.place.exchange.handset(ANA).inbox[-1].body
            await rosa.get(f"/need/{NEED}")
            page = await rosa.press("/do/unlink")
            assert needs(rosa.place)[0]["status"] == "open"
            await rosa.place.pass_time(UNDO_FOR + 1)
            assert "is open again" in rosa.place.exchange.handset(ANA).inbox[-1].body
            assert "101 food" not in (await rosa.get(f"/need/{other}")).said

    asyncio.run(run())


@pytest.mark.parametrize("into", ["", "101", "177", "seven", "99999999999999999999"])
def test_it_is_linked_to_nothing_that_is_not_there(tmp_path: Path, into: str) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            before = kept(rosa.place)
            await rosa.get(f"/need/{NEED}")
            page = await rosa.press("/do/link", into=into)
            assert page.status in (400, 409)
            assert "Nothing was done" in page.said
            assert kept(rosa.place) == before

    asyncio.run(run())


def test_the_same_phone_is_a_person_known_and_no_duplicate(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await begin(rosa, lambda tx, now: _again(tx, now))
            page = await rosa.get(f"/need/{NEED}")
            assert "This neighbor also asked for 102 a ride" in page.said
            assert [row["status"] for row in needs(rosa.place)] == ["open", "open"]

    asyncio.run(run())


def _again(tx: Transaction, now: float) -> None:
    number = tx.needs.draft(ANA, "a ride", now)
    fields = {"what": "ride", "area": "north", "details": "", "recording": "", "callback": ""}
    tx.needs.record(number, fields, now)


def test_one_request_becomes_two(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.get(f"/need/{NEED}")
            page = await rosa.press("/do/split", what="ride", area="downtown", details="to the clinic, at 9")
            assert "number of its own" in page.said
            first, second = needs(rosa.place)
            assert (first["status"], second["status"]) == ("open", "open")
            asked = "SELECT neighbor, what, area, details, code FROM needs WHERE number = ?"
            part = select(rosa.place, asked, second["number"])[0]
            assert tuple(part.values()) == (ANA, "ride", "downtown", "to the clinic, at 9", 102)
            await rosa.place.pass_time(UNDO_FOR + 1)
            assert "102" in rosa.place.exchange.handset(ANA).inbox[-1].body

    asyncio.run(run())


def test_a_part_of_what_is_held_is_held_as_well(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await begin(rosa, held)
            await rosa.get(f"/need/{NEED}")
            await rosa.press("/do/split", what="ride", area="north", details="away from there")
            assert all(row["held_since"] is not None for row in needs(rosa.place))

    asyncio.run(run())


def test_a_split_is_not_undone_once_the_part_has_a_story_of_its_own(tmp_path: Path) -> None:
    """What Luz wrote down about it would be lost."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await pressed(rosa, "split")
            part = needs(rosa.place)[-1]["number"]
            await luz.get(f"/need/{part}")
            await luz.press("/do/note", words="a wheelchair")
            page = await rosa.press("/do/undo")
            assert page.status == 409
            assert "a wheelchair" in (await luz.get(f"/need/{part}")).said

    asyncio.run(run())


def test_split_and_link_by_text_say_what_is_wrong(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            phone = rosa.place.exchange.handset(ROSA)
            before = kept(rosa.place)["needs"]
            for words, answer in (
                ("SPLIT", "like SPLIT 112 a ride"),
                ("SPLIT 101", "like SPLIT 112 a ride"),
                ("SPLIT 101 the blue one", "like SPLIT 112 a ride"),
                ("SPLIT 177 a ride", "no request 177"),
                ("LINK", "like LINK 112 113"),
                ("LINK 101", "like LINK 112 113"),
                ("LINK 101 101", "like LINK 112 113"),
                ("LINK 101 177", "no request 177"),
            ):
                await phone.text(words)
                assert answer in phone.inbox[-1].body, words
            assert kept(rosa.place)["needs"] == before
            await begin(rosa, lambda tx, now: tx.needs.close(NEED, False, now))
            await begin(rosa, another_asks)
            await phone.text("SPLIT 101 a ride")
            assert "can be split" in phone.inbox[-1].body
            await phone.text("LINK 102 101")
            assert "is over" in phone.inbox[-1].body

    asyncio.run(run())


def test_what_was_linked_by_text_is_taken_apart_by_text(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await begin(rosa, another_asks)
            phone = rosa.place.exchange.handset(ROSA)
            await phone.text("LINK 101 to 102")
            assert "looked after under 102" in phone.inbox[-1].body
            await phone.text("REOPEN 101")
            assert select(rosa.place, "SELECT status, same_as FROM needs WHERE code = 101") == [
                {"status": "open", "same_as": 0}
            ]

    asyncio.run(run())
