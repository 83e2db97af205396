"""The load: so many callers, each of whom sends a text, reads the whole answer and sends the next. Its own process."""

import asyncio
import gc
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import cast

import uvloop

from benchmarks.texts import request

PATIENCE = 30.0  # seconds after the end; then whoever is still not answered counts as wrong


@dataclass(frozen=True)
class Job:
    """What to send where. `most` texts are made ready beforehand; with `again` they are sent over and over."""

    port: int
    callers: int
    seconds: float
    first: int
    most: int
    again: bool = False
    warm_up: float = 0.5


@dataclass(frozen=True)
class Result:
    """What came back. `sent` counts the warm-up too; `answers` and the latencies (milliseconds) do not."""

    sent: int
    answers: int
    wrong: int
    seconds: float
    p50: float
    p99: float
    busy: float
    """Seconds of one core that the load itself took, of `seconds` and the warm-up: near all of it, it is the limit."""

    @property
    def rate(self) -> float:
        return self.answers / self.seconds


def run(job: Job) -> Result:
    """Runs a job in a process of its own, which stops by itself."""
    command = [sys.executable, "-m", "benchmarks.load", json.dumps(asdict(job))]
    longest = job.seconds + job.warm_up + PATIENCE + 30
    done = subprocess.run(command, capture_output=True, text=True, timeout=longest, check=False)
    if done.returncode:
        raise RuntimeError(f"the load stopped: {done.stderr[-2000:]}")
    return Result(**json.loads(done.stdout))


@dataclass
class Tally:
    """What is left to send, and what was answered when."""

    texts: Iterator[bytes]
    start: float
    stop: float
    sent: int = 0
    wrong: int = 0
    waits: list[float] = field(default_factory=list)
    last: float = 0.0

    def answered(self, since: float, good: bool) -> None:
        now = time.perf_counter()
        self.wrong += not good
        if self.start <= now < self.stop:
            self.waits.append(now - since)
            self.last = now


class Caller(asyncio.Protocol):
    """One connection, kept open for as long as the server keeps it."""

    def __init__(self, tally: Tally, port: int, over: asyncio.Future[None]) -> None:
        self._tally, self._port, self._over = tally, port, over
        self._answer, self._since, self._waiting = b"", 0.0, False
        self._transport: asyncio.Transport

    async def call(self) -> None:
        await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", self._port)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own is no subclass
        self._next()

    def data_received(self, data: bytes) -> None:
        self._answer = self._answer + data if self._answer else data
        if not is_whole(self._answer):
            return
        self._waiting = False
        self._tally.answered(self._since, is_answered(self._answer))
        if b"onnection: close" not in self._answer:  # else the server closes, and we call again
            self._next()

    def connection_lost(self, _: Exception | None) -> None:
        if self._waiting:
            self._waiting = False
            self._tally.answered(self._since, False)
        if not self._over.done():
            self._redial = asyncio.ensure_future(self.call())

    def _next(self) -> None:
        text = next(self._tally.texts, None) if time.perf_counter() < self._tally.stop else None
        if text is None:
            if not self._over.done():
                self._over.set_result(None)
            self._transport.close()
            return
        self._tally.sent += 1
        self._answer, self._waiting, self._since = b"", True, time.perf_counter()
        self._transport.write(text)


def is_whole(answer: bytes) -> bool:
    """Whether the whole answer is here, by its Content-Length."""
    head = answer.find(b"\r\n\r\n")
    if head < 0:
        return False
    at = answer.lower().find(b"content-length:", 0, head)
    return at < 0 or len(answer) - head - 4 >= int(answer[at + 15 : answer.find(b"\r\n", at)])


def is_answered(answer: bytes) -> bool:
    """Whether it says something: whoever is turned away at the gate gets an empty document, which costs less."""
    return answer.startswith(b"HTTP/1.1 200") and b"<Message>" in answer


async def _send(job: Job, texts: list[bytes]) -> Result:
    begun, used = time.perf_counter(), time.process_time()
    supply = itertools.cycle(texts) if job.again else iter(texts)
    tally = Tally(supply, begun + job.warm_up, begun + job.warm_up + job.seconds)
    loop = asyncio.get_running_loop()
    callers = [Caller(tally, job.port, loop.create_future()) for _ in range(job.callers)]
    await asyncio.gather(*(caller.call() for caller in callers))
    _, late = await asyncio.wait([caller._over for caller in callers], timeout=job.seconds + job.warm_up + PATIENCE)
    tally.wrong += len(late)
    return _result(tally, time.process_time() - used)


def _result(tally: Tally, busy: float) -> Result:
    waits = sorted(tally.waits) or [0.0]
    p50, p99 = (waits[min(len(waits) - 1, int(len(waits) * part))] * 1000 for part in (0.5, 0.99))
    ran_out = tally.last < tally.stop - 0.2  # the texts were used up: what was measured is shorter
    seconds = (tally.last if ran_out else tally.stop) - tally.start
    return Result(tally.sent, len(tally.waits), tally.wrong, max(seconds, 0.001), p50, p99, busy)


def main() -> None:
    job = Job(**json.loads(sys.argv[1]))
    texts = [request(number) for number in range(job.first, job.first + job.most)]
    gc.freeze()
    gc.disable()
    print(json.dumps(asdict(uvloop.run(_send(job, texts)))))


if __name__ == "__main__":
    main()
