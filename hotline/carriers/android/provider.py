"""A phone in a drawer, as a provider: what it can do, and what of the settings it needs."""

from collections.abc import Callable
from functools import partial

from hotline.carriers.account import Inspection
from hotline.carriers.android.webhooks import PATH, PhoneWebhooks
from hotline.carriers.api import Carrier, Connection, Provider
from hotline.model.calendar import MINUTE
from hotline.model.line import Line
from hotline.settings import Settings

LINE = Line(
    calls=False,
    joins_calls=False,
    answers_opt_out=False,
    replies_at_once=False,
    seconds_between=(6.0, 10.0),  # bursts fail on the phone, and a card for people that never rests is cut off
    wave_at_most=5,
    silent_after=15 * MINUTE,
    priced=False,  # a plan of its own
)


def provider(settings: Settings, country: str, clock: Callable[[], float]) -> Provider:
    """The phone. Its webhooks carry a time, which is held against `clock`."""
    webhooks = PhoneWebhooks(settings.android_signing_key, country, clock, settings.android_sim)
    return Provider(
        LINE,
        webhooks,
        partial(_carrier, settings, clock),
        partial(_connection, settings),
        partial(_inspection, settings, clock),
    )


def _carrier(settings: Settings, clock: Callable[[], float]) -> Carrier:
    from hotline.carriers.android.client import PhoneCarrier, PhoneClient  # not for what sends nothing

    client = PhoneClient(settings.android_url, settings.android_user, settings.android_password)
    return PhoneCarrier(client, clock, settings.android_sim)


def _connection(settings: Settings) -> Connection:
    from hotline.carriers.android.client import PhoneClient
    from hotline.carriers.android.connection import PhoneConnection

    client = PhoneClient(settings.android_url, settings.android_user, settings.android_password)
    return PhoneConnection(client, PATH)


def _inspection(settings: Settings, clock: Callable[[], float]) -> Inspection:
    from hotline.carriers.android.inspection import PhoneInspection

    return PhoneInspection(settings, clock)
