"""Loans: a tool that a neighbor lends, such as a ladder, and who asks for it, has it, and brings it back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from enum import StrEnum

from hotline.engine.plain import Plain
from hotline.model import calendar
from hotline.model.calendar import WEEKDAYS

LONGEST_NAME, LONGEST_CARE = 60, 140  # letters: a tool and what to mind go into one text
FETCH_DAYS = 3  # to fetch what was promised, then it is the next one's turn
MOST_IN_LINE = 9  # who wait for one tool; nobody waits for months


class State(StrEnum):
    """Where a loan stands."""

    LINE = "line"  # others are before
    ASKED = "asked"  # its lender was asked
    REFUSED = "refused"  # not to this person: they are told nothing of it, and it ends by time
    FETCH = "fetch"  # promised: it can be fetched
    OUT = "out"  # the borrower has it
    BACK = "back"  # the borrower says that it is back
    OVER = "over"

    @property
    def waits(self) -> bool:
        """Whether the borrower has no yes yet."""
        return self in (State.LINE, State.ASKED, State.REFUSED)

    @property
    def away(self) -> bool:
        """Whether the tool is promised to them, or with them: nobody else may have it."""
        return self in (State.FETCH, State.OUT, State.BACK)


@dataclass(frozen=True)
class Tool(Plain):
    """Something that is lent. Times are UTC seconds; people are numbers in E.164.

    ``number`` is its row, ``code`` what people text for it. ``words`` is what it is, ``recording`` the carrier's id of
    the same in the lender's own voice; ``care`` and ``care_recording`` are what to mind, which is read before it is
    lent. ``area`` is a name of the community file, ``days`` for how long it is lent. ``of_group`` says that it is
    everybody's, and ``lender`` the coordinator who looks after it. ``broken_at`` is since when it is in repair.
    ``listed`` is false while its form is filled in; ``why`` is how it ended, "" before. ``away`` says that somebody has
    it or may fetch it, ``back_by`` until when (UTC seconds, 0 for none), ``line`` how many wait.
    """

    number: int
    lender: str
    code: str = ""
    words: str = ""
    recording: str = ""
    care: str = ""
    care_recording: str = ""
    area: str = ""
    days: int = 7
    of_group: bool = False
    broken_at: float | None = None
    created_at: float = 0.0
    listed: bool = True
    ended_at: float | None = None
    why: str = ""
    away: bool = False
    back_by: float = 0.0
    line: int = 0

    @property
    def live(self) -> bool:
        return self.ended_at is None

    @property
    def free(self) -> bool:
        """Whether its lender can be asked for it now."""
        return self.live and not (self.away or self.line or self.broken_at is not None)

    def is_of(self, phone: str) -> bool:
        return self.lender == phone

    @property
    def called(self) -> str | tuple[str, ...]:
        """What it is called: in the lender's words, or just a tool where it was spoken."""
        return self.words or ("tool",)

    @property
    def minded(self) -> bool:
        """Whether there is something to mind."""
        return bool(self.care or self.care_recording)


@dataclass(frozen=True)
class Loan(Plain):
    """Somebody asks for a tool, or has it. ``code`` is what both text for it, also for the request that carries their
    words: ``need`` is the row of that. ``until`` is until when it can be fetched, or when it is due (UTC seconds; the
    day ends at that midnight), ``told`` how many of the notices about that were given."""

    number: int
    tool: Tool
    borrower: str
    code: str = ""
    state: State = State.LINE
    need: int = 0
    asked_at: float = 0.0
    until: float = 0.0
    told: int = 0

    @property
    def live(self) -> bool:
        return self.state is not State.OVER

    def last_day(self, where: tzinfo | None) -> str:
        """The date of the last day."""
        return calendar.last_day(self.until, where)

    def kept_until(self, now: float, come_back: Collection[str], where: tzinfo | None) -> float:
        """Until when it is lent where it stays longer: counted from its last day, or from now where that is over."""
        return due_by(max(now, self.until - 1), self.tool.days, come_back, where)


@dataclass(frozen=True)
class Away(Plain):
    """A tool that is promised or with somebody, and the first name of who has it."""

    loan: Loan
    name: str = ""


def fetch_by(now: float, where: tzinfo | None) -> float:
    """Until when what is promised now can be fetched: to the end of the third day."""
    return calendar.midnight(now, where, FETCH_DAYS + 1)


def due_by(now: float, days: int, come_back: Collection[str], where: tzinfo | None) -> float:
    """Until when what is fetched now is lent: to the end of that day, or of the next on which tools come back."""
    first = calendar.today(now, where) + timedelta(days=days)
    wait = min(calendar.days_until(weekday, first) for weekday in set(come_back) or WEEKDAYS)
    return calendar.midnight(now, where, days + wait + 1)
