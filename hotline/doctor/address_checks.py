"""Address checks: PUBLIC_URL from outside in. A probe that only this hotline can answer goes out through the public
name; then a webhook that is signed as the carrier signs."""

import ipaddress
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from hotline.carriers.account import Signed
from hotline.doctor.findings import Finding, found
from hotline.doctor.reach import Reach, Reply, Unreachable
from hotline.model.calendar import DAY
from hotline.monitoring import self_probe
from hotline.web.wrong_signatures import OK

SLOW = 5.0  # seconds: the strictest carrier hangs up then
ENDS_SOON = 10 * DAY
SEEN = ("host", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-prefix", "path")


@dataclass(frozen=True)
class Here:
    """What is known of ourselves: the address of the settings, the key of probes, when this database's hotline began to
    run, where it listens on this machine, whose word a proxy is, and where else the carrier believes us to be."""

    public_url: str
    key: bytes
    started: float | None
    port: int
    is_trusted: Callable[[str], bool]
    others: Sequence[str] = ()
    place: str = ""  # of the database, as `self_probe.place` has it: a copied folder has another


@dataclass(frozen=True)
class Answered:
    """A probe that this very hotline answered."""

    seen: Mapping[str, str]
    seconds: float


@dataclass(frozen=True)
class NotUs:
    """Somebody else answered, or nobody."""

    finding: str
    detail: str = ""
    to: str = ""  # where it sends everybody on


def of_itself(url: str, ends: Iterable[str]) -> Iterator[Finding]:
    """What is wrong with an address before anybody asks it. `ends` are the paths that we add to it."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if _is_private(host):
        yield found("address_local", url=url)
    elif parts.scheme == "http":
        yield found("address_plain", rest=url.removeprefix("http:"))
    if "_" in host:
        yield found("address_underscore", host=host)
    bare = url.rstrip("/")
    for end in ends:
        if bare.endswith(end):
            yield found("address_path", end=end, right=bare.removesuffix(end))


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or "." not in host or host.endswith((".local", ".lan", ".home", ".internal"))


async def from_outside(here: Here, reach: Reach, signed: Signed, now: float) -> AsyncIterator[Finding]:
    """What is wrong with how the carrier reaches us."""
    url = here.public_url.rstrip("/")
    got = await _probe(url, here, reach, now)
    if isinstance(got, NotUs):
        right = await _where_we_are(url, got, here, reach, now)
        yield _not_us(url, got, right, here)
        return
    if got.seconds > SLOW:
        yield found("too_slow", url=url, seconds=f"{got.seconds:.0f}")
    client = got.seen.get("client", "")
    if got.seen.get("x-forwarded-for") and not here.is_trusted(client):
        yield found("proxy_unknown", address=client)
    if got.seen.get("signatures", OK) != OK:
        yield found("wrongly_signed")
    refused = await _refused(url, reach, signed)
    if refused:
        seen = ", ".join(f"{name} {got.seen[name]}" for name in SEEN if got.seen.get(name))
        yield found("refused", url=f"{url}{signed.path}", status=refused, seen=f"it makes of it {seen}")


async def certificate(url: str, ends_at: Callable[[str, int], Awaitable[float]], now: float) -> AsyncIterator[Finding]:
    """Whether the certificate at our address ends soon; one that is not valid is found by asking the address."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        return
    try:
        left = await ends_at(parts.hostname, parts.port or 443) - now
    except (ssl.SSLError, OSError, TimeoutError):
        return
    if left < ENDS_SOON:
        yield found("certificate_ends", host=parts.hostname, days=f"{left / DAY:.0f}")


async def _refused(url: str, reach: Reach, signed: Signed) -> str:
    """What a rightly signed webhook got that was not let in."""
    try:
        reply = await reach.post(f"{url}{signed.path}", signed.headers, signed.content)
    except Unreachable as error:
        return error.detail
    return "" if reply.status < 300 else str(reply.status)


async def _probe(url: str, here: Here, reach: Reach, now: float) -> Answered | NotUs:
    asked = self_probe.question(here.key, now)
    try:
        reply = await reach.post(f"{url}{self_probe.PATH}", {self_probe.HEADER: asked})
    except Unreachable as error:
        return NotUs(error.kind, error.detail)
    if 300 <= reply.status < 400:
        return NotUs("moved", to=reply.headers.get("location", "").removesuffix(self_probe.PATH))
    told = _told(reply)
    if reply.status == 200 and self_probe.is_answer_to(here.key, asked, told):
        if (told.get("started"), told.get("place")) == (here.started, here.place):
            return Answered({name: str(value) for name, value in told.items()}, reply.seconds)
        return NotUs("another_hotline")
    if reply.status == 502 or reply.status == 503 or reply.status == 504:
        return NotUs("nobody_listens", f"the proxy says {reply.status}")
    server = reply.headers.get("server", "")
    return NotUs("another_program", " ".join(filter(None, (str(reply.status), server))))


def _told(reply: Reply) -> dict[str, object]:
    try:
        told = json.loads(reply.content)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


async def _where_we_are(url: str, got: NotUs, here: Here, reach: Reach, now: float) -> str:
    """Another address at which this very hotline answers; "" where none of the likely ones does."""
    for other in dict.fromkeys(_likely(url, got, here)):
        if other != url and isinstance(await _probe(other, here, reach, now), Answered):
            return other
    return ""


def _likely(url: str, got: NotUs, here: Here) -> Iterator[str]:
    """Where a tired person may have meant: with a lock or without, without a path, a port or www, what the carrier was
    told once, and where it sends everybody on."""
    if got.to:
        yield got.to.rstrip("/")
    yield from here.others
    parts = urlsplit(url)
    host = parts.hostname or ""
    bare = host.removeprefix("www.")
    folders = parts.path.rstrip("/").split("/")
    paths = ["/".join(folders[:end]) for end in range(len(folders), 0, -1)]
    for name in dict.fromkeys((host, bare, f"www.{bare}")):
        for scheme in ("https", "http"):
            for port in (f":{parts.port}" if parts.port else "", ""):
                for path in paths:
                    yield f"{scheme}://{name}{port}{path}"


def _not_us(url: str, got: NotUs, right: str, here: Here) -> Finding:
    host = urlsplit(url).hostname or ""
    if right == f"http{url.removeprefix('https')}":  # nothing is to be written anew: what is missing is the lock
        return found("no_lock", url=url, plain=right, host=host)
    if got.finding == "moved":
        return found("moved", url=url, to=got.to or "another address", right=right or got.to.rstrip("/"))
    if right:
        return found("elsewhere", url=url, right=right)
    return found(got.finding, url=url, host=host, detail=got.detail, port=here.port)
