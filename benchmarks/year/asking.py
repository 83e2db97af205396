"""Ways of asking that are compared: the hotline's own decision, the one before it, and four that people would think of.

Nobody is asked at night but about what cannot wait, nobody who pauses, and nobody twice about one request.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random
from weakref import WeakKeyDictionary

from benchmarks.year import before
from benchmarks.year.desk import FIRST_LANGUAGE, OTHER_LANGUAGE, Asked, Desk, Helper, Look, Policy, Request
from hotline.dispatch.forecast import measured
from hotline.dispatch.quiet_hours import awake_before, wakes_at
from hotline.dispatch.storm import offered_beside, storm
from hotline.dispatch.waves import IN_TIME, plan
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.people import Volunteer
from hotline.model.town import Load, Town

BOTH = (FIRST_LANGUAGE, OTHER_LANGUAGE)
MEASURED_EVERY, HAD_TIME, NEWEST = DAY, 2 * HOUR, 2000  # the hotline itself measures each hour
READ_BESIDE = 8  # requests, as the worker
AGAIN = HOUR  # people wake up, and their week goes by


class Hotline:
    """The hotline: its decisions, given what its database would give them."""

    def __init__(self) -> None:
        self._measured: WeakKeyDictionary[Desk, tuple[float, Town]] = WeakKeyDictionary()

    def look(self, desk: Desk, request: Request, now: float) -> Look:
        town = self._town(desk, now)
        waiting = [text.sent_at for text in request.waiting.values()]
        weather = storm(_load(desk, town, now), town)
        wave = plan(request.as_need(), _candidates(desk, request, now), desk.rules, now, town, waiting, weather)
        request.wave += bool(wave.ask)
        look = Look([], [(wave.look_at, request)], wave.waits_too_long, wave.at_once)
        beside: dict[int, Request] = {}
        for who in wave.ask:
            helper = desk.helper(who.phone)
            others = _beside(desk, request, who, helper, now) if weather else ()
            beside |= {other.number: other for other in others}
            look.texts.append((helper, (request, *others)))
        for other in beside.values():  # its own next wave waits as long
            other.wave += 1
            look.again.append((max(other.look_at, now + desk.rules.wave_seconds(other.as_need())), other))
        return look

    def _town(self, desk: Desk, now: float) -> Town:
        at, town = self._measured.get(desk, (float("-inf"), Town()))
        if now - at >= MEASURED_EVERY:
            town = measured(desk.past_asks(now - HAD_TIME, NEWEST), desk.giving(now), desk.rules, now)
            self._measured[desk] = (now, town)
        return town


def _candidates(desk: Desk, request: Request, now: float) -> Iterator[Volunteer]:
    """Speakers first for those who do not speak the town's first language, here and near by; then the others."""
    speakers = [(request.language,)] if request.language != FIRST_LANGUAGE else []
    tiers = ((area, languages) for languages in (*speakers, BOTH) for area in desk.rings(request.area))
    seen: set[int] = set(request.asked)
    for tier, (area, languages) in enumerate(tiers, 1):
        for helper in desk.in_turn(request.what, area, languages, now):
            if helper.number not in seen:
                seen.add(helper.number)
                yield helper.as_volunteer(now, tier)


def _load(desk: Desk, town: Town, now: float) -> Load:
    long_ago = awake_before(desk.rules, now, IN_TIME)
    fresh = sum(request.told_at is None or request.created > long_ago for request in desk.open.values())
    return Load(len(desk.open), fresh, max(0, town.people - desk.asked_in_a_day(now)))


def _beside(desk: Desk, request: Request, who: Volunteer, helper: Helper, now: float) -> tuple[Request, ...]:
    """What else is offered to somebody in the same text: never offered to them before, here and near by, what was
    offered least first."""
    areas = {area for area in desk.near if not set(desk.rings(area)).isdisjoint(helper.areas)}
    order = sorted(desk.open.values(), key=lambda other: (other.wave, other.look_at))
    others = (each for each in order if each.area in areas and each.what in helper.gives)
    needs = [each.as_need() for each in islice((o for o in others if helper.number not in o.asked), READ_BESIDE)]
    chosen = offered_beside(who, areas, request.as_need(), needs, desk.rules, now)
    return tuple(desk.open[need.number] for need in chosen)


