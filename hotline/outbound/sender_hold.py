"""Sender hold: when nothing of ours goes at all, the queue is kept, people are told, and one at a time finds out.

An error that is about us holds the sender. One that nobody knows may be about the person or about us: when the carrier
refuses several people in a row for such a reason, one text a minute goes on trial, to somebody who was reached this
week. If it goes, it was about them; if not, it is about us.

An answer that makes no sense holds nothing: what was sent may have gone, and is looked up. When many come in a row,
whoever runs the hotline hears of it.
"""

import logging

from hotline.carriers.error_codes import explained
from hotline.community.model import Community
from hotline.model.calendar import DAY, MINUTE
from hotline.model.heartbeat import SENSELESS
from hotline.model.outgoing import Outgoing
from hotline.model.senders import Sender, Standing
from hotline.outbound import notify_coordinators
from hotline.outbound.leases import SENDER_HELD
from hotline.storage import Transaction

log = logging.getLogger(__name__)

TEXTS, CALLS, LISTS = "texts", "calls", "lists"
FLAGS = {TEXTS: "cannot_send", CALLS: "cannot_ring"}
UNCLEAR = "no_clear_answer"
SEVERAL = 3  # people refused in a row, for a reason that nobody knows, after which it may be about us
TRIAL_EVERY = MINUTE
REACHED_WITHIN = 7 * DAY


def stopped(tx: Transaction, community: Community, name: str, code: str, now: float, by_report: bool = False) -> None:
    """It is about us: nothing goes but a trial now and then. Whoever can mend it hears of it once."""
    before = tx.senders.get(name)
    by_report = by_report or (before.by_report and before.standing is Standing.HELD)
    held = before.but(standing=Standing.HELD, reason=code, held_until=now + SENDER_HELD, trial=0, by_report=by_report)
    held = held.but(unclear=0)
    tx.senders.judge(name, held, now)
    if tx.flags.add_once(FLAGS[name], "", explained(code), 0, now):
        log.error("no %s go: the carrier says %s. They are kept.", name, explained(code))
        notify_coordinators.nothing_goes(tx, community, name, now)


def refused(
    tx: Transaction, community: Community, name: str, party: str, code: str, tried: int, now: float
) -> float | None:
    """Somebody was refused for a reason that nobody knows. When they are tried again if it may be about us, None if it
    is about them.

    `tried` is the row or the call that it happened to.
    """
    sender = tx.senders.get(name)
    if sender.standing is not Standing.FREE:
        if sender.trial != tried:
            return now + TRIAL_EVERY
        stopped(tx, community, name, code, now)
        return now + 2 * SENDER_HELD  # somebody else is tried next
    sender = sender.but(refused=tuple(dict.fromkeys((*sender.refused, party))), unclear=0)
    if len(sender.refused) >= SEVERAL:
        sender = sender.but(standing=Standing.ON_TRIAL, reason=code, held_until=now + TRIAL_EVERY, trial=0)
        log.warning("%d people in a row were refused with %s: one a minute goes on trial", SEVERAL, explained(code))
    tx.senders.judge(name, sender, now)
    return None if sender.standing is Standing.FREE else now + TRIAL_EVERY


def made_no_sense(tx: Transaction, community: Community, name: str, code: str, now: float) -> None:
    """Nobody knows what the carrier did with a text or a call. After many of them somebody looks."""
    sender = tx.senders.get(name)
    sender = sender.but(unclear=sender.unclear + 1)
    tx.senders.judge(name, sender, now)
    if sender.unclear >= SENSELESS and tx.flags.add_once(UNCLEAR, "", explained(code), 0, now):
        log.error("%d answers of the carrier in a row made no sense, the last: %s", sender.unclear, explained(code))
        notify_coordinators.no_clear_answer(tx, community, now)


def made_sense(tx: Transaction, name: str, now: float) -> None:
    """The carrier's answer was one. Once all kinds of its answers make sense again, nobody has to look any more."""
    if tx.senders.made_sense(name) and tx.flags.is_open(UNCLEAR, 0) and not tx.senders.any_unclear(SENSELESS):
        tx.flags.settle_of("", UNCLEAR, now)
        log.warning("the carrier's answers make sense again")


def leave_alone(tx: Transaction, name: str, seconds: float, now: float) -> None:
    """The carrier said when to come back: until then nothing is tried."""
    sender = tx.senders.get(name)
    if seconds and sender.held_until < now + seconds:
        tx.senders.judge(name, sender.but(held_until=now + seconds), now)


def went(tx: Transaction, community: Community, name: str, now: float, arrived: bool = False) -> None:
    """The carrier took something, or brought it to somebody: what was held goes."""
    if not tx.senders.release(name, by_report=arrived):
        return
    if tx.flags.is_open(FLAGS[name], 0):
        tx.flags.settle_of("", FLAGS[name], now)
        log.warning("%s go again", name)
        tx.alerts.give_time(now + community.rules.wave_minutes * MINUTE)
        notify_coordinators.goes_again(tx, community, name, now)


def begin_trial(tx: Transaction, name: str, sender: Sender, tried: int, now: float) -> None:
    """That row or call finds out; nothing else is tried meanwhile."""
    every = TRIAL_EVERY if sender.standing is Standing.ON_TRIAL else SENDER_HELD
    tx.senders.judge(name, sender.but(trial=tried, held_until=now + every), now)


def lease_trial(tx: Transaction, lowest: int, until: float, now: float) -> list[Outgoing]:
    """The text that finds out: for somebody who was reached lately if there is one, else the most urgent."""
    reached = tx.outbox.lease_trial(now - REACHED_WITHIN, lowest, until, now)
    return reached or tx.outbox.lease_due(1, lowest, until, now)


def has_arrived(tx: Transaction, sender: Sender) -> bool:
    """Whether a trial has arrived, as far as anybody knows: some networks never say so, but all say that it failed."""
    return sender.by_report and sender.trial != 0 and tx.outbox.status_of(sender.trial) == "sent"
