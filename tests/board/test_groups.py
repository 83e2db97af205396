"""Other groups at the board: who else helps here, when that was checked, by whom, and by the rules of the text."""

import asyncio
from pathlib import Path

from tests.board.test_hostile_words import hostile, is_whole
from tests.board.test_people import trail
from tests.board.visitor import ROSA, TEAM, Visitor, team, visitors
from tests.web.line import select

GROUPS = """
[[groups]]
name = "Northside Pantry"
phone = "+12125550155"
hours = "Tue and Fri 10-2"
needs = ["food"]
areas = ["north"]
where = "12 Elm Street"
checked = "2026-03-01"

[[groups]]
name = "<b>Rides</b> & More"
phone = "211"
needs = ["ride"]
areas = ["downtown"]
"""


async def signed_in(folder: Path, work: object) -> None:
    async with visitors(folder, 1, TEAM + GROUPS) as (rosa,):
        await rosa.sign_in(ROSA)
        await work(rosa)  # type: ignore[operator]


def test_the_list_and_what_is_said_of_it(tmp_path: Path) -> None:
    async def work(rosa: Visitor) -> None:
        page = await rosa.get("/groups")
        is_whole(page)
        for words in (
            *("Northside Pantry", "(212) 555-0155", "food · Northside", "Tue and Fri 10-2", "12 Elm Street"),
            *("checked on 2026-03-01, as the file says", "<b>Rides</b> & More", "211", "never checked", "Found: 2"),
        ):
            assert words in page.said, words
        page = await rosa.press("/groups/check", group="Northside Pantry", still="no")
        assert "left out since 12:00: not so any more, said Rosa" in page.said
        assert trail(rosa.place) == ("rosa", "group_gone", "group Northside Pantry")
        told = rosa.place.exchange.handset("+12125550111", "Ana")
        await told.text("other groups")
        assert "Pantry" not in " ".join(text.body for text in told.inbox)
        page = await rosa.press("/groups/check", group="Northside Pantry", still="yes")
        assert "still so, said Rosa, 12:00" in page.said
        assert "group is as we tell it · Northside Pantry" in (await rosa.get("/trail")).said
        row = select(rosa.place, "SELECT said_by, gone_at, checked_at FROM group_checks WHERE name LIKE 'North%'")[0]
        assert (row["said_by"], row["gone_at"], row["checked_at"]) == ("rosa", None, rosa.place.clock.now)

    asyncio.run(signed_in(tmp_path, work))


def test_one_need_in_one_area_and_what_nobody_sends(tmp_path: Path) -> None:
    async def work(rosa: Visitor) -> None:
        assert "Rides" not in (await rosa.get("/groups?what=food")).said
        assert "Pantry" not in (await rosa.get("/groups?area=downtown")).said
        for odd in ("?what=mars&area=<b>&page=x", "?page=99", "?did=mars"):
            is_whole(await rosa.get(f"/groups{odd}"))
        for words in hostile(60):
            found = await rosa.post("/groups/check", {"group": words, "still": "yes", "press": words[:9]})
            is_whole(found)
            assert found.status == 404
        assert (await rosa.post("/groups/check", {"group": "Northside Pantry", "still": "perhaps"})).status == 200
        assert select(rosa.place, "SELECT name FROM group_checks WHERE said_by <> ''") == []

    asyncio.run(signed_in(tmp_path, work))


def test_where_no_group_is_told(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (_, luz):
            assert "Other groups" not in (await luz.get()).said
            assert "No other group is told yet" in (await luz.get("/groups")).said

    asyncio.run(run())
