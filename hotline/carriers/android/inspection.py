"""Inspection of a phone in a drawer: whether it answers, and whether it knows where we are."""

import hmac
import json
from collections.abc import Callable, Sequence

from hotline.carriers.account import Account, Entrance, Hook, Odd, Signed
from hotline.carriers.android.client import PhoneClient
from hotline.carriers.android.connection import PhoneConnection
from hotline.carriers.android.webhooks import HEADER, PATH, RECEIVED, TIME_HEADER
from hotline.settings import Settings

NOTHING_NEW = json.dumps({"event": "hotline:probe", "payload": {}})


class PhoneInspection:
    """Of one phone. There is no account, and nothing is paid that anybody could ask for."""

    number_setting = "ANDROID_PHONE_NUMBER"

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        self.number, self._key, self._clock = settings.android_phone_number, settings.android_signing_key, clock
        self._client = PhoneClient(settings.android_url, settings.android_user, settings.android_password)

    def odd(self) -> Sequence[Odd]:
        return ()

    def signed(self, base: str) -> Signed:
        """An event that the app does not have."""
        told = str(int(self._clock()))
        signature = hmac.digest(self._key.encode(), f"{NOTHING_NEW}{told}".encode(), "sha256").hex()
        headers = {HEADER.decode(): signature, TIME_HEADER.decode(): told, "content-type": "application/json"}
        return Signed(PATH, headers, NOTHING_NEW)

    async def account(self, now: float) -> Account:
        registered = await PhoneConnection(self._client, PATH).pointers("", "")
        url = next((each.now for each in registered if each.what == RECEIVED), "")
        return Account(entrances=(Entrance("The phone", texts=Hook(url, fallback="the phone keeps them")),))

    async def close(self) -> None:
        await self._client.close()
