"""Canaries: numbers, names and words that nobody else says are let loose in a hotline that stumbles over some of them.

Then everything that others may see is searched: the log at its loudest, plain and JSON, the pages for watchers, the
addresses that the carrier is given, and the list of processes with their threads.
"""

import asyncio
import io
import logging
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from hotline.monitoring import log_format
from hotline.storage import Transaction
from tests.transcript import Cast
from tests.world import World, world

ANA = "+12125550110"  # the first phone of a cast
NAME, WORDS = "Zebulonia", ("marzipan staircase", "violet accordion", "crimson pelican")
LIFE = (
    "-- Ben gives food in north",
    "Ana texts: food 11216",
    "Ana texts: marzipan staircase, ask for Zebulonia",
    "Ana texts: 1",
    "Ben texts: YES",
    "Ana texts: the violet accordion is loud",
    "-- the carrier refuses every text with 21704",
    "Ana texts: 0",
    "Ana texts: crimson pelican",
    "Ana calls",
    "Ana presses: 4",
    "Ana says: crimson pelican again",
    "Ana hangs up",
)


@pytest.fixture(params=["plain", "json"])
def told(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """All that is logged, at its loudest."""
    written, root = io.StringIO(), logging.getLogger()
    before, level = root.handlers[:], root.level
    monkeypatch.setattr("sys.stderr", written)
    log_format.set_up("DEBUG", request.param, "a secret of the tests")
    yield written
    root.handlers[:], root.level = before, level
    for name in log_format.OURS:
        logging.getLogger(name).setLevel(logging.NOTSET)


def stumble(tx: Transaction, *_: object) -> str:
    """A mistake of ours that quotes what somebody said, as exceptions do."""
    raise ValueError(f"{NAME} of {ANA} said {WORDS}")


async def pages(place: World) -> str:
    """What a watcher reads."""
    async with aiohttp.ClientSession() as session:
        read = []
        for path in ("/health", "/ready", "/metrics", "/nothing"):
            async with session.get(f"{place.settings.public_url}{path}") as answer:
                read.append(f"{await answer.text()} {dict(answer.headers)}")
        return "\n".join(read)


def processes() -> str:
    """What anybody on this machine sees of this process."""
    told = (Path(f"/proc/self/{name}") for name in ("cmdline", "comm"))
    shown = [path.read_bytes().replace(b"\0", b" ").decode() for path in told if path.exists()]
    return "\n".join([*shown, *(thread.name for thread in threading.enumerate())])


def addresses(place: World) -> str:
    """Every address that the carrier was given in a document of ours or with a call, and those of the sounds."""
    documents = "\n".join(map(str, place.exchange.calls))
    signed = [place.hotline.addresses.of("words/RE1.wav")]
    return "\n".join([*re.findall(r"https?://[^\s\"'<>]+", documents), *signed])


def canaries(text: str) -> list[str]:
    digits = r"2125550110|212[\s()-]{0,3}555[\s-]{0,2}0110"
    return re.findall(rf"{'|'.join((NAME, *WORDS))}|{digits}", text, re.IGNORECASE)


def test_nobody_is_named_where_others_look(tmp_path: Path, told: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play() -> str:
        async with world(tmp_path) as place:
            cast = Cast(place)
            cast.phone("Ana")
            for line in LIFE:
                await cast.do(line)
            await place.hotline.store.run(lambda tx: tx.people.introduce(ANA, NAME, "en", place.clock.now))
            monkeypatch.setattr(place.hotline.inbound.texts, "answer_text", stumble)
            place.serve(place.hotline)
            await cast.do(f"Ana texts: {NAME} wants the {WORDS[0]} back")
            return f"{await pages(place)}\n{addresses(place)}\n{processes()}"

    seen = asyncio.run(play())
    log = told.getvalue()
    assert canaries(seen) == []
    assert canaries(log) == []
    assert "ValueError" in log, "the stumble is there, with its place"
    assert "a text from ~" in log
    assert "hotline_needs" in seen
