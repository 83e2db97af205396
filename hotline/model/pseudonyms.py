"""Pseudonyms: what stands for a telephone number or an id of the carrier's where the thing itself may not be kept.

A number has too few digits for a plain hash, which anybody could try out: its mark is made with a key. An id of the
carrier's is as good as random, and needs none.
"""

import hmac
from hashlib import sha256

LONG, SHORT = 32, 6  # letters: of a mark that is looked up again, and of one that tells two people apart in a log
SUPPRESSION, LOG = b"hotline: numbers that are left alone", b"hotline: marks of people in the log"


class Pseudonyms:
    """Marks of telephone numbers for one purpose, made with `secret`: the same number gives the same mark for as long
    as the secret stays."""

    def __init__(self, secret: str, purpose: bytes, letters: int = LONG) -> None:
        self._key, self._letters = hmac.digest(secret.encode(), purpose, "sha256"), letters

    def of(self, phone: str) -> str:
        """`phone` in E.164, or whatever stands for a number that was not shown."""
        return hmac.digest(self._key, phone.encode("utf-8", "replace"), "sha256").hex()[: self._letters]


def hashed_id(id: str) -> str:
    """What is kept of an id of the carrier's when the rest is forgotten: enough to know it again. What we put behind a
    slash, the step of a call, stays; an id that is hashed already stays as it is."""
    own, slash, step = id.partition("/")
    return id if own.startswith("#") else f"#{sha256(own.encode('utf-8', 'replace')).hexdigest()[:LONG]}{slash}{step}"


class Somebody:
    """A person in a line of the log. Printed by itself it says nothing; the log's formatter makes a mark of it."""

    __slots__ = ("phone",)

    def __init__(self, phone: str) -> None:
        self.phone = phone

    def __str__(self) -> str:
        return "somebody"

    __repr__ = __str__
