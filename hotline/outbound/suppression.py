"""Suppression list: numbers that ended our texts or were blocked are left alone, even when all else about them is
forgotten. Kept is a hash, made with the secret of the settings; without it nobody learns a number from the list.

Whatever brings in numbers (`volunteers import`) asks `why` about each before it enrolls anybody::

    marks = suppression.marks(settings.secret_key())
    if suppression.why(tx, marks, phone): ...  # "opted out" or "blocked": not enrolled, not texted, and said so
"""

from hotline.model.people import Reach
from hotline.model.pseudonyms import SUPPRESSION, Pseudonyms
from hotline.storage import Transaction

OPTED_OUT, BLOCKED = "opted out", "blocked"


def marks(secret_key: str) -> Pseudonyms:
    """What makes the hashes. Only SECRET_KEY will do, which stays: with a new one, nobody of before is known again."""
    return Pseudonyms(secret_key, SUPPRESSION)


def must_be_remembered(reach: Reach) -> str:
    """Why this person is left alone, whatever becomes of what is kept about them; "" where they are not."""
    if reach.blocked:
        return BLOCKED
    return OPTED_OUT if reach.opted_out else ""


def why(tx: Transaction, made: Pseudonyms, phone: str) -> str:
    """Why nothing may be sent to this number: "opted out" or "blocked", whether the person is still on record or
    forgotten; "" where nothing is known against it."""
    return must_be_remembered(tx.people.reach(phone)) or tx.suppressed.why(made.of(phone))


def remember(tx: Transaction, made: Pseudonyms, phone: str, reason: str, now: float) -> None:
    """From now on, `reason` is known of this number without anything else."""
    tx.suppressed.add(made.of(phone), reason, now)


def restore(tx: Transaction, made: Pseudonyms, phone: str, now: float) -> bool:
    """Somebody new writes or calls. Whoever was blocked and forgotten is blocked again; whoever ended our texts does
    want to hear from us now. True where they are blocked."""
    mark = made.of(phone)
    reason = tx.suppressed.why(mark)
    if reason:
        tx.suppressed.lift(mark)
    if reason == BLOCKED:
        tx.people.block(phone, True, now)
    return reason == BLOCKED
