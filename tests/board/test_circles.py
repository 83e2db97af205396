"""Circles on the board: who is in, whose turn it is, what both said, and which rest, without a number; ended, once."""

import asyncio
import re
from pathlib import Path

from tests.board.visitor import ANA, BEN, CHO, TEAM, Visitor, team

PLANNED = TEAM.replace("circles = false", "circles = true")


async def ana_begins(rosa: Visitor) -> None:
    """Circle 102, in the order in which they joined: Ana, Ben, Cho. Ben says that he gave, and Ana that it did not
    come."""
    ana, ben, cho = (rosa.place.exchange.handset(phone) for phone in (ANA, BEN, CHO))
    for words in ("TANDA <b>corner</b> saturday", "a bag of rice", "1", "1", "2", "2"):
        await ana.text(words)
    for each in (ben, cho):
        await each.text("YES 102")
        await each.text("1")
        await each.text("Bo" if each is ben else "Cho")
    await ana.text("YES 102")
    await ana.text("1")
    await rosa.place.settle()
    await ben.text("PAID 102")
    await rosa.place.settle()


def test_a_circle_whose_turn_it_is_and_its_end_once(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path, community=PLANNED) as (rosa, luz):
            await ana_begins(rosa)
            shown = " ".join(re.sub(r"<[^>]+>", " ", (await rosa.get("/circles")).body).split())
            for told in (
                "102 &lt;b&gt;corner&lt;/b&gt;",
                "a bag of rice · every week · the order of joining",
                "If someone stops, who covers: all of us",
                "the turn of Ana Maria",
                "not said by both yet: Ben, Cho",
            ):
                assert told in shown, shown
            ana = rosa.place.exchange.handset(ANA)
            await ana.text("NO 102")
            await ana.text("1")
            page = await rosa.get("/circles")
            assert "It rests: Ben says given, Ana Maria says it did not come" in page.said
            assert not re.search(r"\d{5,}", re.sub(r"<[^>]+>", "", page.body))
            await luz.get("/circles")
            assert "All who are in it hear so" in (await rosa.press("/change")).said
            await luz.press("/change")
            await rosa.place.settle()
            for phone in (ANA, BEN, CHO):
                texts = [text.body for text in rosa.place.exchange.handset(phone).inbox]
                assert sum("(102) ends here. Had a turn: Ana Maria" in text for text in texts) == 1
            assert "ended a circle (102)" in (await rosa.get("/trail")).said
            assert (await rosa.post("/circles/9999/change", {})).status == 404

    asyncio.run(run())
