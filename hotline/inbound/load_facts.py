"""Reads the facts that one decision rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from hotline.community.model import Community
from hotline.dispatch.quiet_hours import wakes_at
from hotline.engine.answers import Heard
from hotline.flows.intents.need_numbers import FIRST_CODE, LAST_CODE
from hotline.flows.neighbor.intake import intake
from hotline.inbound.load_team_facts import overview, people_named
from hotline.model import calendar, phone_numbers
from hotline.model.calendar import DAY, HOUR
from hotline.model.facts import Facts, Offered
from hotline.model.needs import Need, Status
from hotline.model.people import Person
from hotline.outbound.sender_hold import TEXTS

if TYPE_CHECKING:
    from hotline.storage import Transaction

JUST_NOW = HOUR
LATELY = 3 * DAY  # so long after it happened a thank-you is passed on


def facts_for(tx: Transaction, me: Person, heard: Heard, community: Community, now: float) -> Facts:
    """What this person's words are to be decided on; what they may be about is locked first."""
    codes = _codes(heard, me)
    abroad = me.has_number and not phone_numbers.is_of(me.phone, community.country)
    me = me.but(coordinator=community.is_coordinator(me.phone), abroad=abroad)
    name, people = people_named(tx, heard, me)  # people are locked before needs, as when they write themselves
    tx.needs.lock(me.phone, codes)
    begun = Facts(now, _offered(community), me, opens_at=_opens_at(community, now), people=people, name_said=name)
    known = _of_theirs(tx, begun, heard, codes)
    asks = _team_asks(tx, me, community, now) if known.asked_for and heard.words else 0
    held = _asks_what_happens(heard, me) and tx.senders.is_held(TEXTS)
    return overview(tx, known.but(team_asks=asks, texts_held=held), heard)


def _asks_what_happens(heard: Heard, me: Person) -> bool:
    """Whether they are about to be told what we do next."""
    return me.session.flow == intake.name or "status" in heard.names


def _of_theirs(tx: Transaction, known: Facts, heard: Heard, codes: list[int]) -> Facts:
    """What this person asked for, was asked, and has in hand; and what they name."""
    me, now = known.me, known.now
    asked_for = tx.needs.asked_for(me.phone)
    alerts, alerted_at = tx.alerts.open(me.phone) if me.gives else ((), 0.0)
    has_taken = tx.needs.in_hand(me.phone) if me.gives else ()
    named = tuple(need for need in map(tx.needs.get, codes) if need)
    finished = tx.needs.finished(me.phone, now - LATELY) if "thanks" in heard.names or not heard.words else ()
    facts = known.but(
        draft=_draft(asked_for, me.session.answers.get("need", "")),
        asked_for=asked_for,
        alerts=alerts,
        has_taken=has_taken,
        named=named,
        settled=tx.alerts.taken_by_others(me.phone, now - DAY)
        if me.gives and not alerts and heard.only("yes")
        else None,
        finished=finished,
        alerted_at=alerted_at,
        volunteer=tx.volunteers.get(me.phone) if me.volunteer and (heard.command or not heard.words) else None,
        names=_names(tx, {*_helpers(asked_for, named, finished), *(need.neighbor for need in has_taken)}),
    )
    return _with_those_awake(tx, facts) if _about_calls(heard, me) else facts


def _draft(asked_for: tuple[Need, ...], code: str) -> Need | None:
    """The form at hand: the one that is spoken of, else the newest. Two people may share a telephone."""
    drafts = [need for need in reversed(asked_for) if need.status is Status.DRAFT]
    return next((need for need in drafts if need.code == code), drafts[0] if drafts else None)


def _team_asks(tx: Transaction, me: Person, community: Community, now: float) -> int:
    number, writer = tx.relays.written_last(me.phone, now - DAY)
    return number if community.is_coordinator(writer) else 0


def _codes(heard: Heard, me: Person) -> list[int]:
    """The needs that were named: now, or in what is being asked about."""
    codes = [number for number in heard.numbers if FIRST_CODE <= number <= LAST_CODE]
    asked = me.session.answers.get("need", "") if me.session.waiting else ""
    return list(dict.fromkeys([*codes, *([int(asked)] if asked.isdecimal() and not heard.command else [])]))


def _offered(community: Community) -> Offered:
    rules = community.rules
    return Offered(
        community.languages,
        community.needs_offered,
        tuple(community.areas),
        community.approval,
        timezone=rules.timezone.key,
        asks_per_week=rules.asks_per_week,
        crisis=community.crisis,
        groups=community.groups,
    )


def _opens_at(community: Community, now: float) -> datetime | None:
    """When people may be written to again, where it is night now."""
    morning = wakes_at(community.rules, now)
    return calendar.local(morning, community.rules.timezone) if morning > now else None


def _about_calls(heard: Heard, me: Person) -> bool:
    """Whether it comes from a call, asks for one, or says with whom."""
    return not heard.words or heard.command == "call" or me.session.flow == "talk"


def _with_those_awake(tx: Transaction, facts: Facts) -> Facts:
    """Those on the other side who may be rung now (by day, when it cannot wait, when they wrote just now), and not."""
    awake: dict[str, bool] = {}
    for need, phone in ((each, phone) for each in facts.in_progress for phone in (*each.takers, each.neighbor)):
        reach = tx.people.reach(phone)
        has_number = phone_numbers.is_shown(phone) or (need.is_of(phone) and need.callback)
        if phone != facts.me.phone and has_number and reach.may_be_reached:
            lately = facts.opens_at is None or need.urgent or facts.now - reach.heard_at < JUST_NOW
            awake[phone] = awake.get(phone, False) or lately
    asleep = frozenset(phone for phone in awake if not awake[phone])
    return facts.but(awake=frozenset(awake) - asleep, asleep=asleep)


def _helpers(*needs: tuple[Need, ...]) -> Iterator[str]:
    """Whoever has or had one of these."""
    for need in chain(*needs):
        yield from (*need.takers, *need.helped)


def _names(tx: Transaction, people: Iterable[str]) -> dict[str, str]:
    return {phone: tx.people.name_of(phone) for phone in people}
