"""The world around a hotline: addresses and who answers there, and a carrier that says how its account stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hotline.carriers.account import Account, Entrance, Hook, Odd, Signed
from hotline.carriers.api import CarrierError, Paths
from hotline.doctor.reach import Reply, Unreachable
from hotline.storage import Store
from hotline.web import probe
from hotline.web.wrong_signatures import OK

HOOK = "/carrier/text"
PATHS = Paths(HOOK, "/carrier/call", "/carrier/status")
RIGHT = "rightly signed"
PORTS = {"http": 80, "https": 443}


def hotline(secret: str, store: Store, clock: Any, place: str, signatures: str = OK) -> Starlette:
    """What of a hotline is asked from outside: the probe, and a webhook that lets in what is signed."""

    async def hook(request: Request) -> Response:
        return Response(status_code=204 if request.headers.get("x-signature") == RIGHT else 403)

    return Starlette(
        routes=[*probe.routes(secret, store, clock, lambda: signatures, place), Route(HOOK, hook, methods=["POST"])]
    )


@dataclass(frozen=True)
class Site:
    """What stands at one address: a proxy before a hotline, another program, or something that sends everybody on.

    ``folder`` is taken away by the proxy, ``drops`` are headers that it drops, ``slow`` is how long it takes.
    """

    app: Starlette | None = None
    folder: str = ""
    drops: tuple[str, ...] = ()
    client: str = "127.0.0.1"
    sends_on: str = ""
    status: int = 404
    broken: str = ""
    slow: float = 0.1


@dataclass
class World:
    """Sites by their address without a path. Nobody knows any other name."""

    sites: dict[str, Site] = field(default_factory=dict)

    async def post(self, url: str, headers: Mapping[str, str], content: str = "") -> Reply:
        parts = urlsplit(url)
        site = self.sites.get(f"{parts.scheme}://{parts.netloc}")
        if site is None:
            raise Unreachable("name_unknown", "no such host")
        if site.broken:
            raise Unreachable(site.broken, "it says nothing")
        if site.sends_on:
            return Reply(301, {"location": f"{site.sends_on}{parts.path}"}, "")
        if site.app is None or not parts.path.startswith(site.folder):
            return Reply(site.status, {"server": "another"}, "<html>")
        kept = {name: value for name, value in headers.items() if name not in site.drops}
        sent = {**kept, "host": parts.netloc, "x-forwarded-proto": parts.scheme, "x-forwarded-for": "203.0.113.9"}
        status, words = await ask(site.app, parts.path.removeprefix(site.folder), sent, content, site.client)
        return Reply(status, {}, words, site.slow)


async def ask(app: Starlette, path: str, headers: Mapping[str, str], content: str, client: str) -> tuple[int, str]:
    """One request to an application, and what it answers."""
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "http_version": "1.1",
        "server": ("127.0.0.1", 8000),
        "client": (client, 40000),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": content.encode(), "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]["status"], b"".join(each.get("body", b"") for each in sent[1:]).decode()


@dataclass
class PretendInspection:
    """A carrier of nobody's. `refusal` is what it answers instead of its account."""

    number: str = "+12125550100"
    number_setting: str = "PHONE_NUMBER"
    of: Account = field(default_factory=Account)
    refusal: CarrierError | None = None
    wrong: Sequence[Odd] = ()

    def odd(self) -> Sequence[Odd]:
        return self.wrong

    def signed(self, base: str) -> Signed:
        return Signed(HOOK, {"x-signature": RIGHT}, "")

    async def close(self) -> None:
        pass

    async def account(self, now: float) -> Account:
        if self.refusal:
            raise self.refusal
        return self.of

    def change(self, **fields: Any) -> None:
        self.of = replace(self.of, **fields)


def good_account(base: str, now: float) -> Account:
    """One that lacks nothing."""
    texts = Hook(f"{base}{HOOK}", "POST", "https://elsewhere.example.net/texts.xml")
    calls = Hook(f"{base}/carrier/call", "POST", "https://elsewhere.example.net/calls.xml")
    return Account(
        trial=False,
        confirmed=frozenset(),
        balance=50.0,
        currency="USD",
        spent_a_day=0.5,
        has_number=True,
        entrances=(Entrance("The number +12125550100", texts, calls, Hook(f"{base}/carrier/status")),),
        registration="approved",
        calls_home=True,
        clock=now,
    )
