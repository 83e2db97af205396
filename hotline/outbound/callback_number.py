"""Callback number: where somebody is rung, at the number that they left with a request or where they called from."""

from hotline.model import phone_numbers
from hotline.model.needs import Need
from hotline.storage import Transaction


def number_of(tx: Transaction, party: str, country: str) -> str:
    """The number at which somebody hears news, in E.164; "" where there is none."""
    return _left_or_own(tx.needs.callback_of(party), party, country)


def number_about(need: Need, phone: str, country: str) -> str:
    """The number at which a side of a need is rung about it: a neighbor at the one that they left with it."""
    return _left_or_own(need.callback if need.is_of(phone) else "", phone, country)


def own(phone: str, country: str) -> str:
    """Where somebody is rung about no request: where they called from."""
    return _left_or_own("", phone, country)


def whose(tx: Transaction, ring: int, at: str, country: str) -> str:
    """Who is meant by a call of ours that rings at a number: not always the person who has that number."""
    party = tx.calls.party_of(ring)
    return party if party and number_of(tx, party, country) == at else at


def _left_or_own(left: str, party: str, country: str) -> str:
    own = party if phone_numbers.is_shown(party) and phone_numbers.is_of(party, country) else ""
    return phone_numbers.to_call(left, country) or own
