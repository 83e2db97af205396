"""Offers on the board: what there is, who asks for it and how that stands, and taking one off the list."""

import asyncio
import re
from pathlib import Path

from tests.board.visitor import ANA, BEN, CHO, TEAM, Page, Visitor, team, visitors

LISTED = TEAM.replace("offers = false", "offers = true")


async def ana_offers_bread(rosa: Visitor) -> None:
    """Offer 102, for two people; Ben is promised some of it, and Cho waits for a yes."""
    ana, ben, cho = (rosa.place.exchange.handset(phone) for phone in (ANA, BEN, CHO))
    for words in ("OFFER bread 11216", "1", "2", "no nuts, <b>rye</b>"):
        await ana.text(words)
    for each in (ben, cho):
        await each.text("OFFERS 102")
        await each.text("1")
    await rosa.place.settle()
    await ana.text("YES 103")
    await rosa.place.settle()


def item(page: Page) -> str:
    """What stands about offer 102."""
    found = re.search(r"<li><p dir=\"auto\"><b>102</b>.*?(?=<li><p dir|</section>)", page.body, re.DOTALL)
    assert found, page.said
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_an_offer_and_who_asks_for_it_without_a_number(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path, community=LISTED) as (rosa, _):
            await ana_offers_bread(rosa)
            page = await rosa.get("/offers")
            shown = item(page)
            for told in ("bread", "food · Northside · until Thursday · 1 of 2 left", "From Ana Maria", "no nuts"):
                assert told in shown
            assert "103 Ben : is promised some 104 Cho : asked, no yes yet" in shown
            assert "<b>rye" not in page.body
            assert not re.search(r"\d{4,}", re.sub(r"<[^>]+>", "", page.body))
            await rosa.place.exchange.handset(ANA).text("NO 104")
            assert item(await rosa.get("/offers")) == shown  # a no is told to nobody
            assert (await rosa.get(re.findall(r"/board(/need/\d+)\">103", page.body)[0])).status == 200

    asyncio.run(run())


def test_it_is_gone_and_everybody_hears_so_once(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path, community=LISTED) as (rosa, luz):
            await ana_offers_bread(rosa)
            await rosa.get("/offers")
            await luz.get("/offers")
            page = await rosa.press("/end", how="gone")
            assert "everybody who asked hears so" in page.said
            assert "Gone 0 min ago" in item(page)
            await luz.press("/end", how="ended")
            await rosa.place.settle()
            last = {who: rosa.place.exchange.handset(who).inbox[-1].body for who in (ANA, BEN, CHO)}
            assert last[ANA].startswith("Our team took 102 off the list: bread.")
            assert last[BEN].startswith("Please do not go there: bread (103) is gone.")
            assert last[CHO].startswith("Bread (102) is not there for you this time.")
            assert "said that an offer is gone (102)" in (await rosa.get("/trail")).said
            assert "ended an offer" not in rosa.page.said

    asyncio.run(run())


def test_nobody_else_may_ask_and_what_is_promised_holds(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path, community=LISTED) as (rosa, _):
            await ana_offers_bread(rosa)
            await rosa.get("/offers")
            assert "What is promised holds" in (await rosa.press("/end", how="ended")).said
            await rosa.place.settle()
            inboxes = {who: rosa.place.exchange.handset(who).inbox[-1].body for who in (BEN, CHO)}
            assert inboxes[BEN].startswith("Good news: you can have bread.")
            assert inboxes[CHO].startswith("Bread (102) is not there for you this time.")
            assert (await rosa.post("/offers/9999/end", {"how": "gone"})).status == 404
            assert (await rosa.post("/offers/1/end", {"how": "burnt"})).path == "/board/offers"

    asyncio.run(run())


def test_a_community_without_offers_has_no_list_of_them(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path, community=TEAM) as (rosa,):
            await rosa.sign_in()
            assert "/board/offers" not in (await rosa.get()).body

    asyncio.run(run())
