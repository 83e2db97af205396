"""Refusals: what a post costs that nobody signed rightly, and what a flood of them does to the texts of people.

python -m benchmarks.refusals            costs first, then a flood of 2,000 posts and 2 MB a second for ten seconds
python -m benchmarks.refusals --seconds 3
"""

import argparse
import asyncio
import base64
import contextlib
import os
import re
import resource
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from benchmarks import documents
from benchmarks.contenders import hotline
from benchmarks.load import is_whole
from benchmarks.processes import Server
from benchmarks.texts import ACCOUNT, HEADERS, PATH, PUBLIC_URL, TOKEN, request
from hotline.simulator.signing import sign

ROUNDS = 5
MANY = 400  # posts of one kind in a row
POSTS, BYTES = 2000, 2_000_000  # of the flood, a second
CONNECTIONS = 20  # of the flood
TEXTS = 25  # of people, a second, meanwhile
IDLE, SLOW, STATUSES = 2000, 100, 5000
STATUS = "/twilio/status"  # where the carrier reports what became of a text
IDLE_FOR, AGAIN = 60.0, 5.0  # seconds that one waits to be closed, and then before it comes again
WRONG = base64.b64encode(b"a wrong signature..!").decode()


def post(body: bytes, signature: str | None = None) -> bytes:
    """A whole webhook over the wire, signed with that, or not at all."""
    signed = "" if signature is None else f"X-Twilio-Signature: {signature}\r\n"
    return f"POST {PATH} HTTP/1.1\r\n{HEADERS}{signed}Content-Length: {len(body)}\r\n\r\n".encode() + body


def form(fields: int, size: int, account: str = ACCOUNT) -> bytes:
    """So many fields in so many bytes, all with something to decode; they name the account."""
    first = f"AccountSid={account}"
    each = (size - len(first)) // (fields - 1)
    pairs = (f"&f{at}=".ljust(each - 3, "a") + "%20" for at in range(fields - 1))
    return (first + "".join(pairs))[:size].encode()


def kinds() -> dict[str, Iterator[bytes]]:
    """What is sent, by what it is."""
    same = {
        "unsigned, 64 KB in 8,000 fields": post(MANY_FIELDS),
        "unsigned, 1 KB": post(form(20, 1000)),
        "a malformed signature, 64 KB": post(MANY_FIELDS, "x" * 28),
        "wrongly signed, 24 KB in 200 fields": post(form(200, 24_000), WRONG),
        "wrongly signed, of another account": post(form(200, 24_000, "AC" + "9" * 32), WRONG),
        "wrongly signed, 20 fields": post(form(20, 700), WRONG),
    }
    return {name: _again(each) for name, each in same.items()} | {"a text, rightly signed": map(request, _count())}


def _again(sent: bytes) -> Iterator[bytes]:
    while True:
        yield sent


_next = iter(range(10**9))


def _count() -> Iterator[int]:
    return _next


def costs(server: Server) -> dict[str, list[float]]:
    """Microseconds of processor time of each kind, a figure a round; the kinds take turns."""
    found: dict[str, list[float]] = {name: [] for name in kinds()}
    for _ in range(ROUNDS):
        for name, supply in kinds().items():
            found[name].append(_cost(server, [next(supply) for _ in range(MANY)]))
    return found


def _cost(server: Server, posts: Sequence[bytes]) -> float:
    begun = _busy(server)
    connection = socket.create_connection(("127.0.0.1", server.port))
    for each in posts:
        connection.sendall(each)
        answer = b""
        while not (answer and is_whole(answer)):
            came = connection.recv(65536)
            if not came:
                break
            answer += came
        if b"onnection: close" in answer or not answer:
            connection.close()
            connection = socket.create_connection(("127.0.0.1", server.port))
    connection.close()
    return (_busy(server) - begun) / len(posts) * 1e6


def _busy(server: Server) -> float:
    """Seconds that the threads of the server were on a processor, finer than its clock ticks."""
    total = 0
    for pid in server.pids:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(OSError):
                total += int((thread / "schedstat").read_text().split()[0])
    return total / 1e9


