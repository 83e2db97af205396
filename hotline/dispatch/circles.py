"""Circles: who moves up when somebody leaves, and what is said before and after each turn. Pure.

All are reminded at six in the evening before a turn. What is missing is asked about a day after it, of the person
alone; two days later who organizes hears of it; and where they say nothing for two days more, all do. While two
disagree, nothing goes on.
"""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from hotline.model import calendar
from hotline.model.circles import NOON, Circle, Deed, Member, after_beats
from hotline.model.rules import Rules

REMINDED_AT = time(18)
MISSING_AFTER, TELL_AFTER, SILENT_AFTER = 1, 3, 5  # days after a turn
LAST_AFTER = 14  # days after the last turn it is over, whatever is missing
PUT_OFF = 7  # days, where who organizes does not say that it begins
MOST_PUT_OFF = 3  # times; then it does not take place


# --- Who leaves.


def without(circle: Circle, leaver: Member, now: float) -> Circle:
    """The circle without somebody. Who had no turn yet has none, and all behind move up; who had one is in its past."""
    gone = leaver.but(left_at=now)
    if leaver.place and leaver not in circle.had_a_turn:
        gone = gone.but(place=0)
    if not circle.begun:
        gone = gone.but(seat=0)  # the draw is among those who are in
    closed = leaver.place if gone.place != leaver.place else 0

    def after(each: Member) -> Member:
        if each.number == leaver.number:
            return gone
        return each.but(place=each.place - 1) if closed and each.place > closed else each

    members = tuple(map(after, circle.members))
    swaps = leaver.number in (circle.swap_from, circle.swap_to)
    end = {"swap_from": 0, "swap_to": 0, "swap_agreed": False} if swaps else {}
    return circle.but(members=members, **end)


# --- When.


class NextOfCircle(StrEnum):
    """What to do about a circle now."""

    NOTHING = "nothing"
    ASK = "ask"  # who organizes is asked whether it begins
    UNANSWERED = "unanswered"  # they have not said so
    REMIND = "remind"
    MISSING = "missing"  # each whose word is missing hears so, alone
    TELL = "tell"  # who organizes hears what is missing
    SILENT = "silent"  # they said nothing: all hear so
    NEXT_TURN = "next turn"
    OVER = "over"


@dataclass(frozen=True)
class DueCircle:
    """What to do now, when to look again (UTC seconds; None: never by itself), and how many steps were taken."""

    next: NextOfCircle
    check_at: float | None
    told: int


SAID_LATE = frozenset((NextOfCircle.UNANSWERED, NextOfCircle.NEXT_TURN, NextOfCircle.OVER))
"""What is done however long we were away."""


def steps(circle: Circle, rules: Rules) -> tuple[tuple[float, NextOfCircle], ...]:
    """What is done, and when, in this order: before it begins, or in the turn that is open."""
    if not circle.begun:
        return (
            (_noon(circle.starts_at, -1, rules), NextOfCircle.ASK),
            (_noon(circle.starts_at, 0, rules), NextOfCircle.UNANSWERED),
        )
    turn = circle.turn_at(circle.turn, rules.timezone)
    ends = (
        (_noon(turn, LAST_AFTER, rules), NextOfCircle.OVER)
        if circle.turn >= circle.turns
        else (_evening_before(circle.turn_at(circle.turn + 1, rules.timezone), rules) - 1, NextOfCircle.NEXT_TURN)
    )
    return (
        (_evening_before(turn, rules), NextOfCircle.REMIND),
        (_noon(turn, MISSING_AFTER, rules), NextOfCircle.MISSING),
        (_noon(turn, TELL_AFTER, rules), NextOfCircle.TELL),
        (_noon(turn, SILENT_AFTER, rules), NextOfCircle.SILENT),
        ends,
    )


def is_through(circle: Circle, now: float, rules: Rules) -> bool:
    """Whether its turn was, and both have said all of it: then the next is open, and some give for it early."""
    if not circle.running or circle.missing(circle.turn):
        return False
    turn = calendar.today(circle.turn_at(circle.turn, rules.timezone), rules.timezone)
    return calendar.today(now, rules.timezone) >= turn


def due(circle: Circle, now: float, rules: Rules) -> DueCircle:
    """The next thing to do. While it rests, nothing is due."""
    left = steps(circle, rules)[circle.told :]
    if circle.rests or not circle.live or not left:
        return DueCircle(NextOfCircle.NOTHING, None, circle.told)
    if is_through(circle, now, rules) and circle.turn < circle.turns:
        return DueCircle(NextOfCircle.NEXT_TURN, now, circle.told)
    (at, step), *later = left
    if now < at:
        return DueCircle(NextOfCircle.NOTHING, at, circle.told)
    told = circle.told + 1
    if step not in SAID_LATE and later and later[0][0] <= now:  # we were away: the next step says what is so by now
        return DueCircle(NextOfCircle.NOTHING, now, told)
    return DueCircle(step, later[0][0] if later else now, told)


def shifted(circle: Circle, now: float, rules: Rules) -> Circle:
    """After a rest the turns that are ahead are later by as many whole beats as it takes: nobody's turn was in it."""
    while circle.turn < circle.turns and circle.turn_at(circle.turn + 1, rules.timezone) <= now:
        first = calendar.today(circle.starts_at, rules.timezone)
        circle = circle.but(starts_at=calendar.at(after_beats(first, circle.beat, 1), NOON, rules.timezone))
    return circle


def put_off(circle: Circle, rules: Rules) -> Circle | None:
    """The circle a week later; None once it was put off often enough."""
    times = sum(mark.deed is Deed.PUT_OFF for mark in circle.marks)
    if times + 1 >= MOST_PUT_OFF:
        return None
    day = calendar.today(circle.starts_at, rules.timezone) + timedelta(days=PUT_OFF)
    return circle.but(starts_at=calendar.at(day, NOON, rules.timezone), told=0)


def _noon(at: float, days: int, rules: Rules) -> float:
    return calendar.at(calendar.today(at, rules.timezone) + timedelta(days=days), NOON, rules.timezone)


def _evening_before(at: float, rules: Rules) -> float:
    return calendar.at(calendar.today(at, rules.timezone) - timedelta(days=1), REMINDED_AT, rules.timezone)
