"""Listening rounds: a coordinator asks up to five questions, and whoever agreed to be asked answers or does not."""

from dataclasses import dataclass
from enum import StrEnum

from hotline.engine.plain import Plain
from hotline.model.calendar import DAY

MOST_QUESTIONS = 5
LONGEST_QUESTION, LONGEST_PURPOSE, LONGEST_OUTCOME = 140, 100, 120  # letters: each goes into one text
LONGEST_ANSWER = 300
OPEN_FOR = 7 * DAY  # so long answers count
EVERY = 90 * DAY  # at most one round in so long
FEWEST_COUNTED = 5  # of fewer answers nobody is told how many they are


class Consent(StrEnum):
    """Whether somebody agreed to be asked now and then."""

    NEVER_ASKED = ""
    ASKED = "asked"
    YES = "yes"
    NO = "no"


class Stage(StrEnum):
    """How far somebody is in a round."""

    CHOSEN = "chosen"  # nothing was said yet
    TOLD = "told"  # they know that they will be asked, by whom and what for
    ASKED = "asked"  # the questions were put
    ASKED_ON = "asked on"  # once more, in the middle
    HEARS = "hears"  # what came of it is to be told


@dataclass(frozen=True)
class Round(Plain):
    """One round. Times are UTC seconds; ``coordinator`` is the key of who asks, ``purpose`` what becomes of the
    answers, ``outcome`` what came of them, "" before."""

    number: int
    coordinator: str
    purpose: str
    questions: tuple[str, ...]
    created_at: float
    asks_at: float
    closes_at: float
    outcome: str = ""
    ended_at: float | None = None

    @property
    def live(self) -> bool:
        return self.ended_at is None

    @property
    def name(self) -> str:
        """The first name of who asks, as their key has it."""
        return self.coordinator.replace("_", " ").title()


@dataclass(frozen=True)
class Part(Plain):
    """Somebody's part in a round that is not over for them. ``put`` is how many questions they answered or passed."""

    number: int
    round: Round
    phone: str
    stage: Stage
    put: int = 0

    @property
    def question(self) -> str:
        """The next one, "" after the last."""
        return self.round.questions[self.put] if self.put < len(self.round.questions) else ""


def may_begin(latest: Round | None, now: float) -> bool:
    """Whether a round may begin: none is going on, and the last began a quarter of a year ago."""
    return latest is None or (not latest.live and now >= latest.created_at + EVERY)
