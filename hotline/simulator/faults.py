"""Planned misbehaviour of the pretend carrier, for tests of what happens when sending goes wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field

KINDS = frozenset({"500_before", "500_after", "timeout_after", "429", "garbage"})


@dataclass
class Faults:
    """What goes wrong with the next texts and calls that the hotline asks for; empty means all is well.

    500_before: not accepted. 500_after: accepted, then 500. timeout_after: accepted, then no answer until the
    connection is closed. 429: not accepted, too many. garbage: accepted, then 200 with something that is not JSON.
    An empty string in the list lets one request pass. `next_delivery` holds error codes (30003, 30007 ...) with
    which the next accepted texts fail on their way; 0 lets one pass. `next_recording` holds what becomes of the next
    recordings: failed or absent. `no_recording_ids` leaves their id out of what is told. `no_sounds` is a status
    (404, 503) with which every request about one is answered.
    `refused` is the error code with which every text is refused, `refused_to` those to one number, `calls_refused` that
    of calls; 0 refuses none. `fails_later` is the code with which every accepted text fails on its way.
    """

    next_send: list[str] = field(default_factory=list)
    next_delivery: list[int] = field(default_factory=list)
    next_recording: list[str] = field(default_factory=list)
    no_recording_ids: bool = False
    no_sounds: int = 0
    refused: int = 0
    refused_to: dict[str, int] = field(default_factory=dict)
    calls_refused: int = 0
    fails_later: int = 0
    random: Callable[[], str | None] | None = None

    def take_send(self) -> str:
        """The fault for the request that has just come in, or ''."""
        fault = self.next_send.pop(0) if self.next_send else (self.random and self.random()) or ""
        if fault and fault not in KINDS:
            raise ValueError(f"no such fault: {fault!r}; known are {', '.join(sorted(KINDS))}")
        return fault

    def take_recording(self) -> str:
        """What becomes of the recording that has just been made."""
        return self.next_recording.pop(0) if self.next_recording else "completed"

    def take_delivery(self) -> int:
        """The error code with which the next text fails on its way, or 0."""
        return self.next_delivery.pop(0) if self.next_delivery else self.fails_later

    def refusal(self, to: str) -> int:
        """The error code with which a text to that number is refused, or 0."""
        return self.refused_to.get(to, self.refused)
