"""Outbox: which rows go now, how fast, and in which words. Decided inside transactions; the worker sends."""

from collections.abc import Callable
from dataclasses import dataclass

from hotline.channels import text
from hotline.channels.catalogue import Catalogue
from hotline.channels.segments import segments
from hotline.model import phone_numbers
from hotline.model.needs import Need
from hotline.model.outgoing import Outgoing
from hotline.model.senders import Sender, Standing
from hotline.outbound import callback_number, fallback, sender_hold
from hotline.outbound.budget import Budget
from hotline.outbound.leases import LEASE
from hotline.outbound.sender_hold import TEXTS
from hotline.storage import Transaction

ROWS_AT_ONCE = 32
BURST = 30.0  # seconds' worth of segments that may go at once
SHORTEST_VALIDITY = 60  # seconds that a carrier is given to deliver a text
CANNOT_BE_WORDED, NEEDS_A_CALL = "cannot be worded", "needs a call"


@dataclass(frozen=True)
class WordedRow:
    """A row of the outbox with its texts, ready to be sent. `valid_for` is in seconds."""

    row: Outgoing
    texts: tuple[str, ...]
    valid_for: int | None

    @property
    def left(self) -> tuple[str, ...]:
        """The texts that have not gone yet."""
        return self.texts[len(self.row.sids) :]


class TextQueue:
    """The rows of the outbox that are due. `segments_per_second` is the sender's rate."""

    def __init__(
        self, catalogue: Catalogue, segments_per_second: float, budget: Budget, clock: Callable[[], float]
    ) -> None:
        self._catalogue, self._rate, self._budget, self._clock = catalogue, segments_per_second, budget, clock
        self._community = catalogue.community
        self._rules, self._country = catalogue.community.rules, catalogue.community.country

    def take(self, tx: Transaction) -> list[WordedRow]:
        """Leases what may go now, its words written down before anything is sent."""
        now = self._clock()
        sender = self._sender(tx, now)
        tokens = sender.room(self._rate, max(BURST, BURST * self._rate), now)
        if sender.held_until > now or tokens < 1:
            return []
        lowest, until = self._budget.lowest_priority(tx), now + LEASE
        if sender.standing is Standing.FREE:
            rows = tx.outbox.lease_due(min(ROWS_AT_ONCE, int(tokens)), lowest, until, now)
        else:
            rows = sender_hold.lease_trial(tx, lowest, until, now)
        ready = [worded for row in rows if (worded := self._settle_or_word(tx, row, now))]
        if rows:
            spent = sum(segments(each) for worded in ready for each in worded.left)
            tx.senders.keep_tokens(tokens - spent, now)
        if ready and sender.standing is not Standing.FREE:
            sender_hold.begin_trial(tx, TEXTS, sender, ready[0].row.id, now)
        return ready

    def _sender(self, tx: Transaction, now: float) -> Sender:
        sender = tx.senders.get(TEXTS)
        if sender.held_until <= now and sender_hold.has_arrived(tx, sender):
            sender_hold.went(tx, self._community, TEXTS, now, arrived=True)
            sender = tx.senders.get(TEXTS)
        return sender

    def take_doubtful(self, tx: Transaction) -> list[Outgoing]:
        """Leases rows of which nobody knows whether they went, to look them up."""
        now = self._clock()
        return tx.outbox.lease_doubtful(ROWS_AT_ONCE, now + LEASE, now)

    def _settle_or_word(self, tx: Transaction, row: Outgoing, now: float) -> WordedRow | None:
        """The row in words; None for one that is dropped, held, told by phone, or not to be told at all."""
        need, reach = fallback.need_of(tx, row), tx.people.reach(row.party)
        reason = fallback.drop_reason(row, need, reach, self._country, now)
        if not reason and fallback.would_wake(row, need, reach, self._rules, now):
            reason = fallback.ASLEEP
        held_until = fallback.hold_until(row, need, reach, self._rules, now)
        if reason:
            self._drop(tx, row, reason, now)
        elif held_until is not None:
            tx.outbox.wait_until(row, held_until, now)
        elif reach.by_voice or not row.has_number or not phone_numbers.is_of(row.party, self._country):
            self._tell_by_voice(tx, row, need, now)
        else:
            return self._worded(tx, row, reach.language, now)
        return None

    def _drop(self, tx: Transaction, row: Outgoing, reason: str, now: float) -> None:
        tx.outbox.settle(row, "dropped", now, reason=reason)
        fallback.forget_question(tx, row, reason)
        fallback.tell_the_writer(tx, row, now)

    def _tell_by_voice(self, tx: Transaction, row: Outgoing, need: Need | None, now: float) -> None:
        if not callback_number.number_of(tx, row.party, self._country):
            fallback.set_aside(tx, row, NEEDS_A_CALL, now)
        elif not row.prompts:
            fallback.set_aside(tx, row, CANNOT_BE_WORDED, now)
        else:
            fallback.by_voice(tx, row, need, "", self._rules, now)

    def _worded(self, tx: Transaction, row: Outgoing, language: str, now: float) -> WordedRow | None:
        """The words are written down before anything is sent. One without a wording holds up nobody else's."""
        try:
            texts = row.texts or tuple(text.render(row.prompts, language, self._catalogue.on(now)))
        except LookupError:  # an update took it away
            texts = ()
        if not row.prompts or not texts:
            fallback.set_aside(tx, row, CANNOT_BE_WORDED, now)
            return None
        if not row.texts:
            tx.outbox.write_down(row, texts)
        valid_for = max(SHORTEST_VALIDITY, int(row.expires_at - now)) if row.expires_at else None
        return WordedRow(row, texts, valid_for)
