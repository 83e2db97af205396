"""Reads the facts that one decision rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from hotline.community import Community
from hotline.dispatch import wakes_at
from hotline.engine.answers import Heard
from hotline.engine.session import Session
from hotline.flows.routing import FIRST_CODE, LAST_CODE
from hotline.records import Facts, Need, Offered, Person, Status

if TYPE_CHECKING:
    from hotline.storage import Transaction

A_DAY = 86400.0
JUST_NOW = 3600.0
LATELY = 3 * A_DAY  # so long after it happened a thank-you is passed on


def facts_for(tx: Transaction, me: Person, heard: Heard, community: Community, now: float) -> Facts:
    """What this person's words are to be decided on; what they may be about is locked first."""
    codes = [number for number in (*heard.numbers, *_spoken_of(me.session)) if FIRST_CODE <= number <= LAST_CODE]
    tx.lock_needs(me.phone, codes)
    me = me.but(coordinator=me.phone in community.coordinators.values())
    asked_for = tx.asked_for(me.phone)
    alerts, alerted_at = tx.open_alerts(me.phone) if me.gives else ((), 0.0)
    has_taken = tx.in_hand(me.phone) if me.gives else ()
    named = tuple(need for need in map(tx.need, dict.fromkeys(codes)) if need)
    finished = tx.finished(me.phone, now - LATELY) if "thanks" in heard.names else ()
    facts = Facts(
        now=now,
        offered=_offered(community),
        me=me,
        draft=next((need for need in asked_for if need.status is Status.DRAFT), None),
        asked_for=asked_for,
        alerts=alerts,
        has_taken=has_taken,
        named=named,
        settled=tx.settled(me.phone, now - A_DAY) if me.gives and not alerts and heard.only("yes") else None,
        finished=finished,
        alerted_at=alerted_at,
        names=_names(tx, {*_helpers(asked_for, named, finished), *(need.neighbor for need in has_taken)}),
    )
    return _with_those_awake(tx, facts, community) if _about_calls(heard, me) else facts


def _spoken_of(session: Session) -> Iterator[int]:
    """The need that our question to them is about, which may be over by now."""
    number = session.answers.get("need", "")
    if number.isdecimal():
        yield int(number)


def _offered(community: Community) -> Offered:
    return Offered(community.languages, community.needs_offered, tuple(community.areas), community.approval)


def _about_calls(heard: Heard, me: Person) -> bool:
    """Whether it comes from a call, asks for one, or says with whom."""
    return not heard.words or heard.command == "call" or me.session.flow == "talk"


def _with_those_awake(tx: Transaction, facts: Facts, community: Community) -> Facts:
    """Those on the other side who may be rung now (by day, when it cannot wait, when they wrote just now), and not."""
    by_day = wakes_at(community.rules, facts.now) <= facts.now
    awake: dict[str, bool] = {}
    for need, phone in ((each, phone) for each in facts.in_progress for phone in (*each.takers, each.neighbor)):
        reach = tx.reach(phone)
        if phone != facts.me.phone and not (reach.opted_out or reach.blocked):
            lately = by_day or need.urgent or facts.now - tx.heard_at(phone) < JUST_NOW
            awake[phone] = awake.get(phone, False) or lately
    asleep = frozenset(phone for phone in awake if not awake[phone])
    return facts.but(awake=frozenset(awake) - asleep, asleep=asleep)


def _helpers(*needs: tuple[Need, ...]) -> Iterator[str]:
    """Whoever has or had one of these."""
    for need in chain(*needs):
        yield from (*need.takers, *need.helped)


def _names(tx: Transaction, people: Iterable[str]) -> dict[str, str]:
    return {phone: tx.name_of(phone) for phone in people}
