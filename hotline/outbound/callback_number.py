"""Where somebody is rung with news: at the number that they left with their request, else where they called from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline.model import phone_numbers

if TYPE_CHECKING:
    from hotline.storage import Transaction


def number_of(tx: Transaction, party: str, country: str) -> str:
    """The number to ring, in E.164; "" where there is none."""
    left = phone_numbers.to_call(tx.needs.callback_of(party), country)
    return left or (party if party.startswith("+") else "")


def whose(tx: Transaction, ring: int, at: str, country: str) -> str:
    """Whom a call of ours to the number `at` is for: not always whoever has that number."""
    party = tx.calls.party_of(ring)
    return party if party and number_of(tx, party, country) == at else at
