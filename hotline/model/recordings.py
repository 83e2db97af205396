"""Recordings: what people said aloud, and the community's own voice."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Spoken:
    """What somebody said in a call. ``place`` is where its sound is kept, "" while it is still on its way to us.

    ``number`` is the need it is about, 0 for a message to the coordinators; ``code`` is what people text for it.
    """

    sid: str
    place: str
    number: int = 0
    code: str = ""
    what: str = ""
    area: str = ""
    made_at: float = 0.0


@dataclass(frozen=True)
class Piece:
    """A part of what the hotline says that can be recorded: a wording up to its next value, a digit, a label."""

    name: str
    words: str


@dataclass(frozen=True)
class Room:
    """What is known to whoever is in the coordinators' room, where the community's own voice is recorded.

    ``sheet`` has every piece in its order for each language; ``recorded`` are those that have a sound, as
    (language, name). ``take`` is where the sound of what was just said is kept, "" until we have it.
    """

    sheet: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    recorded: frozenset[tuple[str, str]] = frozenset()
    take: str = ""


@dataclass(frozen=True)
class Recording:
    """One recording. ``place`` is its name in the store of sounds, "" while we do not have it; times are UTC seconds.

    ``lease`` is the worker's hold on it, ``attempts`` how often it was tried to fetch or to forget it.
    """

    sid: str
    party: str
    kind: str
    status: str
    place: str
    seconds: int
    attempts: int
    lease: int
    reason: str
    made_at: float
    changed_at: float


@dataclass(frozen=True)
class Voice:
    """One piece in the community's own voice: what it says, and where its sound is; "" while it is on its way."""

    language: str
    piece: str
    words: str
    place: str


PIN = "room"  # under which the coordinators' PIN is kept


@dataclass(frozen=True)
class StoredPin:
    """The hash of a PIN, and how often a wrong one was tried since when."""

    hash: str
    misses: int
    missed_since: float


BUCKET = "s3://"  # how a place in a bucket begins


@dataclass(frozen=True)
class Keeping:
    """Where sounds are kept: a folder, or s3://bucket/prefix with what opens it."""

    recordings: str = "recordings"
    s3_endpoint: str = ""
    s3_access_key_id: str = ""
    s3_secret_access_key: str = ""
    s3_region: str = "us-east-1"
