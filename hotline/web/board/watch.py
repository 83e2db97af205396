"""Watch: one look at the database for all who have the board open, and what it showed last.

Nobody who looks on costs a statement: every two seconds one look tells all of them whether something is new. A listener
that is not signed in any more hears so, and to look on keeps nobody signed in.
"""

import asyncio
import contextlib
import logging
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, replace

from hotline.model.board import IDLE
from hotline.model.calendar import MINUTE
from hotline.storage import Store, StoreDown, board_live

log = logging.getLogger(__name__)

OVERVIEW = 0  # whoever looks at no single need
EVERY = 2.0  # seconds between two looks
APART = 0.015  # seconds between two of them who hear of it: else all ask for the page at once, and texts wait
MOST = 300  # who look on at once; the next one's page says as of when it is
KEPT = 5.0  # seconds that a page made for others is shown at most: what people are called is in no pulse


class Watch:
    """Who looks on, and how things stood at the last look."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store, self._clock = store, clock
        self._listeners: Counter[int] = Counter()  # by the need whose page they look at
        self._pulses: dict[int, str] = {}
        self._here: frozenset[str] | None = None  # None until it was looked
        self._looked, self._looked_at = asyncio.Event(), 0.0
        self._looking: asyncio.Task[None] | None = None
        self._made: dict[str, Made] = {}
        self._making: dict[str, asyncio.Lock] = {}

    @property
    def has_room(self) -> bool:
        return self._listeners.total() < MOST

    async def changes(self, need: int, session: str, seen: str) -> AsyncIterator[str]:
        """How things stand whenever that is new, "" after each look at which nothing is; it ends with the session,
        and with the hotline.
        `need` is the one whose page is looked at, or OVERVIEW; `seen` how things stood when the page was made."""
        with self._listens(need):
            while True:
                await self._looked.wait()
                gone = self._here is not None and session not in self._here
                if gone or self._looking is None or self._looking.done():
                    return
                now = self._pulses.get(need, "")
                if now and now != seen:
                    await asyncio.sleep(random.random() * min(EVERY, self._listeners.total() * APART))
                yield now if now and now != seen else ""
                seen = now or seen

    @contextlib.contextmanager
    def _listens(self, need: int) -> Iterator[None]:
        self._listeners[need] += 1
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look_on())
            self._looking.add_done_callback(self._looks_no_more)
        try:
            yield
        finally:
            self._listeners[need] -= 1
            self._listeners += Counter()  # those that nobody looks at are dropped
            if not self._listeners and self._looking:
                self._looking.cancel()

    async def _look_on(self) -> None:
        """For as long as somebody listens."""
        while True:
            with contextlib.suppress(StoreDown):  # what was shown stays; the next look may find more
                await self._look()
            self._tell()
            await asyncio.sleep(EVERY)

    def _tell(self) -> None:
        self._looked.set()
        self._looked = asyncio.Event()

    def _looks_no_more(self, looking: asyncio.Task[None]) -> None:
        """The hotline closes, or begins anew as the demo does: nobody is left with a line on which nothing comes."""
        if not looking.cancelled():
            log.info("nobody looks at the board any more: %s", looking.exception())
            self._tell()

    async def _look(self) -> None:
        now = self._clock()
        self._here = await board_live.here(self._store, now - IDLE)
        needs = [need for need in self._listeners if need != OVERVIEW]
        found = await board_live.pulses(self._store, needs) if needs else {}
        if OVERVIEW in self._listeners:
            found[OVERVIEW] = f"{await board_live.pulse(self._store)}-{int(now // MINUTE)}"
        self._pulses, self._looked_at = found, time.monotonic()  # a part made before may not show all of it

    async def made(self, name: str, make: Callable[[], Awaitable[str]], *, told: bool) -> tuple[str, str]:
        """(how things stand, a part of a page that shows it): made anew only where something is new, or it is a minute
        later. Whoever comes while one is made waits for the next, and shares it with all who came meanwhile; who was
        `told` by the last look gets what was made since then."""
        came = self._looked_at if told and self._looking and not self._looking.done() else time.monotonic()
        async with self._making.setdefault(name, asyncio.Lock()):
            known = self._made.get(name)
            if known is None or known.begun < came:
                known = await self._anew(known, make)
                self._made[name] = known
            return known.pulse, known.part

    async def _anew(self, known: "Made | None", make: Callable[[], Awaitable[str]]) -> "Made":
        begun = time.monotonic()
        pulse = f"{await board_live.pulse(self._store)}-{int(self._clock() // MINUTE)}"
        if known and known.pulse == pulse and begun - known.since < KEPT:
            return replace(known, begun=begun)
        return Made(pulse, await make(), begun, begun)


@dataclass(frozen=True)
class Made:
    """A part of a page, and how things stood then. It was made at ``since``, and last found to be so at ``begun``."""

    pulse: str
    part: str
    since: float
    begun: float
