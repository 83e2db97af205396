"""What cannot be said, or not by text: whom it is told to instead, and who knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline.dispatch.quiet_hours import wakes_at
from hotline.engine.session import Prompt, Values
from hotline.model import phone_numbers
from hotline.model.needs import Status
from hotline.model.outgoing import ALERT, NEWS
from hotline.model.rules import Rules

if TYPE_CHECKING:
    from hotline.model.outgoing import Outgoing
    from hotline.storage import Transaction

UNTOLD = "not_told"
TOO_LATE = "too late"
LIGHT = frozenset(("news.settled",))  # worth a line, but not worth a ring: told when there is a call anyway


def by_voice(tx: Transaction, row: Outgoing, reason: str, rules: Rules, now: float) -> None:
    """It waits for a call, which is made at once by day, and in the morning by night."""
    tx.outbox.settle(row, "to_ring", now, reason=reason)
    if not is_light(row):
        tx.calls.want(row.party, now if cannot_wait(tx, row) else wakes_at(rules, now), now)


def cannot_wait(tx: Transaction, row: Outgoing) -> bool:
    """Whether somebody is woken for it."""
    need = tx.needs.get(row.about) if row.about else None
    return row.any_hour or (need is not None and need.urgent)


def is_light(row: Outgoing) -> bool:
    return all(prompt.key in LIGHT for prompt in row.prompts)


def no_reason_to_tell(tx: Transaction, row: Outgoing, country: str, now: float) -> str:
    """Why a row is not told any more, "" where it is."""
    if row.expires_at is not None and row.expires_at <= now:
        return TOO_LATE
    if phone_numbers.country(row.party) not in ("", country):
        return "another country"
    if row.priority == ALERT and row.about:
        need = tx.needs.get(row.about)
        return "" if need and need.status is Status.OPEN else "settled meanwhile"
    return ""


def somebody_knows(tx: Transaction, row: Outgoing, reason: str, now: float) -> None:
    """Somebody waits for news, so a person looks, and whoever wrote it hears that it did not arrive."""
    tell_the_writer(tx, row, now)
    if row.priority < ALERT:
        tx.flags.add_once(UNTOLD, row.party, reason, row.about, now)


def tell_the_writer(tx: Transaction, row: Outgoing, now: float) -> None:
    """Whoever wrote to the other side of a need hears that it did not arrive."""
    said = tx.relays.writer_of(row.id)
    if said:
        told: Values = {"number": str(said.need), "details": said.words}
        tx.outbox.put(said.writer, [Prompt("news.words_failed", values=told)], said.need, NEWS, now)
