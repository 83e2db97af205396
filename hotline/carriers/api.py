"""Carrier interface: who moves texts and calls. The rest of the program knows a carrier only by this page.

A carrier is a `Provider`: what its line can do, how its webhooks are told from forged ones and read, a client that
sends, and how its webhooks are pointed at us. `provider.py` picks the one that the settings name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from hotline.carriers.account import Inspection
from hotline.model.events import Event, MissedCall, Text, TextReport
from hotline.model.line import Line

T = TypeVar("T")
OVER = 4  # the rank of a status that nothing follows, but for a word that it arrived after all, or did not


class Fault(StrEnum):
    """Whose fault an error is."""

    US = "us"  # the account, our number, its registration, the service, a limit
    NUMBER = "number"  # the one number it was for
    NOW = "now"  # this moment
    WORDS = "words"  # this one text, document or call: a mistake of ours in it
    UNKNOWN = "unknown"


class Reaction(StrEnum):
    """What an error of the carrier's asks us to do. Each code has one."""

    AGAIN = "again"  # surely not sent: send again, after a while
    LATER = "later"  # not reached now: once more in half an hour
    UNKNOWN = "unknown"  # may have been sent: look it up before anything is sent again
    CALL = "call"  # no texts reach this number: ring instead
    OPTED_OUT = "opted_out"
    NEVER = "never"  # this number will not do
    WORDS = "words"  # this text or call will not do
    STOP = "stop"  # nothing at all can be sent: keep the queue, tell the operator
    TOMORROW = "tomorrow"  # one network takes no more today: this waits, the others go
    REFUSED = "refused"  # surely not sent, and nobody knows why: once more, and see whether others go

    @property
    def fault(self) -> Fault:
        return FAULTS[self]


FAULTS = {
    Reaction.AGAIN: Fault.NOW,
    Reaction.LATER: Fault.NOW,
    Reaction.UNKNOWN: Fault.UNKNOWN,
    Reaction.CALL: Fault.NUMBER,
    Reaction.OPTED_OUT: Fault.NUMBER,
    Reaction.NEVER: Fault.NUMBER,
    Reaction.WORDS: Fault.WORDS,
    Reaction.STOP: Fault.US,
    Reaction.TOMORROW: Fault.US,
    Reaction.REFUSED: Fault.UNKNOWN,
}


class CarrierError(Exception):
    """The carrier did not take it. `code` is the carrier's own, "" when there was none; `after` is how many seconds it
    wants to be left alone."""

    def __init__(self, reaction: Reaction, code: str = "", after: float = 0.0) -> None:
        super().__init__(f"{reaction} {code}".strip())
        self.reaction = reaction
        self.code = code
        self.after = after

    @property
    def told(self) -> str:
        """Why, for whoever runs the hotline."""
        return f"code {self.code}" if self.code.isdecimal() else self.code or "it gives no reason"

    @property
    def refuses_us(self) -> bool:
        """Whether the carrier does not know us, rather than not answering."""
        return self.reaction.fault is Fault.US


@dataclass(frozen=True)
class Sent:
    """What the carrier took: its id and the first status."""

    sid: str
    status: str


@dataclass(frozen=True)
class Listed(Generic[T]):
    """What was read of one of the carrier's lists, oldest first; `whole` says that it was read to its end."""

    found: Sequence[T]
    whole: bool


class Kind(StrEnum):
    """What a carrier keeps of somebody."""

    TEXT = "text"
    CALL = "call"
    SOUND = "sound"


@dataclass(frozen=True)
class Kept:
    """Something that the carrier keeps: its id there, and of a text its words."""

    kind: Kind
    id: str
    words: str = ""


class WhenNeeded:
    """A carrier that is made when it is first used: the package takes 300 ms and 30 MiB, and a web process with its
    worker outside never needs it. One that failed is made again the next time."""

    def __init__(self, make: "Callable[[], Carrier]") -> None:
        self._make = make
        self._made: Carrier | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.made(), name)

    def made(self) -> "Carrier":
        if self._made is None:
            self._made = self._make()
        return self._made

    async def close(self) -> None:
        if self._made is not None:
            await self._made.close()


