"""Second simulator: towns whose people are not those of `town`, for the same policies. Written without a look at the
first, so that no figure rests on one set of assumptions.

Who is willing is Pareto: a few do nearly all of it. Answers have a heavy tail, wait for the lunch break and for the
morning, and on shared holidays most are away together. Weariness comes in three strengths and has three parts: each
text makes a yes less likely, too many make people leave or pause, and so does never being asked. A person has an hour
free or has not, whatever is asked in it; each request then suits them or does not: one text with three requests gets
an answer more often than one with one, and never three.

Its calm baseline, 200 people, mild fatigue, by the policy before: 79 of 100 taken within two waking hours (74 to 82 by
seed), 35 within half an hour, 42 told to the coordinators, 66 of 100 of these taken in time anyway.

Luck is drawn from (seed, person, hour) and (seed, person, request) alone, so that two policies meet the same people,
the same requests and the same moods. Nothing coordinators do is counted, and nobody gives a request back.
"""

import math
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo

from benchmarks.year.desk import (
    FIRST_LANGUAGE,
    FORGOTTEN,
    OTHER_LANGUAGE,
    TIRED,
    Desk,
    GivenUp,
    Helper,
    Policy,
    Request,
    Text,
)
from hotline.model.calendar import DAY, HOUR, MINUTE, WEEK
from hotline.model.rules import Rules

MONDAY = 1_767_571_200.0  # January 5, 2026, 00:00 UTC
UTC = ZoneInfo("UTC")
SLEEP_FROM, SLEEP_UNTIL = 22.5 * HOUR, 7 * HOUR


@dataclass(frozen=True)
class Fatigue:
    """What texts do to people. All zero: nothing.

    ``wearies``: each text still in mind makes a yes exp(-wearies) times as likely. ``leaves``: the chance to go (half
    of them for good, half for two weeks) at a text, for each text in mind beyond what one bears. ``forgotten``: the
    chance a day to leave, once nothing was asked for ``patience_days``.
    """

    name: str
    wearies: float = 0.0
    leaves: float = 0.0
    forgotten: float = 0.0
    patience_days: float = 28.0


NONE = Fatigue("none")
MILD = Fatigue("mild", wearies=0.05, leaves=0.01, forgotten=0.005)
STRONG = Fatigue("strong", wearies=0.15, leaves=0.04, forgotten=0.015, patience_days=21.0)


@dataclass(frozen=True)
class Kind:
    """A kind of need: its share of what is asked, and the share of volunteers who give it."""

    name: str
    asked: float
    given: float


VAN = "van"
KINDS = (
    Kind("groceries", 0.34, 0.60),
    Kind("ride", 0.26, 0.40),
    Kind("pharmacy", 0.16, 0.50),
    Kind("listening", 0.12, 0.30),
    Kind("paperwork", 0.09, 0.15),
    Kind(VAN, 0.03, 0.04),
)


