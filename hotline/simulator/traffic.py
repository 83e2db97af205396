"""What goes through the exchange: texts, calls and recordings, as the carrier's books keep them."""

import re
from dataclasses import dataclass
from uuid import uuid4

ENDED = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


_NUMBER = re.compile(r"\+(1[2-9]\d{9}|[2-9]\d{6,14})")


def is_number(number: str) -> bool:
    """Whether the carrier can dial it: E.164, and ten digits behind +1."""
    return _NUMBER.fullmatch(number) is not None


def new_sid(prefix: str) -> str:
    """An id as the provider makes them: two letters and 32 hexadecimal digits."""
    return prefix + uuid4().hex


@dataclass(eq=False, kw_only=True)
class Message:
    """One text message; direction is inbound, outbound-api or outbound-reply, seen from the hotline."""

    sid: str
    from_: str
    to: str
    body: str
    direction: str
    status: str
    at: float
    segments: int = 1
    error_code: int | None = None
    carrier: bool = False  # the carrier's own words (STOP, START, HELP), not the hotline's
    failed_webhook: bool = False  # it reached the carrier, but the hotline was down or answered badly
    status_callback: str = ""
    service_sid: str = ""
    media: int = 0  # pictures and the like that came with it
    others: tuple[str, ...] = ()  # who else it was sent to
    language: str = ""


@dataclass(eq=False, kw_only=True)
class Call:
    """One call, or one leg of a call that was dialed on; direction is inbound, outbound-api or outbound-dial."""

    sid: str
    from_: str
    to: str
    direction: str
    status: str
    at: float
    url: str = ""  # the document to begin with ...
    twiml: str = ""  # ... or the document itself
    parent_sid: str = ""
    status_callback: str = ""
    events: frozenset[str] = frozenset({"completed"})
    answered_by: str = ""
    answered_at: float | None = None
    ended_at: float | None = None
    reports: int = 0
    failed_webhook: bool = False

    @property
    def over(self) -> bool:
        """Whether the call has come to one of its ends."""
        return self.status in ENDED

    @property
    def seconds(self) -> int:
        """How long people were connected, in whole seconds."""
        if self.answered_at is None or self.ended_at is None:
            return 0
        return max(0, round(self.ended_at - self.answered_at))


@dataclass(frozen=True, kw_only=True)
class Recording:
    """What somebody said after the tone; `words` stand for the sound."""

    sid: str
    call_sid: str
    words: str
    seconds: int
    at: float
