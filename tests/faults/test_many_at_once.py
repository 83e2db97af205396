"""A hundred people answer at the same moment: one wins, and everybody hears the truth."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from hotline.channels.catalogue import messages
from hotline.model.people import Volunteer
from tests.web.line import ANA, post, select, sms
from tests.world import World, world

MANY = 100
PHONES = [f"+1212555{2000 + place}" for place in range(MANY)]


async def crowd(place: World) -> int:
    """A hundred volunteers, and one open need: its number."""
    place.settings = replace(place.settings, new_numbers_per_minute=10 * MANY)
    await place.restart()
    for phone in PHONES:
        await place.add_volunteer(Volunteer(phone, "Volunteer", ("food",), ("north",), "en"))
    for body in ("food 11216", "two bags", "1"):
        await post(place, sms(body))
    (need,) = select(place, "SELECT code, status FROM needs")
    assert need["status"] == "open"
    return int(need["code"])


def wording(key: str) -> str:
    """What every text of that wording holds, whatever was filled in."""
    flow, step = key.split(".")
    parts = str(messages("en")[flow][step]["text"]).replace("}", "{").split("{")[::2]
    return max(parts, key=len).strip()


@pytest.mark.parametrize("said", ["YES {}", "{} sure", "yes {}!"])
def test_a_hundred_say_yes_at_once_and_one_has_it(tmp_path: Path, said: str) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            number = await crowd(place)
            answers = await asyncio.gather(*(post(place, sms(said.format(number), From=phone)) for phone in PHONES))
            assert {code for code, _ in answers} == {200}
            texts = [answer for _, answer in answers]
            assert sum(wording("take.taken") in text for text in texts) == 1
            assert sum(wording("take.gone") in text for text in texts) == 1, "one is the next to be asked"
            assert sum(wording("take.gone_next") in text for text in texts) == MANY - 2
            await place.settle()
            _check(place, texts)

    asyncio.run(play())


def _check(place: World, texts: list[str]) -> None:
    """One taker, who is the one who was told so; the neighbor heard it once."""
    (need,) = select(place, "SELECT * FROM needs")
    (claim,) = select(place, "SELECT * FROM claims")
    winner = PHONES[next(at for at, text in enumerate(texts) if wording("take.taken") in text)]
    assert (need["status"], need["takers"], claim["volunteer"]) == ("taken", winner, winner)
    told = [text.body for text in place.exchange.texts if text.to == ANA and text.direction == "outbound-api"]
    assert len([body for body in told if wording("news.taken") in body]) == 1


def test_a_hundred_texts_of_one_person_are_one_conversation(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            place.settings = replace(place.settings, texts_per_hour=1000)
            await place.restart()
            answers = await asyncio.gather(*(post(place, sms("food")) for _ in range(MANY)))
            assert {code for code, _ in answers} == {200}
            assert len(select(place, "SELECT * FROM inbound")) == MANY
            assert len(select(place, "SELECT * FROM needs WHERE status = 'draft'")) == 1

    asyncio.run(play())


def test_a_hundred_new_people_at_once_are_a_hundred_needs(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            place.settings = replace(place.settings, new_numbers_per_minute=1000)
            await place.restart()
            answers = await asyncio.gather(*(post(place, sms("food", From=phone)) for phone in PHONES))
            assert {code for code, _ in answers} == {200}
            needs = select(place, "SELECT code, neighbor, words FROM needs")
            assert sorted(need["neighbor"] for need in needs) == PHONES
            assert sorted(need["code"] for need in needs) == list(range(101, 101 + MANY))

    asyncio.run(play())


def test_taking_and_giving_back_at_once_never_leaves_two_with_it(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            number = await crowd(place)
            words = [f"YES {number}", f"DROP {number}", f"DONE {number}"]
            posts = [post(place, sms(words[at % 3], From=phone)) for at, phone in enumerate(PHONES[:30] * 4)]
            assert {code for code, _ in await asyncio.gather(*posts)} == {200}
            (need,) = select(place, "SELECT * FROM needs")
            open_claims = select(place, "SELECT * FROM claims WHERE ended_at IS NULL")
            assert len(open_claims) == (need["status"] == "taken")
            assert need["helpers"] == len(need["takers"].split()) <= 1
            sorry = wording("hello.try_again")
            answers = [row["answer"] for row in select(place, "SELECT answer FROM inbound")]
            assert len(answers) == len(posts) + 3
            assert not any(sorry in answer for answer in answers)

    asyncio.run(play())