@dataclass(frozen=True)
class Place:
    """A town, and everything assumed of it. Lengths in seconds where nothing else is said; all of it is assumed."""

    people: int = 200
    fatigue: Fatigue = MILD
    weeks: int = 8
    warm_up_weeks: int = 2  # not counted
    asked_per_person: float = 0.14  # requests a week for each volunteer: four a day at 200
    kinds: tuple[Kind, ...] = KINDS
    urgent: float = 0.08
    minority: float = 0.08  # of neighbors and of volunteers alike
    willing_least: float = 0.075  # Pareto: nobody is less willing than this, on a free evening
    willing_shape: float = 1.16  # Pareto: a fifth does four fifths
    willing_most: float = 0.9
    suits: float = 0.5  # of those who have time, for one request
    busy_after: float = 3 * DAY  # after taking one
    busy: float = 0.3
    declines: float = 0.12  # of those who do not take it say NO
    answer_median: float = 8 * MINUTE
    answer_spread: float = 1.2
    slow: float = 0.2  # of the answers are of the tail
    slow_least: float = 45 * MINUTE
    slow_shape: float = 0.9  # a mean that is not finite
    works: float = 0.6  # have a job by day, Monday to Friday
    at_work_free: float = 0.5
    at_work_slower: float = 2.5
    evening_free: float = 1.25
    bears: float = 4.0  # texts in mind that one does not mind, on average
    in_mind: float = 7 * DAY  # a text is half forgotten after 0.7 of it
    second_request: float = 0.25  # of a text's weight, for each further request in it
    has_said_most: float = 0.3
    has_said_hours: float = 0.12
    holiday_a_week: float = 0.12  # the chance that a week ends in four days off
    holiday_away: float = 0.65
    comes_and_goes: float = 0.01  # of the volunteers, a week, each way
    gives_up: float = 48 * HOUR
    next_door: float = 0.25  # also give in an area near by
    burst: int = 0  # requests within an hour, on the Wednesday after the warm-up and two weeks

    @property
    def areas(self) -> int:
        return 1 if self.people < 60 else 4 if self.people < 1000 else 12

    def near(self, area: int) -> tuple[int, ...]:
        """The areas next to it: they lie in a ring."""
        if self.areas == 1:
            return ()
        return tuple(dict.fromkeys(((area + 1) % self.areas, (area - 1) % self.areas)))

    @property
    def area_weights(self) -> list[float]:
        return [1 / (rank + 2) for rank in range(self.areas)]

    @property
    def counted_from(self) -> float:
        return MONDAY + self.warm_up_weeks * WEEK

    @property
    def days(self) -> int:
        return 7 * (self.warm_up_weeks + self.weeks)

    @property
    def ends(self) -> float:
        return self.counted_from + self.weeks * WEEK

    @property
    def burst_week(self) -> int:
        return self.warm_up_weeks + 2

    @property
    def burst_at(self) -> float:
        return MONDAY + self.burst_week * WEEK + 2 * DAY + 11 * HOUR


