"""Listening rounds at the board: begun by the rules of the text, read without names, numbers and small counts."""

import asyncio
import re
from pathlib import Path

from hotline.model.calendar import DAY
from hotline.model.rounds import Consent
from hotline.storage import Transaction
from tests.board.visitor import ANA, TEAM, team

ASKS = TEAM.replace("listening = false", "listening = true")
PHONES = [ANA, *(f"+1212555013{n}" for n in range(5))]


def agree(tx: Transaction, many: int, now: float) -> None:
    for phone in PHONES[:many]:
        tx.people.introduce(phone, "", "en", now)
        tx.rounds.consent(phone, Consent.YES)


def test_a_round_is_begun_read_and_ended_once(tmp_path: Path, database_url: str) -> None:
    async def run() -> None:
        async with team(tmp_path, community=ASKS, database_url=database_url) as (rosa, _):
            place = rosa.place
            store, clock = place.hotline.store, place.clock
            await store.run(agree, 4, clock.now)
            page = await rosa.get("/listening")
            assert "Fewer than 5 people agreed" in page.said
            assert 'name="purpose"' not in page.body
            await store.run(agree, 6, clock.now)
            page = await rosa.get("/listening")
            assert "6 people agreed" in page.said
            form = {"purpose": "we decide", "question1": "What is <b>missing</b>?", "question2": "What first?"}
            page = await rosa.press("/listening/begin", **form)
            assert "They read today that you ask tomorrow." in page.said
            await place.settle()
            clock.now += DAY
            await rosa.sign_in()
            await place.settle()
            for phone in PHONES[:4]:
                await place.exchange.handset(phone).text("a bench at the bus stop")
            page = await rosa.get("/listening")
            assert "Fewer than 5 answers" in page.said
            await place.exchange.handset(PHONES[4]).text("more light")
            page = await rosa.get("/listening")
            assert "5 answers" in page.said
            assert "more light" in page.said
            assert "<b>missing" not in page.body
            assert not re.search(r"\d{4,}", page.said)
            page = await rosa.press("/end", outcome="two benches")
            assert "What came of it: two benches" in page.said
            assert "three months after" in page.said
            await place.settle()
            assert "you said: a bench" in place.exchange.handset(ANA).inbox[-1].body

    asyncio.run(run())


def test_a_spoken_answer_is_heard_on_the_page(tmp_path: Path, database_url: str) -> None:
    """Once its sound is here; until then the page says that something was spoken."""

    async def run() -> None:
        async with team(tmp_path, community=ASKS, database_url=database_url) as (rosa, _):
            place = rosa.place
            store, clock = place.hotline.store, place.clock
            await store.run(agree, 6, clock.now)
            await rosa.get("/listening")
            await rosa.press("/listening/begin", purpose="we decide", question1="What is missing?")
            await store.run(spoke, clock.now)
            page = await rosa.get("/listening")
            assert "not here yet" in page.said
            assert "<audio" not in page.body
            await store.run(came, clock.now)
            page = await rosa.get("/listening")
            assert "not here yet" not in page.said
            sound = re.search(r'<audio [^>]*src="([^"]+)"', page.body)
            assert sound
            assert SID not in sound[1]
            assert ANA[1:] not in sound[1]

    asyncio.run(run())


SID = "RE" + "5" * 32


def spoke(tx: Transaction, now: float) -> None:
    latest = tx.rounds.latest()
    assert latest
    tx.recordings.begun(SID, ANA, "words", now, now)
    part = tx.rounds.part_of(ANA)
    assert part
    tx.rounds.answered(part, "", SID, now)


def came(tx: Transaction, now: float) -> None:
    tx.recordings.reported(SID, "completed", 3, now)
    (row,) = tx.recordings.lease(1, now + 60, now)
    assert tx.recordings.keep(row, "words/5.wav", now, now)
