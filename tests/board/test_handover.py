"""Handover on the board: the day's list, without a number or a street unless that is ticked, and then in the trail."""

import asyncio
import re
from pathlib import Path

from hotline.model.calendar import HOUR
from hotline.storage import Transaction
from tests.board.visitor import ANA, BEN, Page, asks_for_food, team


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
