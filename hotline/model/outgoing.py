"""Outbox rows: what is to be said to someone, and their priorities."""

from dataclasses import dataclass

from hotline.engine.session import Prompt

ANSWER, NEWS, ALERT = 1, 2, 3
"""Priorities in the outbox: a lower number goes first."""
LIGHT = frozenset(("news.settled",))


@dataclass(frozen=True)
class Outgoing:
    """A row of the outbox, held by one worker until its lease runs out.

    ``texts`` are the words as they were first written down, ``sids`` the texts of them that have gone already; ``ring``
    is the call in which it was told instead.
    """

    id: int
    party: str
    prompts: tuple[Prompt, ...]
    about: int
    priority: int
    attempts: int
    lease: int
    status: str
    texts: tuple[str, ...]
    sids: tuple[str, ...]
    tried_at: float
    expires_at: float | None
    reason: str
    created_at: float
    any_hour: bool = False
    ring: int = 0
