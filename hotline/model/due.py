"""Due rows: what the worker takes up one at a time, of each kind; known by its id alone, whatever else is in it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is to be done about a row."""

    DANGER = "danger"
    PERSON = "person asked for"
    WAVE = "wave"
    FOLLOW_UP = "follow-up"
    NEXT_WEEK = "next week's"
    DOUBT = "doubt"
    STOP = "stop or not"
    GIFT = "offer"
    GIFT_ASK = "ask for an offer"
    TOOL = "tool"
    LOAN = "loan"
    DAY = "day together"
    CIRCLE = "circle"
    BROADCAST = "message to many"
    DAILY_RING = "daily ring"
    ALARM = "alarm of a safety ring"
    CONTACT = "contact of a safety ring"
    SIGN_UP = "safety ring begun to ask for"
    ROUND_PART = "part in a round of questions"
    TEXT = "text"
    CALL = "call"
    SOUND = "recording"


@dataclass(frozen=True)
class DueRow:
    """``about`` is the number of the need that it is about, 0 for none; ``id`` is a telephone number for a person."""

    kind: Kind
    id: int | str
    party: str
    about: int = 0
