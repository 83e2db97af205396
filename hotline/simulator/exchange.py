"""Telephone exchange: the pretend carrier as a whole, where phones are plugged in and texts and calls are carried."""

from hotline.simulator.calling import Calling
from hotline.simulator.handset import Handset
from hotline.simulator.network import Network
from hotline.simulator.texting import Texting
from hotline.simulator.traffic import Call, new_sid


class Exchange(Network):
    """A carrier with one customer, the hotline; its settings stand with `Network`."""

    @property
    def texting(self) -> Texting:
        """The text side."""
        return Texting(self)

    @property
    def calling(self) -> Calling:
        """The voice side."""
        return Calling(self)

    def handset(self, number: str, name: str = "", kind: str = "flip", withheld: str | None = None) -> Handset:
        """Plug in a phone ('flip', 'mobile' or 'landline'), or find the one that has this number already.

        `withheld` is the word or the fake number that the carrier shows when this phone calls.
        """
        if number not in self.handsets:
            self.handsets[number] = Handset(self, number, name, kind, withheld)
            self.changes.touch()
        return self.handsets[number]

    async def unplug(self, handset: Handset) -> None:
        """A phone is taken away; a call that it is in ends."""
        if handset.busy and not handset.engaged:
            await handset.hang_up()
        self.handsets.pop(handset.number, None)
        self.changes.touch()

    async def text(self, handset: Handset, body: str, media: int = 0, others: tuple[str, ...] = ()) -> None:
        """A phone sends a text to the hotline."""
        await self.texting.from_handset(handset, body, media, others)

    async def call(self, handset: Handset) -> None:
        """A phone calls the hotline."""
        from_ = handset.number if handset.withheld is None else handset.withheld
        call = Call(
            sid=new_sid("CA"), from_=from_, to=self.number, direction="inbound", status="ringing",
            at=self.clock(), url=self.voice_url, status_callback=self.status_url,
        )  # fmt: skip
        await self.calling.from_handset(handset, call)
