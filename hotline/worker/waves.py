"""Waves: asks volunteers about one need after the other, as dispatch decides."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from hotline.community.model import Community
from hotline.dispatch import forecast
from hotline.dispatch.quiet_hours import awake_before
from hotline.dispatch.storm import is_told_once, offered_beside, storm
from hotline.dispatch.waves import IN_TIME, Alarm, Wave, patient_until, plan
from hotline.engine.session import Prompt, Values
from hotline.flows.about_needs import so_far, story, with_its_time
from hotline.flows.everyone.other_groups import told as about
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.due import DueRow, Kind
from hotline.model.needs import Need
from hotline.model.outgoing import NEWS
from hotline.model.people import Volunteer
from hotline.model.rules import Group
from hotline.model.town import Load, Storm, Town
from hotline.outbound import notify_coordinators
from hotline.outbound.leases import SENDER_HELD
from hotline.outbound.sender_hold import TEXTS
from hotline.storage import Transaction
from hotline.worker.poison_rows import RowByRow

ALERT_HOLDS = HOUR  # after that an undelivered question is stale
FIRST_PAGE, LONGEST_PAGE = 16, 512  # volunteers read at a time
MEASURED_EVERY, COUNTED_EVERY = HOUR, MINUTE
LATELY, NEWEST = 90 * DAY, 2000  # questions by which a town is measured
HAD_TIME = 2 * HOUR  # to answer, before a question counts as one that was not
MOST_PEOPLE, MOST_NEEDS = 2000, 400  # counted: where there are more, it makes no difference
OPEN_LATELY = 2 * DAY  # what came before that is no part of a storm
READ_BESIDE = (3, 8)  # of what is open besides, for one text: mostly the first few may be asked about
NOT_LEFT = MINUTE  # a wave whose texts have not left yet is looked at again


class TownWatch:
    """How this town answers, measured once an hour, and how much is asked for, counted once a minute."""

    def __init__(self, community: Community) -> None:
        self._rules = community.rules
        self._town, self._measured_at = Town(), float("-inf")
        self._due, self._counted_at = 0, float("-inf")

    def town(self, tx: Transaction, now: float) -> Town:
        if not 0 <= now - self._measured_at < MEASURED_EVERY:
            asks = tx.alerts.lately(now - LATELY, now - HAD_TIME, NEWEST)
            people = tx.volunteers.who_give(MOST_PEOPLE, now)
            self._town, self._measured_at = forecast.measured(asks, people, self._rules, now), now
        return self._town

    def load(self, tx: Transaction, now: float) -> Load:
        if not 0 <= now - self._counted_at < COUNTED_EVERY:
            asked = tx.alerts.people_asked_since(now - DAY, MOST_PEOPLE)
            self._due, self._counted_at = max(0, self.town(tx, now).people - asked), now
        long_ago = awake_before(self._rules, now, IN_TIME)
        return Load(*tx.alerts.being_asked_about(now - OPEN_LATELY, long_ago, MOST_NEEDS), self._due)


class WaveSender:
    """Looks at one need a transaction, so that nobody's text waits behind a hundred waves."""

    kinds = frozenset((Kind.WAVE,))

    def __init__(self, rows: RowByRow, community: Community) -> None:
        self._rows, self._community = rows, community
        self._watch = TownWatch(community)

    async def look_after_one(self) -> bool:
        """False when no need is due."""
        return await self._rows.first(Kind.WAVE, self._look_at_one)

    def _look_at_one(self, tx: Transaction, row: DueRow, now: float) -> None:
        need = tx.needs.get(row.about)
        if need is None:
            return
        held = tx.senders.is_held(TEXTS)
        later = None if held else self._has_not_waited(tx, need, now)
        if later is not None:
            tx.alerts.wave_sent(need.number, need.wave, later, now)
        else:
            load = self._watch.load(tx, now)
            weather = storm(load, self._watch.town(tx, now))
            wave = self._wave(tx, need, weather, now, held=held)
            self._write(tx, need, wave, weather, now, told_once=is_told_once(weather, load))

    def _has_not_waited(self, tx: Transaction, need: Need, now: float) -> float | None:
        """When to look again at a wave that has not waited long enough: it waits from when its last text has left. No
        wave is waited for that is older than the need's coming back, or its change."""
        if not need.wave or (not need.escalated and patient_until(need, self._community.rules) <= now):
            return None
        left_at, not_left_since = tx.alerts.wave_left(need)
        begun = max(need.asked_since, need.again_since or 0.0)
        if not_left_since > begun:
            return now + NOT_LEFT
        until = left_at + self._community.rules.wave_seconds(need)
        return until if left_at > begun and until > now else None

    def _wave(self, tx: Transaction, need: Need, weather: Storm, now: float, *, held: bool) -> Wave:
        """The next wave. While no text goes only those are asked who are rung, and nobody hears that none is free."""
        rules, town = self._community.rules, self._watch.town(tx, now)
        answers, passed_over = tx.alerts.not_answered(need.number), set[str]()
        while True:
            free = (who for who in candidates(tx, need, self._community, now) if who.phone not in passed_over)
            if held:
                free = (who for who in free if tx.people.reach(who.phone).by_voice)
            wave = plan(need, free, rules, now, town, answers, weather)
            taken = tx.alerts.hold((who.phone for who in wave.ask), now)
            changed = {who.phone for who in wave.ask if taken.get(who.phone) != who.asks_this_week}
            if not changed:
                break
            passed_over |= changed  # another worker asks them, or just has
        return wave if wave.ask or not held else Wave((), min(wave.look_at, now + SENDER_HELD))

    def _write(self, tx: Transaction, need: Need, wave: Wave, weather: Storm, now: float, *, told_once: bool) -> None:
        number = need.wave + 1 if wave.ask else need.wave
        beside: dict[int, Need] = {}
        for who in wave.ask:
            others = self._offered_beside(tx, who, need, now) if weather else ()
            beside |= {other.number: other for other in others}
            tx.alerts.send(need, who, number, _offer(who, need, others), now, now + ALERT_HOLDS, others)
        for other in beside.values():
            tx.alerts.offered_beside(other, now + self._community.rules.wave_seconds(other), now)
        tx.alerts.wave_sent(need.number, number, wave.look_at, now)
        if wave.alarm:
            self._escalate(tx, need, wave.alarm, now, told_once=told_once)
        if (wave.alarm and not self._has_just_begun(need, wave, now)) or (need.escalated and not wave.ask):
            self._tell_the_neighbor(tx, need, wave, now)

    def _offered_beside(self, tx: Transaction, who: Volunteer, need: Need, now: float) -> tuple[Need, ...]:
        """What else stands in the text to this person. Whoever is rung hears of one thing at a time."""
        if who.comes_first or tx.people.reach(who.phone).by_voice:
            return ()
        areas = self._community.asked_from(who.areas)
        return offered_beside(who, areas, need, _also_given(tx, who, areas, need), self._community.rules, now)

    def _escalate(self, tx: Transaction, need: Need, alarm: Alarm, now: float, *, told_once: bool) -> None:
        """Nothing waits unseen: a person knows. In a storm coordinators are told once of all that is open."""
        tx.alerts.escalated(need.number, now)
        if told_once:
            notify_coordinators.storm(tx, self._community, now)
        else:
            notify_coordinators.nobody_takes(tx, self._community, need, now, few=alarm is Alarm.FEW)

    def _has_just_begun(self, need: Need, wave: Wave, now: float) -> bool:
        """Whether people are asked only now, and may say yes: then whoever asked does not hear that nobody is free."""
        early = wave.alarm in (Alarm.FEW, Alarm.UNLIKELY) and bool(wave.ask)
        return early and now - need.asked_since < self._community.rules.wave_seconds(need)

    def _tell_the_neighbor(self, tx: Transaction, need: Need, wave: Wave, now: float) -> None:
        """Whoever asked knows that a person looks; once, but where it came back or was changed meanwhile."""
        if not wave.alarm and tx.flags.is_open("nobody_yet", need.number):
            return
        tx.flags.add_once("nobody_yet", need.neighbor, "", need.number, now)
        others = [Prompt("news.group_helps", values=about(group)) for group in self._fitting(tx, need)]
        key = "news.nobody_more" if need.begun else "news.nobody_yet"
        told = story(need) | so_far(need)
        news = [] if self._knows_that_nobody_gives(tx, need, wave) else [Prompt(key, values=told)]
        given_back = [Prompt("news.dropped_nobody", values=with_its_time(need))]
        if key == "news.nobody_yet" and tx.outbox.say_instead(
            need.neighbor, need.number, "news.dropped", given_back, now
        ):
            news = []  # it came back just now: that others are asked is not said first
        if news or others:
            tx.outbox.put(need.neighbor, [*news, *others], need.number, NEWS, now)

    def _knows_that_nobody_gives(self, tx: Transaction, need: Need, wave: Wave) -> bool:
        """Whether the answer to their request said so already; of a weekly one there may have been none."""
        first = need.wave == 0 and not need.every and wave.alarm is Alarm.NOBODY
        return first and not self._is_given(tx, need)

    def _is_given(self, tx: Transaction, need: Need) -> bool:
        return any(tx.alerts.is_given(need.what, ring, need.neighbor) for ring in self._community.rings(need.area))

    def _fitting(self, tx: Transaction, need: Need) -> tuple[Group, ...]:
        """One other group that helps with that there: a text holds no more."""
        fitting = self._community.groups_for(need.what, need.area)
        said = tx.group_checks.all() if fitting else {}
        gone = {name for name, each in said.items() if each.gone_at is not None}
        return tuple(group for group in fitting if group.name not in gone)[:1]