def luck(*numbers: int) -> float:
    """The same in [0, 1) for the same whole numbers from 0 on, wherever Python is of 64 bits."""
    state = hash(numbers) & 0xFFFFFFFFFFFFFFFF
    state = (state ^ state >> 31) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    state = (state ^ state >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
    return (state >> 11) / (1 << 53)


class Draw(IntEnum):
    """What a piece of luck is about."""

    FREE, SUITS, DECLINES, DELAY, ANGLE, TAIL, LEAVES, FORGETS, AWAY, MORNING = range(10)


class Person(Helper):
    """A volunteer, with what only they know."""

    def __init__(self, number: int, place: Place, rng: Random, joined: float) -> None:
        gives = tuple(kind.name for kind in place.kinds if rng.random() < kind.given) or (place.kinds[0].name,)
        home = rng.choices(range(place.areas), place.area_weights)[0]
        door = place.near(home)
        areas = (home, rng.choice(door)) if door and rng.random() < place.next_door else (home,)
        language = OTHER_LANGUAGE if rng.random() < place.minority else FIRST_LANGUAGE
        self.willing = min(place.willing_most, place.willing_least * rng.paretovariate(place.willing_shape))
        self.bears = 1 + rng.expovariate(1 / (place.bears - 1))
        self.works = rng.random() < place.works
        most = max(1, round(self.bears)) if rng.random() < place.has_said_most else 0
        hours = rng.choice(("17:00-21:00", "09:00-17:00")) if rng.random() < place.has_said_hours else ""
        super().__init__(number, gives, tuple(map(str, areas)), language, most, hours, joined)
        self.in_mind = self.mind_at = 0.0
        self.took_at = -math.inf

    def mind(self, now: float, place: Place) -> float:
        """The texts still in mind."""
        return self.in_mind * math.exp((self.mind_at - now) / place.in_mind)


class OtherTown:
    """One town under one policy, from a Monday to the end."""

    def __init__(self, place: Place, policy: Policy, seed: int, rules: Rules | None = None) -> None:
        self.place, self.seed = place, seed
        near = {str(area): tuple(map(str, place.near(area))) for area in range(place.areas)}
        self.desk = Desk(rules or Rules(timezone=UTC), near, policy, seed)
        self.desk.counted_from = place.counted_from
        self._drawn = Random(f"{seed} people")
        first = [self._person(MONDAY) for _ in range(place.people)]
        for person in first:  # a hotline that has run for a while
            person.last_asked = MONDAY - self._drawn.random() * 2 * WEEK
        for person in sorted(first, key=lambda person: person.last_asked):
            self.desk.join(person, MONDAY, in_order=True)

    @property
    def counted_from(self) -> float:
        return self.place.counted_from

    @property
    def ends(self) -> float:
        return self.place.ends

    @property
    def burst_at(self) -> float:
        return self.place.burst_at

    def _person(self, now: float) -> Person:
        person = Person(len(self.desk.helpers), self.place, self._drawn, now)
        self.desk.helpers.append(person)
        return person

    def run(self) -> Desk:
        """All that happens until the end."""
        desk, place = self.desk, self.place
        for request in self._requests():
            desk.at(request.created, request)
            desk.at(request.created + place.gives_up, GivenUp(request))
        for day in range(1, place.days):
            desk.at(MONDAY + day * DAY, day)
        for now, event in desk.events(place.ends):
            self._happen(event, now)
        desk.close(place.ends)
        return desk

    def _happen(self, event: object, now: float) -> None:
        match event:
            case Request():
                for text in self.desk.comes_up(event, now):
                    self._put(text, now)
            case Text(helper=Person() as person):
                if self.desk.answered(event, now):
                    person.took_at = now
            case GivenUp(request):
                self.desk.give_up(request)
            case int():
                self._new_day(event, now)

    # --- A text, and what it does.

    def _put(self, text: Text, now: float) -> None:
        person, first = text.helper, text.about[0].number
        assert isinstance(person, Person)
        text.wanted = self._wants(person, text.about, now)
        self._weigh(person, len(text.about), now)
        if text.wanted or luck(self.seed, Draw.DECLINES, person.number, first) < self.place.declines:
            self.desk.at(self._awake(now + self._delay(person, first, now), person, first), text)

    def _wants(self, person: Person, about: tuple[Request, ...], now: float) -> list[Request]:
        """What of it they would take, if they have time at all."""
        place = self.place
        chance = person.willing * self._free(person, now) * math.exp(-place.fatigue.wearies * person.mind(now, place))
        if now - person.took_at < place.busy_after:
            chance *= place.busy
        if luck(self.seed, Draw.FREE, person.number, int(now // (2 * HOUR))) >= chance:
            return []
        return [one for one in about if luck(self.seed, Draw.SUITS, person.number, one.number) < place.suits]

    def _free(self, person: Person, now: float) -> float:
        """How much more or less likely they have time now than on an average weekend."""
        day, second = divmod(now - MONDAY, DAY)
        holiday = self._holidays.get(int(day))
        if holiday is not None:
            away = luck(self.seed, Draw.AWAY, person.number, holiday) < self.place.holiday_away
            return 0.0 if away else 1.0
        if self._at_work(person, now):
            return self.place.at_work_free
        return self.place.evening_free if second >= 17 * HOUR else 1.0

    def _at_work(self, person: Person, now: float) -> bool:
        day, second = divmod(now - MONDAY, DAY)
        lunch = 12 * HOUR <= second < 13 * HOUR
        return person.works and int(day) % 7 < 5 and 9 * HOUR <= second < 17 * HOUR and not lunch

    def _delay(self, person: Person, request: int, now: float) -> float:
        place, pair = self.place, (person.number, request)
        drawn = luck(self.seed, Draw.DELAY, *pair)
        if luck(self.seed, Draw.TAIL, *pair) < place.slow:
            return float(place.slow_least / (1 - drawn) ** (1 / place.slow_shape))
        normal = math.sqrt(-2 * math.log(1 - drawn)) * math.cos(2 * math.pi * luck(self.seed, Draw.ANGLE, *pair))
        slower = place.at_work_slower if self._at_work(person, now) else 1.0
        return place.answer_median * slower * math.exp(place.answer_spread * normal)

    def _awake(self, when: float, person: Person, request: int) -> float:
        """Nobody answers asleep."""
        second = (when - MONDAY) % DAY
        later = SLEEP_UNTIL + luck(self.seed, Draw.MORNING, person.number, request) * 2 * HOUR
        if second < SLEEP_UNTIL:
            return when - second + later
        return when - second + DAY + later if second >= SLEEP_FROM else when

    def _weigh(self, person: Person, requests: int, now: float) -> None:
        """A text more in mind, and perhaps one too many."""
        place = self.place
        weight = 1 + place.second_request * (requests - 1)
        person.in_mind, person.mind_at = person.mind(now, place) + weight, now
        chance = 1 - math.exp(-place.fatigue.leaves * max(0.0, person.in_mind - person.bears))
        drawn = luck(self.seed, Draw.LEAVES, person.number, len(person.texts))
        if drawn < chance / 2:
            self.desk.leave(person, now, TIRED)
        elif drawn < chance:
            self.desk.pause(person, now + 2 * WEEK, now)

    # --- Coming and going.

    def _new_day(self, day: int, now: float) -> None:
        place, fatigue = self.place, self.place.fatigue
        for helper in [helper for helper in self.desk.helpers if helper.here]:
            drawn = luck(self.seed, Draw.FORGETS, helper.number, day)
            unasked = now - max(helper.last_asked, helper.joined)
            if drawn < place.comes_and_goes / 7:
                self.desk.leave(helper, now)
            elif unasked > fatigue.patience_days * DAY and 1 - drawn < fatigue.forgotten:
                self.desk.leave(helper, now, FORGOTTEN)
        for _ in range(self._joining[day]):
            self.desk.join(self._person(now), now)

    # --- What does not depend on the policy.

    @cached_property
    def _joining(self) -> list[int]:
        rng = Random(f"{self.seed} joining")
        return [_poisson(rng, self.place.people * self.place.comes_and_goes / 7) for _ in range(self.place.days)]

    @cached_property
    def _holidays(self) -> dict[int, int]:
        """The days off of the whole town, Friday to Monday, and of which holiday each is."""
        rng, days = Random(f"{self.seed} holidays"), dict[int, int]()
        for week in range(self.place.days // 7):
            drawn, near_burst = rng.random(), self.place.burst and abs(week - self.place.burst_week) <= 1
            if drawn < self.place.holiday_a_week and not near_burst:
                days |= {week * 7 + day: week for day in range(4, 8)}
        return days

    def _requests(self) -> list[Request]:
        rng, place = Random(f"{self.seed} requests"), self.place
        times = [(when, False) for when in _times(rng, place)]
        times += [(place.burst_at + rng.random() * HOUR, True) for _ in range(place.burst)]
        everywhere = [weight + 0.5 / place.areas for weight in place.area_weights]
        kinds, shares = [kind.name for kind in place.kinds], [kind.asked for kind in place.kinds]
        requests = []
        for number, (when, burst) in enumerate(sorted(times)):
            what, area = rng.choices(kinds, shares)[0], rng.choices(range(place.areas), everywhere)[0]
            language = OTHER_LANGUAGE if rng.random() < place.minority else FIRST_LANGUAGE
            requests.append(Request(number, what, str(area), language, rng.random() < place.urgent, when, burst))
        return requests


def _times(rng: Random, place: Place) -> list[float]:
    """When ordinary requests come: mostly by day, fewer on weekends, one in twelve at night."""
    times = []
    a_day = place.people * place.asked_per_person / 7
    for day in range(place.days):
        for _ in range(_poisson(rng, a_day * (1.08 if day % 7 < 5 else 0.8))):
            night = rng.random() < 1 / 12
            hour = rng.uniform(21, 32) if night else rng.triangular(8, 21, 11)
            times.append(MONDAY + day * DAY + hour * HOUR)
    return [when for when in times if when < place.ends]


def _poisson(rng: Random, mean: float) -> int:
    number, gone = 0, rng.expovariate(1.0)
    while gone < mean:
        number, gone = number + 1, gone + rng.expovariate(1.0)
    return number
