"""The far end of a Dial: a phone that is rung for a caller, hears a whisper, and is joined to them."""

from __future__ import annotations

from urllib.parse import urljoin

from hotline.simulator.dialing import Dialing
from hotline.simulator.handset import Handset
from hotline.simulator.line import Line
from hotline.simulator.traffic import Call
from hotline.simulator.twiml import Verb


class Leg(Line):
    """A line that belongs to somebody else's call."""

    def __init__(self, of: Dialing, handset: Handset, call: Call, number: Verb) -> None:
        super().__init__(of.caller.exchange, handset, call)
        self.of, self.number, self.page = of, number, of.caller.page

    @property
    def joined(self) -> bool:
        """Whether the caller is at the other end."""
        return self.of.joined is self

    async def begin(self) -> None:
        """Hear the whisper, if there is one, before being joined."""
        await self.of.answered(self)
        if whisper := self.number.get("url"):
            await self.fetch(urljoin(self.page, whisper), method=self.number.get("method"))
        else:
            await self.ran_out()

    async def ran_out(self) -> None:
        """The whisper is over: join the caller instead of hanging up."""
        await self.of.accepted(self)

    def carry(self, words: str) -> None:
        """Words to the caller."""
        self.of.carry(self, words)

    async def closed(self) -> None:
        """Let the caller go on."""
        await self.of.leg_over(self)
