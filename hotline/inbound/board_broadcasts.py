"""Broadcast desk: where a keeper writes to many people at the board: who would get it, that it goes, and that it is no
longer needed. What becomes of it then is `outbound/broadcasts.py`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hotline.inbound.board_desk import Outcome
from hotline.model.board import UNDO_FOR, Member
from hotline.model.broadcasts import Recipient
from hotline.outbound.broadcasts import Broadcasting
from hotline.storage import Transaction


@dataclass(frozen=True)
class BroadcastDesk:
    """Where the board's presses about a message to many are carried out. `words` are by language, `whom`
    as in `Broadcast`."""

    broadcasting: Broadcasting
    clock: Callable[[], float]

    def look(
        self, tx: Transaction, phones: Sequence[str], words: Mapping[str, str], whom: str, rings: bool, at: float
    ) -> list[Recipient]:
        """How it would reach each of these, if it went then (UTC seconds); nothing is written."""
        return [self.broadcasting.recipient(tx, phone, words, whom, rings, at) for phone in phones]

    def texts(self, recipient: Recipient, words: Mapping[str, str]) -> list[str]:
        """The very texts that somebody would get."""
        return self.broadcasting.texts(recipient, words, self.clock())

    def room(self, tx: Transaction) -> int:
        """How many segments of it may go today."""
        return self.broadcasting.room_today(tx)

    def takes(self, texts: int, segments: int) -> float:
        """Seconds until so many texts have gone."""
        return self.broadcasting.takes(texts, segments)

    def send(
        self,
        tx: Transaction,
        who: Member,
        words: Mapping[str, str],
        whom: Mapping[str, str],
        phones: Sequence[str],
        rings: bool,
        token: str,
    ) -> int:
        """The number of the message that goes to these within a minute; the one that this form began before."""
        now = self.clock()
        id = tx.broadcasts.begin(who.key, words, whom, phones, token, now + UNDO_FOR, now, rings=rings)
        if not tx.board.was_pressed(token):
            tx.board.did(who.key, "wrote_to_many", now, more=f"message {id}", press=token)
        return id

    def over(self, tx: Transaction, who: Member, id: int, told: bool, token: str) -> Outcome:
        """It is no longer needed. In its first minute nobody has it, and nobody has to be told."""
        now, broadcast = self.clock(), tx.broadcasts.get(id)
        if broadcast is None:
            return Outcome(False, key="gone")
        if tx.board.was_pressed(token):
            return Outcome(True, key="twice")
        fresh = now < broadcast.until
        if not tx.broadcasts.over(id, who.key, now, told=told and not fresh):
            return Outcome(False, key="many_over_already")
        tx.board.did(who.key, "undid_many" if fresh else "ended_many", now, more=f"message {id}", press=token)
        return Outcome(True, key="many_undone" if fresh else "many_over")

    def read(self, tx: Transaction, who: Member, flags: Sequence[int], token: str) -> Outcome:
        """Somebody has read these answers."""
        if tx.board.was_pressed(token):
            return Outcome(True, key="twice")
        now = self.clock()
        for flag in flags:
            tx.flags.settle(flag, now)
        tx.board.did(who.key, "seen", now, press=token)
        return Outcome(True, key="seen")
