"""What people text: whole conversations at a steady pace, each with a neighbor, three volunteers and a passer-by."""

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from hotline.simulator.exchange import Exchange
from tests.faults.mortal import TROUBLES
from tests.faults.texting import Wire, wording

AT_ONCE = 80  # conversations
OFFERS = 3  # volunteers who are asked at once
PATIENCE = 60.0  # seconds that an alert may take; then the conversation goes on without
LOOK = 0.2  # seconds between two looks at what the carrier brought
CODE = re.compile(r"\b\d{3,4}\b")
OFFER = re.compile(r"YES (\d{3,4})")
SORRY = wording("hello.try_again")


@dataclass
class Town:
    """People who text `rate` times a second over the wire, whether or not the last was answered."""

    wire: Wire
    exchange: Exchange
    rate: float
    old_people: int
    waits: list[float] = field(default_factory=list)
    """Seconds of each answer since it was last looked at."""
    texts: int = 0
    wrong: list[str] = field(default_factory=list)
    again: int = 0
    needs: int = 0
    unasked: int = 0
    _due: float = 0.0
    _read: int = 0
    _asked: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _newcomers: Iterator[int] = field(default_factory=count)
    _ids: Iterator[int] = field(default_factory=count)

    async def live(self, seconds: float) -> None:
        """Texts until then; whoever is in the middle of something leaves it there."""
        self._due = time.monotonic()
        talks = [asyncio.create_task(self._talk_on()) for _ in range(AT_ONCE)]
        reading = asyncio.create_task(self._read_on())
        done, _ = await asyncio.wait([*talks, reading], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for task in (*talks, reading):
            task.cancel()
        for task in done:
            await task  # none of them ends by itself but by a mistake

    async def _talk_on(self) -> None:
        while True:
            await self._talk(next(self._newcomers))

    async def _talk(self, number: int) -> None:
        """Fifteen texts, one need: asked, taken, spoken about, done."""
        neighbor = f"+1917{2_000_000 + number * 1_299_709 % 7_999_993}"
        passer_by = f"+1646{2_000_000 + number * 7919 % self.old_people * 1_299_709 % 7_999_993}"
        for words in ("food 11216", "two bags of rice"):
            await self._text(neighbor, words)
        thanks = await self._text(neighbor, "1")
        codes = CODE.findall(thanks)
        if not codes:
            return  # it was told to send that again: among what is wrong
        code = codes[0]
        self.needs += 1
        await self._text(passer_by, "STATUS")
        await self._text(neighbor, "STATUS")
        asked = await self._who_is_asked(code)
        if len(asked) < OFFERS:
            self.unasked += 1
            await self._text(neighbor, f"CANCEL {code}")  # or requests that nobody looks after would grow without end
            return
        taker, late, busy = asked[:OFFERS]
        for phone, words in (
            (taker, f"YES {code}"), (late, f"YES {code}"), (busy, f"NO {code}"), (taker, "STATUS"),
            (neighbor, "the green door please"), (taker, f"{code} I am on my way"), (passer_by, "STATUS"),
            (neighbor, "STATUS"), (taker, f"DONE {code}"), (neighbor, "STATUS"),
        ):  # fmt: skip
            await self._text(phone, words)

    async def _text(self, phone: str, words: str) -> str:
        """The answer. Each waits until it is due; those who are late wait no longer."""
        self._due += 1 / self.rate
        await asyncio.sleep(max(0.0, self._due - time.monotonic()))
        begun, id = time.monotonic(), f"SMsoak{next(self._ids)}"
        while (answer := await self._brought(id, phone, words)) is None:
            self.again += 1
        self.waits.append(time.monotonic() - begun)
        self.texts += 1
        if "<Message>" not in answer or SORRY in answer:
            self.wrong.append(f"{words}: {answer}")
        return re.sub(r"<[^>]*>", "", answer)

    async def _brought(self, id: str, phone: str, words: str) -> str | None:
        """None where the connection was closed at that very moment: the carrier brings it once more."""
        try:
            return await self.wire.text(id, phone, words)
        except TROUBLES:
            return None

    async def _who_is_asked(self, code: str) -> list[str]:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and len(self._asked[code]) < OFFERS:  # noqa: ASYNC110 - the carrier tells nobody
            await asyncio.sleep(LOOK)
        return self._asked.pop(code)

    async def _read_on(self) -> None:
        """What the carrier brought since the last look: who was asked about which need."""
        while True:
            texts = self.exchange.texts[self._read :]
            self._read += len(texts)
            for text in texts:
                if text.direction == "outbound-api":
                    for code in OFFER.findall(text.body):  # one text may offer several
                        self._asked[code].append(text.to)
            await asyncio.sleep(LOOK)
