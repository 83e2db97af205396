"""Twilio client: its own package, asynchronous, with the timeout it lacks and without retries."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

import aiohttp
from twilio.base.exceptions import TwilioException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from hotline.carriers.api import OVER, CarrierError, Kept, Kind, Listed, Reaction, Sent
from hotline.carriers.download_recording import API_VERSION, NOT_THERE, fetch
from hotline.carriers.http_answers import read, refusal
from hotline.carriers.twilio import parse
from hotline.carriers.twilio.forms import RANKS, Webhook
from hotline.carriers.twilio.lists import Entries, Entry, is_id, read_list
from hotline.model.calendar import DAY
from hotline.model.events import MissedCall, Text, TextReport

SECONDS = 15.0  # the carrier's own limit for what it asks of us
MISSED = ("failed", "busy", "no-answer")
PLAIN = {"Accept-Encoding": "identity"}  # a few bytes could become as many as they like
NONSENSE = (TwilioException, aiohttp.ClientError, OSError, ValueError, TypeError, AttributeError, LookupError)


class HttpClient(AsyncTwilioHttpClient):  # type: ignore[misc]
    """The package's client ignores the timeout it is given, repeats a POST on 5xx, reads an answer to its end however
    long it is, and forgets what stood in its head: here none of it. Raises CarrierError for every refusal."""

    def __init__(self, seconds: float) -> None:
        super().__init__(timeout=seconds, max_retries=None)
        self._seconds = seconds

    async def request(
        self,
        method: str,
        url: str,
        params: Any = None,
        data: Any = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the package passes it
        allow_redirects: bool = False,
    ) -> Response:
        """One request, one answer. No redirect is followed: the account's token goes with the request."""
        form = (
            urlencode(data, doseq=True).encode() if data else None
        )  # as aiohttp would make it, at a third of the cost
        asked = {"params": params, "data": form, "headers": {**(headers or {}), **PLAIN}, "allow_redirects": False}
        basic = aiohttp.BasicAuth(*auth) if auth else None
        async with (
            asyncio.timeout(self._seconds),
            self.session.request(method.upper(), url, auth=basic, **asked) as answer,
        ):
            words = await read(answer)
        if not 200 <= answer.status < 300:
            raise refusal(answer.status, words or "", answer.headers)
        if words is None:
            raise CarrierError(Reaction.UNKNOWN, "too large")
        return Response(answer.status, words, answer.headers)


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
        country: str = "US",
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
        self._country = country

    async def send(self, to: str, body: str, valid_for: int | None = None, key: str = "") -> Sent:
        """Keeps no key. Raises CarrierError: UNKNOWN where the text may have gone all the same."""
        extra = {"validity_period": min(valid_for, 36000)} if valid_for else {}
        with as_carrier_errors():
            message = await self._client.messages.create_async(
                to=to, body=body, status_callback=self._status_url, **self._from, **extra
            )
            return self._taken(message)

    async def find(self, to: str, body: str, since: float, key: str = "") -> list[Sent]:
        listed = await self._listed("messages", {"To": to, "DateSent>": _date(since)})
        return _ours(listed, lambda entry: entry.get("body") == body)

    async def received(self, since: float, until: float) -> Listed[Text]:
        listed = await self._listed("messages", {**self._to_us, **_between("DateSent", since, until)})
        came = [each for each in listed.found if _came(each) and each.get("from")]
        texts = [each for each in came if _seconds(each.get("date_sent")) <= until]
        texts.sort(key=lambda entry: _seconds(entry.get("date_sent")))
        return Listed([parse.text(_as_form(entry), self._country, "fetched") for entry in texts], listed.whole)

    async def missed(self, since: float, until: float) -> Listed[MissedCall]:
        listed = await self._listed("calls", {**self._to_us, **_between("StartTime", since, until)})
        calls = [entry for entry in listed.found if _came(entry) and entry.get("status") in MISSED]
        return Listed([_as_call(entry) for entry in reversed(calls)], listed.whole)

    async def heard_of(self) -> float | None:
        return None

    async def ring(self, to: str, url: str, status_url: str, seconds: int) -> Sent:
        """Raises CarrierError: UNKNOWN where the phone may ring all the same. No machine is listened for: whoever
        picks up would hear nothing for seconds meanwhile, and a key tells more surely."""
        if not self._number:
            raise CarrierError(Reaction.NEVER, "no number to call from")
        with as_carrier_errors():
            call = await self._client.calls.create_async(
                to=to, from_=self._number, url=url, status_callback=status_url, timeout=seconds
            )
            return self._taken(call)

    async def find_call(self, to: str, since: float) -> list[Sent]:
        listed = await self._listed("calls", {"To": to, "StartTime>": _date(since)})
        return _ours(listed, lambda entry: True)

    async def call_ended(self, sid: str) -> str:
        with as_carrier_errors():
            status = _status((await self._client.calls(sid).fetch_async()).status)
        return status if RANKS.get(status) == OVER else ""

    async def status(self, sid: str) -> TextReport:
        with as_carrier_errors():
            message = await self._client.messages(sid).fetch_async()
            status = _status(message.status)
            return TextReport(sid, status, RANKS.get(status, 0), str(message.error_code or ""))

    async def sound(self, sid: str) -> bytes:
        with as_carrier_errors():
            return await fetch(self._client.api.base_url, self._account, self._token, sid)

    async def forget_sound(self, sid: str) -> None:
        await self.erase(Kept(Kind.SOUND, sid))

    async def texts_with(self, phone: str) -> list[Kept]:
        texts = await self._of_both_ends("messages", phone)
        return [Kept(Kind.TEXT, entry["sid"], str(entry.get("body") or "")) for entry in texts]

    async def calls_with(self, phone: str) -> list[Kept]:
        kept: list[Kept] = []
        for call in await self._of_both_ends("calls", phone):
            sounds = await self._whole("recordings", {"CallSid": call["sid"]})
            kept += [*(Kept(Kind.SOUND, entry["sid"]) for entry in sounds), Kept(Kind.CALL, call["sid"])]
        return kept

    async def erase(self, kept: Kept) -> None:
        there = {Kind.TEXT: self._client.messages, Kind.CALL: self._client.calls, Kind.SOUND: self._client.recordings}
        try:
            with as_carrier_errors():
                await there[kept.kind](kept.id).delete_async()
        except CarrierError as error:
            if error.code not in NOT_THERE:
                raise

    async def close(self) -> None:
        await self._http.close()

    @property
    def _to_us(self) -> dict[str, str]:
        return {"To": self._number} if self._number else {}

    def _taken(self, made: Any) -> Sent:
        """What the carrier took. A success without an id of what was made is none: it may have gone, or not."""
        if not is_id(made.sid) or made.sid == self._account:
            raise CarrierError(Reaction.UNKNOWN, "no id")
        return Sent(made.sid, _status(made.status))

    async def _listed(self, name: str, wanted: Mapping[str, str]) -> Entries:
        base = self._client.api.base_url.rstrip("/")
        path = f"/{API_VERSION}/Accounts/{self._account}/{name.capitalize()}.json"
        with as_carrier_errors():
            return await read_list(self._ask, base, path, name, wanted)

    async def _of_both_ends(self, name: str, phone: str) -> list[Entry]:
        return [*(await self._whole(name, {"From": phone})), *(await self._whole(name, {"To": phone}))]

    async def _whole(self, name: str, wanted: Mapping[str, str]) -> list[Entry]:
        """A list to its end. Raises CarrierError for one that could not be read to it."""
        listed = await self._listed(name, wanted)
        if not listed.whole:
            raise CarrierError(Reaction.UNKNOWN, "a list without an end")
        return listed.found

    async def _ask(self, url: str, wanted: Mapping[str, Any]) -> str:
        return str((await self._client.request_async("GET", url, params=dict(wanted) or None)).text)


