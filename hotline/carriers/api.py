"""Carrier interface: who moves texts and calls. The rest of the program knows a carrier only by this page."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from hotline.carriers.webhooks import Webhook


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


@dataclass(frozen=True)
class Sent:
    """What the carrier took: its id and the first status."""

    sid: str
    status: str


@dataclass(frozen=True)
class Listed:
    """What was read of one of the carrier's lists, oldest first; `whole` says that it was read to its end."""

    webhooks: list[Webhook]
    whole: bool


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

    async def send(self, to: str, body: str, valid_for: int | None = None) -> Sent:
        """Sends one text to a number in E.164; `valid_for` seconds, after which it is not delivered any more."""
        ...

    async def find(self, to: str, body: str, since: float) -> list[Sent]:
        """Texts with these very words that went to that number since then (UTC seconds), oldest first."""
        ...

    async def received(self, since: float, until: float) -> Listed:
        """Texts that reached the carrier for us between these times, as their webhooks would be."""
        ...

    async def missed(self, since: float, until: float) -> Listed:
        """Calls to us between these times that failed, as their webhooks would be."""
        ...

    async def ring(self, to: str, url: str, status_url: str, seconds: int) -> Sent:
        """Rings a number in E.164, for so many seconds. `url` is asked for each document, `status_url` hears how the
        call ended."""
        ...

    async def find_call(self, to: str, since: float) -> list[Sent]:
        """Calls that we made to that number since then (UTC seconds), oldest first."""
        ...

    async def call_status(self, sid: str) -> str:
        """How far one call is."""
        ...

    async def status(self, sid: str) -> tuple[str, str]:
        """(status, error code) of one text."""
        ...

    async def sound(self, sid: str) -> bytes:
        """The sound of one recording; code "404" while the carrier has none under that id."""
        ...

    async def forget_sound(self, sid: str) -> None:
        """Deletes one recording; one that is gone already is no error."""
        ...

    async def close(self) -> None: ...
