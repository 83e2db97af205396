"""Waves: asks volunteers about one need after the other, as dispatch decides."""

import logging
from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from itertools import chain

from hotline.community.model import Community
from hotline.dispatch.waves import Wave, plan
from hotline.engine.session import Prompt
from hotline.flows.about_needs import so_far
from hotline.flows.everyone.other_groups import told as about
from hotline.model.calendar import HOUR
from hotline.model.needs import Need
from hotline.model.outgoing import NEWS
from hotline.model.people import Volunteer
from hotline.model.rules import Group
from hotline.outbound import notify_coordinators
from hotline.outbound.leases import SENDER_HELD
from hotline.outbound.sender_hold import TEXTS
from hotline.storage import Store, StoreDown, Transaction

log = logging.getLogger(__name__)

ALERT_HOLDS = HOUR  # after that an undelivered question is stale
SET_ASIDE_FOR = HOUR  # a need for which no wave can be made
FIRST_PAGE, LONGEST_PAGE = 8, 512  # volunteers read at a time


class WaveSender:
    """Looks at one need a transaction, so that nobody's text waits behind a hundred waves."""

    def __init__(self, store: Store, community: Community, clock: Callable[[], float]) -> None:
        self._store, self._community, self._clock = store, community, clock

    async def send_one(self) -> bool:
        """False when no need is due. One that no wave can be made for must not hold up all others."""
        try:
            return await self._store.run(self._look_at_one)
        except StoreDown:
            raise
        except Exception:
            log.exception("no wave can be made for a need: it is set aside")
            return await self._store.run(self._set_aside)

    def _set_aside(self, tx: Transaction) -> bool:
        now = self._clock()
        need = tx.alerts.next_need(now)
        if need is not None:
            tx.alerts.wave_sent(need.number, need.wave, now + SET_ASIDE_FOR, now)
            tx.flags.add_once("stumbled", need.neighbor, "", need.number, now)
        return need is not None

    def _look_at_one(self, tx: Transaction) -> bool:
        now = self._clock()
        need = tx.alerts.next_need(now)
        if need is None:
            return False
        self._write(tx, need, self._wave(tx, need, now), now)
        return True

    def _wave(self, tx: Transaction, need: Need, now: float) -> Wave:
        """The next wave. While no text goes only those are asked who are rung, and nobody hears that none is free."""
        free, rules = candidates(tx, need, self._community, now), self._community.rules
        if not tx.senders.is_held(TEXTS):
            return plan(need, free, rules, now)
        wave = plan(need, (who for who in free if tx.people.reach(who.phone).by_voice), rules, now)
        return wave if wave.ask else Wave((), min(wave.look_at, now + SENDER_HELD))

    def _write(self, tx: Transaction, need: Need, wave: Wave, now: float) -> None:
        number = need.wave + 1 if wave.ask else need.wave
        told: dict[str, str | tuple[str, ...]] = {
            "number": need.code,
            "what": (need.what,),
            "area": need.place_and_time,
        }
        for volunteer in wave.ask:
            offer = Prompt("alerts.offer_again" if volunteer.asked_before else "alerts.offer", values=told)
            tx.alerts.send(need, volunteer.phone, number, offer, now, now + ALERT_HOLDS)
        tx.alerts.wave_sent(need.number, number, wave.look_at, now)
        if wave.waits_too_long:
            self._escalate(tx, need, told, now)

    def _escalate(self, tx: Transaction, need: Need, told: dict[str, str | tuple[str, ...]], now: float) -> None:
        """Nothing waits unseen: a person knows, and whoever asked knows that."""
        tx.alerts.escalated(need.number, now)
        tx.flags.add("nobody_yet", need.neighbor, "", need.number, now)
        others = (Prompt("news.group_helps", values=about(group)) for group in self._fitting(need))
        key = "news.nobody_more" if need.begun else "news.nobody_yet"
        tx.outbox.put(need.neighbor, [Prompt(key, values=told | so_far(need)), *others], need.number, NEWS, now)
        notify_coordinators.nobody_takes(tx, self._community, need, now)

    def _fitting(self, need: Need) -> tuple[Group, ...]:
        """One other group that helps with that there: a text holds no more."""
        return self._community.groups_for(need.what, need.area)[:1]


def candidates(tx: Transaction, need: Need, community: Community, now: float) -> Iterator[Volunteer]:
    """Whom to ask, in order: who did it last time, who said yes too late, those here, those in the areas near by; in
    each area those first who speak the neighbor's language. Nobody twice, and read only as far as the wave needs."""
    spoken = tx.people.reach(need.neighbor).language or community.languages[0]
    speaking = (spoken, "") if spoken == community.languages[0] else (spoken,)
    others = [language for language in (*community.languages, "") if language not in speaking]
    area = community.areas.get(need.area)
    rings = (need.area, *(area.near if area else ()))
    seen: set[str] = set()
    for volunteer in chain(
        tx.alerts.before_all_others(need, now),
        *(_in_turn(tx, need, ring, languages, now) for ring in rings for languages in (speaking, others)),
    ):
        if volunteer.phone not in seen:
            seen.add(volunteer.phone)
            yield volunteer


def _in_turn(tx: Transaction, need: Need, ring: str, languages: Iterable[str], now: float) -> Iterator[Volunteer]:
    """Those who speak one of these languages, least recently asked first."""
    lines = [_pages(tx, need, ring, language, now) for language in languages]
    return merge(*lines, key=lambda volunteer: (volunteer.in_turn_at, volunteer.phone))


def _pages(tx: Transaction, need: Need, ring: str, language: str, now: float) -> Iterator[Volunteer]:
    """Page by page, each longer than the last: mostly the first few are free, and sometimes thousands sleep."""
    last, room = None, FIRST_PAGE
    while True:
        page = tx.alerts.candidates(need, ring, language, now, room, last)
        yield from page
        if len(page) < room:
            return
        last, room = page[-1], min(LONGEST_PAGE, room * 4)
