"""A provider's account, read from pages as its API reference has them; what is not there says nothing."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from hotline.carriers.account import Account, Failed, Hook
from hotline.carriers.api import Came, CarrierError, Reaction
from hotline.carriers.provider import provider
from hotline.carriers.twilio.account import AccountReader
from hotline.carriers.twilio.inspection import HOSTS
from hotline.settings import Settings
from tests.world import ACCOUNT, NOON, NUMBER, TOKEN

OWN = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}"
MESSAGING, SERVICE = "https://messaging.twilio.com/v1", "MG" + "0" * 32
NUMBER_PAGE = {
    "sid": "PN1",
    "phone_number": NUMBER,
    "capabilities": {"sms": True, "voice": False},
    "sms_url": "https://hotline.example.org/twilio/sms",
    "sms_method": "GET",
    "voice_url": "https://demo.example.com/welcome",
}
PAGES: dict[str, Any] = {
    f"{OWN}.json": {"status": "active", "type": "Trial"},
    f"{OWN}/Balance.json": {"balance": "12.50", "currency": "USD"},
    f"{OWN}/IncomingPhoneNumbers.json": {"incoming_phone_numbers": [NUMBER_PAGE]},
    f"{OWN}/OutgoingCallerIds.json": {"outgoing_caller_ids": [{"phone_number": "+12125550199"}]},
    f"{OWN}/Usage/Records/Daily.json": {"usage_records": [{"price": "3.00"}, {"price": "-4.00"}]},
    f"{OWN}/Messages.json": {"messages": [{"error_code": 30034}, {"error_code": None}, {"error_code": 30007}]},
    f"{MESSAGING}/Services/{SERVICE}": {"inbound_request_url": "https://hotline.example.org/twilio/sms"},
    f"{MESSAGING}/Services/{SERVICE}/PhoneNumbers": {"phone_numbers": [{"phone_number": NUMBER}]},
    f"{MESSAGING}/Services/{SERVICE}/Compliance/Usa2p": {"compliance": [{"campaign_status": "IN_PROGRESS"}]},
    "https://voice.twilio.com/v1/DialingPermissions/Countries/US": {"low_risk_numbers_enabled": False},
    "https://monitor.twilio.com/v1/Alerts": {"alerts": [{"error_code": "11200"}, {"error_code": "30007"}]},
}


def read(pages: Mapping[str, Any], service: str = "", number: str = NUMBER) -> Account:
    async def ask(url: str, wanted: Mapping[str, str]) -> str:
        if url not in pages:
            raise CarrierError(Reaction.STOP, "20404")
        if isinstance(pages[url], CarrierError):
            raise pages[url]
        return json.dumps(pages[url])

    reader = AccountReader(ask, HOSTS, ACCOUNT, number, service, "US")
    return asyncio.run(reader.read(NOON))


def test_everything_that_stands_there_is_read() -> None:
    found = read(PAGES, SERVICE)
    assert (found.trial, found.balance, found.currency, found.spent_a_day) == (True, 12.5, "USD", 1.0)
    assert found.confirmed == frozenset({"+12125550199"})
    assert found.has_number
    assert found.has_service
    assert found.pooled
    assert (found.registration, found.registration_says) == ("waiting", "IN_PROGRESS")
    assert found.refused == (Failed("30034", 1, "registration"), Failed("30007", 1, "filtered"))
    assert found.unbrought == (Failed("11200", 1),)
    assert found.calls_home is False
    texts, calls = found.entrances
    assert texts.name == "The messaging service"
    assert texts.texts == Hook("https://hotline.example.org/twilio/sms")
    assert not calls.can_call
    assert calls.calls == Hook("https://demo.example.com/welcome")


def test_without_a_service_the_number_decides_and_its_service_is_looked_for() -> None:
    services = {**PAGES, f"{MESSAGING}/Services": {"services": [{"sid": SERVICE}]}}
    assert read(services).registration == "waiting"
    assert read(services).entrances[0].texts == Hook("https://hotline.example.org/twilio/sms", "GET")
    assert read({**PAGES, f"{MESSAGING}/Services": {"services": []}}).registration == "missing"


def test_what_is_not_there_says_nothing() -> None:
    found = read({f"{OWN}.json": {"status": "active"}})
    assert found == Account(spent_a_day=None, has_number=None)


def test_a_number_of_others_is_told_apart_from_a_page_that_does_not_answer() -> None:
    assert read({**PAGES, f"{OWN}/IncomingPhoneNumbers.json": {"incoming_phone_numbers": []}}).has_number is False
    away = {**PAGES, f"{OWN}/IncomingPhoneNumbers.json": CarrierError(Reaction.UNKNOWN, "TimeoutError")}
    assert read(away).has_number is None


def test_an_account_that_is_not_ours_is_refused() -> None:
    with pytest.raises(CarrierError) as refused:
        read({f"{OWN}.json": CarrierError(Reaction.STOP, "20003")})
    assert refused.value.refuses_us


@pytest.mark.parametrize("carrier", ["twilio", "signalwire", "somleng", "android"])
def test_a_webhook_of_our_own_is_let_in_and_reports_nothing(carrier: str, tmp_path: Path) -> None:
    settings = Settings(
        "https://hotline.example.org",
        ACCOUNT,
        TOKEN,
        NUMBER,
        carrier=carrier,  # type: ignore[arg-type]
        android_signing_key="key",
        android_url="http://127.0.0.1:8080",
        android_user="sms",
        android_password="word",
    )

    async def play() -> None:
        of = provider(settings, "US", lambda: NOON)
        inspection = of.inspection()
        sent = inspection.signed("https://hotline.example.org")
        headers = {name.lower().encode(): value.encode() for name, value in sent.headers.items()}
        came = Came(f"https://hotline.example.org{sent.path}", sent.path, sent.path, "", headers, sent.content.encode())
        assert of.webhooks.may_be_signed(headers)
        assert of.webhooks.is_for_us(sent.content.encode())
        opened = of.webhooks.opened(came)
        assert opened is not None
        assert opened() is None
        await inspection.close()

    asyncio.run(play())


UUID = "01234567-89ab-cdef-0123-456789abcdef"


@pytest.mark.parametrize(
    ("carrier", "url", "account", "token", "odd"),
    [
        ("twilio", "", "AC" + "a" * 32, "b1" * 16, []),
        ("twilio", "https://api.twilio.com", "AC" + "a" * 31, "b1" * 16, ["TWILIO_ACCOUNT_SID"]),
        ("twilio", "", "AC" + "a" * 32, "AC" + "a" * 32, ["TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKEN"]),
        ("twilio", "https://other.example.org", "an-account-1", "its-secret-2", []),
        (
            "twilio",
            "https://other.example.org",
            "your_account",
            "a secret 12",
            ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"],
        ),
        ("signalwire", "https://us.signalwire.com/api/laml", UUID, "PT4f9c0d1e2b3a", []),
        ("signalwire", "https://us.signalwire.com", UUID, "PT4f9c0d1e2b3a", ["TWILIO_API_URL"]),
        ("signalwire", "https://us.signalwire.com/api/laml/", "AC" + "a" * 32, UUID, ["TWILIO_ACCOUNT_SID"]),
        ("somleng", "https://api.somleng.org", UUID, UUID, ["TWILIO_AUTH_TOKEN"]),
        ("somleng", "https://api.somleng.org", UUID, '"4f9c0d1e2b3a"', ["TWILIO_AUTH_TOKEN"]),
    ],
)
def test_the_settings_of_every_provider_are_looked_at(
    carrier: str, url: str, account: str, token: str, odd: list[str]
) -> None:
    settings = Settings(
        "https://hotline.example.org",
        account,
        token,
        NUMBER,
        twilio_api_url=url,
        carrier=carrier,  # type: ignore[arg-type]
    )
    found = provider(settings, "US", lambda: NOON).inspection().odd()
    assert [each.setting for each in found] == odd
