"""Reads what coordinators need to know besides: what waits, whom they mean, what became of a need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline.engine.answers import Heard
from hotline.flows.coordinator import find_volunteer
from hotline.model import phone_numbers
from hotline.model.calendar import MINUTE
from hotline.model.facts import Facts, Past
from hotline.model.needs import Need
from hotline.model.people import Person, Volunteer

if TYPE_CHECKING:
    from hotline.storage import Transaction

SAID_LATELY = 2  # things said, as many as a text holds
MOST_COUNTED = 400  # needs and flags that are counted
QUIET = 30 * MINUTE  # seconds after which a form that was begun waits for a person
NAMING = ("assign", "approve")
LISTING = ("list", "flags")


def _name_said(heard: Heard, me: Person) -> str:
    """The name in what a coordinator says, or in what they are being asked about."""
    if heard.command in NAMING:
        return find_volunteer.order(heard)[1]
    return me.session.answers.get("name", "") if me.session.flow in NAMING and me.session.waiting else ""


def people_named(tx: Transaction, heard: Heard, me: Person) -> tuple[str, tuple[Volunteer, ...]]:
    """(the name that a coordinator says, all who give). Whoever is meant is locked, before any need, and read again."""
    name = _name_said(heard, me) if me.coordinator else ""
    if not name:
        return "", ()
    tx.people.lock([who.phone for who in find_volunteer.meant(tuple(tx.volunteers.all()), name)])
    return name, tuple(tx.volunteers.all())


def overview(tx: Transaction, facts: Facts, heard: Heard) -> Facts:
    """The facts, with what a coordinator's words ask for."""
    if not facts.me.coordinator:
        return facts
    about = heard.command or facts.me.session.flow
    lists = about in LISTING and not heard.keys
    flags = tx.flags.waiting(MOST_COUNTED) if lists else ()
    known = facts.but(
        waiting=tx.needs.waiting(facts.now - QUIET, MOST_COUNTED) if lists else (),
        flags=flags,
        names=facts.names | {flag.party: tx.people.name_of(flag.party) for flag in flags},
    )
    return _with_past(tx, known, known.named[0]) if known.named else known


def _with_past(tx: Transaction, facts: Facts, need: Need) -> Facts:
    return facts.but(
        past=_past(tx, need), names=facts.names | {phone: tx.people.name_of(phone) for phone in need.takers}
    )


def _past(tx: Transaction, need: Need) -> Past:
    reach = tx.people.reach(need.neighbor)
    reads = phone_numbers.is_shown(need.neighbor) and reach.can_text and reach.may_be_reached
    return Past(tx.alerts.people_asked(need.number), tx.relays.said_lately(need.number, SAID_LATELY), reads)
