"""Four ways to decide who is asked: the hotline's own, and three that people would think of first."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from itertools import islice
from math import dist
from random import Random
from typing import Protocol

from benchmarks.year.standing import Offers, Standing
from benchmarks.year.town import Want
from hotline.dispatch.quiet_hours import wakes_at
from hotline.dispatch.waves import plan
from hotline.model.calendar import MINUTE
from hotline.model.needs import Need
from hotline.model.people import Volunteer
from hotline.model.rules import Rules

READ_AHEAD = 10  # as the worker: this many times a wave are read in each area


@dataclass
class Course:
    """What became of one need so far."""

    want: Want
    need: Need
    asked: dict[int, float] = field(default_factory=dict)
    """Who was asked, by number, and when their text left."""
    declined: set[int] = field(default_factory=set)
    taken_at: float | None = None
    expired: bool = False

    @property
    def open(self) -> bool:
        return self.taken_at is None and not self.expired


@dataclass(frozen=True)
class Step:
    """Whom to ask now, when to look again (UTC seconds; None for never), and whether it has waited too long."""

    ask: list[Standing]
    look_at: float | None
    waits_too_long: bool = False


class Policy(Protocol):
    """Decides who is asked next about one need."""

    name: str
    in_turn: bool
    """Whether it asks for people in the order in which they were asked last."""

    def step(self, course: Course, offers: Offers, now: float) -> Step: ...


@dataclass
class Hotline:
    """What the hotline does: hotline/dispatch.py itself, given people in the order in which storage gives them."""

    rules: Rules
    name: str = "(a) the hotline"
    in_turn: bool = True

    def step(self, course: Course, offers: Offers, now: float) -> Step:
        wave = plan(course.need, self._candidates(course, offers, now), self.rules, now)
        ask = [offers.standings[int(volunteer.phone)] for volunteer in wave.ask]
        course.need = replace(
            course.need,
            wave=course.need.wave + bool(ask),
            escalated=course.need.escalated or wave.waits_too_long,
        )
        return Step(ask, wave.look_at, wave.waits_too_long)

    def _candidates(self, course: Course, offers: Offers, now: float) -> Iterator[Volunteer]:
        seen: set[int] = set()
        for ring in offers.rings(course.need):
            fresh = (each for each in offers.least_recent(course.need.what, ring) if each.number not in course.asked)
            for standing in islice(fresh, READ_AHEAD * self.rules.wave_size):
                if standing.number not in seen:
                    seen.add(standing.number)
                    yield standing.as_volunteer(now)


@dataclass
class Everyone:
    """Everyone who gives this, here or near by, at once."""

    rules: Rules
    name: str = "(b) text everyone"
    in_turn: bool = False

    def step(self, course: Course, offers: Offers, now: float) -> Step:
        morning = wakes_at(self.rules, now)
        return Step([], morning) if morning > now else Step(offers.everyone(course.need), None)


@dataclass
class Nearest:
    """The three who live nearest, once."""

    rules: Rules
    name: str = "(c) the nearest three, once"
    in_turn: bool = False
    size: int = 3

    def step(self, course: Course, offers: Offers, now: float) -> Step:
        morning, spot = wakes_at(self.rules, now), course.want.spot
        if morning > now:
            return Step([], morning)
        return Step(nsmallest(self.size, offers.everyone(course.need), lambda each: dist(each.giver.spot, spot)), None)


@dataclass
class AtRandom:
    """Three of those who give this, here or near by, drawn by lot; three times, ten minutes apart."""

    rules: Rules
    name: str = "(d) a random three, three times"
    in_turn: bool = False
    size: int = 3
    waves: int = 3
    minutes: float = 10

    def step(self, course: Course, offers: Offers, now: float) -> Step:
        morning = wakes_at(self.rules, now)
        if morning > now:
            return Step([], morning)
        left = [each for each in offers.everyone(course.need) if each.number not in course.asked]
        wave = course.need.wave + 1
        course.need = replace(course.need, wave=wave)
        ask = Random(course.want.key + wave).sample(left, min(self.size, len(left)))
        return Step(ask, now + self.minutes * MINUTE if wave < self.waves else None)


def four(rules: Rules) -> tuple[Policy, ...]:
    """All that are compared."""
    return Hotline(rules), Everyone(rules), Nearest(rules), AtRandom(rules)
