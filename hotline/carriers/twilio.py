"""Sends texts through the `twilio` package: its asynchronous client, with the timeout it lacks and no retries."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from hotline.carriers import CarrierError, Reaction, Sent
from hotline.carriers.errors import reaction

SECONDS = 15.0  # the carrier's own limit for what it asks of us


class HttpClient(AsyncTwilioHttpClient):  # type: ignore[misc]
    """The package's client ignores the timeout it is given and repeats a POST on 5xx: here neither."""

    def __init__(self) -> None:
        super().__init__(timeout=SECONDS, max_retries=None)

    async def request(self, *args: Any, **kwargs: Any) -> Response:
        kwargs["timeout"] = kwargs.get("timeout") or SECONDS
        async with asyncio.timeout(SECONDS):
            return await super().request(*args, **kwargs)


class TwilioCarrier:
    """Twilio, or whoever speaks its API at `api_url`. Must be made inside a running loop, and closed."""

    def __init__(self, account: str, token: str, *, number: str, service: str, api_url: str, status_url: str) -> None:
        self._http = HttpClient()
        # An empty mapping, so that TWILIO_EDGE and TWILIO_REGION cannot turn the address into another host.
        self._client = Client(account, token, http_client=self._http, environment={"-": "-"})
        if api_url:
            self._client.api.base_url = api_url
        self._from = {"messaging_service_sid": service} if service else {"from_": number}
        self._status_url = status_url

    async def send(self, to: str, body: str, valid_for: int | None = None) -> Sent:
        """Raises CarrierError: UNKNOWN where the text may have gone all the same."""
        extra = {"validity_period": valid_for} if valid_for else {}
        try:
            message = await self._client.messages.create_async(
                to=to, body=body, status_callback=self._status_url, **self._from, **extra
            )
        except TwilioRestException as error:
            raise CarrierError(reaction(str(error.code or ""), error.status), str(error.code or error.status)) from None
        except aiohttp.ClientConnectorError:
            raise CarrierError(Reaction.AGAIN, "no connection") from None
        except (TwilioException, aiohttp.ClientError, TimeoutError, OSError, json.JSONDecodeError, ValueError) as error:
            raise CarrierError(Reaction.UNKNOWN, type(error).__name__) from None
        return Sent(str(message.sid), str(message.status))

    async def close(self) -> None:
        await self._http.close()
