"""Carries calls: from a handset to the hotline, from the hotline to a handset, and on to a third phone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from hotline.simulator.errors import Refused
from hotline.simulator.forms import call_status_form
from hotline.simulator.leg import Leg
from hotline.simulator.line import Line
from hotline.simulator.texting import is_number
from hotline.simulator.traffic import Call, new_sid
from hotline.simulator.twiml import Verb

if TYPE_CHECKING:
    from hotline.simulator.dialing import Dialing
    from hotline.simulator.exchange import Exchange
    from hotline.simulator.handset import Handset


class Calling:
    """The exchange's voice side."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.lines: dict[str, Line] = {}  # calls that are going on, by CallSid

    async def from_handset(self, handset: Handset) -> None:
        """Somebody calls the hotline."""
        call = handset.new_call()
        self.exchange.calls.append(call)
        line = self.lines[call.sid] = Line(self.exchange, handset, call)
        handset.line, handset.heard = line, []
        await line.begin()

    def accept(self, call: Call, patience: float) -> Call:
        """A call the hotline asks for; Refused when the carrier will not place it."""
        if not is_number(call.to) or call.to == self.exchange.number:
            raise Refused(400, 21211, f"The phone number you are attempting to call, {call.to}, is not valid.")
        self.exchange.calls.append(call)
        self.exchange.background.start(self._place(call, patience))
        return call

    async def ring_leg(self, dialing: Dialing, number: Verb) -> tuple[Leg | None, str]:
        """Ring a third phone for a caller; without a leg the second value says why."""
        call = self._leg_call(dialing, number)
        self.exchange.calls.append(call)
        handset, refusal = self._reach(call.to)
        if handset is None:
            await self._failed(call, refusal)
            return None, refusal
        leg = Leg(dialing, handset, call, number)
        await self._ring(leg, float(dialing.verb.get("timeout") or 30))
        return leg, ""

    async def answered(self, line: Line) -> None:
        """A phone that was ringing is picked up."""
        line.call.status, line.call.answered_at = "in-progress", self.exchange.clock()
        self.exchange.changes.touch()
        await self.report(line.call, "answered")

    async def report(self, call: Call, event: str) -> None:
        """Tell the hotline how a call is getting on, when it asked to know."""
        if event in call.events:
            form = call_status_form(call, self.exchange.account_sid, self.exchange.clock())
            call.reports += 1
            await self.exchange.notify(call.status_callback, form)

    def forget(self, line: Line) -> None:
        """The call is over."""
        self.lines.pop(line.call.sid, None)

    async def _place(self, call: Call, patience: float) -> None:
        await self.report(call, "initiated")
        handset, refusal = self._reach(call.to)
        if handset is None:
            await self._failed(call, refusal)
        else:
            await self._ring(Line(self.exchange, handset, call), patience)

    def _reach(self, number: str) -> tuple[Handset | None, str]:
        handset = self.exchange.handsets.get(number)
        if handset is None or handset.switched_off:
            return None, "no-answer"
        return (None, "busy") if handset.busy else (handset, "")

    async def _ring(self, line: Line, patience: float) -> None:
        line.handset.incoming, line.call.status = line, "ringing"
        self.lines[line.call.sid] = line
        self.exchange.changes.touch()
        self.exchange.background.later(patience, lambda: self._ring_out(line))
        await self.report(line.call, "ringing")

    async def _ring_out(self, line: Line) -> None:
        if line.handset.incoming is line:
            await line.end("no-answer")

    async def _failed(self, call: Call, status: str) -> None:
        call.status, call.ended_at = status, self.exchange.clock()
        await self.report(call, "completed")

    def _leg_call(self, dialing: Dialing, number: Verb) -> Call:
        caller, callback = dialing.caller, number.get("statusCallback")
        return Call(
            sid=new_sid("CA"), parent_sid=caller.call.sid, direction="outbound-dial", status="queued",
            from_=dialing.verb.get("callerId") or caller.call.from_, to=number.words.strip(), at=self.exchange.clock(),
            status_callback=urljoin(caller.page, callback) if callback else "",
            events=frozenset((number.get("statusCallbackEvent") or "completed").split()),
        )  # fmt: skip