@dataclass
class Waits:
    """How long people waited for their answers, in seconds, and how the others were answered."""

    people: list[float] = field(default_factory=list)
    late: int = 0
    refused: int = 0
    wrong: int = 0
    """Of the flood, what was answered otherwise than by 403."""
    statuses: list[float] = field(default_factory=list)
    """How long each report of a status waited, in seconds."""

    def part(self, which: float) -> float:
        """A percentile, in milliseconds."""
        ordered = sorted(self.people)
        return ordered[min(len(ordered) - 1, int(len(ordered) * which))] * 1000


async def under(server: Server, seconds: float, sent: Sequence[bytes]) -> Waits:
    """People text meanwhile; `sent` is what the flood is made of, nothing for a quiet time."""
    waits = Waits()
    async with contextlib.AsyncExitStack() as stack:
        if sent:
            await stack.enter_async_context(_flood(server, sent, waits))
        until = time.perf_counter() + seconds
        texting = []
        while time.perf_counter() < until:
            texting.append(asyncio.create_task(_person(server, waits)))
            await asyncio.sleep(1 / TEXTS)
        await asyncio.gather(*texting)
    return waits


async def _person(server: Server, waits: Waits) -> None:
    text = request(next(_next))
    begun = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    try:
        writer.write(text)
        line = await asyncio.wait_for(reader.readline(), 30)
        waits.people.append(time.perf_counter() - begun)
        waits.late += not line.startswith(b"HTTP/1.1 200")
    finally:
        writer.close()


Crowd = Callable[[Server, Waits], Coroutine[Any, Any, None]]


async def beside(server: Server, seconds: float, crowd: Crowd | None) -> Waits:
    """People text meanwhile, as `under`, while a crowd does something else; both end after so many seconds."""
    waits = Waits()
    others = asyncio.create_task(crowd(server, waits)) if crowd else None
    await asyncio.sleep(1.0)  # the crowd has come
    quiet = await under(server, seconds, ())
    if others:
        others.cancel()
        await asyncio.gather(others, return_exceptions=True)
    return replace(quiet, statuses=waits.statuses)


async def hang_around(server: Server, _: Waits) -> None:
    """2,000 connections on which nothing is said, 100 on which a request comes letter by letter; whichever is closed
    comes again."""
    idle = [_keep_coming(server, b"") for _ in range(IDLE)]
    slow = [_keep_coming(server, post(form(20, 700))) for _ in range(SLOW)]
    await asyncio.gather(*idle, *slow)


async def _keep_coming(server: Server, letters: bytes) -> None:
    while True:
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            try:
                for at in range(len(letters)):
                    writer.write(letters[at : at + 1])
                    await asyncio.sleep(0.1)
                await asyncio.wait_for(reader.read(), IDLE_FOR)
            except TimeoutError:
                pass
            finally:
                writer.close()
        await asyncio.sleep(AGAIN)


async def tell_statuses(server: Server, waits: Waits) -> None:
    """5,000 reports of what became of texts, rightly signed, over 20 connections, as fast as they are answered."""
    reports = iter(range(STATUSES))

    async def carrier() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        for number in reports:
            begun = time.perf_counter()
            writer.write(_report(number))
            head = await reader.readuntil(b"\r\n\r\n")
            lengths = re.findall(rb"content-length: (\d+)", head.lower())
            await reader.readexactly(int(lengths[0]) if lengths else 0)
            waits.statuses.append(time.perf_counter() - begun)
            if b"connection: close" in head.lower():
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.close()

    await asyncio.gather(*(carrier() for _ in range(CONNECTIONS)))


def _report(number: int) -> bytes:
    told = [("MessageSid", f"SM{number:032}"), ("MessageStatus", "delivered"), ("AccountSid", ACCOUNT)]
    body, signature = urlencode(told).encode(), sign(PUBLIC_URL + STATUS, told, TOKEN)
    signed = f"X-Twilio-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    return f"POST {STATUS} HTTP/1.1\r\n{HEADERS}{signed}".encode() + body


CROWDS: dict[str, Crowd | None] = {
    "nobody": None,
    f"{IDLE:,} idle and {SLOW} slow connections": hang_around,
    f"{STATUSES:,} statuses, as fast as they are answered": tell_statuses,
}


