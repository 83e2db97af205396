"""The load: so many callers, each of whom sends a webhook, reads the whole answer, sends the next. Its own process."""

import asyncio
import gc
import itertools
import json
import math
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import cast

import uvloop

from benchmarks.mix.scenes import Kind, Webhook, day
from benchmarks.texts import posted, request
from tests.faults.texting import wording

PATIENCE = 30.0  # seconds after the end; then whoever is still not answered counts as wrong
SORRY = ("hello.try_again", "hello.set_aside", "hello.unsure", "hello.storm")


@dataclass(frozen=True)
class Job:
    """What to send where. `most` webhooks are made ready beforehand; with `again` they are sent over and over. With
    `codes` it is the mix, of so many scenes. `talks` says that whoever answers holds the conversation: then each answer
    is held against what belongs into it."""

    port: int
    callers: int
    seconds: float
    first: int
    most: int
    again: bool = False
    warm_up: float = 0.5
    codes: tuple[str, ...] = ()
    talks: bool = False


@dataclass(frozen=True)
class Result:
    """What came back. `sent` counts the warm-up too; `answers` and the latencies (milliseconds) do not."""

    sent: int
    answers: int
    wrong: int
    """Not answered, turned away, or told to try again."""
    seconds: float
    p50: float
    p99: float
    used: float
    """Seconds of processor time of the load's whole process, which makes everything ready first."""
    kinds: dict[str, int]
    """How many of each kind were sent, of the mix."""
    unlike: dict[str, int]
    """How many of each were answered in other words than belong there: not understood as they were meant."""

    @property
    def otherwise(self) -> int:
        return sum(self.unlike.values())

    @property
    def rate(self) -> float:
        return self.answers / self.seconds


def run(job: Job) -> Result:
    """Runs a job in a process of its own, which stops by itself."""
    command = [sys.executable, "-m", "benchmarks.load"]
    longest = job.seconds + job.warm_up + PATIENCE + 60
    done = subprocess.run(
        command, input=json.dumps(asdict(job)), capture_output=True, text=True, timeout=longest, check=False
    )
    if done.returncode:
        raise RuntimeError(f"the load stopped: {done.stderr[-2000:]}")
    return Result(**json.loads(done.stdout))


@dataclass(frozen=True)
class Ready:
    """A webhook that is ready to be sent. Nobody of a `scene` says the next thing before the last was answered."""

    data: bytes
    holds: bytes = b"<Message>"
    scene: int | None = None
    kind: Kind | None = None


class Supply:
    """What is sent, in its order. What must wait for an answer lets others go first."""

    def __init__(self, all_of_it: Iterator[Ready]) -> None:
        self._rest = all_of_it
        self._later: deque[Ready] = deque()
        self._waiting: set[int] = set()  # scenes that wait for an answer
        self._held: Counter[int] = Counter()  # how many of each scene are kept for later

    def next(self) -> Ready | None:
        """None when nothing may be sent now."""
        for place, each in enumerate(self._later):
            if each.scene not in self._waiting:
                del self._later[place]
                return self._goes(each, -1)
        for each in self._rest:
            if each.scene is None or (each.scene not in self._waiting and not self._held[each.scene]):
                return self._goes(each)
            self._later.append(each)
            self._held[each.scene] += 1
        return None

    def _goes(self, each: Ready, held: int = 0) -> Ready:
        if each.scene is not None:
            self._waiting.add(each.scene)
            self._held[each.scene] += held
        return each

    def answered(self, each: Ready) -> None:
        if each.scene is not None:
            self._waiting.discard(each.scene)


@dataclass
class Tally:
    """What is left to send, and what was answered when. The clock begins with the first answer: what a server reads
    when it is first asked is its start, which benchmarks/idle.py measures, and no text's."""

    supply: Supply
    job: Job
    start: float = math.inf
    stop: float = math.inf
    sent: int = 0
    wrong: int = 0
    unlike: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    kinds: Counter[Kind] = field(default_factory=Counter)
    last: float = 0.0

    def next(self) -> Ready | None:
        each = self.supply.next()
        if each:
            self.sent += 1
            if each.kind:
                self.kinds[each.kind] += 1
        return each

    def answered(self, each: Ready, since: float, answer: bytes | None) -> None:
        """None where the connection ended instead."""
        now = time.perf_counter()
        if self.start == math.inf:
            self.start = now + self.job.warm_up
            self.stop = self.start + self.job.seconds
        self.supply.answered(each)
        if answer is None or not is_answered(answer, each.holds):
            self.wrong += 1
        elif each.holds not in answer:
            self.unlike[str(each.kind or "a text")] += 1
        if self.start <= now < self.stop:
            self.waits.append(now - since)
            self.last = now


