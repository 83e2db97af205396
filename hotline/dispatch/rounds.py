"""Listening rounds: when somebody is told that they will be asked, is asked, and hears what came of it. Pure.

Nobody is written to at night, in the middle of something else, or while they speak of danger; silence is an answer.
"""

from dataclasses import dataclass
from enum import StrEnum

from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.rounds import OPEN_FOR, Part, Stage

LATER = HOUR  # after something else that they are being asked
OUTCOME_WITHIN = 30 * DAY  # to say what came of it; then the round is over unsaid


class NextInRound(StrEnum):
    """What to do about somebody's part now."""

    NOTHING = "nothing"
    TELL = "tell"
    ASK = "ask"
    OUTCOME = "outcome"
    END = "end"


@dataclass(frozen=True)
class DueInRound:
    """What to do now, the stage after it, and when to look again (UTC seconds)."""

    next: NextInRound
    stage: Stage
    check_at: float


def due(part: Part, *, reached: bool, busy: bool, morning: float, now: float) -> DueInRound:
    """The next thing. `reached` is whether they hear from us and still agree, `busy` whether they are in the middle of
    something; `morning` is when people may be written to: now, by day."""
    here, stage = part.round, part.stage
    if not reached:
        return DueInRound(NextInRound.END, stage, now)
    if stage is not Stage.HEARS and (not here.live or now >= here.closes_at + OUTCOME_WITHIN):
        return DueInRound(NextInRound.END, stage, now)
    if morning > now:
        return DueInRound(NextInRound.NOTHING, stage, morning)
    match stage:
        case Stage.CHOSEN:
            return DueInRound(NextInRound.TELL, Stage.TOLD, max(here.asks_at, now + MINUTE))
        case Stage.HEARS:
            return DueInRound(NextInRound.OUTCOME, stage, now)
        case Stage.TOLD | Stage.ASKED if now < here.closes_at:
            return _asked(part, busy=busy, now=now)
    if part.put == 0:
        return DueInRound(NextInRound.END, stage, now)
    return DueInRound(NextInRound.NOTHING, stage, here.closes_at + OUTCOME_WITHIN)


def _asked(part: Part, *, busy: bool, now: float) -> DueInRound:
    """The first question; a day later once more the next one, from whoever was in the middle of it."""
    here, first = part.round, part.stage is Stage.TOLD
    in_the_middle = 0 < part.put < len(here.questions)
    if not first and not in_the_middle:
        return DueInRound(NextInRound.NOTHING, Stage.ASKED_ON, here.closes_at)
    if busy:
        return DueInRound(NextInRound.NOTHING, part.stage, now + LATER)
    after = Stage.ASKED if first else Stage.ASKED_ON
    return DueInRound(NextInRound.ASK, after, min(here.closes_at, now + DAY) if first else here.closes_at)


def asks_at(morning_after: float) -> tuple[float, float]:
    """(when the first question is put, when the last answer counts), from the hour of the day after."""
    return morning_after, morning_after + OPEN_FOR
