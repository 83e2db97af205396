"""Provider choice: the carrier that the settings name."""

from collections.abc import Callable

from hotline.carriers.android import provider as android
from hotline.carriers.api import Provider
from hotline.carriers.twilio import provider as twilio
from hotline.settings import Settings

CARRIERS: dict[str, Callable[[Settings, str, Callable[[], float]], Provider]] = {
    "twilio": twilio.provider,
    "signalwire": twilio.signalwire,
    "somleng": twilio.somleng,
    "android": android.provider,
}


def provider(settings: Settings, country: str, clock: Callable[[], float]) -> Provider:
    """Everything that this carrier is to us. Numbers without a country are read as those of `country`."""
    return CARRIERS[settings.carrier](settings, country, clock)