class Caller(asyncio.Protocol):
    """One connection, kept open for as long as the server keeps it."""

    def __init__(self, tally: Tally, port: int, over: asyncio.Future[None]) -> None:
        self._tally, self._port, self._over = tally, port, over
        self._answer, self._since = b"", 0.0
        self._sent: Ready | None = None
        self._transport: asyncio.Transport

    async def call(self) -> None:
        await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", self._port)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own is no subclass
        self._next()

    def data_received(self, data: bytes) -> None:
        self._answer = self._answer + data if self._answer else data
        if self._sent is None or not is_whole(self._answer):
            return
        sent, self._sent = self._sent, None
        self._tally.answered(sent, self._since, self._answer)
        if b"onnection: close" not in self._answer:  # else the server closes, and we call again
            self._next()

    def connection_lost(self, _: Exception | None) -> None:
        if self._sent is not None:
            sent, self._sent = self._sent, None
            self._tally.answered(sent, self._since, None)
        if not self._over.done():
            self._redial = asyncio.ensure_future(self.call())

    def _next(self) -> None:
        ready = self._tally.next() if time.perf_counter() < self._tally.stop else None
        if ready is None:
            if not self._over.done():
                self._over.set_result(None)
            self._transport.close()
            return
        self._answer, self._sent, self._since = b"", ready, time.perf_counter()
        self._transport.write(ready.data)


def is_whole(answer: bytes) -> bool:
    """Whether the whole answer is here, by its Content-Length or its last piece."""
    head = answer.find(b"\r\n\r\n")
    if head < 0:
        return False
    lower = answer[:head].lower()
    if b"transfer-encoding: chunked" in lower:
        return answer.endswith(b"\r\n0\r\n\r\n")
    at = lower.find(b"content-length:")
    return at < 0 or len(answer) - head - 4 >= int(answer[at + 15 : answer.find(b"\r\n", at)])


APOLOGIES = tuple(
    {wording(key, channel=channel).encode() for key in SORRY for channel in ("text", "voice")}
)  # a document, but no answer


def is_answered(answer: bytes, holds: bytes = b"<Message>") -> bool:
    """Whether it is an answer: whoever is turned away at the gate gets an empty document, which costs less, and an
    apology costs less than what it stands for."""
    if not holds:  # a report: nothing is said to it
        return answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 204"))
    told = b"<Message>" in answer or b"<Say" in answer
    return answer.startswith(b"HTTP/1.1 200") and told and not any(sorry in answer for sorry in APOLOGIES)


async def _send(job: Job, ready: list[Ready]) -> Result:
    tally = Tally(Supply(itertools.cycle(ready) if job.again else iter(ready)), job)
    loop = asyncio.get_running_loop()
    callers = [Caller(tally, job.port, loop.create_future()) for _ in range(job.callers)]
    await asyncio.gather(*(caller.call() for caller in callers))
    _, late = await asyncio.wait([caller._over for caller in callers], timeout=job.seconds + job.warm_up + PATIENCE)
    tally.wrong += len(late)
    return _result(tally)


def _result(tally: Tally) -> Result:
    waits = sorted(tally.waits) or [0.0]
    p50, p99 = (waits[min(len(waits) - 1, int(len(waits) * part))] * 1000 for part in (0.5, 0.99))
    ran_out = tally.last < tally.stop - 0.2  # the texts were used up: what was measured is shorter
    seconds = max((tally.last if ran_out else tally.stop) - tally.start, 0.001)
    return Result(
        sent=tally.sent, answers=len(tally.waits), wrong=tally.wrong, seconds=seconds, p50=p50, p99=p99,
        used=time.process_time(), kinds={str(kind): n for kind, n in tally.kinds.items()}, unlike=dict(tally.unlike),
    )  # fmt: skip


def made_ready(job: Job) -> list[Ready]:
    """The webhooks as they go over the wire."""
    if not job.codes:
        return [Ready(request(number)) for number in range(job.first, job.first + job.most)]
    chosen = itertools.islice(day(job.codes), job.first, job.first + job.most)
    return [_ready(each, job) for each in chosen]


def _ready(each: Webhook, job: Job) -> Ready:
    """To those who hold no conversation it is the same who said what before, and any document is an answer."""
    told = each.holds if job.talks or not each.holds else "<Response"
    scene = each.scene if job.talks else None
    return Ready(posted(each.path, each.form), told.encode(), scene, each.kind)


def main() -> None:
    job = Job(**json.load(sys.stdin))
    ready = made_ready(job)
    gc.freeze()
    gc.disable()
    print(json.dumps(asdict(uvloop.run(_send(job, ready)))))


if __name__ == "__main__":
    main()
