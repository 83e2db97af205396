"""Days together on the board: what is planned, who comes and who waits, without a number; off the list, once."""

import asyncio
import re
from pathlib import Path

from tests.board.visitor import ANA, BEN, CHO, TEAM, Visitor, team

PLANNED = TEAM.replace("days = false", "days = true")


async def ana_invites(rosa: Visitor) -> None:
    """Day 102, for two, at her home: Ben comes with one more by her yes, Cho waits."""
    ana, ben, cho = (rosa.place.exchange.handset(phone) for phone in (ANA, BEN, CHO))
    for words in ("DAY garden work 11216 friday 10am", "behind the <b>church</b>", "1", "2", "1"):
        await ana.text(words)
    await ben.text("YES 102 2")
    assert "Ben: 2, asked" in (await rosa.get("/days")).said
    await ana.text("YES 102")
    await cho.text("YES 102")
    await rosa.place.settle()


def test_a_day_who_comes_and_who_waits_and_off_the_list_once(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path, community=PLANNED) as (rosa, luz):
            await ana_invites(rosa)
            page = await rosa.get("/days")
            shown = " ".join(re.sub(r"<[^>]+>", " ", page.body).split())
            for told in (
                "102 garden work",
                "Northside · 2 of 2 come",
                "Invited by Ana Maria",
                "Ben: 2, told where 12:00 Cho: 1, waiting for a place",
            ):
                assert told in shown, shown
            assert "<b>church" not in page.body
            assert not re.search(r"\d{5,}", re.sub(r"<[^>]+>", "", page.body))
            await luz.get("/days")
            assert "all who said that they come, hear so" in (await rosa.press("/change")).said
            await luz.press("/change")
            await rosa.place.settle()
            ana, ben, cho = (rosa.place.exchange.handset(phone).inbox[-1].body for phone in (ANA, BEN, CHO))
            assert ana.startswith("Our team took 102 off the list: garden work")
            assert ben.startswith("Please do not go there: garden work")
            assert cho.startswith("Please do not go there")
            assert sum("do not go" in text.body for text in rosa.place.exchange.handset(BEN).inbox) == 1
            assert "took a day together off the list (102)" in (await rosa.get("/trail")).said
            assert (await rosa.post("/days/9999/change", {})).status == 404

    asyncio.run(run())