def _also_given(tx: Transaction, who: Volunteer, areas: Collection[str], need: Need) -> Iterator[Need]:
    """What else this person could be asked about, read as far as somebody looks."""
    known = 0
    for room in READ_BESIDE:
        others = tx.alerts.also_given(who.phone, areas, need.number, room)
        yield from others[known:]
        if len(others) < room:
            return
        known = room


def _offer(who: Volunteer, need: Need, beside: tuple[Need, ...]) -> list[Prompt]:
    """The question in one text: about one need, or about several, each with its number."""
    if not beside:
        key = "alerts.offer_still" if who.was_silent else "alerts.offer_again" if who.asked_before else "alerts.offer"
        return [Prompt(key, values=_told(need))]
    lines = [Prompt("alerts.one_of_several", values=_told(each)) for each in (need, *beside)]
    return [
        Prompt("alerts.several"),
        *lines,
        Prompt("alerts.reply", values={"number": need.code, "other": beside[0].code}),
    ]


def _told(need: Need) -> Values:
    return {"number": need.code, "what": (need.what,), "area": need.place_and_time}


def candidates(tx: Transaction, need: Need, community: Community, now: float) -> Iterator[Volunteer]:
    """Whom to ask, in order and tier by tier: who did it last time and who said yes too late; those here; those in the
    areas near by. A neighbor who does not speak the community's first language is offered those who speak theirs, here
    and near by, before all others. Nobody twice, and read only as far as the wave needs."""
    first = community.languages[0]
    spoken = tx.people.reach(need.neighbor).language or first
    rings = community.rings(need.area)
    tiers: list[Iterator[Volunteer]] = [iter(tx.alerts.before_all_others(need, now))]
    tiers += [_pages(tx, need, ring, spoken, now) for ring in rings if spoken != first]
    tiers += [_pages(tx, need, ring, None, now) for ring in rings]
    seen: set[str] = set()
    for volunteer in chain.from_iterable(_of_tier(place, tier) for place, tier in enumerate(tiers)):
        if volunteer.phone not in seen:
            seen.add(volunteer.phone)
            yield volunteer


def _of_tier(place: int, people: Iterable[Volunteer]) -> Iterator[Volunteer]:
    return (replace(who, tier=place) for who in people)


def _pages(tx: Transaction, need: Need, ring: str, language: str | None, now: float) -> Iterator[Volunteer]:
    """Page by page, each longer than the last: mostly the first few are free, and sometimes thousands sleep."""
    last, room = None, FIRST_PAGE
    while True:
        page = tx.alerts.candidates(need, ring, language, now, room, last)
        yield from page
        if len(page) < room:
            return
        last, room = page[-1], min(LONGEST_PAGE, room * 4)
