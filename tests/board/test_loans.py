"""Tools on the board: what is lent, who has it and who waits, in order; it is back, and off the list."""

import asyncio
import re
from pathlib import Path

from tests.board.visitor import ANA, BEN, CHO, TEAM, Page, Visitor, team, visitors

LENT = TEAM.replace("tools = false", "tools = true")


async def ana_lends_a_ladder(rosa: Visitor) -> None:
    """Tool 102; Ben has it under 103, and Cho waits in line under 104."""
    ana, ben, cho = (rosa.place.exchange.handset(phone) for phone in (ANA, BEN, CHO))
    for words in ("LEND ladder 11216", "1", "mind the <b>top</b> rung"):
        await ana.text(words)
    for each in (ben, cho):
        await each.text("BORROW 102")
        for _ in range(2):
            await each.text("1")
        await rosa.place.settle()
        if each is ben:
            await ana.text("YES 103")
            await ben.text("YES 103")
    await rosa.place.settle()


def item(page: Page) -> str:
    """What stands about tool 102."""
    found = re.search(r"<p dir=\"auto\"><b>102</b>.*?</form>", page.body, re.DOTALL)
    assert found, page.said
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_a_tool_who_has_it_and_who_waits_without_a_number(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path, community=LENT) as (rosa, _):
            await ana_lends_a_ladder(rosa)
            page = await rosa.get("/tools")
            shown = item(page)
            for told in (
                "ladder",
                "Northside · 7 days",
                "From Ana Maria",
                "To mind: mind the",
                "It is back",
                "Off the list",
            ):
                assert told in shown
            assert re.search(r"103 Ben : has it until \w+( \d+)? 104 Cho : waits in line", shown), shown
            assert "<b>top" not in page.body
            assert not re.search(r"\d{4,}", re.sub(r"<[^>]+>", "", page.body))
            assert (await rosa.get(re.findall(r"/board(/need/\d+)\">103", page.body)[0])).status == 200

    asyncio.run(run())


def test_it_is_back_and_the_next_one_is_asked_about_once(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path, community=LENT) as (rosa, luz):
            await ana_lends_a_ladder(rosa)
            await rosa.get("/tools")
            await luz.get("/tools")
            page = await rosa.press("/change", how="back")
            assert "both sides hear so" in page.said
            assert "104 Cho : asked, no yes yet" in item(page)
            await luz.press("/change", how="back")
            await rosa.place.settle()
            inboxes = {who: [text.body for text in rosa.place.exchange.handset(who).inbox] for who in (ANA, BEN)}
            assert inboxes[BEN][-1].startswith("The ladder is back (103).")
            assert sum("asks to borrow the ladder" in text for text in inboxes[ANA]) == 2
            assert "wrote down that a tool is back (102)" in (await rosa.get("/trail")).said

    asyncio.run(run())


def test_off_the_list_tells_who_waits_and_who_has_it_brings_it_back(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path, community=LENT) as (rosa, _):
            await ana_lends_a_ladder(rosa)
            await rosa.get("/tools")
            assert "everybody who waited hears so" in (await rosa.press("/change", how="gone")).said
            await rosa.place.settle()
            ana, ben, cho = (rosa.place.exchange.handset(phone) for phone in (ANA, BEN, CHO))
            assert ana.inbox[-1].body.startswith("Our team took 102 off the list: ladder.")
            assert cho.inbox[-1].body.startswith("The ladder (104) is not there for you this time.")
            await ben.text("RETURN 103")
            await rosa.place.settle()
            assert ana.inbox[-1].body.startswith("Your neighbor says that the ladder is back.")
            assert (await rosa.post("/tools/9999/change", {"how": "gone"})).status == 404
            assert (await rosa.post("/tools/1/change", {"how": "burnt"})).path == "/board/tools"

    asyncio.run(run())


def test_a_community_without_tools_has_no_list_of_them(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path, community=TEAM) as (rosa,):
            await rosa.sign_in()
            assert "/board/tools" not in (await rosa.get()).body

    asyncio.run(run())
