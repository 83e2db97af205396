"""Forgery budget: how many wrongly signed webhooks are looked at, so that a flood of them costs no one an answer.

Right and wrong differ only in an HMAC over the whole body, so the one sure way to tell them apart is to look. Whoever
has brought something rightly signed within a day is looked at first, and only what proves wrong is counted.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

STRANGERS = 200.0  # webhooks a second from addresses that have never signed rightly
WORK = 0.2  # seconds of each second for wrong ones from an address that has: it is a proxy that names nobody, or ours
REMEMBERED = 4096  # addresses
DAY = 86400.0  # seconds; the carrier's addresses change slowly


class TokenBucket:
    """So much a second, and no more at once than one second's."""

    def __init__(self, rate: float, clock: Callable[[], float]) -> None:
        self._rate, self._clock = rate, clock
        self._left, self._at = rate, clock()

    def has(self, amount: float) -> bool:
        """Whether so much is there. Filled up only when it is not: the clock is not read for every webhook."""
        if self._left < amount:
            now = self._clock()
            self._left, self._at = min(self._rate, self._left + (now - self._at) * self._rate), now
        return self._left >= amount

    def take(self, amount: float) -> None:
        """Below zero it owes: then it takes longer until something is there."""
        self._left -= amount

    def give_back(self, amount: float) -> None:
        self._left = min(self._rate, self._left + amount)


class ForgeryBudget:
    """Shared by all webhooks of one line. An address is that of the network's other end, or what a proxy names."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._strangers, self._work = TokenBucket(STRANGERS, clock), TokenBucket(WORK, clock)
        self._proven: OrderedDict[str, float] = OrderedDict()  # when each last signed rightly

    def admits(self, address: str) -> bool:
        """Whether a webhook from there is looked at. A stranger's look is taken beforehand, lest many come at once."""
        if self._is_proven(address) and self._work.has(0.0):
            return True
        if not self._strangers.has(1.0):
            return False
        self._strangers.take(1.0)
        return True

    def was_right(self, address: str) -> None:
        if address not in self._proven:
            self._strangers.give_back(1.0)
        self._proven[address] = self._clock()
        self._proven.move_to_end(address)
        if len(self._proven) > REMEMBERED:
            self._proven.popitem(last=False)

    def was_wrong(self, address: str, seconds: float) -> None:
        """`seconds` of work it was to see that."""
        if address in self._proven:
            self._work.take(seconds)

    def _is_proven(self, address: str) -> bool:
        at = self._proven.get(address)
        return at is not None and self._clock() - at < DAY
