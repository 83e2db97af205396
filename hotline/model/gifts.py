"""Gifts: what a neighbor has to give, such as oranges or an hour on Saturday, and who asks for it.

People know a gift as an offer. In code that word is taken: an offer there is what a volunteer gives when asked.
"""

from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum

from hotline.engine.plain import Plain
from hotline.model import calendar

MOST_PORTIONS = 99
LONGEST_WORDS = 100  # letters of what is given; a longer story pushes a text over its segments
MOST_NAMED = 3  # open requests that one giver is asked about at a time


class Answer(StrEnum):
    """What became of an ask."""

    WAITS = ""
    YES = "yes"
    NO = "no"  # not to this person: they are told nothing of it, and their ask ends with the others or by time
    OVER = "over"  # they were told that it is over
    TAKEN_BACK = "taken back"  # they do not want it any more, or left


@dataclass(frozen=True)
class Gift(Plain):
    """Something that somebody has to give. Times are UTC seconds; people are numbers in E.164.

    ``number`` is its row, ``code`` what people text for it. ``words`` is what it is, ``recording`` the carrier's id of
    the same in the giver's own voice, ``inside`` what is in it, where it is food. ``what`` and ``area`` are names of
    the community file. ``portions`` is how many people can have some, 0 where that is not counted; ``given`` how many
    of them are promised or gone. ``standing`` is that it has no end of its own: it ends where its giver says nothing
    for long. ``until`` is when it ends, ``lasts`` for how many seconds it is kept on at its giver's word, ``told`` how
    many of the notices before its end were given. ``listed`` is false while its form is filled in. ``why`` is how it
    ended, "" before.
    """

    number: int
    giver: str
    code: str = ""
    words: str = ""
    recording: str = ""
    inside: str = ""
    what: str = ""
    area: str = ""
    portions: int = 0
    given: int = 0
    standing: bool = False
    until: float = 0.0
    lasts: float = 0.0
    told: int = 0
    created_at: float = 0.0
    listed: bool = True
    ended_at: float | None = None
    why: str = ""

    @property
    def live(self) -> bool:
        return self.ended_at is None

    @property
    def left(self) -> int | None:
        """How many more people can have some; None where that is not counted."""
        return max(0, self.portions - self.given) if self.portions else None

    @property
    def full(self) -> bool:
        """Whether all of it is promised."""
        return self.left == 0

    def is_of(self, phone: str) -> bool:
        return self.giver == phone

    @property
    def called(self) -> str | tuple[str, ...]:
        """What it is called: in the giver's words, or its kind where it was spoken."""
        return self.words or (self.what or "something",)

    @property
    def spoken(self) -> bool:
        """Whether what it is can only be heard."""
        return bool(self.recording) and not self.words

    def kept_until(self, now: float, where: tzinfo | None) -> float:
        """When it ends where it is kept on now: after as many whole days as at first, at midnight."""
        return calendar.midnight(now, where, int(self.lasts // calendar.DAY) + 1)

    def last_day(self, where: tzinfo | None) -> str:
        """The date of its last day: it ends at midnight."""
        return calendar.last_day(self.until, where)

    def until_when(self, where: tzinfo | None) -> str:
        """The name of how long it is there."""
        return "until_gone" if self.standing else f"until_{self.last_day(where)}"


@dataclass(frozen=True)
class GiftAsk(Plain):
    """Somebody asks for a gift. ``code`` is what both text for it, also once it is a request that the giver has taken:
    ``need`` is the row of that. ``named`` is that an open request was named to the giver, and nobody asked for the gift
    itself."""

    number: int
    gift: Gift
    asker: str
    code: str = ""
    answer: Answer = Answer.WAITS
    need: int = 0
    named: bool = False
    asked_at: float = 0.0

    @property
    def waits(self) -> bool:
        return self.answer is Answer.WAITS
