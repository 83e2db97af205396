"""One Dial verb: phones that ring for a caller; the first to answer, and to accept, is joined to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline.simulator.traffic import new_sid
from hotline.simulator.twiml import Verb

if TYPE_CHECKING:
    from hotline.simulator.leg import Leg
    from hotline.simulator.line import Line


class Dialing:
    """The phones a caller is being connected to."""

    def __init__(self, caller: Line, verb: Verb) -> None:
        self.caller, self.verb = caller, verb
        self.legs: list[Leg] = []
        self.joined: Leg | None = None
        self.finished = False

    async def ring(self) -> None:
        """Ring every Number at once."""
        why = "no-answer"
        for number in self._numbers():
            leg, refusal = await self.caller.exchange.calling.ring_leg(self, number)
            if leg is not None:
                self.legs.append(leg)
            why = refusal or why
        if not self.legs:
            await self.finish(why)

    async def answered(self, first: Leg) -> None:
        """One phone was picked up: the others stop ringing."""
        for leg in [leg for leg in self.legs if leg is not first]:
            self.legs.remove(leg)
            await leg.end("canceled")

    async def accepted(self, leg: Leg) -> None:
        """The whisper has run out without hanging up: the two can talk."""
        self.joined = leg

    def carry(self, speaker: Line, words: str) -> None:
        """What one says the other hears."""
        if self.joined is not None:
            listener = self.caller if speaker is self.joined else self.joined
            listener.handset.hear(words)

    async def leg_over(self, leg: Leg) -> None:
        """One phone is gone again; without the last one the caller goes on with the document."""
        if leg not in self.legs:
            return
        self.legs.remove(leg)
        if not self.legs:
            # A whisper that was not accepted counts as not answered, so the caller gets another chance.
            status = "completed" if leg is self.joined else "no-answer"
            await self.finish("busy" if leg.call.status == "busy" else status, leg)

    async def ring_out(self) -> None:
        """Nobody answers until the patience is over."""
        for leg in tuple(self.legs):
            await leg.end("no-answer")

    async def caller_left(self) -> None:
        """The caller hung up: everybody else is let go, and the action is told."""
        legs, self.legs = self.legs, []
        for leg in legs:
            await leg.end("completed" if leg.call.answered_at else "canceled")
        await self.finish("completed" if self.joined else "canceled", self.joined)

    async def finish(self, status: str, leg: Leg | None = None) -> None:
        """Tell the action what became of it, or go on with the next verb."""
        if self.finished:
            return
        self.finished, self.caller.dialing = True, None
        form = [("DialCallStatus", status), ("DialCallSid", leg.call.sid if leg else new_sid("CA"))]
        if leg is not None and status == "completed":
            form.append(("DialCallDuration", str(leg.call.seconds)))
        if self.verb.get("action"):
            await self.caller.submit(self.verb, form)
        elif not self.caller.over:
            await self.caller.go_on()

    def _numbers(self) -> list[Verb]:
        if self.verb.inside:
            return list(self.verb.inside)
        return [Verb("Number", {}, self.verb.words, ())]
