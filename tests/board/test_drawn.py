"""Cards that are drawn once for what they say: never another language's, never old, never somebody else's."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from hotline.model.board import Hand
from hotline.model.calendar import DAY, HOUR
from hotline.web.board import drawn
from hotline.web.board.board import templates
from hotline.web.board.drawn import Drawn, Entry, Shown
from hotline.web.board.words import Words
from tests.board.visitor import ANA, BEN, NEED, team

CARD = Shown(NEED, "101", False, "food, Northside", "Ben has it", "asked 5 min ago", (), ("close",))
ENTRY = Entry("flag-1", "/waits/1", "Ana", "asks for a person", 0.0, "flag 1", None, has_number=True, writes=True)


def test_each_part_of_what_it_says_makes_it_another(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            catalogue, kept = rosa.place.hotline.catalogue, cards()
            english, spanish = (Words(each, catalogue, HOUR) for each in ("en", "es"))
            assert kept.card(CARD, english) is kept.card(replace(CARD), english)
            for other in (
                replace(CARD, title="a ride"),
                replace(CARD, facts="Cho has it"),
                replace(CARD, last="asked 6 min ago"),
                replace(CARD, urgent=True),
                replace(CARD, marks=("held",)),
                replace(CARD, moves=()),
            ):
                assert kept.card(other, english) != kept.card(CARD, english)
            assert kept.card(CARD, spanish) != kept.card(CARD, english)
            later = Words("en", catalogue, 3 * DAY)
            held = replace(ENTRY, hand=Hand("flag 1", "luz", 0.0))
            told = [kept.entry(ENTRY, words) for words in (english, spanish, later)]
            assert len({*told, kept.entry(held, english)}) == 4
            assert kept.entry(ENTRY, english) is told[0]

    asyncio.run(run())


def cards() -> Drawn:
    return Drawn(templates().get_template("cards.html"), "/board")


def test_there_is_an_end_to_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "MOST", 3)

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            words, kept = Words("en", rosa.place.hotline.catalogue, 0.0), cards()
            for each in range(20):
                assert f">{each}</b>" in kept.card(replace(CARD, code=str(each)), words)
                assert len(kept._kept) <= 3

    asyncio.run(run())


def test_a_card_that_was_drawn_tells_the_truth_of_now(tmp_path: Path) -> None:
    """Whoever has it, whoever looks after it, and nobody who was forgotten."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await rosa.get()
            await rosa.place.exchange.handset(BEN).text("YES 101")
            await rosa.get()
            assert "Ben has it" in rosa.page.said
            assert "Ben has it" in (await luz.get()).said
            await rosa.place.exchange.handset(BEN).text("DROP 101")
            assert "Ben has it" not in (await luz.get()).said
            await luz.post(f"/need/{NEED}/hand", {"takes": "yes"})
            assert "Luz looks after it" in (await rosa.get()).said
            rosa.place.clock.now += HOUR
            assert "looks after it" not in (await rosa.get()).said
            await rosa.place.exchange.handset(ANA).text("0")
            assert ANA not in (await rosa.get()).body

    asyncio.run(run())
