"""Connection to Twilio and those that speak its API: where the number, or the messaging service, finds us."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from twilio.rest import Client

from hotline.carriers.api import CarrierError, Pointer, Reaction
from hotline.carriers.twilio.client import SECONDS, HttpClient, as_carrier_errors
from hotline.carriers.twilio.webhooks import PATHS

# Behind the address: how often, and for what, the carrier asks us again within its fifteen seconds.
AGAIN = "#ct=2000&rt=6000&tt=15000&rc=2&rp=5xx,ct,rt"
DEMO = "demo.twilio.com"
POST, GET = "POST", "GET"  # a static host answers no POST


@dataclass(frozen=True)
class Place:
    """One address at the carrier: its fields, our path there, and the static document that stands in for it."""

    what: str
    url: str
    method: str
    path: str = ""
    document: str = ""

    def wanted(self, base: str, fallback: str, again: str) -> str:
        """ "" where nothing is to stand there."""
        if self.path:
            return f"{POST} {base}{self.path}{again}" if base else ""
        return f"{GET} {fallback}/{self.document}" if base and fallback else ""

    def now(self, told: Any) -> str:
        url = getattr(told, self.url, "") or ""
        if DEMO in url:  # what the carrier puts there itself, and nobody's
            return ""
        return f"{getattr(told, self.method, '') or POST} {url}" if url else ""

    def told(self, wanted: str) -> dict[str, str]:
        method, _, url = wanted.partition(" ")
        return {self.url: url, self.method: method or POST}


CALLS = (
    Place("calls", "voice_url", "voice_method", PATHS.call),
    Place("calls, while we are down", "voice_fallback_url", "voice_fallback_method", document="voice.xml"),
    Place("how calls end", "status_callback", "status_callback_method", PATHS.status),
)
TEXTS = (
    Place("texts", "sms_url", "sms_method", PATHS.text),
    Place("texts, while we are down", "sms_fallback_url", "sms_fallback_method", document="text.xml"),
)
TEXTS_OF_SERVICE = (
    Place("texts to the service", "inbound_request_url", "inbound_method", PATHS.text),
    Place("texts to the service, while we are down", "fallback_url", "fallback_method", document="text.xml"),
)


class TwilioConnection:
    """The addresses of one number, one messaging service, or both. What becomes of texts is named with each text."""

    def __init__(
        self, account: str, token: str, *, number: str, service: str, api_url: str, asks_again: bool = True
    ) -> None:
        self._http = HttpClient(SECONDS)
        self._client = Client(account, token, http_client=self._http, environment={"-": "-"})
        if api_url:
            self._client.api.base_url = self._client.messaging.base_url = api_url
        self._number, self._service, self._again = number, service, AGAIN if asks_again else ""

    async def pointers(self, base: str, fallback: str) -> list[Pointer]:
        found = []
        with as_carrier_errors():
            for resource, places in await self._resources():
                told = await resource.fetch_async()
                found += [
                    Pointer(each.what, each.now(told), each.wanted(base, fallback, self._again)) for each in places
                ]
        return found

    async def point(self, pointers: Sequence[Pointer]) -> None:
        wanted = {each.what: each.wanted for each in pointers}
        with as_carrier_errors():
            for resource, places in await self._resources():
                told = [place.told(wanted[place.what]) for place in places if place.what in wanted]
                if told:
                    await resource.update_async(**_merged(told), **self._of_service(places))

    async def close(self) -> None:
        await self._http.close()

    async def _resources(self) -> list[tuple[Any, tuple[Place, ...]]]:
        found: list[tuple[Any, tuple[Place, ...]]] = []
        if self._service:
            found.append((self._client.messaging.v1.services(self._service), TEXTS_OF_SERVICE))
        if self._number:
            listed = await self._client.incoming_phone_numbers.list_async(phone_number=self._number, limit=1)
            if not listed:
                raise CarrierError(Reaction.STOP, f"this account has no number {self._number}")
            places = CALLS if self._service else (*TEXTS, *CALLS)
            found.append((self._client.incoming_phone_numbers(listed[0].sid), places))
        return found

    def _of_service(self, places: tuple[Place, ...]) -> dict[str, bool]:
        """A service asks its own address only if it is told not to ask that of each number."""
        return {"use_inbound_webhook_on_number": False} if places is TEXTS_OF_SERVICE else {}


def _merged(told: Iterable[dict[str, str]]) -> dict[str, str]:
    return {name: value for each in told for name, value in each.items()}
