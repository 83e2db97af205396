"""The carrier is told where we are: shown first, never over somebody else's address, and taken back again."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from hotline.carriers.android.webhooks import EVENTS
from hotline.carriers.api import CarrierError, Connection, Pointer
from hotline.carriers.provider import provider
from hotline.channels import away
from hotline.channels.catalogue import Catalogue
from hotline.commands import Wrong
from hotline.commands.connect import _taken_over
from hotline.community.reading import load
from hotline.settings import Settings
from hotline.simulator.gateway import PhoneGateway
from tests.world import COMMUNITY, world

BASE, AWAY = "https://hotline.example.org", "https://static.example.org/hotline"


def connection_of(here: Settings) -> Connection:
    return provider(here, "US", float).connection()


@pytest.mark.parametrize("name", ["twilio", "signalwire", "somleng"])
@pytest.mark.parametrize("service", ["", "MG" + "0" * 32])
def test_number_and_service_are_pointed_at_us_and_away_again(name: str, service: str, tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path, carrier=name) as place:
            place.exchange.told["VoiceUrl"] = "https://demo.twilio.com/welcome/voice/"
            connection = connection_of(replace(place.settings, twilio_messaging_service_sid=service))
            found = await connection.pointers(BASE, AWAY)
            assert all(each.now == "" for each in found)
            await connection.point(found)
            told, texts = place.exchange.told, "InboundRequestUrl" if service else "SmsUrl"
            assert told[texts].split("#")[0] == f"{BASE}/twilio/sms"
            assert told["VoiceUrl"].split("#")[0] == f"{BASE}/twilio/voice"
            assert ("#" in told["VoiceUrl"]) == (name == "twilio")  # others do not know what stands behind it
            assert (told["VoiceFallbackUrl"], told["VoiceFallbackMethod"]) == (f"{AWAY}/voice.xml", "GET")
            assert told["StatusCallback"].split("#")[0] == f"{BASE}/twilio/status"
            assert (told.get("UseInboundWebhookOnNumber") == "false") == bool(service)
            assert all(each.is_right for each in await connection.pointers(BASE, AWAY))
            await connection.point(await connection.pointers("", ""))
            assert not [name for name, value in told.items() if "Url" in name and value and "demo" not in value]
            await connection.close()

    asyncio.run(play())


def test_a_number_of_another_account_is_named(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            connection = connection_of(replace(place.settings, twilio_phone_number="+12125550177"))
            with pytest.raises(CarrierError, match="no number"):
                await connection.pointers(BASE, "")
            await connection.close()

    asyncio.run(play())


def test_the_phone_gets_one_registration_an_event_beside_those_of_others(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path, carrier="android") as place:
            phone = place.exchange
            assert isinstance(phone, PhoneGateway)
            phone.registered = {"x": {"id": "x", "url": "https://somebody.example.org", "event": "sms:received"}}
            connection = connection_of(place.settings)
            await connection.point(await connection.pointers(BASE, ""))
            await connection.point(await connection.pointers(BASE, ""))
            assert len(phone.registered) == 1 + len(EVENTS)
            with pytest.raises(CarrierError, match="https"):
                await connection.point([Pointer("sms:received", "", "http://hotline.example.org/android/webhook")])
            await connection.point(await connection.pointers("", ""))
            assert list(phone.registered) == ["x"]
            await connection.close()

    asyncio.run(play())


def test_nothing_of_somebody_elses_is_taken_over_unasked() -> None:
    theirs = Pointer("texts", "POST https://other.example.org/sms", f"POST {BASE}/twilio/sms")
    ours = Pointer("calls", f"POST {BASE}/old/voice", f"POST {BASE}/twilio/voice")
    unsaid = Pointer("calls, while we are down", f"GET {AWAY}/voice.xml", "")
    assert _taken_over([ours, unsaid], BASE, False) == [ours]  # a fallback that is not named stays
    unlocked = Pointer("texts", "POST http://hotline.example.org:8080/sms", f"POST {BASE}/twilio/sms")
    assert _taken_over([unlocked], BASE, False) == [unlocked]  # our own name, as it stood there before
    with pytest.raises(Wrong, match="texts"):
        _taken_over([theirs, ours], BASE, False)
    assert _taken_over([theirs, ours], BASE, True) == [theirs, ours]


def test_the_documents_for_a_machine_that_is_down_say_who_to_call(tmp_path: Path) -> None:
    (tmp_path / "community.toml").write_text(COMMUNITY, "utf-8")
    words = Catalogue(load(tmp_path / "community.toml", ("en", "es")))
    made = away.documents(words, "+12125550199")
    assert "2 1 2" in made[away.CALLS].replace(",", "")  # digit by digit
    assert made[away.CALLS].count("<Say") >= 2
    assert made[away.CALLS].endswith("<Hangup /></Response>")
    assert "+12125550199" in made[away.TEXTS]
    assert "911" in made[away.TEXTS]
    own = away.documents(words, "", "away.mp3")
    assert "<Play>away.mp3</Play>" in own[away.CALLS]
    assert "<Say" not in own[away.CALLS]
