"""Keys over HTTP, where the carrier keeps some of them to itself: a pound sign alone arrives as nothing."""

import asyncio
from pathlib import Path

from tests.web.line import select
from tests.world import COMMUNITY, World, world

MORE_NEEDS = "".join(f'\n[needs.{name}]\nen = "{name}"\nes = "{name}"\n' for name in ("diapers", "repair", "childcare"))


async def caller(place: World, keys: list[str], withheld: str | None = None) -> None:
    """Calls, and presses one group of keys at each question."""
    phone = place.exchange.handset("+12125550111", "Rosa", "landline", withheld)
    await phone.call()
    for group in keys:
        await phone.press(group)


def test_a_choice_over_several_screens_is_finished_with_pound_alone(tmp_path: Path) -> None:
    """English, to help, food and more, then nothing from the second screen: on to the areas."""

    async def play() -> None:
        async with world(tmp_path, COMMUNITY + MORE_NEEDS) as place:
            await caller(place, ["1", "3", "14#", "#", "1#", "#"])
            (volunteer,) = select(place, "SELECT needs, areas FROM volunteers")
            assert (volunteer["needs"], volunteer["areas"]) == ("food", "north")

    asyncio.run(play())


def test_whoever_hides_their_number_may_leave_none_with_a_one(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            await caller(place, ["1", "1", "1", "1", "#", "1#", "1"], "anonymous")
            (need,) = select(place, "SELECT status, callback FROM needs")
            assert (need["status"], need["callback"]) == ("open", "")

    asyncio.run(play())


def test_nothing_is_lost_when_a_caller_hangs_up_at_any_question(tmp_path: Path) -> None:
    """After the language, whatever was begun is on record: as a need, or for a person to look at."""

    async def play() -> None:
        keys = ["1", "1", "1", "1", "#", "1"]
        for many in range(2, len(keys)):
            folder = tmp_path / str(many)
            folder.mkdir()
            async with world(folder) as place:
                await caller(place, keys[:many])
                await place.exchange.handset("+12125550111").hang_up()
                await place.settle()
                assert select(place, "SELECT * FROM needs"), many

    asyncio.run(play())
