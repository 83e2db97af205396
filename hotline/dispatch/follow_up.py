"""Follow-up: when a need is looked after for the first time, and what is done about it from then on. Pure.

A need of which nothing is heard ages out loud, never silently: somebody is reminded or asked, a person looks, and only
then it is over.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hotline.dispatch.quiet_hours import evening_before, wakes_at
from hotline.model.calendar import HOUR, MINUTE, WEEK
from hotline.model.dangers import CERTAIN, POSSIBLE, DangerCase
from hotline.model.needs import Need, Status
from hotline.model.rules import Rules

Wait = Callable[[Rules], float | None]
"""Seconds to wait in a community with these rules; None: for ever."""


class After(StrEnum):
    """What has just happened with a need."""

    BEGUN = "begun"
    ASKED_THE_CARRIER = "asked_the_carrier"
    RECORDED = "recorded"
    TAKEN = "taken"
    GIVEN_BACK = "given_back"
    RELAYED = "relayed"
    COMING = "coming"
    ALL_DONE = "all_done"
    NOT_YET = "not_yet"
    STILL_NEEDED = "still_needed"
    MADE_AGAIN = "made_again"
    INTERRUPTED = "interrupted"
    LEFT_ALONE = "left_alone"


class Next(StrEnum):
    """What to do about a need now."""

    NOTHING = "nothing"
    GO_ON = "go_on"  # the question of the form once more
    BEFORE = "before"  # whoever has it, of its time
    REMIND = "remind"  # whoever has it
    HAPPENED = "happened"  # the neighbor: did it happen?
    STILL_NEEDED = "still_needed"  # the neighbor: is it still needed?
    PERSON = "person"  # nobody says anything: a coordinator looks
    EXPIRE = "expire"


def _seconds(length: float) -> Wait:
    return lambda _: length


def _never(_: Rules) -> None:
    """It is over, or in a person's hands."""


def _follow_up(rules: Rules) -> float:
    return rules.follow_up_seconds


def _still_needed(rules: Rules) -> float:
    return rules.still_needed_seconds


FIRST: Mapping[After, Wait] = {
    After.BEGUN: _seconds(HOUR),  # a form that broke off is spoken of once, while it is still remembered
    After.ASKED_THE_CARRIER: _seconds(MINUTE),  # HELP, which the carrier answers, is all that we heard of them
    After.RECORDED: _still_needed,
    After.TAKEN: _follow_up,
    After.GIVEN_BACK: _still_needed,
    After.RELAYED: _follow_up,
    After.COMING: _follow_up,  # where the time that they said is past
    After.ALL_DONE: _seconds(0.0),  # the last of those who had it says so: now the neighbor is asked
    After.NOT_YET: _follow_up,
    After.STILL_NEEDED: _still_needed,
    After.MADE_AGAIN: _still_needed,
    After.INTERRUPTED: _seconds(15 * MINUTE),  # somebody is in the middle of something else
    After.LEFT_ALONE: _follow_up,  # somebody else has the number, or they think about ending the texts
}
"""When a need is looked after for the first time after something happened with it."""

HOUR_AFTER = HOUR  # of the time of a need: by then it is over

HAPPENED = ((Next.HAPPENED, _follow_up), (Next.HAPPENED, _follow_up))
STILL_NEEDED = ((Next.STILL_NEEDED, _follow_up), (Next.STILL_NEEDED, _follow_up), (Next.EXPIRE, _never))
PERSON = (Next.PERSON, _seconds(WEEK))

Steps = tuple[tuple[Next, Wait], ...]
LATER: Mapping[Status, Steps] = {
    Status.DRAFT: ((Next.GO_ON, _still_needed), *STILL_NEEDED),
    Status.OPEN: STILL_NEEDED,
    Status.TAKEN: ((Next.REMIND, _follow_up), *HAPPENED, PERSON, (Next.EXPIRE, _never)),
    Status.DONE: (*HAPPENED, (Next.PERSON, _never)),
}
"""What is done at the first look, the second, and so on as long as nothing is heard; and how long to wait after it."""
STILL_THERE = 10 * MINUTE  # so long whoever wrote HELP still looks at the telephone
OPEN_IN_SOME_HANDS: Steps = (*HAPPENED, PERSON, *STILL_NEEDED)  # several are needed, and some of them have it


@dataclass(frozen=True)
class Due:
    """What to do now, when to look again (UTC seconds; none: never), and how often it was looked at by then."""

    next: Next
    check_at: float | None
    checks: int = 0


IN_SOME_HANDS = (After.TAKEN, After.RELAYED, After.COMING)
TO_BE_TAKEN = (After.RECORDED, After.GIVEN_BACK, After.STILL_NEEDED, After.MADE_AGAIN)


