"""Outbound calls: one call that we make, and how far it got."""

from dataclasses import dataclass

from hotline.engine.plain import Plain


@dataclass(frozen=True)
class Ring(Plain):
    """One call to somebody, until they have heard everything or it is given up.

    ``status`` is waiting, calling (being placed), unknown (perhaps placed), ringing (placed) or over. ``need`` is the
    one whose other side they want to talk to, 0 for news. ``stage`` is what they are hearing, ``human`` whether a key
    proved that it is not a machine. ``tries`` counts the calls, ``misses`` what was not answered in this one, ``looks``
    how often a doubtful call was missing from the carrier's list.
    """

    id: int
    party: str
    need: int = 0
    status: str = "waiting"
    stage: str = ""
    human: bool = False
    misses: int = 0
    tries: int = 0
    sid: str = ""
    reason: str = ""
    looks: int = 0
    due_at: float = 0.0
    leased_until: float | None = None
    tried_at: float = 0.0
