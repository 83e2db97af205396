"""An upgrade in the middle of everything: forms, a broken call, an offer and news by ring go on where they were.

`in_the_middle.sql` was written by version 0.1.0, schema 6, while eight people were in a conversation; the lines by
which they came there stand at its head.
"""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.transcript import Cast
from tests.web.line import post, select
from tests.world import ACCOUNT, NUMBER, World, world

HERE = Path(__file__).parent / "in_the_middle.sql"
NOW = 1_773_158_472.0
NAMES = ("Ben", "Cho", "Gus", "Ana", "Eva", "Dora", "Ivy", "Lia", "Mia", "Rita", "Sam", "Tom", "Uma")
PHONES = {name: f"+121255501{number}" for number, name in enumerate(NAMES, 10)}

BY_TEXT = {
    "Ana texts: two bags": "Ana reads: Food, Northside. You said: two bags\nIs that right?",
    "Eva texts: 1": "Eva reads: ¿Qué debe saber quien le ayude?",
    "Dora texts: 1 2": "Dora reads: Where can you help?",
    "Mia texts: 1": "Mia reads: Thank you. Your request is number 105.",
    "Lia texts: STATUS": "Lia reads: 104 food: Cho has it.",
    "Ben texts: DONE 107": "Ben reads: Thank you! We ask your neighbor if 107 is all done.",
}
BY_CALL = {
    ("Gus", 1, "1"): "Someone has number 1 0 3 already.",
    ("Sam", 2, "1"): "Good news. Ben takes your request number 1 0 7, food.",
    ("Tom", 3, ""): "To hear that again, press star.",
    ("Uma", 4, None): "There is news for you. To hear it, press 1.",
}


def left_behind(folder: Path) -> None:
    """The database as the earlier program left it."""
    with closing(sqlite3.connect(folder / "hotline.db")) as file:
        file.executescript(HERE.read_text("utf-8"))


def test_forms_go_on_by_text(tmp_path: Path) -> None:
    left_behind(tmp_path)

    async def play() -> None:
        async with world(tmp_path) as place:
            place.clock.now = NOW + 60
            cast = Cast(place)
            for name, number in PHONES.items():
                cast.phones[name] = place.exchange.handset(number, name)
            for line, read in BY_TEXT.items():
                seen = await cast.do(line)
                assert any(each.startswith(read) for each in seen), (line, seen)

    asyncio.run(play())


@pytest.mark.parametrize("name", [name for name, _, _ in BY_CALL])
def test_calls_that_we_made_go_on(name: str, tmp_path: Path) -> None:
    left_behind(tmp_path)
    ((ring, keys, heard),) = ((out, keys, heard) for (who, out, keys), heard in BY_CALL.items() if who == name)

    async def play() -> str:
        async with world(tmp_path) as place:
            place.clock.now = NOW + 5
            return await step(place, name, ring, keys)

    assert heard in asyncio.run(play())


async def step(place: World, name: str, ring: int, keys: str | None) -> str:
    """What is said at the next step of a call that we made; None is the phone being picked up."""
    (who,) = select(place, "SELECT turn FROM people WHERE phone = ?", PHONES[name])
    (call,) = select(place, "SELECT sid FROM rings WHERE id = ?", ring)
    fields = {"CallSid": call["sid"], "AccountSid": ACCOUNT, "From": NUMBER, "To": PHONES[name]}
    fields |= {"Direction": "outbound-api", "CallStatus": "in-progress"} | ({"Digits": keys} if keys else {})
    turn = "" if keys is None else f"turn={who['turn']}&"
    status, document = await post(place, list(fields.items()), f"/twilio/voice?{turn}out={ring}")
    assert status == 200
    return " ".join(re.findall(r"<Say[^>]*>([^<]*)</Say>", document))
