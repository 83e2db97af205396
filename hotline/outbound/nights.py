"""What goes out while people sleep: news waits until morning, a question is taken back and asked again later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline.dispatch.quiet_hours import is_awake, wakes_at
from hotline.model.calendar import HOUR
from hotline.model.outgoing import ALERT, NEWS
from hotline.model.rules import Rules

if TYPE_CHECKING:
    from hotline.model.outgoing import Outgoing
    from hotline.model.people import Reach
    from hotline.storage import Transaction

STILL_UP = HOUR  # whoever wrote or called so lately is not woken by news


def at_another_hour(tx: Transaction, row: Outgoing, reach: Reach, rules: Rules, now: float) -> bool:
    """Whether this row does not go now; then it has been seen to."""
    if row.priority < NEWS or row.any_hour or not row.party.startswith("+"):
        return False
    need = tx.needs.get(row.about) if row.about else None
    urgent = need is not None and need.urgent
    if row.priority == ALERT:
        return _question(tx, row, reach, urgent, rules, now)
    morning = wakes_at(rules, now, reach.timezone)
    if urgent or morning <= now or now - reach.heard_at < STILL_UP:
        return False
    tx.outbox.wait_until(row, morning, now)
    return True


def _question(tx: Transaction, row: Outgoing, reach: Reach, urgent: bool, rules: Rules, now: float) -> bool:
    """A question that was held up until its reader slept, paused or left was never put."""
    gives = reach.gives in ("", "active") and reach.paused_until <= now
    if not row.about or (gives and is_awake(reach.hours, reach.timezone, urgent, rules, now)):
        return False
    tx.outbox.settle(row, "dropped", now, reason="asleep")
    tx.alerts.withdraw(row.about, row.party)
    return True
