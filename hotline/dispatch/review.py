"""Asking review: what four weeks of asking came to, what other settings would have done, and one that is worth a try.

Pure. It counts people and names none.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median, quantiles

from hotline.dispatch.forecast import OFTEN_GONE, TOO_OFTEN_GONE, measured
from hotline.dispatch.quiet_hours import wakes_at
from hotline.dispatch.waves import IN_TIME
from hotline.model import calendar
from hotline.model.calendar import HOUR, MINUTE, WEEK
from hotline.model.rules import Rules
from hotline.model.town import PastAsk, PastNeed

TRIED_MINUTES, TRIED_A_WEEK = (5, 10, 15, 20, 30), (2, 3, 4, 5, 7)
ENOUGH = 20  # requests, and questions: of fewer nobody learns anything
TAKEN_WELL, TAKEN_BADLY = 0.8, 0.6  # of all that was asked for, within two hours of asking
OFTEN_AT_THE_LIMIT = 0.3  # of those asked
MOST_A_WEEK = 7
LONGEST_WAVE = 20  # minutes


@dataclass(frozen=True)
class Review:
    """What some weeks came to. Times are seconds.

    ``waited`` is how long each request that was taken waited from when people could be asked, ``without_givers`` how
    many requests of each kind and area had nobody to ask, ``told`` of how many coordinators heard and ``in_vain`` how
    many of these were taken within two hours all the same. ``times`` is how often each person was asked, ``hours`` how
    many were asked and said yes at each local hour, ``gone_after`` how often those who left or paused were asked in the
    week before. ``yes_before`` is the share of yeses that came before a next wave after so many minutes, ``not_put``
    how many questions, and yeses to them, there would not have been with at most so many a week.
    """

    needs: int
    waited: tuple[float, ...]
    in_time: int
    told: int
    in_vain: int
    without_givers: Mapping[tuple[str, str], int]
    times: tuple[int, ...]
    hours: Mapping[int, tuple[int, int]]
    gone_after: tuple[int, ...]
    yes_before: Mapping[int, float]
    not_put: Mapping[int, tuple[int, int]]
    at_the_limit: float
    going: float
    people: int

    @property
    def usual_wait(self) -> tuple[float, float]:
        """The half of those taken waited no longer than the first, nine in ten no longer than the second."""
        many = self.waited
        return (median(many), quantiles(many, n=10)[-1]) if len(many) > 1 else (sum(many), sum(many))


def review(needs: Sequence[PastNeed], asks: Sequence[PastAsk], people: int, rules: Rules, now: float) -> Review:
    """What the community's last weeks came to. `people` is how many give."""
    waits = {place: _waited(need, rules) for place, need in enumerate(needs) if need.taken_at is not None}
    told = [place for place, need in enumerate(needs) if need.told]
    return Review(
        needs=len(needs),
        waited=tuple(sorted(waits.values())),
        in_time=sum(wait <= IN_TIME for wait in waits.values()),
        told=len(told),
        in_vain=sum(waits.get(place, IN_TIME + 1) <= IN_TIME for place in told),
        without_givers=dict(Counter((need.what, need.area) for need in needs if not need.asked).most_common()),
        times=tuple(sorted(Counter(ask.volunteer for ask in asks).values())),
        hours=_by_hour(asks, rules),
        gone_after=_gone_after(asks),
        yes_before={minutes: _yes_before(asks, minutes * MINUTE) for minutes in TRIED_MINUTES},
        not_put={most: _not_put(asks, most) for most in TRIED_A_WEEK},
        at_the_limit=_at_the_limit(asks, rules),
        going=measured(asks, people, rules, now).going,
        people=people,
    )


def suggestion(found: Review, rules: Rules) -> tuple[str, Rules]:
    """Why one setting might be another, "" where none might; and the rules with it."""
    if found.needs < ENOUGH or sum(found.times) < ENOUGH:
        return "", rules
    share = found.in_time / found.needs
    if found.going > TOO_OFTEN_GONE and rules.asks_per_week > 1:
        return "many leave or pause", replace(rules, asks_per_week=rules.asks_per_week - 1)
    often = found.at_the_limit > OFTEN_AT_THE_LIMIT and found.going < OFTEN_GONE
    if share < TAKEN_BADLY and often and rules.asks_per_week < MOST_A_WEEK:
        return "many are asked as often as is allowed, and few leave", replace(
            rules, asks_per_week=rules.asks_per_week + 1
        )
    slower = next((many for many in TRIED_MINUTES if found.yes_before[many] > 0.5), LONGEST_WAVE)
    if share > TAKEN_WELL and rules.wave_minutes < slower <= LONGEST_WAVE:
        return "most yeses come after the next wave has gone", replace(rules, wave_minutes=slower)
    faster = rules.wave_minutes // 2
    if share < TAKEN_BADLY and faster >= TRIED_MINUTES[0] and found.at_the_limit < OFTEN_AT_THE_LIMIT:
        return "requests wait long, and people may be asked more often", replace(rules, wave_minutes=faster)
    return "", rules


def _waited(need: PastNeed, rules: Rules) -> float:
    since = need.created_at if need.urgent else wakes_at(rules, need.created_at)
    return max(0.0, (need.taken_at or since) - since)


def _by_hour(asks: Sequence[PastAsk], rules: Rules) -> dict[int, tuple[int, int]]:
    asked, said_yes = Counter[int](), Counter[int]()
    for ask in asks:
        hour = calendar.local(ask.asked_at, rules.timezone).hour
        asked[hour] += 1
        said_yes[hour] += ask.yes
    return {hour: (asked[hour], said_yes[hour]) for hour in sorted(asked)}


def _gone_after(asks: Sequence[PastAsk]) -> tuple[int, ...]:
    gone = {(ask.volunteer, ask.gone_at) for ask in asks if ask.gone_at is not None}
    return tuple(
        sorted(sum(ask.volunteer == who and 0 <= at - ask.asked_at < WEEK for ask in asks) for who, at in gone if at)
    )


def _yes_before(asks: Sequence[PastAsk], seconds: float) -> float:
    after = [ask.ended_at - ask.asked_at for ask in asks if ask.yes and ask.ended_at is not None]
    return sum(each <= seconds for each in after) / len(after) if after else 0.0


def _not_put(asks: Sequence[PastAsk], most: int) -> tuple[int, int]:
    """How many questions were more than `most` of one person's seven days, and to how many of them they said yes."""
    put: dict[str, list[float]] = {}
    many = yeses = 0
    for ask in sorted(asks, key=lambda each: each.asked_at):
        lately = put[ask.volunteer] = [at for at in put.get(ask.volunteer, []) if at > ask.asked_at - WEEK]
        if len(lately) < most:
            lately.append(ask.asked_at)
        else:
            many, yeses = many + 1, yeses + ask.yes
    return many, yeses


def _at_the_limit(asks: Sequence[PastAsk], rules: Rules) -> float:
    """The share of those asked who were asked as often in some week as the community allows."""
    times: dict[str, list[float]] = {}
    for ask in sorted(asks, key=lambda each: each.asked_at):
        times.setdefault(ask.volunteer, []).append(ask.asked_at)
    most = rules.asks_per_week
    full = sum(
        any(late - early < WEEK for early, late in zip(at, at[most - 1 :], strict=False)) for at in times.values()
    )
    return full / len(times) if times else 0.0


def hours_and_minutes(seconds: float) -> str:
    """A length of time in short: "35 min", "3 h 05"."""
    minutes = round(seconds / MINUTE)
    return f"{minutes} min" if seconds < 2 * HOUR else f"{minutes // 60} h {minutes % 60:02}"
