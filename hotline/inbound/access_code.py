"""The four-digit word of a request: whoever asked from a telephone that is not theirs hears of it from any other."""

import hmac
from typing import TYPE_CHECKING

from hotline.model.calendar import HOUR

if TYPE_CHECKING:
    from hotline.storage import Transaction

PURPOSE = b"hotline: words of requests"
SEEN = 3  # wrong ones about one request, from however many telephones, that a person sees
TRIES = {"caller": 3, "request": 10, "all": 30}  # wrong ones within an hour; then not even the right one is tried


class PrivateWords:
    """Made from a secret and the number of the request, so that nothing is kept that could be read by somebody."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), PURPOSE, "sha256")

    def of(self, number: int) -> str:
        return f"{int.from_bytes(hmac.digest(self._key, str(number).encode(), 'sha256')[:8]) % 10_000:04}"

    def opens(self, tx: "Transaction", number: int, tried: str, caller: str, now: float) -> bool:
        """Whether it is the word of that request. A word alone opens nothing, and nobody guesses for long."""
        counted = {"caller": f"word of {caller}", "request": f"word of {number}", "all": "words"}
        misses = {name: _lately(tx, name, now) for name in counted.values()}
        if any(misses[name][0] >= TRIES[which] for which, name in counted.items()):
            tx.flags.add_once("word_guessed", caller, "", number, now)
            return False
        if tx.needs.get(number) and hmac.compare_digest(tried.encode(), self.of(number).encode()):
            return True
        for name, (many, since) in misses.items():
            tx.pins.missed(name, many + 1, since)
        if tx.needs.get(number) and misses[counted["request"]][0] + 1 >= SEEN:
            tx.flags.add_once("word_guessed", caller, "", number, now)
        return False


def _lately(tx: "Transaction", name: str, now: float) -> tuple[int, float]:
    """(how many were wrong, since when), in this hour."""
    pin = tx.pins.get(name)
    if pin is None:
        tx.pins.set(name, "")
    if pin is None or not 0 <= now - pin.missed_since < HOUR:
        return 0, now
    return pin.misses, pin.missed_since