@contextlib.asynccontextmanager
async def _flood(server: Server, sent: Sequence[bytes], waits: Waits) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(_pour(server, sent, waits)) for _ in range(CONNECTIONS)]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _pour(server: Server, sent: Sequence[bytes], waits: Waits) -> None:
    """One connection's part of the flood, as fast as it is meant and not faster."""
    rate = POSTS if len(sent[0]) * POSTS <= BYTES * 1.5 else BYTES / len(sent[0])
    begun, done = time.perf_counter(), 0
    while True:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            try:
                while True:
                    due = begun + done * CONNECTIONS / rate
                    await asyncio.sleep(max(0.0, due - time.perf_counter()))
                    writer.write(sent[done % len(sent)])
                    done += 1
                    head = await reader.readuntil(b"\r\n\r\n")
                    await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]))
                    waits.refused += 1
                    waits.wrong += not head.startswith(b"HTTP/1.1 403")
            finally:
                writer.close()


def _from(address: str, sent: bytes) -> bytes:
    """The same, through a proxy that names that address."""
    return sent.replace(b"\r\n", f"\r\nX-Forwarded-For: {address}\r\n".encode(), 1)


MANY_FIELDS = b"&".join([b"a=%20b"] * 8000)[: 64 * 1024]
STRANGERS = [f"203.0.{at // 250}.{at % 250}" for at in range(1000)]
FLOODS: dict[str, Sequence[bytes]] = {
    "nobody": (),
    "unsigned, 1 KB each": (post(form(20, 760)),),
    "unsigned, 64 KB each": (post(MANY_FIELDS),),
    "wrongly signed, 1 KB each": (post(form(20, 730), WRONG),),
    "wrongly signed, 24 KB each": (post(form(200, 24_000), WRONG),),
    "wrongly signed, 1 KB each, from 1,000 addresses": [_from(each, post(form(20, 700), WRONG)) for each in STRANGERS],
}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.refusals", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="of each flood")
    parser.add_argument("--write", type=Path, help="put the tables into this page, such as docs/benchmarks.md")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="hotline-benchmark-") as name, _running(Path(name)) as server:
        _open_many()
        crowded = {name: asyncio.run(beside(server, chosen.seconds, crowd)) for name, crowd in CROWDS.items()}
        text = report(costs(server), floods(server, chosen.seconds), crowded, chosen.seconds)
    print(text)
    if chosen.write:
        documents.put(chosen.write, "refusals", text)


def _running(folder: Path) -> AbstractContextManager[Server]:
    return hotline(folder, f"sqlite:///{folder}/hotline.db", {"TEXTS_PER_HOUR": "100000"})


def floods(server: Server, seconds: float) -> dict[str, Waits]:
    return {name: asyncio.run(under(server, seconds, sent)) for name, sent in FLOODS.items()}


def _open_many() -> None:
    """As many connections as the crowd has, from this side."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def report(
    found: Mapping[str, Sequence[float]], waited: Mapping[str, Waits], crowded: Mapping[str, Waits], seconds: float
) -> str:
    """All tables as Markdown."""
    costly = [f"| {name} | {min(each):,.0f} | {median(each):,.0f} |" for name, each in found.items()]
    flooded = [f"| {name} | {each.refused / seconds:,.0f} | {_figures(each)} |" for name, each in waited.items()]
    head = "| who floods | refused a second | p50 ms | p99 ms | longest ms | people not answered |"
    return "\n".join(
        (
            f"Made by `{documents.command()}` on {documents.machine()}.",
            "\n| one post | µs of processor time, the least | in the middle |\n|---|---:|---:|",
            *costly,
            f"\n{TEXTS} people text a second meanwhile, each over a new connection; how long they wait:\n",
            f"{head}\n|---|---:|---:|---:|---:|---:|",
            *flooded,
            "\nThe same beside a crowd of others:\n",
            "| who else | p50 ms | p99 ms | longest ms | people not answered | a status: p50, p99 ms |",
            "|---|---:|---:|---:|---:|---:|",
            *(f"| {name} | {_figures(each)} | {_statuses(each)} |" for name, each in crowded.items()),
            f"\nThe machine's load at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.",
        )
    )


def _statuses(waits: Waits) -> str:
    each = replace(waits, people=waits.statuses)
    return f"{each.part(0.5):,.1f}, {each.part(0.99):,.1f}" if waits.statuses else ""


def _figures(waits: Waits) -> str:
    return " | ".join([*(f"{waits.part(each):,.1f}" for each in (0.5, 0.99, 1.0)), f"{waits.late:,}"])


if __name__ == "__main__":
    main()
