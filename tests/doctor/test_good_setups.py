"""Set-ups in which nothing is wrong: the doctor has nothing to say. And one wrong address after the other."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from hotline.carriers.account import Hook
from tests.doctor.places import HOOK, Site
from tests.doctor.setups import BASE, good


def test_a_plain_machine_is_left_in_peace(tmp_path: Path) -> None:
    async def play() -> list[str]:
        async with good(tmp_path) as here:
            return await here.names()

    assert asyncio.run(play()) == []


def test_a_host_with_postgres_is_left_in_peace(tmp_path: Path, postgres_url: str) -> None:
    async def play() -> list[str]:
        async with good(tmp_path, postgres_url) as here:
            return await here.names()

    assert asyncio.run(play()) == []


def test_a_folder_of_a_proxy_is_left_in_peace(tmp_path: Path) -> None:
    async def play() -> list[str]:
        async with good(tmp_path, base=f"{BASE}/hotline") as here:
            return await here.names()

    assert asyncio.run(play()) == []


WRONG = {
    "without a lock": "http://hotline.example.org",
    "with the path of a webhook": f"{BASE}{HOOK}",
    "with a port that is closed": f"{BASE}:8000",
    "with www": "https://www.hotline.example.org",
    "of another machine": "https://old.example.org",
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_wrong_address_is_told_with_the_right_one(wrong: str, tmp_path: Path) -> None:
    """The carrier knows where we are in the last case: its own pages say so."""

    async def play() -> list[str]:
        async with good(tmp_path) as here:
            here.set(public_url=wrong)
            here.world.sites["http://hotline.example.org"] = Site(sends_on=BASE)
            here.world.sites["https://old.example.org"] = Site(status=404)
            line = replace(
                here.provider.of.entrances[0], texts=Hook(f"{BASE}{HOOK}", "POST", "https://else.example.net")
            )
            here.provider.change(entrances=(line,))
            return [each.mend for each in await here.examine() if each.name in ("elsewhere", "moved")]

    (mend,) = asyncio.run(play())
    assert mend.startswith(f"Write PUBLIC_URL={BASE} into .env")
