"""One city under one way of asking: needs come, people are asked, answer, tire, leave."""

from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from benchmarks.year.answering import Answering
from benchmarks.year.assumptions import Assumptions
from benchmarks.year.desk import FORGOTTEN, TIRED, Desk, GivenUp, Helper, Policy, Request, Text
from benchmarks.year.town import Giver, burst_at, settle
from hotline.dispatch.quiet_hours import wakes_at
from hotline.model.calendar import HOUR, WEEK
from hotline.model.rules import Rules

CROSSES = 60.0  # an answer written before the other text was read still comes


class Resident(Helper):
    """A volunteer of the city, and how this week goes."""

    def __init__(self, giver: Giver) -> None:
        super().__init__(
            *(giver.number, giver.needs, giver.areas, giver.language, giver.most_a_week, giver.hours, giver.joins)
        )
        self.giver = giver
        self.unanswered = self.taken = 0


@dataclass(frozen=True)
class Joins:
    """Somebody begins to give."""

    who: Resident


@dataclass(frozen=True)
class Leaves:
    """Somebody ends for reasons of their own."""

    who: Resident


@dataclass(frozen=True)
class Away:
    """Somebody pauses until then, and has told the hotline."""

    who: Resident
    until: float


class Year:
    """The city from its first Monday to its end."""

    def __init__(self, city: Assumptions, policy: Policy, seed: int, rules: Rules | None = None) -> None:
        self.city, self._town, self._answering = city, settle(city, seed), Answering(city)
        self.rules = rules or Rules(ZoneInfo(city.timezone), quiet_hours=city.quiet_hours)
        self.desk = Desk(self.rules, self._town.near, policy, seed)
        self.desk.counted_from = self.counted_from
        self.desk.helpers = [Resident(giver) for giver in self._town.givers]
        self._keys: dict[int, int] = {}

    @cached_property
    def counted_from(self) -> float:
        return self._town.begins + self.city.warm_up_weeks * WEEK

    @property
    def ends(self) -> float:
        return self._town.ends

    @property
    def burst_at(self) -> float:
        return burst_at(self.city)

    def run(self) -> Desk:
        """All that happens until the end."""
        self._people_come()
        self._needs_come()
        for week in range(1, self.city.days // 7 + 1):
            self.desk.at(self._town.begins + week * WEEK, week)
        for now, event in self.desk.events(self.ends):
            self._happen(event, now)
        self.desk.close(self.ends)
        return self.desk

    def _people_come(self) -> None:
        for who in self.desk.helpers:
            assert isinstance(who, Resident)
            self.desk.at(who.giver.joins, Joins(who))
            self.desk.at(who.giver.leaves, Leaves(who))
            self.desk.at(who.giver.away[0], Away(who, who.giver.away[1]))

    def _needs_come(self) -> None:
        for number, want in enumerate(self._town.wants):
            request = Request(number, want.what, want.area, want.language, False, want.created, want.burst)
            self._keys[number] = want.key
            self.desk.at(want.created, request)
            self.desk.at(wakes_at(self.rules, want.created) + self.city.gives_up_hours * HOUR, GivenUp(request))

    def _happen(self, event: object, now: float) -> None:
        match event:
            case Request():
                for text in self.desk.comes_up(event, now):
                    self._put(text, now)
            case Text(helper=Resident() as who):
                self._hear(event, who, now)
            case GivenUp(request):
                self.desk.give_up(request)
            case Joins(who):
                self.desk.join(who, now)
            case Leaves(who) if who.here:
                self.desk.leave(who, now)
            case Away(who, until) if who.here:
                self.desk.pause(who, until, now)
            case int():
                self._end_week(event, now)

    def _put(self, text: Text, now: float) -> None:
        """What somebody answers is drawn for each request by itself; it comes as quickly as the quickest of them."""
        who = text.helper
        assert isinstance(who, Resident)
        asks = len(who.this_week) - 1
        answers = [(self._answering.answer(who.giver, asks, self._keys[one.number], now), one) for one in text.about]
        text.wanted = [one for answer, one in answers if answer and answer.yes]
        who.unanswered += 1
        if any(answer for answer, _ in answers):
            self.desk.at(min(answer.at for answer, _ in answers if answer), text)

    def _hear(self, text: Text, who: Resident, now: float) -> None:
        """A yes or a no has come, if it still comes: whoever reads that it is settled writes no more."""
        if not who.here or (text.ended_at is not None and now > text.ended_at + CROSSES):
            return
        who.unanswered = max(0, who.unanswered - 1)
        if who.taken >= who.giver.takes_a_week:
            text.wanted = []
        if self.desk.answered(text, now):
            who.taken += 1

    def _end_week(self, week: int, now: float) -> None:
        """Whoever was asked too much in vain may leave, and whoever was asked nothing for long."""
        for who in self.desk.helpers:
            assert isinstance(who, Resident)
            if not who.here:
                continue
            if who.unanswered and self._answering.leaves(who.giver, who.unanswered, week):
                self.desk.leave(who, now, TIRED)
            elif self._answering.feels_forgotten(who.giver, now - max(who.last_asked, who.joined), week):
                self.desk.leave(who, now, FORGOTTEN)
            who.unanswered = who.taken = 0
