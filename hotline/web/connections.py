"""Connection limits: how many connections at once, in all and from one address, and how long each may be idle or read.

uvicorn has no time limit for a request that comes in letter by letter, and its limit on connections turns everybody
away once it is reached. Here the connection that has kept us waiting longest makes room for the next.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

import httptools
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from hotline.web.endless import ENDLESS

log = logging.getLogger(__name__)

READING = 10.0  # seconds for a whole request, from its first byte; and for the first byte of a new connection
IDLE = 5.0  # seconds between two requests
FLUSHING = 60.0  # seconds for what is still on its way out when a connection is closed
LONGEST = 128 * 1024  # bytes of one request, less what it brings in its body; no head is longer
# Bytes of a body. A page reads 512 KB at most, a webhook less, and says so to whoever sends more; what comes after that
# is thrown away as it comes, and never more than 64 KB of it lie in memory.
LARGEST = 4 * 1024 * 1024
MOST_HEADERS = 100
MOST_PIPELINED = 16  # requests of one connection that wait for their turn
SAY_EVERY = 60.0  # seconds between two lines of the log about this

Networks = Sequence[IPv4Network | IPv6Network]


@dataclass(frozen=True)
class Limits:
    """`in_all` connections, of which so many work for one address; `proxies` are believed when they name one."""

    in_all: int
    per_address: int
    proxies: Networks


class Addresses:
    """Whose connection it is: the other end's own address, or the one that a proxy names which we trust."""

    def __init__(self, proxies: Networks) -> None:
        self._proxies = proxies
        self.is_proxy = lru_cache(4096)(self._is_proxy)
        self._nearest = lru_cache(4096)(self._find_nearest)

    def _is_proxy(self, host: str) -> bool:
        """What comes through a socket file has no address: nobody else can be there."""
        return not host or self._is_trusted(_address(host))

    def _is_trusted(self, address: IPv4Address | IPv6Address | None) -> bool:
        return address is not None and any(address in network for network in self._proxies)

    def named(self, headers: Iterable[tuple[bytes, bytes]]) -> str:
        """Whom a proxy speaks for; "" where it names nobody."""
        said = [value for name, value in headers if name == b"x-forwarded-for"]
        return self._nearest(b",".join(said)) if said else ""

    def _find_nearest(self, said: bytes) -> str:
        """Each proxy adds the address it saw at the end: the last that is no proxy is the one we can believe."""
        for host in reversed(said.decode("latin-1").split(",")):
            address = _address(host.strip())
            if not self._is_trusted(address):
                return household(host.strip()) if address else ""
        return ""


def household(host: str) -> str:
    """What of an address belongs to one line: of IPv6 the first half, since everybody has all of the other."""
    address = _address(host)
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address), 64), strict=False).network_address)
    return str(address or "")