def first_look(after: After, rules: Rules, now: float, expected: tuple[float, float] | None = None) -> float:
    """When to look after a need of which nothing is heard from now on.

    `expected` is when it begins and when it is over (UTC seconds): whoever has it is reminded before it, and the
    neighbor is asked how it went after it, or whether it is still needed where nobody has it.
    """
    wait = now + (FIRST[after](rules) or 0.0)
    if expected is None or expected[1] <= now:
        return wait
    if after in TO_BE_TAKEN:
        return expected[1]
    if after in IN_SOME_HANDS:
        return reminded_at(rules, now, expected[0]) or expected[1] + HOUR_AFTER
    return wait


def reminded_at(rules: Rules, now: float, starts_at: float) -> float | None:
    """When whoever has a need is reminded of its time, never at night; None where no time is left for that."""
    before = starts_at - rules.remind_before_seconds
    morning = wakes_at(rules, before)
    in_the_evening = evening_before(rules, before) - rules.remind_before_seconds
    reminded = morning if morning < starts_at else in_the_evening
    return reminded if reminded > now else None


def due(need: Need, rules: Rules, now: float) -> Due:
    """The next thing to do about a need of which nothing was heard since it was looked at last."""
    morning = wakes_at(rules, now)
    if morning > now and not _waits_for_us(need, now):
        return Due(Next.NOTHING, morning, need.checks)
    checks, expected = need.checks, need.expected
    if need.takers and checks == 0 and expected:
        if now < expected[0]:
            return Due(Next.BEFORE, max(expected[1] + HOUR_AFTER, now), 1)
        checks = 1  # nobody is reminded of what is past
    steps = _steps(need)
    if not steps:
        return Due(Next.NOTHING, None, checks)
    step, wait = steps[min(checks, len(steps) - 1)]
    seconds = wait(rules)
    return Due(step, None if seconds is None else now + seconds, checks + 1)


def _waits_for_us(need: Need, now: float) -> bool:
    """Whether somebody has just written HELP and heard the carrier alone: our first question is their answer, also at
    night."""
    asked = need.status is Status.DRAFT and not need.words and not need.checks
    return asked and now - need.created_at < STILL_THERE


def _steps(need: Need) -> Steps:
    if need.status is Status.OPEN and (need.takers or need.helped):
        return OPEN_IN_SOME_HANDS
    return LATER.get(need.status, ())


# --- Who was asked something that cannot wait for long.

COMES_OR_NOT = 15 * MINUTE  # to say whether it goes back; then a coordinator hears of it
WHICH_ONE = 15 * MINUTE  # to say which request words are about; then a coordinator reads them
STOP_OR_NOT = HOUR  # to say whether all texts end; the statement `next_due` has it as well


# --- Danger.

ANSWER_WITHIN = 5 * MINUTE  # no answer whether somebody is in danger counts as a yes
REMIND_EVERY = 15 * MINUTE  # coordinators, of what waits for their word
HELD_FOR = HOUR  # then a request goes on without it
SEEN_HOLDS = 4 * HOUR  # once one has looked; they know of it, so it goes on by their word alone


def due_in_danger(held: bool, rules: Rules, now: float) -> Due:
    """What to do about a request that names danger and that nobody has. Nobody in danger is asked what others are
    asked, and it does not end by itself: coordinators hear of it again and again, by day. Of what is `held` they are
    reminded anyway."""
    morning = wakes_at(rules, now)
    if morning > now:
        return Due(Next.NOTHING, morning)
    return Due(Next.NOTHING if held else Next.PERSON, now + rules.follow_up_seconds)


class NextAboutDanger(StrEnum):
    """What to do about a danger of which nothing was heard."""

    NOTHING = "nothing"
    COUNTS_AS_YES = "counts_as_yes"
    REMIND = "remind"  # the coordinators
    GO_ON = "go_on"  # nobody said anything for too long


def first_look_at_danger(level: str, now: float) -> float:
    """When to look after a danger of which nothing is heard from now on (UTC seconds)."""
    return now + (REMIND_EVERY if level == CERTAIN else ANSWER_WITHIN)


def due_about_danger(
    case: DangerCase, waits: bool, now: float, *, withdrawn: bool = False
) -> tuple[NextAboutDanger, float | None]:
    """What to do now about a danger, by day and by night, and when to look again (UTC seconds; none: never). `waits`
    is that something waits for a coordinator's word; `withdrawn` that whoever holds the phone closed the request, and
    nobody has looked: that is no end of it."""
    if case.level == POSSIBLE:
        return NextAboutDanger.COUNTS_AS_YES, first_look_at_danger(CERTAIN, now)
    if withdrawn:
        return NextAboutDanger.REMIND, now + (REMIND_EVERY if now - case.raised_at < HELD_FOR else HELD_FOR)
    if not waits:
        return NextAboutDanger.NOTHING, None
    if case.seen_at is not None:
        return NextAboutDanger.REMIND, now + SEEN_HOLDS
    if now - case.raised_at >= HELD_FOR:
        return NextAboutDanger.GO_ON, None
    return NextAboutDanger.REMIND, min(now + REMIND_EVERY, max(now + 1, case.raised_at + HELD_FOR))