@contextlib.contextmanager
def as_carrier_errors() -> Iterator[None]:
    """Whatever goes wrong becomes one CarrierError. Only a refused connection and a clear answer are no doubt."""
    try:
        yield
    except CarrierError:
        raise
    except aiohttp.ClientConnectorError:
        raise CarrierError(Reaction.AGAIN, "no connection") from None
    except (*NONSENSE, ArithmeticError, RecursionError) as error:
        raise CarrierError(Reaction.UNKNOWN, type(error).__name__) from None


def _status(said: object) -> str:
    """A status is a word; whatever else stands there says nothing."""
    if not isinstance(said, str) or not said:
        raise CarrierError(Reaction.UNKNOWN, "no status")
    return said


def _ours(listed: Entries, fits: Callable[[Entry], bool]) -> list[Sent]:
    """Those that we sent, oldest first. Raises CarrierError when there are none, and more may not have been read."""
    ours = [entry for entry in listed.found if entry.get("direction") == "outbound-api" and fits(entry)]
    if not ours and not listed.whole:
        raise CarrierError(Reaction.UNKNOWN, "a list without an end")
    return [Sent(entry["sid"], str(entry.get("status"))) for entry in reversed(ours)]


def _came(entry: Entry) -> bool:
    return entry.get("direction") == "inbound"


def _as_form(entry: Entry) -> Webhook:
    """A text of the list as its webhook would have been."""
    fields = {"MessageSid": "sid", "From": "from", "To": "to", "Body": "body", "NumMedia": "num_media"}
    return Webhook({field: str(entry.get(name) or "") for field, name in fields.items()})


def _as_call(entry: Entry) -> MissedCall:
    return MissedCall(entry["sid"], str(entry.get("from") or ""), entry["status"])


def _between(name: str, since: float, until: float) -> dict[str, str]:
    """The filter for a time. A day more at its end: some providers know days alone."""
    return {f"{name}>": _date(since), f"{name}<": _date(until + DAY)}


def _date(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _seconds(date: object) -> float:
    try:
        return parsedate_to_datetime(str(date)).timestamp()
    except (ValueError, TypeError):
        return 0.0
