"""Calling: calls that a phone makes to the hotline, and calls that the hotline asks for."""

from hotline.simulator.errors import Refused
from hotline.simulator.handset import Handset
from hotline.simulator.line import Line, place
from hotline.simulator.network import Network
from hotline.simulator.traffic import Call, is_number


class Calling:
    """The exchange's voice side."""

    def __init__(self, exchange: Network) -> None:
        self.exchange = exchange

    async def from_handset(self, handset: Handset, call: Call) -> None:
        """Somebody calls the hotline."""
        self.exchange.calls.append(call)
        line = self.exchange.lines[call.sid] = Line(self.exchange, handset, call)
        handset.line, handset.heard = line, []
        await line.begin()

    def accept(self, call: Call, patience: float) -> Call:
        """A call the hotline asks for; Refused when the carrier will not place it."""
        if not is_number(call.to) or call.to == self.exchange.number:
            raise Refused(400, 21211, f"The phone number you are attempting to call, {call.to}, is not valid.")
        self.exchange.calls.append(call)
        self.exchange.background.start(place(self.exchange, call, patience))
        return call

    def line(self, sid: str) -> Line | None:
        """The call of that id, while it goes on."""
        line = self.exchange.lines.get(sid)
        return line if isinstance(line, Line) else None
