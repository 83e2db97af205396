"""Desk: what a hotline has on record, in either simulator: who gives what in which order, what is open, what was asked.

How people answer, tire and come is no matter of the desk: that is where the two simulators differ.
"""

import heapq
import math
from bisect import bisect_left, bisect_right, insort
from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Protocol

from hotline.model.calendar import DAY, WEEK
from hotline.model.needs import Need, Status
from hotline.model.people import Volunteer
from hotline.model.rules import Rules
from hotline.model.town import PastAsk

FIRST_LANGUAGE, OTHER_LANGUAGE = "en", "es"
LATELY = 90 * DAY  # a record fades
NEVER = math.inf
TIRED, FORGOTTEN = "tired", "forgotten"  # why people left


@dataclass(frozen=True)
class GivenUp:
    """A request is no longer counted as open."""

    request: "Request"


class Helper:
    """A volunteer, as the hotline knows them."""

    def __init__(
        self,
        number: int,
        gives: tuple[str, ...],
        areas: tuple[str, ...],
        language: str,
        most_a_week: int,
        hours: str,
        joined: float,
    ) -> None:
        self.number, self.phone = number, f"+1212555{number:07d}"
        self.gives, self.areas, self.language = gives, areas, language
        self.most_a_week, self.hours, self.joined = most_a_week, hours, joined
        self.here = False
        self.last_asked, self.paused_until = 0.0, 0.0
        self.this_week: deque[float] = deque()
        self.texts: list[Text] = []
        self.yeses: list[float] = []  # when those texts were sent to which they said yes, in time or too late
        self.gone_at: float | None = None  # when they left or paused last
        self.left_for = ""  # what made them leave, where it was the hotline
        self.longest_unasked = 0.0
        self._read: dict[int, Volunteer] = {}  # as the hotline read them last, by their tier
        self._read_until = 0.0

    def changed(self) -> None:
        self._read_until = 0.0

    def as_volunteer(self, now: float, tier: int = 0) -> Volunteer:
        """As the hotline reads them from its database."""
        if now >= self._read_until:
            while self.this_week and self.this_week[0] <= now - WEEK:
                self.this_week.popleft()
            self._read, self._read_until = {}, min([now + DAY, *(at + WEEK for at in islice(self.this_week, 1))])
        if tier not in self._read:
            self._read[tier] = self._now(now, tier)
        return self._read[tier]

    def _now(self, now: float, tier: int) -> Volunteer:
        return Volunteer(
            self.phone,
            needs=self.gives,
            areas=self.areas,
            language=self.language,
            last_asked_at=self.last_asked,
            asks_this_week=len(self.this_week),
            most_a_week=self.most_a_week,
            hours=self.hours,
            paused_until=self.paused_until,
            in_turn_at=self.last_asked,
            asks_lately=len(self.texts) - bisect_right(self.texts, now - LATELY, key=_sent_at),
            yeses_lately=len(self.yeses) - bisect_right(self.yeses, now - LATELY),
            tier=tier,
        )


class Request:
    """A need, and what became of it. Times are UTC seconds."""

    def __init__(
        self, number: int, what: str, area: str, language: str, urgent: bool, created: float, burst: bool = False
    ) -> None:
        self.number, self.what, self.area, self.language = number, what, area, language
        self.urgent, self.created, self.burst = urgent, created, burst
        self.taken_at: float | None = None
        self.taken_by: Helper | None = None
        self.told_at: float | None = None
        self.told_at_once = False  # because there was hardly anybody to ask
        self.wave, self.texts = 0, 0
        self.asked: set[int] = set()
        self.refused: set[int] = set()
        self.waiting: dict[int, Text] = {}  # asked, and not heard from
        self.over = False
        self.look_at = created

    @property
    def open(self) -> bool:
        return self.taken_at is None and not self.over

    def as_need(self) -> Need:
        """As the hotline keeps it."""
        return Need(
            *(self.number, "+12125559999", Status.OPEN, self.what, self.area),
            wave=self.wave,
            created_at=self.created,
            asked_since=self.created,
            escalated=self.told_at is not None,
            urgent=self.urgent,
        )