def _address(host: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it, perhaps with a port."""
    bare = host[1:].partition("]")[0] if host.startswith("[") else host
    bare = bare.partition(":")[0] if bare.count(":") == 1 else bare
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


class Doorkeeper:
    """All connections of a server: how many work for whom, and until when each must have sent something."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits, self.addresses, self.clock = limits, Addresses(limits.proxies), clock
        self._open: set[Connection] = set()
        self._waited_for: dict[Connection, float] = {}  # the one that we have waited for longest comes first
        self._of: Counter[str] = Counter()
        self._sweeping: asyncio.TimerHandle | None = None
        self._closed, self._said_at = 0, float("-inf")

    def comes(self, connection: "Connection") -> None:
        """One more; one that keeps us waiting goes for it where there are too many."""
        self._open.add(connection)
        self.waits_for(connection, READING)
        if len(self._open) > self.limits.in_all:
            self.close(next(iter(self._waited_for)))
        if self._sweeping is None:
            self._sweeping = asyncio.get_running_loop().call_later(1.0, self._sweep)

    def goes(self, connection: "Connection") -> None:
        self._open.discard(connection)
        self._waited_for.pop(connection, None)

    def waits_for(self, connection: "Connection", seconds: float) -> None:
        self._waited_for.pop(connection, None)
        self._waited_for[connection] = self.clock() + seconds

    def has_it(self, connection: "Connection") -> None:
        """A whole request is there: it is our turn."""
        self._waited_for.pop(connection, None)

    def takes(self, address: str) -> bool:
        """Whether one more connection may work for that address; it does from now on."""
        if self._of[address] >= self.limits.per_address:
            self._closed += 1
            return False
        self._of[address] += 1
        return True

    def leaves(self, address: str) -> None:
        self._of[address] -= 1
        if not self._of[address]:
            del self._of[address]

    def close(self, connection: "Connection") -> None:
        self._closed += 1
        self.goes(connection)
        connection.transport.abort()

    def _sweep(self) -> None:
        """Ends whatever has taken too long, every second."""
        now = self.clock()
        for connection in [each for each, until in self._waited_for.items() if until < now]:
            self._let_go(connection)
        if self._closed and now - self._said_at > SAY_EVERY:
            log.warning("%d connections were closed: too slow, idle, or too many at once", self._closed)
            self._closed, self._said_at = 0, now
        again = self._open or self._closed
        self._sweeping = asyncio.get_running_loop().call_later(1.0, self._sweep) if again else None

    def _let_go(self, connection: "Connection") -> None:
        """What was answered still goes out, for a while."""
        if connection.transport.is_closing():
            self.close(connection)
            return
        self._closed += connection.is_reading
        self.waits_for(connection, FLUSHING)
        connection.transport.close()


class Connection(HttpToolsProtocol):
    """One connection. What uvicorn does in all the places below, and what the doorkeeper has to know of it."""

    def __init__(self, doorkeeper: Doorkeeper, **server: Any) -> None:
        super().__init__(**server)
        self._doorkeeper, self._app = doorkeeper, self.app
        self._through_proxy, self._works_for = True, ""
        self.is_reading, self._came, self._brought = False, 0, 0
        self._is_endless = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._doorkeeper.comes(self)
        peer = self.client[0] if self.client else ""
        self._through_proxy = self._doorkeeper.addresses.is_proxy(peer)
        if not self._through_proxy and not self._works(household(peer)):
            self._doorkeeper.close(self)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._doorkeeper.goes(self)
        self._rests()

    def data_received(self, data: bytes) -> None:
        """As uvicorn's own, without a line in the log for each: anybody can send what is no HTTP."""
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            return  # nobody speaks anything else here; it is answered as if nothing had been asked
        except httptools.HttpParserError:
            self._refuse()
            return
        if self.is_reading:
            self._reads_on(len(data))

    def _reads_on(self, length: int) -> None:
        """Not all of it is there yet: its time runs from its first byte."""
        if not self._came:
            self._doorkeeper.waits_for(self, READING)
        self._came += length
        if self._came - self._brought > LONGEST or self._brought > LARGEST:
            self._refuse()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.is_reading, self._came, self._brought = True, 0, 0

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        self._brought += len(body)

    def on_header(self, name: bytes, value: bytes) -> None:
        if len(self.headers) >= MOST_HEADERS:
            raise ValueError("too many headers")
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if len(self.pipeline) >= MOST_PIPELINED:
            raise ValueError("too many requests at once")
        self.app = self._app
        self.scope[ENDLESS] = self._goes_on  # type: ignore[literal-required]
        if self._through_proxy:
            address = self._doorkeeper.addresses.named(self.headers)
            self.scope["client"] = (address, 0) if address else self.client
            if address != self._works_for:
                self._rests()
                self.app = self._app if not address or self._works(address) else _too_many
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self.is_reading = False
        if self.cycle.response_complete:
            self._doorkeeper.waits_for(self, IDLE)
        else:
            self._doorkeeper.has_it(self)

    def on_response_complete(self) -> None:
        """As uvicorn's own, but the next request is waited for by the doorkeeper: a timer for each is dearer."""
        self.server_state.total_requests += 1
        if self._through_proxy and not self.pipeline:
            self._rests()
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())
        elif not self.is_reading:
            self._doorkeeper.waits_for(self, IDLE)

    def shutdown(self) -> None:
        """As uvicorn's own, but nobody waits for the end of what has none."""
        if self._is_endless:
            self.transport.close()
        else:
            super().shutdown()

    def _goes_on(self) -> None:
        """Its answer is a stream of events: it takes no room from what else that address asks."""
        self._is_endless = True
        self._rests()

    def _works(self, address: str) -> bool:
        works = self._doorkeeper.takes(address)
        self._works_for = address if works else ""
        return works

    def _rests(self) -> None:
        if self._works_for:
            self._doorkeeper.leaves(self._works_for)
            self._works_for = ""

    def _refuse(self) -> None:
        if not self.transport.is_closing():
            self.send_400_response("Invalid HTTP request received.")


async def _too_many(scope: Scope, receive: Receive, send: Send) -> None:
    """For an address that has too many connections already."""
    headers = [(b"content-length", b"0"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body"})


def protocol(limits: Limits) -> Callable[..., Connection]:
    """What makes the connections of one server."""
    doorkeeper = Doorkeeper(limits)
    return lambda **server: Connection(doorkeeper, **server)
