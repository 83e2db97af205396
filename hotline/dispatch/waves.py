"""Waves: which volunteers are asked about a need now, when to look at it again, whether a person should know. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, islice

from hotline.dispatch.forecast import chance_in_time, record, trust_in_records
from hotline.dispatch.quiet_hours import awake_after, awake_before, is_awake, wakes_at
from hotline.model.calendar import HOUR, MINUTE
from hotline.model.needs import Need
from hotline.model.people import Volunteer
from hotline.model.rules import Rules
from hotline.model.town import Storm, Town

NEXT_IN_TURN = 12  # of so many who are next in turn the surest are asked
IN_TIME, IN_TIME_URGENT = 2 * HOUR, 20 * MINUTE  # of asking: whoever waits longer has waited long
SMALL_CHANCE = 0.2  # that somebody takes it in time: below, coordinators hear of it
ENOUGH_CHANCE = 0.4  # in a storm, that one of those asked already takes it in time: nobody else is asked meanwhile
KEEP_ONE_FROM = 3  # questions a week: in a storm nobody's last one is spent, but theirs who wish for fewer
NOBODY_LEFT, NOBODY_LEFT_URGENT = HOUR, 10 * MINUTE  # people join, come back and wake up: look again
MANY = 10_000  # people who can be asked later, where more are free than were read
UNMEASURED = Town()


class Alarm(StrEnum):
    """Why a coordinator should know of a need that nobody has."""

    NOBODY = "nobody"  # nobody can be asked, and nobody who was asked may answer yet
    FEW = "few"  # there is nobody for a second wave
    UNLIKELY = "unlikely"  # it seems that nobody will take it in time
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Wave:
    """Whom to ask now, when to look at the need again (UTC seconds), and why a coordinator should know, if so."""

    ask: tuple[Volunteer, ...]
    look_at: float
    alarm: Alarm | None = None

    @property
    def waits_too_long(self) -> bool:
        """Whether coordinators are told of it now."""
        return self.alarm is not None

    @property
    def at_once(self) -> bool:
        """Whether they are told because there is hardly anybody to ask."""
        return self.alarm in (Alarm.NOBODY, Alarm.FEW)


def plan(
    need: Need,
    candidates: Iterable[Volunteer],
    rules: Rules,
    now: float,
    town: Town = UNMEASURED,
    asked_at: Sequence[float] = (),
    storm: Storm = Storm.NONE,
) -> Wave:
    """The next wave.

    `candidates` are in the order in which they stand, tier by tier (`Volunteer.tier`), with their records
    (`asks_lately`, `yeses_lately`); no more are read than the next twelve who may be asked. `town` is how people here
    answer, by `forecast.measured`. `asked_at` is when those were asked who have not answered yet (UTC seconds).

    Of the next twelve in turn, the one who has waited longest is always asked, the others are those with the best
    record. Coordinators are told when it seems that nobody takes it within two hours of asking (twenty minutes where it
    cannot wait), at once where there are not enough people for a second wave, and at the latest after the patience of
    `rules`.

    In a `storm` nobody else is asked while one of those asked already will probably take it, nor about what
    coordinators have known of for long: that stands in texts about other requests. Everybody's last question of the
    week is kept for the days after it. None of this is for what cannot wait.
    """
    if need.is_past(now):  # the neighbor is asked whether it is still needed
        return Wave((), now + NOBODY_LEFT)
    morning = wakes_at(rules, now)
    if morning > now and not need.urgent:
        return Wave((), morning)
    calm = need.urgent or not storm
    if not calm and (_rides(need, rules, now) or _waits_for_answers(need, rules, now, town, asked_at)):
        return Wave((), _in_time_to_tell(need, now + rules.wave_seconds(need), rules, now, told=need.escalated))
    at_once = rules.at_once(need)
    week = _week_in_a_storm if storm is Storm.NOW and not calm else _week
    free = (who for who in candidates if _is_free(who, need, rules, now, week(who, rules)))
    room = max(NEXT_IN_TURN, at_once + 1)
    following = tuple(islice(free, room))
    ask = _chosen(need, following, at_once, town)
    more = len(following) - len(ask) if len(following) < room else MANY
    alarm = None if need.escalated else _alarm(need, ask, more, rules, now, town, asked_at)
    return Wave(ask, _look_at(need, ask, alarm, rules, now, asked_at), alarm)


def _chosen(need: Need, following: Sequence[Volunteer], at_once: int, town: Town) -> tuple[Volunteer, ...]:
    """Who did it last time, or else the first in reserve, is asked before all others and waited for, unless it cannot
    wait. Several did it last time where several are needed."""
    first = [who for who in following if who.comes_first]
    if first and not need.urgent:
        again = [who for who in first if who.phone in need.first_choices]
        return tuple(again[: max(1, need.missing)] or first[:1])
    chosen: list[Volunteer] = []
    for _, tier in groupby(following, key=lambda who: who.tier):
        chosen += _surest(tuple(tier), at_once - len(chosen), town)
    return tuple(chosen)


def _surest(in_turn: Sequence[Volunteer], room: int, town: Town) -> Sequence[Volunteer]:
    """So many of those who stand in turn: always the first, the others by their record. Where many leave or pause,
    fewer are chosen by it, and the rest in turn as well."""
    if room < 1 or len(in_turn) <= room:
        return in_turn[: max(0, room)]
    by_record = round((room - 1) * trust_in_records(town))
    first, others = in_turn[: room - by_record], in_turn[room - by_record :]
    return (*first, *sorted(others, key=lambda who: -record(who, town))[:by_record])


def _rides(need: Need, rules: Rules, now: float) -> bool:
    """Whether coordinators know of it and it waits for long: then it stands beside others, and has no more waves of its
    own. One it has in any case: who is rung hears of nothing beside another. Whoever is asked again was not heard for
    long from then on."""
    since = max(need.asked_since, need.again_since or 0.0)
    return need.escalated and need.wave > 0 and since <= awake_before(rules, now, IN_TIME)


def _waits_for_answers(need: Need, rules: Rules, now: float, town: Town, asked_at: Sequence[float]) -> bool:
    """Whether one of those who were asked will probably take it in time, so that nobody else need be asked now."""
    if not asked_at or need.missing > 1 or (not need.escalated and now >= patient_until(need, rules)):
        return False
    return _likely(need, (), 0, rules, now, town, asked_at) >= ENOUGH_CHANCE


def _alarm(
    need: Need, ask: Sequence[Volunteer], more: int, rules: Rules, now: float, town: Town, asked_at: Sequence[float]
) -> Alarm | None:
    if not ask and not (asked_at and rules.tell_early):
        return Alarm.NOBODY
    if now >= patient_until(need, rules):
        return Alarm.TOO_LONG
    if not rules.tell_early:
        return None
    if need.wave == 0 and not more and not any(who.comes_first for who in ask):
        return Alarm.FEW
    return Alarm.UNLIKELY if _likely(need, ask, more, rules, now, town, asked_at) < SMALL_CHANCE else None


def _likely(
    need: Need, ask: Sequence[Volunteer], more: int, rules: Rules, now: float, town: Town, asked_at: Sequence[float]
) -> float:
    """The chance that somebody takes it in time: of those asked already, of those to `ask`, or of `more` after them."""
    return chance_in_time(
        asked_at,
        [record(who, town) for who in ask],
        more,
        at_once=rules.at_once(need),
        every=rules.wave_seconds(need),
        deadline=_in_time_until(need, rules),
        rules=rules,
        town=town,
        now=now,
    )


def patient_until(need: Need, rules: Rules) -> float:
    """When coordinators hear of it whatever seems likely: nights are no asking, but for what cannot wait."""
    return _after(need, rules.patience(need), rules)


def _in_time_until(need: Need, rules: Rules) -> float:
    """Until when somebody takes it in time: before it begins, where that is soon."""
    until = _after(need, IN_TIME_URGENT if need.urgent else IN_TIME, rules)
    begins = need.starts_at if need.starts_at is not None and need.starts_at > need.asked_since else until
    return min(until, begins)


def _after(need: Need, seconds: float, rules: Rules) -> float:
    return need.asked_since + seconds if need.urgent else awake_after(rules, need.asked_since, seconds)


def _look_at(
    need: Need, ask: Sequence[Volunteer], alarm: Alarm | None, rules: Rules, now: float, asked_at: Sequence[float]
) -> float:
    """After the wave; while those who were asked may answer as often, since a coordinator may have to know."""
    if ask or (asked_at and alarm is None and not need.escalated):
        look_at = now + rules.wave_seconds(need)
    else:
        look_at = now + (NOBODY_LEFT_URGENT if need.urgent else NOBODY_LEFT)
    return _in_time_to_tell(need, look_at, rules, now, told=need.escalated or alarm is not None)


def _in_time_to_tell(need: Need, look_at: float, rules: Rules, now: float, *, told: bool) -> float:
    """When to look again: no later than coordinators have to be told, where they were not."""
    return look_at if told else max(now + 1, min(look_at, patient_until(need, rules)))


def may_be_asked(who: Volunteer, need: Need, rules: Rules, now: float) -> bool:
    """Whether this volunteer wishes to be asked about this need at this hour."""
    return _is_free(who, need, rules, now, _week(who, rules))


def _week(who: Volunteer, rules: Rules) -> int:
    """How many questions somebody may be asked in seven days."""
    return who.most_a_week or rules.asks_per_week


def _week_in_a_storm(who: Volunteer, rules: Rules) -> int:
    """The same in a storm: one of them is kept for the days after it."""
    most = _week(who, rules)
    return most - 1 if most >= KEEP_ONE_FROM else most


def _is_free(who: Volunteer, need: Need, rules: Rules, now: float, most: int) -> bool:
    said_yes = who.comes_first and who.phone not in need.first_choices  # a reserve: no ask too many
    enough = not said_yes and who.asks_this_week >= most
    own = who.phone == need.neighbor
    return not (own or enough or who.paused_until > now) and is_awake(who.hours, who.timezone, need.urgent, rules, now)