class Text:
    """One question to one person, about one request or several."""

    __slots__ = ("about", "ended_at", "helper", "sent_at", "wanted", "yes")

    def __init__(self, helper: Helper, about: tuple[Request, ...], sent_at: float) -> None:
        self.helper, self.about, self.sent_at = helper, about, sent_at
        self.wanted: list[Request] = []  # what of it they would take
        self.ended_at: float | None = None  # answered, or settled by others
        self.yes = False


def _sent_at(text: Text) -> float:
    return text.sent_at


Asked = tuple[Helper, tuple[Request, ...]]
"""Who is asked in one text, about which requests."""


@dataclass
class Look:
    """What a policy does when it looks: texts (to whom, about which), when to look again, and whether it is told.

    ``told`` is whether the coordinators hear of the request, ``told_at_once`` that they do for want of people.
    """

    texts: list[Asked] = field(default_factory=list)
    again: list[tuple[float, Request]] = field(default_factory=list)
    told: bool = False
    told_at_once: bool = False


class Policy(Protocol):
    """A way of asking."""

    def look(self, desk: "Desk", request: Request, now: float) -> Look: ...


class Desk:
    """The records of one hotline, and its clock: what happens next, in the order of time."""

    def __init__(self, rules: Rules, near: dict[str, tuple[str, ...]], policy: Policy, seed: int) -> None:
        self.rules, self.near, self.policy, self.seed = rules, near, policy, seed
        self.helpers: list[Helper] = []
        self.requests: list[Request] = []
        self.open: dict[int, Request] = {}
        self.texts: list[Text] = []
        self.segments = 0  # sent, all told: alerts (two where there are several requests in one), and what follows
        self._lines: dict[tuple[str, str, str], OrderedDict[int, Helper]] = {}
        self._queue: list[tuple[float, int, object]] = []
        self._order = count()
        self._day: deque[Text] = deque()  # the texts of the last day, and how many each person had of them
        self._asks_in_a_day: Counter[int] = Counter()

    # --- Who gives, in the order of asking.

    def join(self, helper: Helper, now: float, *, in_order: bool = False) -> None:
        """Somebody who was never asked stands before all others; with `in_order`, after those who were there before."""
        helper.here = True
        for line in self._lines_of(helper):
            line[helper.number] = helper
            if not in_order:
                line.move_to_end(helper.number, last=False)

    def leave(self, helper: Helper, now: float, why: str = "") -> None:
        """Somebody gives no longer."""
        self._note_unasked(helper, now)
        helper.here, helper.left_for, helper.gone_at = False, why, now
        for line in self._lines_of(helper):
            line.pop(helper.number, None)

    def pause(self, helper: Helper, until: float, now: float) -> None:
        """Somebody wants to be asked nothing until then."""
        helper.paused_until, helper.gone_at = until, now
        helper.changed()

    def _lines_of(self, helper: Helper) -> Iterator[OrderedDict[int, Helper]]:
        for what in helper.gives:
            for area in helper.areas:
                yield self._lines.setdefault((what, area, helper.language), OrderedDict())

    def in_turn(self, what: str, area: str, languages: tuple[str, ...], now: float) -> Iterator[Helper]:
        """Who gives that there and speaks one of these, least recently asked first; nobody who pauses."""
        keys = [(what, area, language) for language in languages]
        lines = [self._lines[key].values() for key in keys if key in self._lines]
        everyone = heapq.merge(*lines, key=lambda helper: helper.last_asked)
        return (helper for helper in everyone if helper.paused_until <= now)

    def rings(self, area: str) -> tuple[str, ...]:
        """The area itself, and those near by."""
        return (area, *self.near[area])

    def helper(self, phone: str) -> Helper:
        return self.helpers[int(phone[8:])]

    def giving(self, now: float) -> int:
        """How many give at the moment."""
        return sum(helper.here and helper.paused_until <= now for helper in self.helpers)

    # --- What was asked.

    def asked_in_a_day(self, now: float) -> int:
        """How many people were asked in the last 24 hours."""
        while self._day and self._day[0].sent_at <= now - DAY:
            number = self._day.popleft().helper.number
            self._asks_in_a_day[number] -= 1
            if not self._asks_in_a_day[number]:
                del self._asks_in_a_day[number]
        return len(self._asks_in_a_day)

    def past_asks(self, before: float, most: int) -> list[PastAsk]:
        """The latest questions that were put before that moment."""
        until = bisect_left(self.texts, before, key=_sent_at)
        return [_past(text) for text in self.texts[max(0, until - most) : until]]

    # --- What happens.

    def at(self, when: float, event: object) -> None:
        heapq.heappush(self._queue, (when, next(self._order), event))

    def events(self, until: float) -> Iterator[tuple[float, object]]:
        """What happens, each with its moment, until that one."""
        while self._queue and self._queue[0][0] < until:
            now, _, event = heapq.heappop(self._queue)
            yield now, event

    def arrive(self, request: Request) -> None:
        self.requests.append(request)
        self.open[request.number] = request

    def comes_up(self, request: Request, now: float) -> list[Text]:
        """It arrives, or is looked at once more; gives the texts that go out, to be answered."""
        if request.created == now:
            self.arrive(request)
        return self.look(request, now)

    def give_up(self, request: Request) -> None:
        request.over = True
        self.open.pop(request.number, None)

    def look(self, request: Request, now: float) -> list[Text]:
        """Looks at a request as the policy does; gives the texts that go out, to be answered."""
        if not request.open or now < request.look_at:  # put off meanwhile
            return []
        request.look_at = NEVER
        look = self.policy.look(self, request, now)
        if look.told and request.told_at is None:
            request.told_at, request.told_at_once = now, look.told_at_once
        for when, which in look.again:
            which.look_at = max(when, now + 1)
            self.at(which.look_at, which)
        return [self._sent(helper, about, now) for helper, about in look.texts]

    def _sent(self, helper: Helper, about: tuple[Request, ...], now: float) -> Text:
        text = Text(helper, about, now)
        self._note_unasked(helper, now)
        self.texts.append(text)
        self._day.append(text)
        self._asks_in_a_day[helper.number] += 1
        self.segments += min(2, len(about))
        helper.texts.append(text)
        helper.this_week.append(now)
        helper.last_asked = now
        helper.changed()
        for line in self._lines_of(helper):
            line.move_to_end(helper.number)
        for request in about:
            request.asked.add(helper.number)
            request.waiting[helper.number] = text
        return text

    def answered(self, text: Text, now: float) -> Request | None:
        """A yes or a no has come; gives the request that they have now, if one of them was still open."""
        helper = text.helper
        text.yes = bool(text.wanted)
        text.ended_at = now if text.yes or text.ended_at is None else text.ended_at
        for request in text.about:
            request.waiting.pop(helper.number, None)
            if not text.wanted:
                request.refused.add(helper.number)
        if text.yes:
            insort(helper.yeses, text.sent_at)
            helper.changed()
        still = next((request for request in text.wanted if request.open), None)
        if still:
            self._taken(still, helper, now)
        return still

    def _taken(self, request: Request, helper: Helper, now: float) -> None:
        request.taken_at, request.taken_by = now, helper
        del self.open[request.number]
        self.segments += len(request.waiting)  # who was asked and said nothing hears that it is settled
        for text in request.waiting.values():
            if text.ended_at is None and not any(other.open for other in text.about):
                text.ended_at = now

    # --- Being forgotten.

    counted_from = 0.0

    def _note_unasked(self, helper: Helper, now: float) -> None:
        if now >= self.counted_from:
            since = max(helper.last_asked, helper.joined)
            helper.longest_unasked = max(helper.longest_unasked, now - since)

    def close(self, now: float) -> None:
        """The end: whoever is there has gone unasked until now."""
        for helper in self.helpers:
            if helper.here:
                self._note_unasked(helper, now)


def _past(text: Text) -> PastAsk:
    gone = text.helper.gone_at
    return PastAsk(
        text.helper.phone,
        text.sent_at,
        text.ended_at,
        text.yes,
        gone if gone is not None and gone > text.sent_at else None,
    )
