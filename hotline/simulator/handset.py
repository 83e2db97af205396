"""A telephone: a flip phone, a mobile or a landline, and what a person can do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline.simulator import waiting
from hotline.simulator.errors import SimulatorError
from hotline.simulator.traffic import Call, Text, new_sid

if TYPE_CHECKING:
    from hotline.simulator.exchange import Exchange
    from hotline.simulator.line import Line
    from hotline.simulator.webhooks import Webhook

KINDS = ("flip", "landline", "mobile")


class Words(str):
    """What was said to a phone; `language` ("es-MX") helps whoever reads it aloud."""

    language = ""


class Handset:
    """One phone plugged into the exchange."""

    def __init__(self, exchange: Exchange, number: str, name: str, kind: str, withheld: str | None) -> None:
        if kind not in KINDS:
            raise ValueError(f"no such kind of handset: {kind!r}; known are {', '.join(KINDS)}")
        self.exchange = exchange
        self.number, self.name, self.kind = number, name, kind
        self.withheld = withheld  # what the carrier shows instead of the number when this phone calls
        self.hint = ""  # "try this" on the page
        self.switched_off = False
        self.engaged = False  # in a call with somebody else
        self.inbox: list[Text] = []  # texts that arrived, oldest first
        self.thread: list[Text] = []  # texts both ways, in the order this phone's screen shows them
        self.heard: list[str] = []  # what was said in the current or last call
        self.line: Line | None = None  # the call this phone is in
        self.incoming: Line | None = None  # the call that is ringing
        self.last_webhook: Webhook | None = None

    def __repr__(self) -> str:
        return f"<Handset {self.name or self.kind} {self.number}>"

    def __str__(self) -> str:
        return self.name or self.number

    @property
    def in_call(self) -> bool:
        """Whether this phone is off the hook."""
        return self.line is not None

    @property
    def ringing(self) -> bool:
        """Whether somebody is calling this phone."""
        return self.incoming is not None

    @property
    def ringing_from(self) -> str:
        """The number shown while it rings, or ''."""
        return self.incoming.call.from_ if self.incoming else ""

    @property
    def busy(self) -> bool:
        """Whether a call to this phone would not get through."""
        return self.in_call or self.ringing or self.engaged

    @property
    def waiting_for(self) -> str:
        """What the other end waits for: 'Gather', 'Record', 'Dial' (still ringing), or '' when there is nothing."""
        return self.line.waits_for if self.line else ""

    @property
    def is_listened_to(self) -> bool:
        """Whether words would be heard: by a recording, or by a person."""
        return self.line is not None and waiting.hears_words(self.line)

    @property
    def keys_pressed(self) -> str:
        """The digits that the waiting Gather has collected so far."""
        return self.line.keys.digits if self.line else ""

    async def text(self, body: str) -> None:
        """Send a text to the hotline; its answers are in the inbox when this returns."""
        if self.kind == "landline":
            raise SimulatorError(f"{self} is a landline and cannot text")
        await self.exchange.texting.from_handset(self, body)

    async def call(self) -> None:
        """Call the hotline, and listen until it waits for something or the call is over."""
        if self.busy:
            raise SimulatorError(f"{self} is in a call already")
        await self.exchange.calling.from_handset(self)

    async def press(self, keys: str) -> None:
        """Press keys; those left over when the next document comes are lost."""
        if odd := set(keys) - set("0123456789*#"):
            raise SimulatorError(f"no such keys on a phone: {sorted(odd)}")
        await waiting.press(self._open_line(), keys)

    async def say(self, words: str, *, then_hang_up: bool = False) -> None:
        """Speak: into a recording, or to the person at the other end."""
        await waiting.say(self._open_line(), words, then_hang_up)

    async def wait(self) -> None:
        """Do nothing until the other end's patience is over; a ringing phone is left to ring out."""
        if self.incoming is not None:
            await self.incoming.end("no-answer")
        else:
            await waiting.keep_silent(self._open_line())

    async def answer(self) -> None:
        """Pick up."""
        if self.incoming is None:
            raise SimulatorError(f"{self} is not ringing")
        line, self.incoming = self.incoming, None
        self.line, self.heard = line, []
        await line.picked_up()

    async def hang_up(self) -> None:
        """End the call, or turn away the one that is ringing."""
        if self.incoming is not None:
            await self.incoming.end("busy")
        else:
            await self._open_line().hang_up()

    def sent(self, text: Text) -> None:
        """This phone sent a text."""
        self.thread.append(text)
        self.exchange.changes.touch()

    def receive(self, text: Text) -> None:
        """A text arrived at this phone."""
        self.inbox.append(text)
        self.thread.append(text)
        self.exchange.changes.touch()

    def hear(self, words: str, language: str = "") -> None:
        """Something was said to this phone."""
        said = Words(words)
        said.language = language
        self.heard.append(said)
        self.exchange.changes.touch()

    def cannot_read(self) -> int | None:
        """The carrier's error code when a text cannot reach this phone."""
        if self.kind == "landline":
            return 30006
        return 30003 if self.switched_off else None

    def new_call(self) -> Call:
        """A call from this phone to the hotline."""
        from_ = self.number if self.withheld is None else self.withheld
        exchange = self.exchange
        return Call(
            sid=new_sid("CA"), from_=from_, to=exchange.number, direction="inbound", status="ringing",
            at=exchange.clock(), url=exchange.voice_url, status_callback=exchange.status_url,
        )  # fmt: skip

    def _open_line(self) -> Line:
        if self.line is None:
            raise SimulatorError(f"{self} is not in a call")
        return self.line
