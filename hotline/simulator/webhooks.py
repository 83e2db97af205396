"""Posts signed webhooks to the hotline, as the provider does."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from aiohttp import ClientConnectionError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from yarl import URL

from hotline.simulator.errors import HotlineDown, SimulatorError
from hotline.simulator.signing import sign, signed_url

Params = Mapping[str, str] | Sequence[tuple[str, str]]
_ANSWERS = ("text/xml", "application/xml", "text/html")
KEPT = 300  # requests
_LARGEST = 64 * 1024  # the provider's error 11750


@dataclass(frozen=True)
class Webhook:
    """One request to the hotline; repeating it keeps the idempotency token, as the provider's retries do."""

    url: str
    params: tuple[tuple[str, str], ...]
    method: str = "POST"
    token: str = field(default_factory=lambda: str(uuid4()))

    @property
    def form(self) -> str:
        """The fields, url-encoded; lone surrogates pass, since phones do send them."""
        return urlencode(self.params, encoding="utf-8", errors="surrogatepass")

    def signed(self, auth_token: str) -> tuple[str, bytes, str]:
        """Where it goes, the body, and the signature."""
        address = urlsplit(self.url)._replace(fragment="").geturl()
        stated = signed_url(self.url, voice=any(name == "CallSid" for name, _ in self.params))
        if self.method == "GET":
            return _with_query(address, self.form), b"", sign(_with_query(stated, self.form), (), auth_token)
        return address, self.form.encode(), sign(stated, self.params, auth_token)


@dataclass(frozen=True)
class Answer:
    """What the hotline answered."""

    status: int
    kind: str
    body: str

    def document(self, webhook: Webhook) -> str:
        """The body, when a real carrier would accept it; SimulatorError when not."""
        told = f"{webhook.method} {urlsplit(webhook.url).path} answered"
        if not 200 <= self.status < 300:
            raise SimulatorError(f"{told} {self.status} {self.body[:400]}")
        if len(self.body.encode()) > _LARGEST:
            raise SimulatorError(f"{told} more than 64 kB (the provider's error 11750)")
        if self.body.strip() and self.kind not in (*_ANSWERS, "text/plain"):
            raise SimulatorError(f"{told} with content type {self.kind!r} (the provider's error 12300)")
        return self.body


class Webhooks:
    """The wire from the exchange to the hotline."""

    def __init__(self, auth_token: str, seconds: float = 15.0) -> None:
        self.auth_token = auth_token
        self.header = "X-Twilio-Signature"
        self.kept: deque[tuple[Webhook, Answer]] = deque(maxlen=KEPT)  # for whoever wants to see them
        self._seconds = seconds
        self._session: ClientSession | None = None

    async def send(self, webhook: Webhook, headers: Mapping[str, str] | None = None) -> Answer:
        """Sign and send; HotlineDown when nobody answers. `headers` replace ours, so that a test can forge them."""
        address, body, signature = webhook.signed(self.auth_token)
        told = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "User-Agent": "TwilioProxy/1.1",
            self.header: signature,
            "I-Twilio-Idempotency-Token": webhook.token,
            **(headers or {}),
        }
        answer = await self._request(webhook.method, address, body, told)
        self.kept.append((webhook, answer))
        return answer

    def about(self, sid: str) -> list[tuple[Webhook, Answer]]:
        """The last requests about one text or call, and what they were answered."""
        return [(webhook, answer) for webhook, answer in self.kept if any(value == sid for _, value in webhook.params)]

    async def fetch(self, url: str) -> tuple[int, bytes]:
        """What a Play points at: (status, content), status 0 when nobody answers."""
        try:
            async with self._open().get(URL(url, encoded=True), allow_redirects=False) as response:
                return response.status, await response.read()
        except (ClientConnectionError, TimeoutError):
            return 0, b""

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _request(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        try:
            # encoded=True: the bytes of the query string are signed, so they must travel as they stand.
            async with self._open().request(
                method, URL(url, encoded=True), data=body, headers=headers, allow_redirects=False
            ) as response:
                return Answer(response.status, response.content_type, await response.text())
        except (ClientConnectionError, TimeoutError) as error:
            raise HotlineDown(f"{method} {urlsplit(url).path}: {type(error).__name__} {error}") from error

    def _open(self) -> ClientSession:
        # A fresh connection each time: a kept one would be stale after the hotline restarts in a test.
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                connector=TCPConnector(force_close=True, limit=0),
                cookie_jar=DummyCookieJar(),
                timeout=ClientTimeout(total=self._seconds),
            )
        return self._session


def _with_query(url: str, query: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{query}" if query else url
