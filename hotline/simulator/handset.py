"""Handset: a flip phone, a mobile or a landline, and what a person can do with it."""

import secrets
from typing import Protocol

from hotline.simulator.changes import Changes
from hotline.simulator.errors import SimulatorError
from hotline.simulator.keypad import Keys
from hotline.simulator.traffic import Call, Message
from hotline.simulator.webhooks import Webhook

KINDS = ("flip", "landline", "mobile")


class SpokenWords(str):
    """What was said to a phone; `language` ("es-MX") helps whoever reads it aloud."""

    language = ""


class Carrier(Protocol):
    """What a phone is plugged into."""

    @property
    def changes(self) -> Changes: ...

    async def text(self, handset: "Handset", body: str, media: int = 0, others: tuple[str, ...] = ()) -> None: ...

    async def call(self, handset: "Handset") -> None: ...


class Line(Protocol):
    """The call that a phone is in, as far as the person who holds it can do something about it."""

    call: Call
    keys: Keys

    @property
    def waits_for(self) -> str: ...

    @property
    def hears_words(self) -> bool: ...

    async def picked_up(self) -> None: ...

    async def press(self, keys: str) -> None: ...

    async def say(self, words: str, then_hang_up: bool) -> None: ...

    async def keep_silent(self) -> None: ...

    async def hang_up(self) -> None: ...

    async def end(self, status: str) -> None: ...


class Handset:
    """One phone plugged into the exchange."""

    def __init__(self, exchange: Carrier, number: str, name: str, kind: str, withheld: str | None) -> None:
        if kind not in KINDS:
            raise ValueError(f"no such kind of handset: {kind!r}; known are {', '.join(KINDS)}")
        self.exchange = exchange
        self.number, self.name, self.kind = number, name, kind
        self.withheld = withheld  # what the carrier shows instead of the number when this phone calls
        self.hint = ""  # "try this" on the page
        self.secret = secrets.token_urlsafe(9)  # of its own page, for somebody in the room
        self.role = "neighbor"  # or "volunteer", "coordinator": where it stands on the page
        self.switched_off = False
        self.engaged = False  # in a call with somebody else
        self.inbox: list[Message] = []  # texts that arrived, oldest first
        self.thread: list[Message] = []  # texts both ways, in the order this phone's screen shows them
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
        return self.line is not None and self.line.hears_words

    @property
    def keys_pressed(self) -> str:
        """The digits that the waiting Gather has collected so far."""
        return self.line.keys.digits if self.line else ""

    async def text(self, body: str, media: int = 0, others: tuple[str, ...] = ()) -> None:
        """Send a text to the hotline, with so many pictures, and to these others too; its answers are in the inbox when
        this returns."""
        if self.kind == "landline":
            raise SimulatorError(f"{self} is a landline and cannot text")
        await self.exchange.text(self, body, media, others)

    async def call(self) -> None:
        """Call the hotline, and listen until it waits for something or the call is over."""
        if self.busy:
            raise SimulatorError(f"{self} is in a call already")
        await self.exchange.call(self)

    async def press(self, keys: str) -> None:
        """Press keys; those left over when the next document comes are lost."""
        if odd := set(keys) - set("0123456789*#"):
            raise SimulatorError(f"no such keys on a phone: {sorted(odd)}")
        await self._open_line().press(keys)

    async def say(self, words: str, *, then_hang_up: bool = False) -> None:
        """Speak: into a recording, or to the person at the other end."""
        await self._open_line().say(words, then_hang_up)

    async def wait(self) -> None:
        """Do nothing until the other end's patience is over; a ringing phone is left to ring out."""
        if self.incoming is not None:
            await self.incoming.end("no-answer")
        else:
            await self._open_line().keep_silent()

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

    def sent(self, text: Message) -> None:
        """This phone sent a text."""
        self.thread.append(text)
        self.exchange.changes.touch()

    def receive(self, text: Message) -> None:
        """A text arrived at this phone."""
        self.inbox.append(text)
        self.thread.append(text)
        self.exchange.changes.touch()

    def hear(self, words: str, language: str = "") -> None:
        """Something was said to this phone."""
        said = SpokenWords(words)
        said.language = language
        self.heard.append(said)
        self.exchange.changes.touch()

    def cannot_read(self) -> int | None:
        """The carrier's error code when a text cannot reach this phone."""
        if self.kind == "landline":
            return 30006
        return 30003 if self.switched_off else None

    def _open_line(self) -> Line:
        if self.line is None:
            raise SimulatorError(f"{self} is not in a call")
        return self.line
