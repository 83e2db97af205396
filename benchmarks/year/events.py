"""One year under one rule: needs come, people are asked, answer, tire, leave; every text is counted."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from heapq import heappop, heappush
from itertools import count

from benchmarks.year.answering import Answer, Answering
from benchmarks.year.assumptions import Assumptions
from benchmarks.year.policies import Course, Policy
from benchmarks.year.standing import Offers, Standing
from benchmarks.year.town import WEEK, Town, Want

HOUR = 3600.0
CROSSES = 60.0  # an answer written before the other text was read still comes


@dataclass
class Outcome:
    """What came of every need and every volunteer, and how many texts of each kind were sent."""

    courses: list[Course]
    standings: list[Standing]
    texts: Counter[str] = field(default_factory=Counter)
    tired: int = 0


class Year:
    """An event queue: (when, order of coming, what happens)."""

    def __init__(self, town: Town, policy: Policy, city: Assumptions) -> None:
        self._town, self._policy, self._city = town, policy, city
        self._offers, self._answering = Offers(town.givers, town.near, policy.in_turn), Answering(city)
        self._events: list[tuple[float, int, Callable[[float], None]]] = []
        self._order = count()
        self._outcome = Outcome([Course(want, want.need) for want in town.wants], list(self._offers.standings.values()))

    def run(self) -> Outcome:
        for giver in self._town.givers:
            self._at(giver.joins, partial(self._offers.join, giver.number))
            self._at(giver.leaves, partial(self._leave, giver.number))
        for course in self._outcome.courses:
            self._at(course.need.created_at, partial(self._look, course))
            self._at(self._given_up_at(course.want), partial(self._give_up, course))
        for week in range(1, self._city.days // 7 + 1):
            self._at(self._town.begins + week * WEEK, partial(self._end_week, week))
        while self._events and self._events[0][0] <= self._town.ends:
            now, _, happens = heappop(self._events)
            happens(now)
        self._outcome.texts["alert"] = sum(len(course.asked) for course in self._outcome.courses)
        return self._outcome

    def _at(self, when: float, happens: Callable[[float], None]) -> None:
        heappush(self._events, (when, next(self._order), happens))

    def _given_up_at(self, want: Want) -> float:
        return want.may_ask + self._city.gives_up_hours * HOUR

    def _look(self, course: Course, now: float) -> None:
        """Asks the next people about a need that is still open."""
        if not course.open:
            return
        step = self._policy.step(course, self._offers, now)
        self._send(course, step.ask, now)
        if step.waits_too_long:
            self._outcome.texts.update({"nobody_yet": 1, "coordinator": self._city.coordinators})
        if step.look_at is not None:
            self._at(step.look_at, partial(self._look, course))

    def _send(self, course: Course, people: Sequence[Standing], now: float) -> None:
        """A minute's texts, and the others a minute later, if it is still open then."""
        if not course.open:
            return
        local, rate = self._answering.local(now), self._city.texts_a_second
        for place, standing in enumerate(people[: int(60 * rate)]):
            if standing.here:
                self._ask(course, standing, now + place / rate, local)
        if len(people) > 60 * rate:
            self._at(now + 60, partial(self._send, course, people[int(60 * rate) :]))

    def _ask(self, course: Course, standing: Standing, sent_at: float, local: datetime) -> None:
        answer = self._answering.answer(standing, course.want.key, sent_at, local)
        self._offers.asked(standing, sent_at)
        course.asked[standing.number] = sent_at
        if answer is not None:
            self._at(answer.at, partial(self._hear, course, standing, answer))

    def _hear(self, course: Course, standing: Standing, answer: Answer, now: float) -> None:
        """A yes or a no has come, if it still comes: whoever reads that it is settled writes no more."""
        if not standing.here or not self._still_written(course, standing.number, now):
            return
        standing.unanswered = max(0, standing.unanswered - 1)
        if not answer.yes or standing.taken >= standing.giver.takes_a_week:
            course.declined.add(standing.number)
            self._outcome.texts["declined"] += 1
        elif not course.open:
            self._outcome.texts["gone"] += 1
        else:
            self._take(course, standing, now)

    def _still_written(self, course: Course, number: int, now: float) -> bool:
        if course.taken_at is None:
            return not course.expired
        return number in course.asked and now <= course.taken_at + CROSSES

    def _take(self, course: Course, standing: Standing, now: float) -> None:
        """It has someone: the neighbor and everyone who was asked and has said nothing hear of it."""
        course.taken_at = now
        standing.taken += 1
        self._outcome.texts.update(("taken", "news"))
        for number, sent_at in list(course.asked.items()):
            other = self._offers.standings[number]
            if sent_at > now:
                self._offers.held_back(other, course.asked.pop(number))
            elif other is not standing and other.here and number not in course.declined:
                self._outcome.texts["settled"] += 1

    def _give_up(self, course: Course, now: float) -> None:
        course.expired = course.open

    def _leave(self, number: int, now: float) -> None:
        standing = self._offers.standings[number]
        if standing.here:
            self._offers.leave(standing, now)

    def _end_week(self, week: int, now: float) -> None:
        """Whoever was asked too much in vain may leave."""
        for standing in self._outcome.standings:
            if standing.here and standing.unanswered and self._answering.leaves(standing, week):
                self._outcome.tired += 1
                self._offers.leave(standing, now)
            standing.unanswered = standing.taken = 0
