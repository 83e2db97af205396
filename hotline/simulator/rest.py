"""The pretend REST API: enough of the provider's that its own client library cannot tell the difference."""

import base64
import hmac
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from hotline.simulator.errors import Refused
from hotline.simulator.exchange import Exchange
from hotline.simulator.forms import API_VERSION
from hotline.simulator.resources import refusal
from hotline.simulator.rest_addresses import PointedAt
from hotline.simulator.rest_calls import Calls
from hotline.simulator.rest_recordings import Recordings
from hotline.simulator.rest_texts import Texts

Endpoint = Callable[[Request], Awaitable[Response]]


def routes(exchange: Exchange) -> list[Route]:
    """The API of one exchange, to be mounted at the base URL that the hotline is given."""
    door = _Door(exchange)
    texts, calls, recordings = Texts(exchange), Calls(exchange), Recordings(exchange)
    pointed_at = PointedAt(exchange)
    account = f"/{API_VERSION}/Accounts/{{account}}"

    def route(path: str, method: str, endpoint: Endpoint) -> Route:
        return Route(account + path, door.guards(endpoint), methods=[method])

    return [
        route("/Messages.json", "POST", door.misbehaves(texts.create)),
        route("/Messages.json", "GET", texts.listed),
        route("/Messages/{sid}.json", "GET", texts.fetch),
        route("/Messages/{sid}.json", "DELETE", texts.delete),
        route("/Calls.json", "POST", door.misbehaves(calls.create)),
        route("/Calls.json", "GET", calls.listed),
        route("/Calls/{sid}.json", "GET", calls.fetch),
        route("/Calls/{sid}.json", "POST", calls.update),
        route("/Calls/{sid}.json", "DELETE", calls.delete),
        route("/Recordings.json", "GET", recordings.listed),
        route("/Recordings/{sid}.json", "GET", recordings.fetch),
        route("/Recordings/{sid}.json", "DELETE", recordings.delete),
        route("/Recordings/{file}", "GET", recordings.media),
        route("/Recordings/{file}", "DELETE", recordings.delete),
        route("/IncomingPhoneNumbers.json", "GET", pointed_at.listed),
        route("/IncomingPhoneNumbers/{sid}.json", "GET", pointed_at.number),
        route("/IncomingPhoneNumbers/{sid}.json", "POST", pointed_at.number),
        Route("/v1/Services/{sid}", door.guards(pointed_at.service), methods=["GET", "POST"]),
    ]


class _Door:
    """Lets in who has the account's token, and plays the planned faults."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        pair = f"{exchange.account_sid}:{exchange.auth_token}".encode()
        self._expected = b"Basic " + base64.b64encode(pair)

    def guards(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint, for the account's owner only, with refusals in the provider's JSON."""

        async def guarded(request: Request) -> Response:
            try:
                self._check(request)
                return await endpoint(request)
            except Refused as refused:
                return refusal(refused)

        return guarded

    def misbehaves(self, create: Endpoint) -> Endpoint:
        """The endpoint, with the next planned fault."""

        async def misbehaving(request: Request) -> Response:
            fault = self.exchange.faults.take_send()
            if fault == "429":
                raise Refused(429, 20429, "Too many requests")
            if fault == "500_before":
                raise Refused(500, 20500, "An internal server error has occurred")
            done = await create(request)
            return await self._spoil(fault, request) or done

        return misbehaving

    async def _spoil(self, fault: str, request: Request) -> Response | None:
        if fault == "500_after":
            raise Refused(500, 20500, "An internal server error has occurred")
        if fault == "garbage":
            return PlainTextResponse("<html>a proxy's idea of an answer</html>")
        if fault == "timeout_after":
            changes = self.exchange.changes
            while not (changes.closed or await request.is_disconnected()):
                await changes.after(changes.count, 0.02)
        return None

    def _check(self, request: Request) -> None:
        given = request.headers.get("authorization", "").encode()
        account = request.path_params.get("account", self.exchange.account_sid)
        if not hmac.compare_digest(given, self._expected) or account != self.exchange.account_sid:
            raise Refused(401, 20003, "Authenticate")
