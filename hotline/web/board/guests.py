"""Guests: who is looking at which page just now, for whom they looked, and how often one address knocks at the door.
Kept in memory alone."""

import time
from collections.abc import Callable

from hotline.inbound.board_sign_in import token
from hotline.model.board import IDLE
from hotline.model.calendar import MINUTE

LOOKING = 2 * MINUTE  # after which whoever opened a page is not said to look at it
KNOCKS, WITHIN = 30, 10 * MINUTE  # codes asked for or tried, from one address
MOST = 10_000  # addresses that are remembered
LOOKS = 1000  # and things that were looked for


class Guests:
    """Who looks at what, and who knocks how often."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._looking: dict[int, dict[str, float]] = {}
        self._knocks: dict[str, tuple[int, float]] = {}
        self._looks: dict[str, tuple[str, str, float]] = {}

    def look(self, number: int, coordinator: str) -> tuple[str, ...]:
        """Somebody opens the page of a need; who else looks at it."""
        now = self._clock()
        here = {who: at for who, at in self._looking.get(number, {}).items() if now - at < LOOKING}
        others = tuple(who for who in here if who != coordinator)
        self._looking[number] = {**here, coordinator: now}
        if len(self._looking) > MOST:
            self._looking.pop(next(iter(self._looking)))
        return others

    def looks_for(self, coordinator: str, words: str) -> str:
        """What stands in an address for the words that somebody looks for."""
        now, look = self._clock(), token()
        kept = [(each, value) for each, value in self._looks.items() if now - value[2] < IDLE]
        self._looks = dict([*kept, (look, (coordinator, words, now))][-LOOKS:])
        return look

    def looked_for(self, look: str, coordinator: str) -> str | None:
        """The words again, for whoever looked for them; None for what nobody knows any more."""
        who, words, at = self._looks.get(look, ("", "", 0.0))
        return words if who == coordinator and self._clock() - at < IDLE else None

    def knocks(self, address: str) -> bool:
        """Whether one more knock from there is heard: guessing is slowed, and nobody elsewhere is kept out by it."""
        now = self._clock()
        many, since = self._knocks.pop(address, (0, now))
        many, since = (0, now) if now - since > WITHIN else (many, since)
        self._knocks[address] = (many + 1, since)
        if len(self._knocks) > MOST:
            self._knocks.pop(next(iter(self._knocks)))
        return many < KNOCKS
