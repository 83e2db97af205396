"""Outbox rows: what is to be said to someone, and their priorities."""

from dataclasses import dataclass

from hotline.engine.session import Prompt
from hotline.model import phone_numbers
from hotline.model.calendar import MINUTE

ANSWER, NEWS, ALERT, AFTER_ALL = 1, 2, 3, 4
"""Priorities in the outbox: a lower number goes first, the last only where there is plenty of room in the day."""

ABOUT_AN_OFFER = (  # how the names of such wordings begin
    *("news.offer_", "gift_still.", "news.loan_", "news.tool_", "news.day_", "day_weather."),
    *("news.circle_", "circle_begin."),
)
TO_MANY = "news.to_many"  # how the names of what goes to many people begin
NO_CALL = "no_call"  # among the values of what is not worth ringing somebody
ASK_AFTER = 5 * MINUTE  # carriers mostly tell within seconds what became of a text
MOST_ASKS = 9  # each after twice as long as the one before: the last is nearly two days after the text


def ask_at(asks: int, now: float) -> float | None:
    """When the carrier is asked for a text's status, which it was asked for so many times; None: never again."""
    return now + ASK_AFTER * 2**asks if asks < MOST_ASKS else None


@dataclass(frozen=True)
class Outgoing:
    """A row of the outbox, held by one worker until its lease runs out.

    ``texts`` are the words as they were first written down, ``sids`` the texts of them that have gone already.
    ``looks`` is how often a doubtful text was missing from the carrier's list, ``ring`` the call in which it was told
    instead, ``round`` how often it was put again because it did not arrive.
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
    round: int = 0

    @property
    def has_number(self) -> bool:
        """Whether it goes to a number; without one it can only be told in a call."""
        return phone_numbers.is_shown(self.party)

    @property
    def is_about_an_offer(self) -> bool:
        """Whether it is news of what somebody gives, or asked for, as one neighbor of another."""
        return bool(self.prompts) and all(prompt.key.startswith(ABOUT_AN_OFFER) for prompt in self.prompts)

    @property
    def is_to_many(self) -> bool:
        """Whether it is a message of the team's to many people."""
        return any(prompt.key.startswith(TO_MANY) for prompt in self.prompts)

    @property
    def is_question(self) -> bool:
        """Whether it asks a volunteer to take a need."""
        return self.priority == ALERT and self.about != 0
