"""Events: what came in from the carrier, such as a text or a step of a call."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A text as the carrier brought it. `id` is the carrier's, the same for every repeat.

    ``meant`` is a word that carriers act on, and this one has: carrier_stop, carrier_cancel, carrier_start,
    carrier_help; or that this one leaves to us: opt_out, opt_in, asks_help. ``body`` is the webhook as it came.
    ``has_media`` says that pictures, sounds or the like came with it, which we cannot read, ``to_group`` that it went
    to other people as well, whose answers we never see.
    """

    id: str
    party: str
    words: str
    meant: str = ""
    body: str = ""
    has_media: bool = False
    to_group: bool = False


@dataclass(frozen=True)
class Dialed:
    """What became of ringing the other side of a need; of another group, where ``need`` is 0. ``left`` is whether
    whoever asked for it has hung up."""

    need: int
    sid: str
    status: str
    seconds: int
    left: bool


@dataclass(frozen=True)
class CallStep:
    """One step of a call. ``turn`` is the question that this answers; none when the call begins.

    ``out`` is the number of a call that we made, ``line`` the hotline's own telephone number, ``whisper`` the need
    about which this phone is asked to talk, ``dialed`` what became of ringing the other side.
    ``theirs`` is false where we have called.
    ``brief`` says of a recording that it is a second at most, and that a key ended it.
    """

    id: str
    party: str
    keys: str = ""
    recording: str = ""
    turn: int | None = None
    hung_up: bool = False
    body: str = ""
    brief: bool = False
    out: int = 0
    line: str = ""
    whisper: int = 0
    dialed: Dialed | None = None
    is_machine: bool = False
    theirs: bool = True

    @property
    def call(self) -> str:
        """The carrier's id of the call."""
        return self.id.rpartition("/")[0]


@dataclass(frozen=True)
class TextReport:
    """What became of a text of ours. ``rank`` says how far along the status is, ``code`` is the carrier's error."""

    sid: str
    status: str
    rank: int
    code: str


@dataclass(frozen=True)
class CallReport:
    """A call has ended, after so many seconds. ``out`` is the number of a call that we made, 0 for one made to us."""

    sid: str
    party: str
    status: str
    seconds: int
    out: int


@dataclass(frozen=True)
class RecordingReport:
    """What became of a recording: completed, failed or absent, and its length in seconds."""

    sid: str
    status: str
    seconds: int


@dataclass(frozen=True)
class MissedCall:
    """A call that got no answer from us. ``status`` is the carrier's word on it."""

    id: str
    caller: str
    status: str


@dataclass(frozen=True)
class Beat:
    """A gateway shows that it lives."""


Event = Text | CallStep | TextReport | CallReport | RecordingReport | Beat
"""Whatever a carrier brings us."""
