"""Dangers: who is or may be in danger, and how far that has been looked after."""

from dataclasses import dataclass

from hotline.engine.plain import Plain

POSSIBLE, CERTAIN = "possible", "certain"


@dataclass(frozen=True)
class DangerCase(Plain):
    """Somebody spoke of danger, and nobody has settled it yet. Times are UTC seconds.

    ``need`` is the number of the need that it is about, 0 for none. ``told_at`` is when coordinators heard of it last,
    ``alarmed_at`` when they heard that it is certain, ``seen_at`` since when one of them says that they have looked.
    ``look_at`` is when it is looked after next.
    """

    id: int
    party: str
    need: int
    level: str
    words: str
    raised_at: float
    told_at: float | None = None
    alarmed_at: float | None = None
    look_at: float | None = None
    seen_at: float | None = None
