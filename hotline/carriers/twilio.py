"""Twilio client: its own package, asynchronous, with the timeout it lacks and without retries."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from hotline.carriers.api import CarrierError, Reaction, Sent
from hotline.carriers.download_recording import NOT_THERE, fetch
from hotline.carriers.error_codes import reaction
from hotline.carriers.webhooks import Webhook

SECONDS = 15.0  # the carrier's own limit for what it asks of us
MOST = 1000  # entries of a list that are read at a time, page after page
MISSED = ("failed", "busy", "no-answer")


class HttpClient(AsyncTwilioHttpClient):  # type: ignore[misc]
    """The package's client ignores the timeout it is given and repeats a POST on 5xx: here neither."""

    def __init__(self, seconds: float) -> None:
        super().__init__(timeout=seconds, max_retries=None)
        self._seconds = seconds

    async def request(self, *args: Any, **kwargs: Any) -> Response:
        kwargs["timeout"] = self._seconds
        async with asyncio.timeout(self._seconds):
            return await super().request(*args, **kwargs)


class TwilioCarrier:
    """Twilio, or whoever speaks its API at `api_url`. Must be made inside a running loop, and closed."""

    def __init__(
        self,
        account: str,
        token: str,
        *,
        number: str,
        service: str,
        api_url: str,
        status_url: str,
        seconds: float = SECONDS,
    ) -> None:
        self._http = HttpClient(seconds)
        # A mapping of its own, so that TWILIO_EDGE and TWILIO_REGION cannot turn the address into another host.
        self._client = Client(account, token, http_client=self._http, environment={"-": "-"})
        # Read now, not when the first of each is needed: then its file may not open, or be another version's.
        _ = self._client.messages, self._client.calls, self._client.recordings
        if api_url:
            self._client.api.base_url = api_url
        self._from = {"messaging_service_sid": service} if service else {"from_": number}
        self._account, self._token, self._number, self._status_url = account, token, number, status_url

    async def send(self, to: str, body: str, valid_for: int | None = None) -> Sent:
        """Raises CarrierError: UNKNOWN where the text may have gone all the same."""
        extra = {"validity_period": min(valid_for, 36000)} if valid_for else {}
        with _as_carrier_errors():
            message = await self._client.messages.create_async(
                to=to, body=body, status_callback=self._status_url, **self._from, **extra
            )
            return Sent(str(message.sid), str(message.status))

    async def find(self, to: str, body: str, since: float) -> list[Sent]:
        with _as_carrier_errors():
            listed = await self._client.messages.list_async(to=to, date_sent_after=_date(since), page_size=MOST)
            found = [each for each in listed if each.body == body and each.direction == "outbound-api"]
            return [Sent(str(each.sid), str(each.status)) for each in reversed(found)]

    async def received(self, since: float, until: float) -> list[Webhook]:
        to = {"to": self._number} if self._number else {}
        with _as_carrier_errors():
            listed = await self._client.messages.list_async(date_sent_after=_date(since), page_size=MOST, **to)
            texts = [each for each in listed if each.direction == "inbound" and _seconds(each.date_sent) <= until]
            return [self._as_text(each) for each in sorted(texts, key=lambda each: _seconds(each.date_sent))]

    async def missed(self, since: float) -> list[Webhook]:
        to = {"to": self._number} if self._number else {}
        with _as_carrier_errors():
            listed = await self._client.calls.list_async(start_time_after=_date(since), page_size=MOST, **to)
            return [
                Webhook({"CallSid": str(each.sid), "From": str(each._from), "CallStatus": str(each.status)})
                for each in listed
                if each.direction == "inbound" and each.status in MISSED
            ]

    async def ring(self, to: str, url: str, status_url: str, seconds: int) -> Sent:
        """Raises CarrierError: UNKNOWN where the phone may ring all the same. No machine is listened for: whoever
        picks up would hear nothing for seconds meanwhile, and a key tells more surely."""
        if not self._number:
            raise CarrierError(Reaction.NEVER, "no number to call from")
        with _as_carrier_errors():
            call = await self._client.calls.create_async(
                to=to, from_=self._number, url=url, status_callback=status_url, timeout=seconds
            )
            return Sent(str(call.sid), str(call.status))

    async def find_call(self, to: str, since: float) -> list[Sent]:
        with _as_carrier_errors():
            listed = await self._client.calls.list_async(to=to, start_time_after=_date(since), page_size=MOST)
            found = [each for each in listed if each.direction == "outbound-api"]
            return [Sent(str(each.sid), str(each.status)) for each in reversed(found)]

    async def call_status(self, sid: str) -> str:
        with _as_carrier_errors():
            return str((await self._client.calls(sid).fetch_async()).status)

    async def status(self, sid: str) -> tuple[str, str]:
        with _as_carrier_errors():
            message = await self._client.messages(sid).fetch_async()
            return str(message.status), str(message.error_code or "")

    async def sound(self, sid: str) -> bytes:
        with _as_carrier_errors():
            return await fetch(self._client.api.base_url, self._account, self._token, sid)

    async def forget_sound(self, sid: str) -> None:
        try:
            with _as_carrier_errors():
                await self._client.recordings(sid).delete_async()
        except CarrierError as error:
            if error.code not in NOT_THERE:
                raise

    async def close(self) -> None:
        await self._http.close()

    def _as_text(self, message: Any) -> Webhook:
        fields = {"MessageSid": message.sid, "From": message.from_, "To": message.to, "Body": message.body}
        fields["NumMedia"] = message.num_media
        return Webhook({name: str(value or "") for name, value in fields.items()})


@contextlib.contextmanager
def _as_carrier_errors() -> Iterator[None]:
    """Whatever goes wrong becomes one CarrierError. Only a refused connection and a clear answer are no doubt."""
    try:
        yield
    except TwilioRestException as error:
        code = str(error.code or "")
        raise CarrierError(reaction(code, error.status), code or str(error.status)) from None
    except aiohttp.ClientConnectorError:
        raise CarrierError(Reaction.AGAIN, "no connection") from None
    except (TwilioException, aiohttp.ClientError, OSError, ValueError, TypeError, AttributeError) as error:
        raise CarrierError(Reaction.UNKNOWN, type(error).__name__) from None


def _date(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def _seconds(date: datetime | None) -> float:
    return date.timestamp() if date else 0.0
