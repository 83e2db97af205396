"""Outbox: which rows go now, how fast, and in which words. Decided inside transactions; the worker sends."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from hotline.channels import text
from hotline.channels.catalogue import Catalogue
from hotline.channels.segments import segments
from hotline.model import phone_numbers
from hotline.model.due import DueRow, Kind
from hotline.model.needs import Need
from hotline.model.outgoing import ALERT, ANSWER, Outgoing
from hotline.model.people import Reach
from hotline.model.pseudonyms import Somebody
from hotline.model.senders import Sender, Standing
from hotline.outbound import callback_number, fallback, notify_coordinators, sender_hold
from hotline.outbound.budget import Budget
from hotline.outbound.leases import LEASE
from hotline.outbound.practice import NOT_SENT, Practice
from hotline.outbound.sender_hold import TEXTS
from hotline.storage import Transaction

log = logging.getLogger(__name__)

ROWS_AT_ONCE = 64
BURST = 30.0  # seconds' worth of segments that may go at once
SHORTEST_VALIDITY = 60  # seconds that a carrier is given to deliver a text
CANNOT_BE_WORDED, NEEDS_A_CALL = "cannot be worded", "needs a call"


@dataclass(frozen=True)
class WordedRow:
    """A row of the outbox with its texts, ready to be sent. `valid_for` is in seconds, `at_once` how many of its texts
    may go now."""

    row: Outgoing
    texts: tuple[str, ...]
    valid_for: int | None
    at_once: int | None = None

    @property
    def due(self) -> list[tuple[str, str]]:
        """The texts that go now, each with its key."""
        gone = len(self.row.sids)
        left = self.texts[gone:] if self.at_once is None else self.texts[gone : gone + self.at_once]
        return [(words, key_of(self.row, place, words)) for place, words in enumerate(left, gone)]

    @property
    def is_last(self) -> bool:
        """Whether nothing of the row is left then."""
        return len(self.row.sids) + len(self.due) >= len(self.texts)


def key_of(row: Outgoing, place: int | None = None, words: str | None = None) -> str:
    """By which a carrier that keeps it knows one text of a row again, however often we try: that at this place, or the
    next. One that did not arrive and goes once more has another, and so has one of another database."""
    place = len(row.sids) if place is None else place
    words = (row.texts[place] if place < len(row.texts) else "") if words is None else words
    told = (row.id, row.round, place, row.created_at, row.party, words)
    return sha256(repr(told).encode("utf-8", "surrogateescape")).hexdigest()[:32]


class TextQueue:
    """The rows of the outbox that are due. `segments_per_second` is the sender's rate."""

    def __init__(
        self, catalogue: Catalogue, segments_per_second: float, budget: Budget, clock: Callable[[], float]
    ) -> None:
        self._catalogue, self._rate, self._budget, self._clock = catalogue, segments_per_second, budget, clock
        self._community, self._practice = catalogue.community, Practice(catalogue.community)
        self._rules, self._country = catalogue.community.rules, catalogue.community.country
        self._line = catalogue.community.line
        self._rest = self._another_rest()

    def take(
        self, tx: Transaction, mark: Callable[[DueRow], None] = lambda _: None, room: int = ROWS_AT_ONCE
    ) -> list[WordedRow]:
        """Leases what may go now, at most `room` rows, its words written down before anything is sent. Each row is
        marked before anything is done with it."""
        now = self._clock()
        sender, (rate, burst) = self._sender(tx, now), self._pace()
        tokens = sender.room(rate, burst, now)
        if tokens < 1:
            return []
        lowest, until = self._budget.lowest_priority(tx), now + LEASE
        if alarms := tx.outbox.lease_alarms(room, until, now):
            rows = alarms  # neither a budget nor a held queue keeps them back, as it keeps no call of an alarm back
        elif sender.held_until > now:
            return []
        elif sender.standing is Standing.FREE:
            rows = tx.outbox.lease_due(min(room, int(tokens)), lowest, until, now)
        else:
            rows = sender_hold.lease_trial(tx, lowest, until, now)
        ready = []
        for row in rows:
            mark(DueRow(Kind.TEXT, row.id, row.party, row.about))
            if worded := self._settle_or_word(tx, row, now):
                ready.append(worded)
        if rows:
            spent = sum(segments(words) for worded in ready for words, _ in worded.due)
            tx.senders.keep_tokens(tokens - spent, now)
            self._rest = self._another_rest()
        if ready and sender.standing is not Standing.FREE:
            sender_hold.begin_trial(tx, TEXTS, sender, ready[0].row.id, now)
        return ready

    def _pace(self) -> tuple[float, float]:
        """(segments a second, how many may go at once). Where texts go one at a time, no two rests are alike: what
        keeps time like a machine is taken for one."""
        if self._rest:
            return 1 / self._rest, 1.0
        return self._rate, max(BURST, BURST * self._rate)

    def _another_rest(self) -> float:
        """Seconds until the next text where texts go one at a time, 0 elsewhere. Drawn once for each: drawn at each
        look, whoever looks often would draw a short one nearly always."""
        return random.uniform(*self._line.seconds_between) if self._line.seconds_between else 0.0

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
        reason = fallback.drop_reason(row, need, reach, self._country, now) or fallback.says_what_was(tx, row, need)
        if not reason and fallback.would_wake(row, need, reach, self._rules, now):
            reason = fallback.ASLEEP
        held_until = fallback.hold_until(row, need, reach, self._rules, now)
        if reason:
            self._drop(tx, row, reason, now)
        elif not self._practice.may_reach(tx, row.party, [row]):
            self._show(tx, row, reach.language, now)
        elif held_until is not None:
            tx.outbox.wait_until(row, held_until, now)
        elif self._is_told_by_voice(row, reach) or not phone_numbers.is_of(row.party, self._country):
            self._tell_by_voice(tx, row, need, now)
        else:
            return self._worded(tx, row, reach.language, now)
        return None

    def _is_told_by_voice(self, row: Outgoing, reach: Reach) -> bool:
        """Whether no text is for them. Whoever wrote to us just now reads the answer, however they hear news."""
        if not row.has_number or not reach.can_text:
            return True
        if row.priority == ANSWER:
            return False
        return reach.by_voice if self._line.calls else reach.rung_instead

    def _drop(self, tx: Transaction, row: Outgoing, reason: str, now: float) -> None:
        tx.outbox.settle(row, "dropped", now, reason=reason)
        fallback.forget_question(tx, row, reason)
        fallback.tell_the_writer(tx, row, now)

    def _show(self, tx: Transaction, row: Outgoing, language: str, now: float) -> None:
        """Its words are kept for whoever looks, and the log says that there are some."""
        if self._worded(tx, row, language, now):
            tx.outbox.settle(row, "dropped", now, reason=NOT_SENT)
            log.info("practice: a text to %s is shown by `hotline outbox shown`", Somebody(row.party))

    def _tell_by_voice(self, tx: Transaction, row: Outgoing, need: Need | None, now: float) -> None:
        if not self._line.calls:
            self._needs_a_person(tx, row, now)
        elif not callback_number.number_of(tx, row.party, self._country):
            fallback.set_aside(tx, row, NEEDS_A_CALL, now)
        elif not row.prompts:
            fallback.set_aside(tx, row, CANNOT_BE_WORDED, now)
        else:
            fallback.by_voice(tx, row, need, "", self._rules, now)

    def _needs_a_person(self, tx: Transaction, row: Outgoing, now: float) -> None:
        """We cannot call, so one of the team has to, with a telephone of their own: they are told so by text, once."""
        told = tx.flags.is_open(fallback.NOT_TOLD, row.about)
        fallback.set_aside(tx, row, NEEDS_A_CALL, now)
        if row.priority < ALERT and not told:
            notify_coordinators.not_reached(tx, self._community, row.party, row.about, now)

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
        return WordedRow(row, texts, valid_for, 1 if self._line.seconds_between else None)
