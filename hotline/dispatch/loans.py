"""Loans of tools: until when one can be fetched, when it is due, and what is said before and after. Pure.

A tool that is due at the end of a day is spoken of at noon of the day before, when nobody sleeps. Nothing is ever said
of being late: whoever has it is asked whether it is back, and after some days a person looks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time, timedelta, tzinfo
from enum import StrEnum

from hotline.model import calendar
from hotline.model.calendar import DAY, NOON
from hotline.model.loans import Loan, State

ANSWER_WITHIN = 2 * DAY  # of a lender who was asked
LOOKED_AT_EVERY = DAY  # whether a lender can still be reached
ASKED_AGAIN = 3 * DAY  # after a question whether it is back
AT_NOON = time(NOON)


class NextOfLoan(StrEnum):
    """What to do about a loan now."""

    NOTHING = "nothing"
    FETCH = "fetch"  # it can be fetched today still
    NEXT = "next"  # it was not fetched: the next one's turn
    NO_ANSWER = "no_answer"  # its lender said nothing
    DUE = "due"  # it is due tomorrow
    STILL = "still"  # its day is past: is it back?
    IS_IT_BACK = "is_it_back"  # to the lender, once more
    PERSON = "person"  # nobody says anything: a coordinator looks
    GONE = "gone"  # whoever asked for it hears nothing from us any more


@dataclass(frozen=True)
class DueLoan:
    """What to do now, when to look again (UTC seconds; None: never), and how many notices were given by then."""

    next: NextOfLoan
    check_at: float | None
    told: int


# --- Days.


def noon(until: float, days: int, where: tzinfo | None) -> float:
    """Noon of the last day of a loan until then; with `days`, so many days later."""
    return calendar.at(calendar.today(until - 1, where) + timedelta(days=days), AT_NOON, where)


# --- What is done about one.


def first_look(loan: Loan, now: float, where: tzinfo | None) -> float | None:
    """When a loan that has just come to stand so is looked after; None where others are before it."""
    return next((at for at, _ in _steps(loan, where) if at > now), None)


def due(loan: Loan, *, reached: bool, now: float, where: tzinfo | None) -> DueLoan:
    """The next thing to do about a loan. `reached` is whether its borrower hears from us: where not, nothing is said to
    them, and what they have stays with them until its lender says that it is back."""
    if not reached and loan.state in (State.LINE, State.ASKED, State.REFUSED, State.FETCH):
        return DueLoan(NextOfLoan.GONE, None, loan.told)
    steps = _steps(loan, where)[loan.told :]
    if not steps:
        return DueLoan(NextOfLoan.NOTHING, None, loan.told)
    (at, step), *later = steps
    if now < at:
        return DueLoan(NextOfLoan.NOTHING, at, loan.told)
    told = loan.told + 1
    while later and later[0][0] <= now:  # we were away: what is past is said once
        (_, step), *later = later
        told += 1
    return DueLoan(step, later[0][0] if later else None, told)


def _steps(loan: Loan, where: tzinfo | None) -> tuple[tuple[float, NextOfLoan], ...]:
    """What is done, and when, as long as nothing is heard."""
    until = loan.until
    match loan.state:
        case State.ASKED | State.REFUSED:
            return ((until, NextOfLoan.NO_ANSWER),)
        case State.FETCH:
            return ((noon(until, 0, where), NextOfLoan.FETCH), (until, NextOfLoan.NEXT))
        case State.OUT:
            after = noon(until, 1, where)
            return (
                (noon(until, -1, where), NextOfLoan.DUE),
                (after, NextOfLoan.STILL),
                (after + ASKED_AGAIN, NextOfLoan.STILL),
                (after + 2 * ASKED_AGAIN, NextOfLoan.PERSON),
            )
        case State.BACK:
            return ((until, NextOfLoan.IS_IT_BACK), (until + ASKED_AGAIN, NextOfLoan.PERSON))
        case _:
            return ()


# --- Who has it next.


def next_in_line(loans: Iterable[Loan]) -> Loan | None:
    """Whose turn it is: the first in line, where nobody has the tool, may fetch it, or waits for its lender's word."""
    loans = tuple(loans)
    if any(loan.state.away or loan.state is State.ASKED for loan in loans):
        return None
    return min((loan for loan in loans if loan.state is State.LINE), key=lambda loan: loan.number, default=None)


def may_keep(loan: Loan, loans: Iterable[Loan]) -> bool:
    """Whether it may stay longer: it is with them, and nobody waits for it."""
    return loan.state is State.OUT and not any(each.state.waits for each in loans if each.number != loan.number)
