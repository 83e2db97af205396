"""A message to many at the board: seen before it goes, sent once, taken back or no longer needed, its answers read."""

import asyncio
from pathlib import Path

from hotline.model.board import UNDO_FOR
from hotline.model.people import Volunteer
from hotline.storage import Transaction
from tests.board.test_people import trail
from tests.board.visitor import ANA, BEN, CHO, LUZ, Page, Visitor, team, visitors
from tests.web.line import rows, select

DEE, EVA, GUS = "+12125550115", "+12125550116", "+12125550117"
WORDS = "Who can drive on Saturday?"


async def look(rosa: Visitor, **fields: str) -> Page:
    await rosa.get("/people/message")
    return await rosa.press("/message", **{"words_en": WORDS, "do": "look", **fields})


async def send(rosa: Visitor, **fields: str) -> Page:
    await look(rosa, **fields)
    return await rosa.press("/message", do="send")


async def after_its_minute(rosa: Visitor) -> None:
    await rosa.place.pass_time(UNDO_FOR + 10)


def read_by(rosa: Visitor, phone: str) -> list[str]:
    return [text.body for text in rosa.place.exchange.handset(phone).inbox]


async def more_people(rosa: Visitor) -> None:
    """Dee pauses, Eva gets calls, Gus is spoken to in Spanish, Cho was blocked."""
    place = rosa.place
    for phone, name, language in ((DEE, "Dee", "en"), (EVA, "Eva", "en"), (GUS, "Gus", "es")):
        place.exchange.handset(phone, name)
        await place.add_volunteer(Volunteer(phone, name, ("ride",), ("downtown",), language))

    def change(tx: Transaction) -> None:
        tx.volunteers.pause(DEE, place.clock.now + 86400, place.clock.now)
        tx.people.reach_by(EVA, True)
        tx.people.block(CHO, True, place.clock.now)

    await place.hotline.store.run(change)


def test_it_is_seen_before_it_goes_and_nothing_is_written(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path) as (rosa,):
            for phone, name in ((BEN, "Ben"), (CHO, "Cho")):
                await rosa.place.add_volunteer(Volunteer(phone, name, ("food",), ("north",), "en"))
            await more_people(rosa)
            await rosa.sign_in()
            await look(rosa)
            before = rows(rosa.place)
            page = await look(rosa, words_es="¿Quién puede manejar el sábado?")
            for words in (
                *("2 get it", "Ben …0113", "Gus …0117", "Dee …0115 has a break until", "Eva …0116 gets no texts"),
                *("Cho …0114 blocked", "English: 1 (they never heard from us", "¿Quién puede manejar el sabado?"),
                *("segments in all", "It costs about $0.0", "Our team reads what you answer.", "Send to 2"),
            ):
                assert words in page.said, (words, page.said)
            assert BEN not in page.body
            page = await look(rosa, what="ride")
            assert "Ben" not in page.said
            assert "Español: 1, with your words in English" in page.said
            page = await look(rosa, rings="yes")
            assert "1 are rung, about a minute each" in page.said
            assert rows(rosa.place) == before

    asyncio.run(run())


