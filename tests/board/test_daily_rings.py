"""Daily rings on the board: who is rung, what came of it, when the next is; and nothing to press."""

import asyncio
import re
from pathlib import Path

from hotline.model.calendar import HOUR
from hotline.storage import Transaction
from tests.board.visitor import ANA, BEN, TEAM, team, visitors

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
            assert re.search(
                rf"Ana Maria …{ANA[-4:]} For company No call yet. Away. Next call: \w+ \d+ 20:30", page.said
            ), page.said
            assert not re.search(r"\d{5,}", re.sub(r"<[^>]+>", "", page.body))
            assert "<button" not in page.body.partition("<h1>")[2]

    asyncio.run(run())


def test_which_volunteer_rings_them_and_how_often(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path, community=RUNG) as (rosa, _):
            ana, ben = rosa.place.exchange.handset(ANA), rosa.place.exchange.handset(BEN)
            for phone, words in ((ben, "COMPANY"), (ben, "2"), (ana, "DAILY 8:30 pm"), (ana, "1"), (ana, "DAILY")):
                await phone.text(words)
            assert "in place of the machine" not in (await rosa.get("/rings")).said
            for words in ("3", "yes"):
                await ana.text(words)
            await rosa.place.settle()
            page = await rosa.get("/rings")
            assert f"Ben …{BEN[-4:]} rings them on up to 3 days a week, in place of the machine." in page.said, (
                page.said
            )
            assert not re.search(r"\d{5,}", re.sub(r"<[^>]+>", "", page.body))

    asyncio.run(run())


SAFE = f"""{RUNG.rstrip()}

[coordinators.sam]
phone = "+12125550198"
rings_for_danger = true

[coordinators.lou]
phone = "+12125550197"
rings_for_danger = true
"""


def test_who_looks_after_whom_and_a_coordinator_ends_an_alarm(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path, community=SAFE) as (rosa, _):
            ana, ben = rosa.place.exchange.handset(ANA), rosa.place.exchange.handset("+12125550122")
            for words in ("DAILY 8:30 pm", "2", "1", "1", "212 555 0122", "no"):
                await ana.text(words)
            await rosa.place.settle()
            page = await rosa.get("/rings")
            assert "For company" in page.said
            assert "…0122 was asked" in page.said
            await ben.text("1")
            await rosa.place.settle()
            assert "For safety · …0122 agreed to look" in (await rosa.get("/rings")).said
            for _ in range(3):  # in vain
                await rosa.place.hotline.store.run(_a_vain_try, ANA, rosa.place.clock.now)
            await rosa.place.settle()
            page = await rosa.get("/rings")
            assert re.search(r"ALARM since [^.]+\. …0122 is asked now\. All is well: end the alarm", page.said), (
                page.said
            )
            assert "Alarm: no answer to the safety call" in (await rosa.get("/tray")).said
            (flag,) = re.findall(r'href="/board(/waits/\d+)"', page.body)
            await rosa.get(flag)
            await rosa.press("/seen")
            await rosa.place.settle()
            assert "ALARM" not in (await rosa.get("/rings")).said
            assert await rosa.place.hotline.store.run(lambda tx: tx.safety.alarm(ANA)) is None

    asyncio.run(run())


def _a_vain_try(tx: Transaction, phone: str, now: float) -> None:
    ring = tx.daily_rings.of(phone)
    assert ring
    tries = ring.tries + 1
    tx.daily_rings.keep(ring.but(rings=True, due_at=now - HOUR / 2, tries=tries, check_at=now), now)


def test_a_community_without_daily_rings_has_no_list_of_them(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path, community=TEAM) as (rosa,):
            await rosa.sign_in()
            assert "/board/rings" not in (await rosa.get()).body

    asyncio.run(run())