class Before:
    """The policy before: in each area those first who speak the neighbor's language."""

    def look(self, desk: Desk, request: Request, now: float) -> Look:
        people = (who.as_volunteer(now) for who in self._in_order(desk, request, now))
        wave = before.plan(request.as_need(), people, desk.rules, now)
        request.wave += bool(wave.ask)
        texts: list[Asked] = [(desk.helper(who.phone), (request,)) for who in wave.ask]
        return Look(texts, [(wave.look_at, request)], wave.waits_too_long, not wave.ask)

    def _in_order(self, desk: Desk, request: Request, now: float) -> Iterator[Helper]:
        theirs = (request.language,)
        others = tuple(language for language in BOTH if language not in theirs)
        seen: set[int] = set(request.asked)
        for area in desk.rings(request.area):
            for languages in (theirs, others):
                for helper in desk.in_turn(request.what, area, languages, now):
                    if helper.number not in seen:
                        seen.add(helper.number)
                        yield helper


def _around(desk: Desk, request: Request, now: float) -> Iterator[Helper]:
    """All who give it, here and then near by, least recently asked first."""
    seen: set[int] = set(request.asked)
    for area in desk.rings(request.area):
        for helper in desk.in_turn(request.what, area, BOTH, now):
            if helper.number not in seen:
                seen.add(helper.number)
                yield helper


def _until_morning(desk: Desk, request: Request, now: float) -> Look | None:
    """Nobody is asked at night about what can wait."""
    morning = wakes_at(desk.rules, now)
    return Look(again=[(morning, request)]) if morning > now and not request.urgent else None


def _within_limits(desk: Desk, request: Request, now: float) -> Iterator[Helper]:
    need = request.as_need()
    everyone = _around(desk, request, now)
    return (who for who in everyone if before.may_be_asked(who.as_volunteer(now), need, desk.rules, now))


@dataclass(frozen=True)
class Everyone:
    """Everyone at once; with `limits`, everyone whose week and hours allow it, and each hour those who are free now."""

    limits: bool

    def look(self, desk: Desk, request: Request, now: float) -> Look:
        if night := _until_morning(desk, request, now):
            return night
        if not self.limits:
            return Look([(who, (request,)) for who in _around(desk, request, now)])
        return Look([(who, (request,)) for who in _within_limits(desk, request, now)], [(now + AGAIN, request)])


@dataclass(frozen=True)
class Threes:
    """Three each ten minutes until somebody comes, within everybody's limits: by lot, or least recently asked first."""

    by_lot: bool

    def look(self, desk: Desk, request: Request, now: float) -> Look:
        if night := _until_morning(desk, request, now):
            return night
        three = self._three(desk, request, now)
        wait = (3 * MINUTE if request.urgent else 10 * MINUTE) if three else AGAIN
        return Look([(who, (request,)) for who in three], [(now + wait, request)])

    def _three(self, desk: Desk, request: Request, now: float) -> list[Helper]:
        free = _within_limits(desk, request, now)
        if not self.by_lot:
            return list(islice(free, 3))
        everyone = list(free)
        lot = Random(f"{desk.seed} {request.number} {len(request.asked)}")
        return lot.sample(everyone, min(3, len(everyone)))


HOTLINE, BEFORE = "the hotline", "the policy before"


def policies() -> dict[str, Policy]:
    """All that are compared, by their names."""
    return {
        HOTLINE: Hotline(),
        BEFORE: Before(),
        "everyone at once": Everyone(limits=False),
        "everyone within their limits": Everyone(limits=True),
        "a random three, until taken": Threes(by_lot=True),
        "three in turn, until taken": Threes(by_lot=False),
    }