def test_it_goes_once_to_those_who_are_ticked_after_its_minute(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await look(rosa)
            form = rosa.page.form("/message")
            ticks = [name for name in form.fields if name.startswith("to_")]
            assert len(ticks) == 2
            cho = next(
                name for name in ticks if f'name="{name}"' in rosa.page.body.split("Cho</b>")[0].rsplit("<label", 1)[1]
            )
            fields = {name: value for name, value in form.fields.items() if name != cho}
            page = await rosa.post("/people/message", {**fields, "do": "send"})
            assert page.path == "/board/people/message/1"
            assert "to 1 people" in page.said
            assert "Until then nobody has it." in page.said
            twice = await rosa.post("/people/message", {**fields, "do": "send"})
            assert twice.path.startswith("/board/people/message/1")
            assert "done already" in twice.said
            await rosa.place.settle()
            assert not any(WORDS in text for text in read_by(rosa, BEN))
            await after_its_minute(rosa)
            assert sum(WORDS in text for text in read_by(rosa, BEN)) == 1
            assert not any(WORDS in text for text in read_by(rosa, CHO))
            page = await rosa.get("/people/message/1")
            assert "Ben …0113 has it" in page.said
            assert trail(rosa.place) == ("rosa", "wrote_to_many", "message 1")
            assert "wrote to many" in (await rosa.get("/trail")).said

    asyncio.run(run())


def test_what_is_sent_is_what_was_looked_at(tmp_path: Path) -> None:
    """Other words, other people, or somebody who stopped since: nothing goes, and nothing typed is lost."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await look(rosa)
            page = await rosa.press("/message", do="send", words_en="Something else")
            assert page.status == 409
            assert "You changed something" in page.said
            assert page.form("/message").fields["words_en"] == "Something else"
            page = await rosa.press("/message", do="send", what="ride")
            assert page.status == 409
            assert "You changed something" in page.said
            await look(rosa)
            await rosa.place.hotline.store.run(lambda tx: tx.people.opt_out(BEN, rosa.place.clock.now))
            page = await rosa.press("/message", do="send")
            assert page.status == 409
            assert "1 of those cannot be reached any more" in page.said
            for wrong, words in (("", "Write some words"), ("x" * 301, "Too long in: English")):
                page = await look(rosa, words_en=wrong)
                assert page.status == 400
                assert words in page.said
                assert page.form("/message").fields["words_en"] == wrong
            await look(rosa)
            fields = {n: v for n, v in rosa.page.form("/message").fields.items() if not n.startswith("to_")}
            page = await rosa.post("/people/message", {**fields, "do": "send"})
            assert page.status == 400
            assert "Nobody is ticked" in page.said
            assert select(rosa.place, "SELECT * FROM broadcasts") == []

    asyncio.run(run())


def test_it_is_taken_back_in_its_minute_and_no_longer_needed_after_it(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await send(rosa)
            page = await rosa.press("/over")
            assert "It is taken back. Nobody had it." in page.said
            assert "Rosa took it back" in page.said
            await after_its_minute(rosa)
            assert not any(WORDS in text for text in read_by(rosa, BEN))
            await send(rosa, who="asks")
            await after_its_minute(rosa)
            assert any(WORDS in text for text in read_by(rosa, ANA))
            await rosa.get("/people/message/2")
            old = rosa.page.form("/over").fields
            page = await rosa.press("/over", told="yes")
            assert "does not go any more" in page.said
            assert "Whoever had it reads so." in page.said
            page = await rosa.post("/people/message/2/over", {**old, "press": "another"})
            assert page.status == 409
            assert "said so already" in page.said
            await rosa.place.settle()
            assert sum("no longer needed, thank you" in text for text in read_by(rosa, ANA)) == 1
            assert "reads that it is no longer needed" in (await rosa.get("/people/message/2")).said

    asyncio.run(run())


def test_answers_stand_on_its_page_and_behind_all_else_in_the_tray(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            await send(rosa)
            await after_its_minute(rosa)
            await rosa.place.exchange.handset(BEN).text("yes, with a van")
            await rosa.place.exchange.handset(ANA).text("0")
            await rosa.place.settle()
            tray = (await luz.get("/tray")).said
            assert tray.index("asks for a person") < tray.index("answers a message to many")
            page = await rosa.get("/people/message/1")
            assert "yes, with a van" in page.said
            await rosa.place.exchange.handset(CHO).text("only on Sunday")
            await rosa.place.settle()
            page = await rosa.press("/read")
            assert "with a van" not in page.said
            assert "only on Sunday" in page.said  # it came after she had looked

    asyncio.run(run())


def test_it_is_for_keepers_and_leaves_room_for_requests(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path, segments_per_day=12) as (rosa, luz):
            assert (await luz.get("/people/message")).status == 403
            assert LUZ not in luz.page.body
            page = await look(rosa)
            assert "Today there is room for" in page.said
            await rosa.press("/message", do="send")
            await rosa.place.hotline.store.run(lambda tx: None)
            for _ in range(12):
                await rosa.place.exchange.handset(ANA).text("status")
            await rosa.place.settle()
            await after_its_minute(rosa)
            assert not any(WORDS in text for text in read_by(rosa, BEN))
            assert "Ben …0113 waits" in (await rosa.get("/people/message/1")).said

    asyncio.run(run())
