"""Daily rings on the board: who is rung, what came of it, when the next is; and nothing to press."""

import asyncio
import re
from pathlib import Path

from tests.board.visitor import ANA, TEAM, team, visitors

RUNG = TEAM.replace("rings = false", "rings = true")


def test_who_is_rung_and_what_came_of_it_without_a_number(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path, community=RUNG) as (rosa, _):
            ana = rosa.place.exchange.handset(ANA)
            for words in ("DAILY 8:30 pm", "1", "AWAY 3 days"):
                await ana.text(words)
            await rosa.place.settle()
            page = await rosa.get("/rings")
            assert "Daily calls" in (await rosa.get()).said
            assert re.search(rf"Ana Maria …{ANA[-4:]} No call yet. Away. Next call: \w+ \d+ 20:30", page.said), (
                page.said
            )
            assert not re.search(r"\d{5,}", re.sub(r"<[^>]+>", "", page.body))
            assert "<button" not in page.body.partition("<h1>")[2]

    asyncio.run(run())


def test_a_community_without_daily_rings_has_no_list_of_them(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path, community=TEAM) as (rosa,):
            await rosa.sign_in()
            assert "/board/rings" not in (await rosa.get()).body

    asyncio.run(run())
