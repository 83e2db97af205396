"""Undo of what is done about a person: how they stand is kept beside, and what it has to say to them waits."""

from collections.abc import Iterator
from contextlib import contextmanager

from hotline.model.board import UNDO_FOR
from hotline.storage import Transaction


@contextmanager
def can_be_taken_back(tx: Transaction, who: str, what: str, phone: str, press: str, now: float) -> Iterator[None]:
    """What is done meanwhile about somebody can be taken back: its texts wait for a minute."""
    before, last, until = tx.person_undo.stands(phone), tx.person_undo.last_text(), now + UNDO_FOR
    yield
    if tx.person_undo.stands(phone) != before:
        tx.person_undo.keep(tx.person_undo.begin(who, what, press, until, now), phone, before, last, until)