class Carrier(Protocol):
    """Moves texts and calls. Every call may raise CarrierError, and nothing else."""

    async def send(self, to: str, body: str, valid_for: int | None = None, key: str = "") -> Sent:
        """Sends one text to a number in E.164; `valid_for` seconds, after which it is not delivered any more. `key` is
        ours and the same for every try: a carrier that knows it by then takes it for sent."""
        ...

    async def find(self, to: str, body: str, since: float, key: str = "") -> list[Sent]:
        """What went by this key or, from a carrier that keeps none, with these very words to that number since then
        (UTC seconds), oldest first."""
        ...

    async def received(self, since: float, until: float) -> Listed[Text]:
        """Texts that reached the carrier for us between these times."""
        ...

    async def missed(self, since: float, until: float) -> Listed[MissedCall]:
        """Calls to us between these times that failed."""
        ...

    async def heard_of(self) -> float | None:
        """When the gateway between us and the telephones last showed that it lives (UTC seconds); None where it never
        did, or where nobody has to ask."""
        ...

    async def ring(self, to: str, url: str, status_url: str, seconds: int) -> Sent:
        """Rings a number in E.164, for so many seconds. `url` is asked for each document, `status_url` hears how the
        call ended."""
        ...

    async def find_call(self, to: str, since: float) -> list[Sent]:
        """Calls that we made to that number since then (UTC seconds), oldest first."""
        ...

    async def call_ended(self, sid: str) -> str:
        """How one call ended; "" while it goes on."""
        ...

    async def status(self, sid: str) -> TextReport:
        """What is known of one text by now."""
        ...

    async def sound(self, sid: str) -> bytes:
        """The sound of one recording; code "404" while the carrier has none under that id."""
        ...

    async def forget_sound(self, sid: str) -> None:
        """Deletes one recording; one that is gone already is no error."""
        ...

    async def texts_with(self, phone: str) -> list[Kept]:
        """All texts from this number and to it that the carrier still lists."""
        ...

    async def calls_with(self, phone: str) -> list[Kept]:
        """All calls from this number and to it that the carrier still lists; before each, what was recorded in it."""
        ...

    async def erase(self, kept: Kept) -> None:
        """Deletes one of them; one that is gone already is no error."""
        ...

    async def close(self) -> None: ...


class BadWebhook(ValueError):
    """Signed, but not what it should be: the name of what is missing."""


class NotOurs(ValueError):
    """Signed, and meant for somebody else."""


Headers = Mapping[bytes, bytes]


@dataclass(frozen=True)
class Came:
    """A webhook as it came: the public address that it was meant for, with its query, and its bytes. `path` is the
    one that reached us as it travelled, which a proxy may have changed; `door` the same path, read."""

    address: str
    door: str
    path: str
    query: str
    headers: Headers
    body: bytes


@dataclass(frozen=True)
class Paths:
    """Where a carrier reaches us, each below the public address; "" for what it does not bring."""

    text: str
    call: str = ""
    status: str = ""
    recording: str = ""

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, (self.text, self.call, self.status, self.recording))))


class Webhooks(Protocol):
    """What a carrier brings us, cheapest question first: a flood of forged ones must cost nobody an answer.

    `folder` begins every path, `header` holds the signature, and no body is longer than `largest` bytes.
    """

    folder: str
    header: bytes
    largest: int
    paths: Paths

    def may_be_signed(self, headers: Headers) -> bool:
        """Whether it can be signed at all: seen before anything of the request is read."""
        ...

    def is_for_us(self, body: bytes) -> bool:
        """Whether it may be meant for us, by a look at its bytes."""
        ...

    def opened(self, came: Came) -> Callable[[], Event | None] | None:
        """What reads a webhook, None for one that is not rightly signed. Reading says what came, None for what tells us
        nothing, and raises BadWebhook or NotOurs."""
        ...

    def why_wrong(self, came: Came, elsewhere: Iterable[str]) -> str:
        """What is wrong with the signature of one that is not right, for whoever runs the hotline: what mends it.
        `elsewhere` are addresses that it may have been signed for instead."""
        ...


@dataclass(frozen=True)
class Pointer:
    """One thing at the carrier that says where it finds us: what it is, what stands there, and what should."""

    what: str
    now: str
    wanted: str

    @property
    def is_right(self) -> bool:
        return self.now == self.wanted


class Connection(Protocol):
    """What a carrier is told once, so that it finds us. Every call may raise CarrierError."""

    async def pointers(self, base: str, fallback: str) -> list[Pointer]:
        """What stands at the carrier and what should, for a hotline at `base`. `fallback` is where a static host has
        the documents for a hotline that does not answer, "" for none."""
        ...

    async def point(self, pointers: Sequence[Pointer]) -> None:
        """Lets each say what is wanted; "" takes it away."""
        ...

    async def close(self) -> None: ...


@dataclass(frozen=True)
class Provider:
    """Everything that one carrier is to us. `carrier` and `connection` are made inside a running loop."""

    line: Line
    webhooks: Webhooks
    carrier: "Callable[[], Carrier]"
    connection: "Callable[[], Connection]"
    inspection: "Callable[[], Inspection]"
