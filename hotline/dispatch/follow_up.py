"""What is due about a need when nothing was heard of it for a while: it ages out loud, never silently. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from hotline.dispatch.quiet_hours import wakes_at
from hotline.model.needs import Need, Status
from hotline.model.rules import Rules

HOUR = 3600.0
UNFINISHED = 1 * HOUR  # a form that broke off is spoken of once, while it is still remembered
A_WEEK = 7 * 24 * HOUR
LOOK_AGAIN = 0.25 * HOUR  # someone is in the middle of something else
PREPARED_AT = time(10)  # the day before
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Next(StrEnum):
    """What to do about a need now."""

    NOTHING = "nothing"
    GO_ON = "go_on"  # the question of the form once more
    REMIND = "remind"  # whoever has it
    HAPPENED = "happened"  # the neighbor: did it happen?
    STILL_NEEDED = "still_needed"  # the neighbor: is it still needed?
    PERSON = "person"  # nobody says anything: a coordinator looks
    EXPIRE = "expire"


@dataclass(frozen=True)
class Due:
    """What to do now, and when to look again (UTC seconds; none: never)."""

    next: Next
    check_at: float | None


def due(need: Need, rules: Rules, now: float) -> Due:
    """The next thing to do about a need of which nothing was heard since it was looked at last."""
    morning = wakes_at(rules, now)
    if morning > now:
        return Due(Next.NOTHING, morning)
    follow_up = now + rules.follow_up_hours * HOUR
    match need.status:
        case Status.DRAFT:
            return _in_turn(need.checks, [Due(Next.GO_ON, now + rules.still_needed_hours * HOUR), *_still(follow_up)])
        case Status.OPEN if need.takers or need.helped:
            return _in_turn(need.checks, [*_happened(follow_up), Due(Next.PERSON, now + A_WEEK), *_still(follow_up)])
        case Status.OPEN:
            return _in_turn(need.checks, _still(follow_up))
        case Status.TAKEN:
            steps = [Due(Next.REMIND, follow_up), *_happened(follow_up), Due(Next.PERSON, now + A_WEEK)]
            return _in_turn(need.checks, [*steps, Due(Next.EXPIRE, None)])
        case Status.DONE:
            return _in_turn(need.checks, [*_happened(follow_up), Due(Next.PERSON, None)])
    return Due(Next.NOTHING, None)


def _in_turn(checks: int, steps: list[Due]) -> Due:
    return steps[min(checks, len(steps) - 1)]


def _happened(later: float) -> list[Due]:
    return [Due(Next.HAPPENED, later), Due(Next.HAPPENED, later)]


def _still(later: float) -> list[Due]:
    return [Due(Next.STILL_NEEDED, later), Due(Next.STILL_NEEDED, later), Due(Next.EXPIRE, None)]


def again_at(every: str, rules: Rules, now: float) -> float | None:
    """When next week's need is made: at ten the day before the weekday after the coming one. None for what is once."""
    if every not in WEEKDAYS:
        return None
    today = datetime.fromtimestamp(now, rules.timezone).date()
    coming = today + timedelta(days=(WEEKDAYS.index(every) - today.weekday()) % 7)
    return _at(coming + timedelta(days=6), rules)


def _at(day: date, rules: Rules) -> float:
    return datetime.combine(day, PREPARED_AT, rules.timezone).timestamp()
