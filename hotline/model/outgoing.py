"""Outbox rows: what is to be said to someone, and their priorities."""

from dataclasses import dataclass

from hotline.engine.session import Prompt
from hotline.model import phone_numbers

ANSWER, NEWS, ALERT = 1, 2, 3
"""Priorities in the outbox: a lower number goes first."""


@dataclass(frozen=True)
class Outgoing:
    """A row of the outbox, held by one worker until its lease runs out.

    ``texts`` are the words as they were first written down, ``sids`` the texts of them that have gone already.
    ``looks`` is how often a doubtful text was missing from the carrier's list, ``ring`` the call in which it was told
    instead.
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
    looks: int = 0

    @property
    def has_number(self) -> bool:
        """Whether it goes to a number; without one it can only be told in a call."""
        return phone_numbers.is_shown(self.party)

    @property
    def is_question(self) -> bool:
        """Whether it asks a volunteer to take a need."""
        return self.priority == ALERT and self.about != 0
