"""What names our account and is wrongly signed: a line in the log, a word in /ready, and never a host that is red."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from hotline.simulator.signing import sign
from tests.web.line import Fields, lives_at, post, sms
from tests.world import ACCOUNT, TOKEN, World, world

PATH = "/twilio/sms"
LOGGER = "hotline.web.wrong_signatures"
WRONG = sign("https://hotline.example.org", [], "another token")


async def ready(place: World, base: str = "") -> tuple[int, dict[str, Any]]:
    async with ClientSession() as session, session.get(f"{base or place.exchange.public_url}/ready") as response:
        return response.status, await response.json()


async def beat(place: World) -> None:
    await place.hotline.store.run(lambda tx: tx.heartbeat.beat("worker", place.clock.now))


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == LOGGER]


async def signed_for(place: World, url: str, fields: Fields, **headers: str) -> tuple[int, str]:
    return await post(place, fields, PATH, signature=sign(url, fields, TOKEN), headers=headers)


def test_a_wrong_signature_is_told_once_a_minute_and_never_makes_us_red(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            await beat(place)
            assert (await ready(place))[1]["webhooks"] == "ok"
            for _ in range(5):
                assert (await post(place, sms(), signature=WRONG))[0] == 403
            assert len(lines(caplog)) == 1
            status, state = await ready(place)
            assert (status, state["webhooks"]) == (200, "some were wrongly signed: see the log")
            place.clock.now += 61
            await post(place, sms(), signature=WRONG)
            assert len(lines(caplog)) == 2
            assert "(4 more came before)" in lines(caplog)[1]
            place.clock.now += 3601
            await beat(place)
            assert await ready(place) == (200, {**state, "webhooks": "ok"})

    asyncio.run(play())


def test_what_names_another_account_is_nobody_s_business(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            for account in ("AC" + "1" * 32, ""):
                assert (await post(place, sms(AccountSid=account), signature=WRONG))[0] == 403
            assert lines(caplog) == []
            assert (await ready(place))[1]["webhooks"] == "ok"

    asyncio.run(play())


@pytest.mark.parametrize(
    ("public", "signed", "headers"),
    [
        ("https://hotline.example.org", "http://hotline.example.org/twilio/sms", {}),
        ("https://hotline.example.org", "https://abc.example/twilio/sms", {"X-Forwarded-Host": "abc.example"}),
        ("https://hotline.example.org/folder", "https://hotline.example.org/twilio/sms", {}),
        ("https://hotline.example.org", "https://hotline.example.org/h/twilio/sms", {"X-Forwarded-Prefix": "/h"}),
        ("https://hotline.example.org", "https://hotline.example.org/twilio/sms/", {}),
    ],
    ids=["scheme", "host", "without the folder", "with a folder", "a slash more"],
)  # fmt: skip
def test_what_it_was_signed_for_is_told_where_it_is_nearly_ours(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, public: str, signed: str, headers: dict[str, str]
) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            await lives_at(place, public)
            assert (await signed_for(place, signed, sms(), **headers))[0] == 403
            (line,) = lines(caplog)
            assert f"it was signed for {signed}," in line
            assert f"PUBLIC_URL asks for {public}/twilio/sms" in line
            assert TOKEN not in line
            assert "+1" not in line

    asyncio.run(play())


def test_another_token_is_told_as_that(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            fields = sms()
            await post(place, fields, signature=sign(place.exchange.public_url + PATH, fields, "another"))
            (line,) = lines(caplog)
            assert "with another token, or for an address unknown here" in line
            assert ACCOUNT not in line

    asyncio.run(play())


def test_a_folder_that_the_proxy_keeps_is_ours(tmp_path: Path) -> None:
    """As well as one that it takes away."""

    async def play() -> None:
        async with world(tmp_path) as place:
            bare = place.exchange.public_url
            await lives_at(place, f"{bare}/hotline")
            await beat(place)
            for path in ("/hotline/twilio/sms", "/twilio/sms"):
                fields = sms()
                right = sign(f"{bare}/hotline/twilio/sms", fields, TOKEN)
                assert (await post(place, fields, path, signature=right))[0] == 200
            assert [(await ready(place, base))[0] for base in (bare, f"{bare}/hotline")] == [200, 200]
            async with ClientSession() as session, session.get(f"{bare}/hotline/health") as response:
                assert await response.text() == "alive"

    asyncio.run(play())
