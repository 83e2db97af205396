"""What people text: whole conversations at a steady pace, each with a neighbor, three volunteers and a passer-by, in
words that vary (benchmarks/mix/words.py). Reports come from the pretend carrier itself."""

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from random import Random

from benchmarks.mix import words
from hotline.simulator.exchange import Exchange
from tests.faults.mortal import TROUBLES
from tests.faults.texting import Wire, wording
from tests.world import ACCOUNT, NUMBER

AT_ONCE = 80  # conversations
OFFERS = 3  # volunteers who are asked at once
PATIENCE = 60.0  # seconds that an alert may take; then the conversation goes on without
LOOK = 0.2  # seconds between two looks at what the carrier brought
CODE = re.compile(r"request is number (\d{3,4})\b")
OFFER = re.compile(r"YES (\d{3,4})")
SORRY = tuple(wording(f"hello.{key}") for key in ("try_again", "set_aside", "unsure", "storm"))
NEEDS, HERE, PLACES = (
    ("food", "groceries"),
    ("11216", "11238"),
    ("11216", "northside", "Northside"),
)  # where people help
NOW_AND_THEN = 5  # of so many conversations one has a call beside it, and words that nobody understands
KEYS = ("", "2", "9")  # of somebody whom we know: how does what I asked for stand; goodbye


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
    otherwise: int = 0
    """Requests that were not recorded after three answers: something was understood otherwise than it was meant."""
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
        """Sixteen texts and more, one need: asked, taken, spoken about, done."""
        dice = Random(number)
        neighbor = f"+1917{2_000_000 + number * 1_299_709 % 7_999_993}"
        passer_by = f"+1646{2_000_000 + number * 7919 % self.old_people * 1_299_709 % 7_999_993}"
        if number % NOW_AND_THEN == 0:
            await self._call(passer_by)
            await self._text(passer_by, words.unclear(dice))
        code = await self._asks(neighbor, dice, whole=number % 2 == 0)
        if not code:
            self.otherwise += 1
            return
        self.needs += 1
        await self._text(passer_by, words.status(dice))
        await self._text(neighbor, words.status(dice))
        asked = await self._who_is_asked(code)
        if len(asked) < OFFERS:
            self.unasked += 1
            await self._text(neighbor, f"CANCEL {code}")  # or requests that nobody looks after would grow without end
            return
        taker, late, busy = asked[:OFFERS]
        for phone, said in (
            (taker, words.taking(dice, code)), (late, words.taking(dice, code)), (busy, words.not_now(dice, code)),
            (taker, words.status(dice)), (neighbor, words.found_at(dice)), (taker, f"{code} {words.coming(dice)}"),
            (passer_by, words.status(dice)), (neighbor, words.status(dice)), (taker, words.finished(dice, code)),
            (neighbor, words.status(dice)),
        ):  # fmt: skip
            await self._text(phone, said)

    async def _asks(self, neighbor: str, dice: Random, whole: bool) -> str:
        """Somebody asks, in three texts or four, of which one is brought twice; the code of the request, or nothing."""
        if whole:
            await self._text(neighbor, words.whole(dice, NEEDS, HERE))
        else:
            await self._text(neighbor, words.part(dice))
            await self._text(neighbor, words.place(dice, PLACES))
        details, id = words.details(dice), self._id()
        answer = await self._text(neighbor, details, id)
        if await self._text(neighbor, details, id) != answer:
            self.wrong.append(f"{details}: another answer when it came again")
        found = CODE.search(await self._text(neighbor, words.yes(dice)))
        return found[1] if found else ""

    async def _call(self, phone: str) -> None:
        """A call of a few keys."""
        sid = f"CAsoak{next(self._ids)}"
        told = [("CallSid", sid), ("From", phone), ("To", NUMBER), ("AccountSid", ACCOUNT), ("Direction", "inbound")]
        for turn, key in enumerate(KEYS):
            path = f"/twilio/voice?turn={turn}" if turn else "/twilio/voice"
            form = [*told, ("CallStatus", "in-progress"), *([("Digits", key)] if key else [])]
            await self._wait_for_it(partial(self._step, path, form), f"{key} in a call", "<Say")

    async def _step(self, path: str, form: list[tuple[str, str]]) -> str:
        status, document = await self.wire.post(path, form)
        assert status == 200, (status, document)
        return document

    async def _text(self, phone: str, said: str, id: str = "") -> str:
        """The answer, without its marks."""
        id = id or self._id()
        answer = await self._wait_for_it(lambda: self.wire.text(id, phone, said), said, "<Message>")
        return re.sub(r"<[^>]*>", "", answer)

    def _id(self) -> str:
        return f"SMsoak{next(self._ids)}"

    async def _wait_for_it(self, bring: Callable[[], Awaitable[str]], said: str, holds: str) -> str:
        """The document. Each waits until it is due; those who are late wait no longer."""
        self._due += 1 / self.rate
        await asyncio.sleep(max(0.0, self._due - time.monotonic()))
        begun = time.monotonic()
        while (answer := await self._brought(bring)) is None:
            self.again += 1
        self.waits.append(time.monotonic() - begun)
        self.texts += 1
        if holds not in answer or any(sorry in answer for sorry in SORRY):
            self.wrong.append(f"{said}: {answer}")
        return answer

    async def _brought(self, bring: Callable[[], Awaitable[str]]) -> str | None:
        """None where the connection was closed at that very moment: the carrier brings it once more."""
        try:
            return await bring()
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
