"""Forecast: the chance that somebody takes a need in time, and what it rests on: how this town answers. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from hotline.model import calendar
from hotline.model.calendar import DAY
from hotline.model.people import Volunteer
from hotline.model.rules import Rules
from hotline.model.town import HOURS, PastAsk, Town

AS_MUCH_AS = 4.0  # questions that the town's own rate weighs in a person's record: one answer makes nobody
FEW_ASKS, FEW_IN_AN_HOUR, FEW_PEOPLE = (
    40.0,
    20.0,
    50.0,
)  # that much weighs what is usual, until a town has more of its own
FOUR_WEEKS = 28 * DAY
USUAL = Town()
OFTEN_GONE, TOO_OFTEN_GONE = 0.08, 0.14  # of those asked, in four weeks: from here on records weigh less, then nothing


def record(who: Volunteer, town: Town) -> float:
    """The chance of a yes from this person, by how often they said it in the last 90 days. A newcomer is as everybody.

    It decides who is asked, and is shown to nobody.
    """
    yeses = min(who.yeses_lately, who.asks_lately)  # one text may offer several, and several be taken
    return (yeses + AS_MUCH_AS * town.yes_rate) / (who.asks_lately + AS_MUCH_AS)


def trust_in_records(town: Town) -> float:
    """How much records count here, 0 to 1: asking the surest wears them out, so less where many leave or pause."""
    return min(1.0, max(0.0, (TOO_OFTEN_GONE - town.going) / (TOO_OFTEN_GONE - OFTEN_GONE)))


def yes_within(seconds: float, town: Town) -> float:
    """The share of yeses that have come by then: a straight line between two of those measured."""
    after, parts = town.yes_after, len(town.yes_after)
    place = bisect_right(after, seconds)
    if place == parts:
        return 1.0
    before = after[place - 1] if place else 0.0
    between = (seconds - before) / (after[place] - before) if after[place] > before else 0.0
    return max(0.0, (place - 0.5 + between) / parts) if place else 0.5 * between / parts


def chance_in_time(
    asked_at: Iterable[float],
    to_ask: Sequence[float],
    more: int,
    *,
    at_once: int,
    every: float,
    deadline: float,
    rules: Rules,
    town: Town,
    now: float,
) -> float:
    """The chance that somebody says yes between now and `deadline`, 0 to 1. Times are UTC seconds.

    `asked_at` is when those were asked who have not answered yet; `to_ask` are the records of those who are asked now,
    and `more` is how many can be asked after them, `at_once` at a time, `every` so many seconds.
    """
    nobody = 1.0
    for at in asked_at:
        likely = _likely(town.yes_rate, at, rules, town)
        yet, by_then = yes_within(now - at, town), yes_within(deadline - at, town)
        nobody *= 1.0 - likely * max(0.0, by_then - yet) / (1.0 - likely * yet)
    for each in to_ask:
        nobody *= 1.0 - _likely(each, now, rules, town) * yes_within(deadline - now, town)
    at = now + every
    while more > 0 and at < deadline:
        some = min(at_once, more)
        nobody *= (1.0 - _likely(town.yes_rate, at, rules, town) * yes_within(deadline - at, town)) ** some
        more, at = more - some, at + every
    return 1.0 - nobody


def _likely(rate: float, at: float, rules: Rules, town: Town) -> float:
    return min(0.95, rate * town.by_hour[calendar.local(at, rules.timezone).hour])


def measured(asks: Sequence[PastAsk], people: int, rules: Rules, now: float) -> Town:
    """How this town answers, by its latest questions. What is usual weighs as much as some dozens of them.

    A question that somebody else settled was put for a while only: it counts for the yeses that come in that while.
    """
    put = [_put_for(ask, now) for ask in asks]
    rate = (sum(ask.yes for ask in asks) + FEW_ASKS * USUAL.yes_rate) / (sum(put) + FEW_ASKS)
    hours = [calendar.local(ask.asked_at, rules.timezone).hour for ask in asks]
    yeses, questions = [0.0] * HOURS, [0.0] * HOURS
    for ask, hour, weight in zip(asks, hours, put, strict=True):
        yeses[hour] += ask.yes
        questions[hour] += weight
    by_hour = tuple(
        (yes / rate + FEW_IN_AN_HOUR) / (many + FEW_IN_AN_HOUR) for yes, many in zip(yeses, questions, strict=True)
    )
    return Town(rate, by_hour, _yes_after(asks), _going(asks, now), people)


def _put_for(ask: PastAsk, now: float) -> float:
    """How much of a question was put: 1 where it was answered, or had all the time there is."""
    if ask.yes:
        return 1.0
    return yes_within((ask.ended_at or now) - ask.asked_at, USUAL)


def _yes_after(asks: Sequence[PastAsk]) -> tuple[float, ...]:
    own = [ask.ended_at - ask.asked_at for ask in asks if ask.yes and ask.ended_at is not None]
    usual = list(USUAL.yes_after) * int(FEW_ASKS // len(USUAL.yes_after))
    seconds, parts = sorted((*own, *usual)), len(USUAL.yes_after)
    return tuple(seconds[int((part + 0.5) * len(seconds) / parts)] for part in range(parts))


def _going(asks: Sequence[PastAsk], now: float) -> float:
    """The share of people who left, paused or ended the texts within four weeks of being asked first."""
    first: dict[str, PastAsk] = {}
    for ask in asks:
        known = first.setdefault(ask.volunteer, ask)
        if ask.asked_at < known.asked_at:
            first[ask.volunteer] = ask
    gone = sum(ask.gone_at is not None and ask.gone_at > ask.asked_at for ask in first.values())
    weeks = sum(((ask.gone_at or now) - ask.asked_at) / FOUR_WEEKS for ask in first.values() if ask.asked_at <= now)
    return (gone + FEW_PEOPLE * USUAL.going) / (max(0.0, weeks) + FEW_PEOPLE)
