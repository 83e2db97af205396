"""A package is upgraded beneath a running process: all is imported at the start, nothing when it is first needed."""

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

from aiohttp import ClientError, ClientSession

from hotline.storage import Transaction, open_store
from tests.faults.living import carrier
from tests.faults.mortal import REPOSITORY, Mortal
from tests.faults.test_descriptors import COUNTRIES
from tests.faults.texting import AWAKE_COMMUNITY, Wire, wire
from tests.world import ACCOUNT, NUMBER

ANA, BEN = "+12125552000", "+12125553000"


@contextlib.asynccontextmanager
async def running(mortal: Mortal, *command: str) -> AsyncIterator[None]:
    """The command, which writes a line for each module that it imports."""
    with (mortal.folder / "log.txt").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-X", "importtime", "-m", "hotline", *command),
            cwd=mortal.folder,
            env={**mortal.environment, "PYTHONPATH": str(REPOSITORY), "HOME": os.environ.get("HOME", "/")},
            stdout=log,
            stderr=log,
        )
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


async def _enroll_ben(database_url: str) -> None:
    store = await open_store(database_url)

    def join(tx: Transaction) -> None:
        tx.people.introduce(BEN, "Ben", "en", time.time())
        tx.volunteers.enroll(BEN, ("food",), ("north",), "active", time.time())

    await store.run(join)
    await store.close()


async def _until_it_answers(url: str) -> None:
    async with asyncio.timeout(30), ClientSession() as session:
        while True:
            with contextlib.suppress(ClientError):
                async with session.get(f"{url}/health") as response:
                    await response.read()
                    return
            await asyncio.sleep(0.05)


def imported(log: Path) -> list[str]:
    return [line.rsplit("|")[-1].strip() for line in log.read_text("utf-8").splitlines() if line.startswith("import t")]


def test_nothing_is_imported_after_the_start(tmp_path: Path, database_url: str) -> None:
    (tmp_path / "community.toml").write_text(AWAKE_COMMUNITY, "utf-8")

    async def play() -> int:
        await _enroll_ben(database_url)
        async with carrier() as (exchange, url):
            mortal = Mortal(tmp_path, url, database_url=database_url)
            exchange.public_url = mortal.url
            async with running(mortal, "serve"):
                await _until_it_answers(mortal.url)
                many = len(imported(tmp_path / "log.txt"))
                async with wire(mortal.url, mortal.url) as line:
                    await _everything(line)
                assert {text.to for text in exchange.texts if text.direction.startswith("outbound")} >= {BEN}
                return many

    many = asyncio.run(play())
    assert many > 100
    assert imported(tmp_path / "log.txt")[many:] == []


async def _everything(line: Wire) -> None:
    """Texts of all countries, words with slips, a need that somebody takes, a call, statuses, all pages."""
    for at, phone in enumerate(COUNTRIES):
        await line.text(f"SM{at}", phone, "foood 11216")
    await line.text("SMben", BEN, "STATUS")
    for at, words in enumerate(("foood 11216", "1", "statsu", "two bags", "1", "comida")):
        await line.text(f"SMana{at}", ANA, words)
    call = [("CallSid", "CA1"), ("AccountSid", ACCOUNT), ("From", ANA), ("To", NUMBER)]
    for turn, key in (("", ""), ("?turn=1", "1"), ("?turn=2", "2"), ("?turn=3", "hangup")):
        assert (await line.post(f"/twilio/voice{turn}", [*call, ("Digits", key)]))[0] == 200
    status = [("MessageSid", "SM1"), ("MessageStatus", "delivered"), ("AccountSid", ACCOUNT)]
    assert (await line.post("/twilio/status", status))[0] == 204
    for path in ("/health", "/ready", "/recordings/x", "/nothing"):
        async with line.session.get(line.public_url + path) as response:
            await response.read()
    await asyncio.sleep(2)  # what is due is sent meanwhile, and the carrier's lists are looked through
