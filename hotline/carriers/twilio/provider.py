"""Twilio and those that speak its API, as providers: what each can do, and what of the settings it needs."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from hotline.carriers.account import Inspection
from hotline.carriers.api import Carrier, Connection, Provider
from hotline.carriers.twilio.webhooks import PATHS, FormWebhooks
from hotline.model.line import EVERYTHING
from hotline.settings import Settings

SIGNALWIRE_HEADER = "X-SignalWire-Signature"


def provider(settings: Settings, country: str, clock: Callable[[], float]) -> Provider:
    """Twilio. Its clock is not ours, and it says when something came."""
    key = settings.twilio_signing_key or settings.twilio_auth_token
    webhooks = FormWebhooks(settings.twilio_account_sid, key, country, settings.twilio_signature_header)
    return Provider(
        EVERYTHING,
        webhooks,
        partial(_carrier, settings, country),
        partial(_connection, settings),
        partial(_inspection, settings, country, key, webhooks.header),
    )


def signalwire(settings: Settings, country: str, clock: Callable[[], float]) -> Provider:
    """SignalWire: ids of another form, and a header of its own."""
    header = settings.twilio_signature_header or SIGNALWIRE_HEADER
    return _compatible(replace(settings, twilio_signature_header=header), country, clock)


def somleng(settings: Settings, country: str, clock: Callable[[], float]) -> Provider:
    """Somleng answers no STOP and no HELP by itself, and asks nobody on the way to joining two people: calls are
    answered and made, CALL 112 is not."""
    key = settings.twilio_signing_key or settings.twilio_auth_token
    header = settings.twilio_signature_header
    webhooks = FormWebhooks(settings.twilio_account_sid, key, country, header, answers_opt_out=False)
    other = _compatible(settings, country, clock)
    line = replace(other.line, answers_opt_out=False, joins_calls=False)
    return replace(other, webhooks=webhooks, line=line)


def _compatible(settings: Settings, country: str, clock: Callable[[], float]) -> Provider:
    """Another than Twilio: nothing may stand behind the addresses that it is given, and its prices are its own."""
    line = replace(EVERYTHING, priced=False)
    connection = partial(_connection, settings, asks_again=False)
    return replace(provider(settings, country, clock), line=line, connection=connection)


def _carrier(settings: Settings, country: str) -> Carrier:
    from hotline.carriers.twilio.client import TwilioCarrier  # 300 ms to import: not for what sends nothing

    return TwilioCarrier(
        settings.twilio_account_sid,
        settings.twilio_auth_token,
        number=settings.twilio_phone_number,
        service=settings.twilio_messaging_service_sid,
        api_url=settings.twilio_api_url,
        status_url=f"{settings.public_url.rstrip('/')}{PATHS.status}",
        country=country,
    )


def _connection(settings: Settings, asks_again: bool = True) -> Connection:
    from hotline.carriers.twilio.connection import TwilioConnection

    return TwilioConnection(
        settings.twilio_account_sid,
        settings.twilio_auth_token,
        number=settings.twilio_phone_number,
        service=settings.twilio_messaging_service_sid,
        api_url=settings.twilio_api_url,
        asks_again=asks_again,
    )


def _inspection(settings: Settings, country: str, key: str, header: bytes) -> Inspection:
    from hotline.carriers.twilio.inspection import TwilioInspection

    return TwilioInspection(settings, country, key, header)
