"""Phone client: sends texts through the app on a phone, each under an id of ours, so that a repeat is harmless."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import aiohttp

from hotline.carriers.android.states import ranked, reason_code
from hotline.carriers.api import CarrierError, Kept, Listed, Reaction, Sent
from hotline.carriers.http_answers import read, refusal
from hotline.model.calendar import MINUTE
from hotline.model.events import MissedCall, Text, TextReport

SECONDS = 15.0
THROUGH_A_SERVER = "/3rdparty/"  # in the address: the phone asks a server for its work, and is not asked itself
KNOWN_ALREADY, NOT_THERE = 409, 404
AT_ONCE = 100  # of priority: the phone sends what goes to one person now before what goes to many
ABSENT_FOR = 20 * MINUTE  # then the phone is asked to bring again what came meanwhile: it tries by itself for two days


class PhoneClient:
    """The app's API at `url`, with its own user and password. Every request may raise CarrierError."""

    def __init__(self, url: str, user: str, password: str, seconds: float = SECONDS) -> None:
        self.url, self._seconds = url.rstrip("/"), seconds
        self._auth = aiohttp.BasicAuth(user, password, "utf-8")
        self._session: aiohttp.ClientSession | None = None

    @property
    def by_server(self) -> bool:
        return THROUGH_A_SERVER in f"{self.url}/"

    async def ask(
        self, method: str, path: str, told: Mapping[str, Any] | None = None, fine: Sequence[int] = ()
    ) -> tuple[int, Any]:
        """(status, what the JSON says). A status that is none of success is an error, but for those that are `fine`."""
        with _as_carrier_errors():
            async with (
                asyncio.timeout(self._seconds),
                self._opened().request(method, self.url + path, json=told, allow_redirects=False) as answer,
            ):
                words = await read(answer)
        if not (200 <= answer.status < 300 or answer.status in fine):
            raise refusal(answer.status, words or "", answer.headers)
        try:
            return answer.status, json.loads(words or "null")
        except (ValueError, RecursionError):
            raise CarrierError(Reaction.UNKNOWN, "no JSON") from None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(auth=self._auth, cookie_jar=aiohttp.DummyCookieJar())
        return self._session


class PhoneCarrier:
    """Moves texts, and no calls. `sim` is the card that sends, 0 for the phone's own choice."""

    def __init__(self, client: PhoneClient, clock: Callable[[], float], sim: int = 0) -> None:
        self._client, self._clock, self._sim = client, clock, sim
        self._messages = "/messages" if client.by_server else "/message"

    async def send(self, to: str, body: str, valid_for: int | None = None, key: str = "") -> Sent:
        """Raises CarrierError: UNKNOWN where it may have gone all the same. A key that the phone knows has gone."""
        key = key or uuid4().hex
        told: dict[str, Any] = {"id": key, "textMessage": {"text": body}, "phoneNumbers": [to]}
        told |= {"withDeliveryReport": True, "ttl": valid_for, "simNumber": self._sim or None}
        told["priority"] = None if valid_for else AT_ONCE
        plain = {name: value for name, value in told.items() if value is not None}
        status, said = await self._client.ask("POST", self._messages, plain, (KNOWN_ALREADY,))
        if status == KNOWN_ALREADY:
            return Sent(key, "queued")
        if not isinstance(said, dict) or said.get("id") != key:
            raise CarrierError(Reaction.UNKNOWN, "another id")
        return Sent(key, ranked(str(said.get("state")))[0] or "queued")

    async def find(self, to: str, body: str, since: float, key: str = "") -> list[Sent]:
        state = await self._state(key)
        return [Sent(key, ranked(str(state.get("state")))[0])] if state else []

    async def received(self, since: float, until: float) -> Listed[Text]:
        """Nothing, but after an absence the phone is asked to bring all of it again: its list has no whole texts."""
        if until - since > ABSENT_FOR:
            period = {"since": _date(since), "until": _date(until)}
            await self._client.ask("POST", "/messages/inbox/export", period, (NOT_THERE,))  # older ones have none
        return Listed((), whole=True)

    async def missed(self, since: float, until: float) -> Listed[MissedCall]:
        return Listed((), whole=True)

    async def heard_of(self) -> float | None:
        """The phone itself answers now, or its server says when it last came for its work."""
        if not self._client.by_server:
            await self._client.ask("GET", "/health", fine=(500,))  # it lives, and has something to complain about
            return self._clock()
        _, devices = await self._client.ask("GET", "/devices")
        seen = [_seconds(each.get("lastSeen")) for each in devices or () if isinstance(each, dict)]
        return max(seen, default=None)

    async def status(self, sid: str) -> TextReport:
        said = await self._state(sid)
        if not said:
            raise CarrierError(Reaction.UNKNOWN, str(NOT_THERE))
        status, rank = ranked(str(said.get("state")))
        whom = [each for each in said.get("recipients") or () if isinstance(each, dict)]
        why = next((each["error"] for each in whom if each.get("error")), "")
        return TextReport(sid, status, rank, reason_code(why) if status == "failed" else "")

    async def _state(self, key: str) -> dict[str, Any]:
        """What is known of one text; nothing where the phone never had it."""
        status, said = await self._client.ask("GET", f"{self._messages}/{key}", fine=(NOT_THERE,))
        if status == NOT_THERE:
            return {}
        if not isinstance(said, dict) or said.get("id") != key:
            raise CarrierError(Reaction.UNKNOWN, "another id")
        return said

    async def ring(self, to: str, url: str, status_url: str, seconds: int) -> Sent:
        raise CarrierError(Reaction.NEVER, "no calls")

    async def find_call(self, to: str, since: float) -> list[Sent]:
        return []

    async def call_ended(self, sid: str) -> str:
        return "failed"

    async def sound(self, sid: str) -> bytes:
        raise CarrierError(Reaction.NEVER, str(NOT_THERE))

    async def forget_sound(self, sid: str) -> None:
        """There is none."""

    async def texts_with(self, phone: str) -> list[Kept]:
        """None that we could delete: what the phone has in its own lists goes with its hand, or with the phone."""
        return []

    async def calls_with(self, phone: str) -> list[Kept]:
        return []

    async def erase(self, kept: Kept) -> None:
        """There is nothing that could be deleted from here."""

    async def close(self) -> None:
        await self._client.close()


@contextlib.contextmanager
def _as_carrier_errors() -> Iterator[None]:
    """Whatever goes wrong becomes one CarrierError. Only a refused connection is no doubt."""
    try:
        yield
    except aiohttp.ClientConnectorError:
        raise CarrierError(Reaction.AGAIN, "no connection") from None
    except (aiohttp.ClientError, OSError, ValueError) as error:  # a TimeoutError is an OSError
        raise CarrierError(Reaction.UNKNOWN, type(error).__name__) from None


def _date(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _seconds(date: object) -> float:
    try:
        return datetime.fromisoformat(str(date)).timestamp()
    except ValueError:
        return 0.0
