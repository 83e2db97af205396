"""Reads the facts that one decision rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline.community import Community
from hotline.engine.answers import Heard
from hotline.flows.routing import FIRST_CODE, LAST_CODE
from hotline.records import Facts, Need, Offered, Person, Status

if TYPE_CHECKING:
    from hotline.storage import Transaction

A_DAY = 86400.0


def facts_for(tx: Transaction, me: Person, heard: Heard, community: Community, now: float) -> Facts:
    """What this person's words are to be decided on; what they may be about is locked first."""
    codes = [number for number in heard.numbers if FIRST_CODE <= number <= LAST_CODE]
    tx.lock_needs(me.phone, codes)
    me = me.but(coordinator=me.phone in community.coordinators.values())
    asked_for = tx.asked_for(me.phone)
    alerts, alerted_at = tx.open_alerts(me.phone) if me.gives else ((), 0.0)
    return Facts(
        now=now,
        offered=_offered(community),
        me=me,
        draft=next((need for need in asked_for if need.status is Status.DRAFT), None),
        asked_for=asked_for,
        alerts=alerts,
        has_taken=tx.in_hand(me.phone) if me.gives else (),
        named=tuple(need for need in map(tx.need, codes) if need),
        settled=tx.settled(me.phone, now - A_DAY) if me.gives and not alerts and heard.only("yes") else None,
        alerted_at=alerted_at,
        names=_names_of_takers(tx, asked_for),
    )


def _offered(community: Community) -> Offered:
    areas = tuple(community.areas)
    return Offered(community.languages, community.needs_offered, areas, community.approval, community.crisis)


def _names_of_takers(tx: Transaction, needs: tuple[Need, ...]) -> dict[str, str]:
    return {phone: tx.name_of(phone) for need in needs for phone in need.takers}
