"""Calls in the REST API: ring a phone, look a call up, redirect or end it."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from hotline.simulator.errors import Refused
from hotline.simulator.exchange import Exchange
from hotline.simulator.forms import Form, read_form
from hotline.simulator.resources import Json, answer, call_json
from hotline.simulator.rest_lists import in_time, page
from hotline.simulator.traffic import Call, new_sid

_RINGS = 60.0  # seconds a phone rings unless told otherwise


class Calls:
    """The Calls resource of one exchange."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange

    async def create(self, request: Request) -> Response:
        """Accept a call; the phone rings soon after the answer."""
        form = read_form(await request.body())
        asked = dict(form)
        if asked.get("From", "") != self.exchange.number:
            raise Refused(400, 21210, "'From' phone number is not verified for this account.")
        if not (asked.get("Url") or asked.get("Twiml")):
            raise Refused(400, 21205, "Url parameter is required.")
        if self.exchange.faults.calls_refused:
            raise Refused(400, self.exchange.faults.calls_refused, "The call was refused.")
        call = self.exchange.calling.accept(self._call(asked, form), _seconds(asked.get("Timeout", "")))
        return answer(self._show(call), 201)

    async def listed(self, request: Request) -> Response:
        """Calls both ways, newest first."""
        query = request.query_params
        found = [call for call in reversed(self.exchange.calls) if _fits(call, query)]
        return answer(page(request, "calls", found, self._show))

    async def fetch(self, request: Request) -> Response:
        """One call."""
        return answer(self._show(self._find(request)))

    async def update(self, request: Request) -> Response:
        """End a call, stop its ringing, or send it to another document."""
        call, asked = self._find(request), dict(read_form(await request.body()))
        line = self.exchange.calling.line(call.sid)
        if line is None:
            raise Refused(400, 21220, "Call is not in-progress. Cannot redirect.")
        if status := asked.get("Status"):
            await line.end("canceled" if status == "canceled" or line.handset.incoming is line else "completed")
        elif asked.get("Twiml"):
            self.exchange.background.start(line.follow(asked["Twiml"]))
        else:
            self.exchange.background.start(line.fetch(asked.get("Url", ""), method=asked.get("Method", "POST")))
        return answer(self._show(call))

    async def delete(self, request: Request) -> Response:
        """Forget a call; not one that goes on."""
        call = self._find(request)
        if not call.over:
            raise Refused(409, 20009, "Cannot delete a call that is in progress.")
        self.exchange.calls.remove(call)
        return Response(status_code=204)

    def _call(self, asked: Mapping[str, str], form: Form) -> Call:
        events = [event for name, value in form if name == "StatusCallbackEvent" for event in value.split()]
        return Call(
            sid=new_sid("CA"), from_=asked["From"], to=asked.get("To", ""), direction="outbound-api", status="queued",
            at=self.exchange.clock(), url=asked.get("Url", ""), twiml=asked.get("Twiml", ""),
            status_callback=asked.get("StatusCallback", ""), events=frozenset(events or ["completed"]),
            answered_by="human" if asked.get("MachineDetection") else "",
        )  # fmt: skip

    def _find(self, request: Request) -> Call:
        for call in reversed(self.exchange.calls):
            if call.sid == request.path_params["sid"]:
                return call
        raise Refused(404, 20404, f"The requested resource {request.url.path} was not found")

    def _show(self, call: Call) -> Json:
        return call_json(call, self.exchange.account_sid)


def _fits(call: Call, query: Mapping[str, str]) -> bool:
    wanted = (("To", call.to), ("From", call.from_), ("Status", call.status), ("ParentCallSid", call.parent_sid))
    return all(query.get(name, value) == value for name, value in wanted) and in_time(query, "StartTime", call.at)


def _seconds(timeout: str) -> float:
    return float(timeout) if timeout.isdecimal() else _RINGS
