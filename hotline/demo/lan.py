"""Phones in the room: at which address other machines find this one, and that they reach nothing but a phone."""

import re
import socket
from ipaddress import ip_address

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

JOINED = re.compile(r"/simulator/p/[\w-]{12}/(events|static/[\w-]+\.(js|css)|handsets/\+\d{5,15}/[a-z]+)?")


def address() -> str:
    """This machine's own in its network; nothing is sent to find it. 127.0.0.1 where there is no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as knock:
        try:
            knock.connect(("192.0.2.1", 9))  # an address of documents: nobody is there, and UDP says nothing yet
        except OSError:
            return "127.0.0.1"
        return str(knock.getsockname()[0])


class OnlyPhones:
    """From other machines the pages of single phones are reached, by their secrets, and nothing else: not the board,
    the clock, trouble, the hotline's webhooks or the carrier."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _is_here(scope) or JOINED.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
        else:
            await PlainTextResponse("There is nothing here.\n", 404)(scope, receive, send)


def _is_here(scope: Scope) -> bool:
    """Asked by this machine, of this machine: a web page elsewhere that has its name point here is neither."""
    client = scope.get("client")
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    named = hosts[0].rpartition(":")[0] or hosts[0] if hosts else "127.0.0.1"
    return client is not None and ip_address(client[0]).is_loopback and named in ("127.0.0.1", "localhost", "[::1]")
