"""Handover on the board: since one was last here, what is open, a line for the next one, and the day's list."""

import asyncio
import re
from pathlib import Path

from hotline.model.calendar import HOUR
from hotline.storage import Transaction
from tests.board.visitor import ANA, BEN, LUZ, NEED, ROSA, Page, asks_for_food, team


def on_paper(page: Page) -> str:
    """What stands on the list itself."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.body.partition("<h1>")[2].partition("<form")[0]).split())


def test_the_days_list_names_no_number_and_no_street_unless_ticked(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            page = await luz.get("/day")
            plain = re.sub(r"<[^>]+>", "", page.body)
            assert re.search(r"For no day 1 101 food, Northside", on_paper(page)), on_paper(page)
            assert "\n[ ] 101 food, Northside · open" in plain
            assert not re.search(r"\d{5,}", plain)
            assert "Elm" not in page.body
            assert "list" not in (await rosa.get("/trail")).said.partition("Nothing of it")[2]
            await luz.get("/day")
            page = await luz.press("/day", numbers="yes")
            assert ANA in on_paper(page)
            assert f"· {ANA}" in page.body
            assert "Elm" not in page.body
            page = await luz.press("/day", numbers="", details="yes")
            assert "4 Elm Street" in on_paper(page)
            assert ANA not in page.body
            trail = (await rosa.get("/trail")).said
            assert trail.count("Luz had the number of who asked on a list · 101") == 1
            assert trail.count("Luz had what was said on a list · 101") == 1
            assert ANA not in (await luz.get("/day")).body

    asyncio.run(run())


def test_what_is_late_stands_before_what_is_for_today_and_tomorrow_stands_not_there(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            ben = rosa.place.exchange.handset(BEN)
            await ben.text("YES 101")
            now = rosa.place.clock.now

            def for_times(tx: Transaction) -> None:
                for digit, (what, hours) in enumerate((("today", 1), ("tomorrow", 30), ("late", -2))):
                    number = asks_for_food(tx, now + digit, f"+1212555017{digit}", what)
                    tx.needs.due(number, "", (now + hours * HOUR, now + (hours + 1) * HOUR))

            await rosa.place.hotline.store.run(for_times)
            await rosa.get("/day")
            page = await rosa.press("/day", details="yes")
            told = re.findall(r"(Over its time|For today|For no day) 1|(late|today|tomorrow|Elm)", on_paper(page))
            assert ["".join(each) for each in told] == [
                "Over its time",
                "late",
                "For today",
                "today",
                "For no day",
                "Elm",
            ]
            assert "taken · Ben has it" in on_paper(page)

    asyncio.run(run())


LINE = "102 wants a <b>ride</b> at 4, Cho may know"


def test_a_line_for_the_next_one_stands_on_top_until_somebody_read_it(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            for words, why in (
                ("", "Write something"),
                ("x" * 301, "At most 300"),
                (f"call {ANA}", "telephone number"),
            ):
                await rosa.get("/handover")
                page = await rosa.press("/handover", words=words)
                assert page.status == 400
                assert why in page.said
                assert page.form("/handover").fields["words"] == words
            await rosa.get("/handover")
            form = rosa.page.form("/handover").fields
            for _ in range(2):
                page = await rosa.post("/handover", {**form, "words": LINE})
                assert "Nobody has said yet that they read it" in page.said
            assert "ride" not in (await rosa.get()).body
            page = await luz.get()
            assert page.body.count("&lt;b&gt;ride") == 1
            assert "<b>ride" not in page.body
            read = page.form("/read").action
            await rosa.post(read.removeprefix("/board"))
            assert "ride" in (await luz.get()).body
            await rosa.get("/handover")
            await rosa.press("/handover", words="all is quiet")
            page = await luz.get()
            assert all(told in page.body for told in ("ride", "all is quiet"))
            for _ in range(2):
                await luz.post(read.removeprefix("/board"))
                rosa.place.clock.now += HOUR / 6
            page = await luz.get()
            assert "ride" not in page.body
            assert "all is quiet" in page.body
            await luz.press("/read")
            page = await rosa.get("/handover")
            assert re.search(r"all is quiet Read by Luz, [\w ]*\d\d:\d\d", page.said), page.said
            assert "ride" not in page.body
            trail = (await rosa.get("/trail")).said
            assert trail.count("left a line for the next one") == 2
            assert trail.count("Luz read the line left by (Rosa)") == 2

    asyncio.run(run())


def test_since_one_was_last_here_and_what_is_open(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            assert "you are here for the first time" in (await luz.get("/handover")).said
            await luz.post("/sign-out")
            clock, store = rosa.place.clock, rosa.place.hotline.store
            clock.now += 3 * HOUR
            await rosa.sign_in(ROSA)
            await store.run(asks_for_food, clock.now, "+12125550171")
            await rosa.place.exchange.handset(BEN).text("YES 101")
            await rosa.get(f"/need/{NEED}")
            await rosa.press("/do/note", words="4 Elm Street, the blue door")
            clock.now += 40 * HOUR
            await store.run(lambda tx: tx.sign_in.forget_old(clock.now - 24 * HOUR))
            await luz.sign_in(LUZ)
            page = await luz.get("/handover")
            assert "first time" not in page.said
            for told in ("1 asked for · 1 taken", "101 food, Northside · Ben took it", "· was asked for", "Rosa"):
                assert told in page.said, page.said
            assert "Nothing is open with you" in page.said
            assert "Elm" not in page.body
            assert not re.search(r"\d{5,}", re.sub(r"<[^>]+>", "", page.body))
            await luz.post(f"/need/{NEED}/hand", {"takes": "yes"})
            assert "101 food, Northside · you look after it" in (await luz.get("/handover")).said
            clock.now += HOUR
            assert "it is anybody's now" in (await luz.get("/handover")).said

    asyncio.run(run())


def test_a_line_goes_after_thirty_days(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await rosa.get("/handover")
            await rosa.press("/handover", words=LINE)
            now, store = rosa.place.clock.now, rosa.place.hotline.store
            await store.run(lambda tx: tx.board.forget_handovers(now - 1))
            assert "ride" in (await luz.get()).body
            await store.run(lambda tx: tx.board.forget_handovers(now + 1))
            assert "ride" not in (await luz.get()).body

    asyncio.run(run())


def test_what_one_press_did_is_one_line_of_the_trail(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.place.exchange.handset("+12125550131").text("food 11216")
            for words in ("no", "1"):
                await rosa.place.exchange.handset("+12125550131").text(words)
            await rosa.get("/day")
            await rosa.press("/day", numbers="yes", details="yes")
            trail = (await rosa.get("/trail")).said
            assert trail.count("had the number of who asked on a list") == 1
            assert re.search(r"had the number of who asked on a list · 10\d , 10\d", trail)

    asyncio.run(run())
