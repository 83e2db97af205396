"""SIGTERM with texts under way: each is kept and answered, or neither."""

import asyncio
import contextlib
import random
import sqlite3
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hotline.engine.session import Prompt
from hotline.storage import open_store
from tests.faults.conftest import Size
from tests.faults.living import carrier, works_off
from tests.faults.mortal import TROUBLES, Mortal, Nursery
from tests.faults.nonsense import in_front_of
from tests.faults.texting import AWAKE_COMMUNITY, Wire, phones, wire, wording
from tests.figures import Figure, Figures, kind
from tests.storage.asking import ask

WRITERS = 16


@dataclass
class Under:
    """Texts under way: their answers, and those that were cut off."""

    answers: dict[str, str] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)

    async def write(self, line: Wire, phone: str) -> None:
        """Until nobody answers any more."""
        for turn in range(10_000):
            sid = f"SM{phone}-{turn}"
            try:
                self.answers[sid] = await line.text(sid, phone, "food")
            except TROUBLES:
                self.cut.add(sid)
                return


def _judge(url: str, under: Under, stops: int, what: str, figures: Figures) -> None:
    kept = {row["id"]: row["answer"] for row in ask(url, "SELECT id, answer FROM inbound")}
    half = kept.keys() & under.cut
    lost = [sid for sid, answer in under.answers.items() if kept.get(sid) != answer]
    sorry = sum(wording("hello.try_again") in answer for answer in under.answers.values())
    note = f"{len(under.answers):,} answered, {len(under.cut)} not taken any more, {len(half)} half-answered"
    figures.note(Figure(what, kind(url), stops, len(lost), 0, len(half), note))
    assert lost == []
    assert half == set()
    assert sorry == 0
    assert len(under.answers) > stops


def test_sigterm_leaves_no_text_half_answered(
    tmp_path: Path, database_url: str, nursery: Nursery, size: Size, figures: Figures
) -> None:
    (tmp_path / "community.toml").write_text(AWAKE_COMMUNITY, "utf-8")
    under, stops = Under(), size(2, 50)

    async def play() -> None:
        mortal = Mortal(tmp_path, "http://127.0.0.1:1", nursery, database_url)
        for stop in range(stops):
            await mortal.start()
            async with wire(mortal.url, mortal.url) as line:
                crowd = phones(WRITERS, 212 + stop)
                writers = [asyncio.create_task(under.write(line, phone)) for phone in crowd]
                await asyncio.sleep(random.uniform(0.05, 0.2))
                mortal.stop()
                await mortal.dies()
                await asyncio.gather(*writers)

    asyncio.run(play())
    _judge(database_url, under, stops, "SIGTERM, 16 writers", figures)


def test_a_text_that_waits_for_the_file_is_answered_before_the_end(
    tmp_path: Path, nursery: Nursery, figures: Figures
) -> None:
    """The stop comes while another program holds the file, and texts and their senders wait."""
    (tmp_path / "community.toml").write_text(AWAKE_COMMUNITY, "utf-8")
    url, under = f"sqlite:///{tmp_path}/hotline.db", Under()

    async def play() -> None:
        mortal = Mortal(tmp_path, "http://127.0.0.1:1", nursery, url)
        await mortal.start()
        async with wire(mortal.url, mortal.url) as line:
            with contextlib.closing(sqlite3.connect(tmp_path / "hotline.db", isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                writers = [asyncio.create_task(under.write(line, phone)) for phone in phones(WRITERS)]
                await asyncio.sleep(1.0)  # on a busy machine, too, they all stand in the queue by then
                mortal.stop()
                await asyncio.sleep(0.4)
                other.execute("ROLLBACK")
            await mortal.dies()
            await asyncio.gather(*writers)

    asyncio.run(play())
    _judge(url, under, 1, "SIGTERM while the file is locked", figures)
    assert len(under.answers) >= WRITERS


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_both_commands_end_at_sigterm(tmp_path: Path, nursery: Nursery, command: str) -> None:
    """Within seconds, whether or not the carrier can be reached."""
    (tmp_path / "community.toml").write_text(AWAKE_COMMUNITY, "utf-8")

    async def play() -> None:
        mortal = Mortal(tmp_path, "http://127.0.0.1:1", nursery)
        mortal.pid = await nursery.bear(tmp_path, mortal.environment, command)
        await asyncio.sleep(0.4)
        mortal.stop()
        await mortal.dies(8)

    asyncio.run(play())


@pytest.mark.parametrize("seconds", [0.5, 20.0], ids=["answers in time", "answers too late"])
@pytest.mark.parametrize("command", ["serve", "worker"])
def test_sigterm_leaves_no_row_in_sending(
    tmp_path: Path, database_url: str, nursery: Nursery, command: str, seconds: float, figures: Figures
) -> None:
    """The stop comes while texts are on their way: they are finished, or the next worker looks them up at once."""
    (tmp_path / "community.toml").write_text(AWAKE_COMMUNITY, "utf-8")
    people = phones(20, 646)

    async def play() -> int:
        async with carrier() as (exchange, behind), in_front_of(behind) as (odd, url):
            mortal = Mortal(tmp_path, url, nursery, database_url)
            exchange.public_url = mortal.url
            odd.slow = lambda method, target: seconds * (method == "POST")
            await _put(database_url, people)
            mortal.pid = await nursery.bear(tmp_path, mortal.environment, command)
            while len(odd.asked) < len(people):  # noqa: ASYNC110 - nobody tells us
                await asyncio.sleep(0.02)
            mortal.stop()
            await mortal.dies(10)
            states = {row["status"] for row in ask(database_url, "SELECT status FROM outbox")}
            assert states == ({"sent"} if seconds < 1 else {"unknown"})
            odd.slow = lambda method, target: 0.0
            await works_off(mortal)
            return len([text for text in exchange.texts if text.direction == "outbound-api"])

    went = asyncio.run(play())
    rows = ask(database_url, "SELECT status FROM outbox WHERE status <> 'sent'")
    what = f"SIGTERM to {command}, 20 texts on their way, the carrier takes {seconds} s"
    figures.note(Figure(what, kind(database_url), 20, len(rows), went - len(people)))
    assert (len(rows), went) == (0, len(people))


async def _put(url: str, people: list[str]) -> None:
    store = await open_store(url)
    for phone in people:
        await store.run(lambda tx, to: tx.outbox.put(to, [Prompt("hello.thanks")], 0, 2, time.time()), phone)
    await store.close()
