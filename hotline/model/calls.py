"""Outbound calls: one call that we make, and how far it got."""

from dataclasses import dataclass

from hotline.engine.plain import Plain
from hotline.engine.session import Prompt
from hotline.model.calendar import MINUTE
from hotline.model.outgoing import ALERT

LONGEST_STEP = 4 * MINUTE  # between two steps of a call; after that nobody is on the line any more
NO_NEED = 1  # in place of a need: one of the team wants to talk to somebody about none
COMPANY = 2  # the same: a volunteer rings somebody at the hour of their daily ring


@dataclass(frozen=True)
class Ring(Plain):
    """One call to somebody, until they have heard everything or it is given up.

    ``status`` is waiting, calling (being placed), unknown (perhaps placed), ringing (placed) or over. ``need`` is the
    one whose other side they want to talk to, 0 for news, NO_NEED or COMPANY where there is none, and ``code`` what
    people text for it; ``other`` is the side that one of the team wants to talk to, who is none of the two, or whom a
    volunteer rings. ``stage`` is what they are hearing, ``human`` whether a key proved that it is no machine. ``tries``
    counts the calls, ``misses`` what was not answered in this one, ``looks`` how often a doubtful call was missing from
    the carrier's list.
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
    code: str = ""
    other: str = ""


NO_RING = Ring(0, "")
"""A call that we did not make."""


@dataclass(frozen=True)
class ToTell(Plain):
    """A row of the outbox that is told in a call. ``ring`` is the call in which it is being told or was told, if any.

    ``says`` is what is heard, ``keys`` the names of all its prompts. A question is put as it stands by now,
    or not any more. What is not ``worth_a_call`` is told when there is one anyway."""

    row: int
    about: int
    priority: int
    ring: int
    keys: tuple[str, ...]
    says: tuple[Prompt, ...]
    worth_a_call: bool = True

    @property
    def offers(self) -> bool:
        """Whether it asks for help with the need that it is about."""
        return self.priority == ALERT
