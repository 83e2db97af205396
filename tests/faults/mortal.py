"""A real `hotline serve` that can be killed, and a carrier that brings every text again until it is answered."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiohttp import ClientError, ClientSession

from tests.faults.texting import Wire, wording
from tests.storage.asking import ask
from tests.world import ACCOUNT, NUMBER, TOKEN

TROUBLES = (ClientError, ConnectionError, TimeoutError)  # an answer that breaks off in its middle is none
REPOSITORY = Path(__file__).parents[2]
BEGUN = "SELECT worker FROM beats WHERE worker NOT LIKE 'web-%'"
SECONDS = 20.0  # that a process may need to start, or to stop


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@dataclass
class Nursery:
    """Makes processes that are the real command, without its second of imports. All of them end with it."""

    process: subprocess.Popen[str]
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def open(cls) -> "Nursery":
        command = [sys.executable, "-m", "tests.faults.nursery"]
        pipe = subprocess.PIPE
        return cls(subprocess.Popen(command, cwd=REPOSITORY, stdin=pipe, stdout=pipe, text=True))

    def close(self) -> None:
        self.process.communicate()

    async def bear(self, folder: Path, environment: Mapping[str, str], *command: str, **trap: Any) -> int:
        """The id of a new process."""
        order = {"folder": str(folder), "environment": dict(environment), "command": command, **trap}
        return int(await self._ask({"bear": order}))

    async def kill(self, pid: int) -> int:
        """Its exit code after kill -9, or the one that it had before."""
        return int(await self._ask({"kill": pid}))

    async def look(self, pid: int) -> int | None:
        """Its exit code; None while it lives."""
        code: int | None = await self._ask({"look": pid})
        return code

    async def _ask(self, order: dict[str, Any]) -> Any:
        return await asyncio.to_thread(self._tell, json.dumps(order))

    def _tell(self, line: str) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        with self._one_at_a_time:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
            return json.loads(self.process.stdout.readline())


@dataclass
class Mortal:
    """The process: started, killed, started again, on the same port and the same files."""

    folder: Path
    carrier_url: str
    nursery: Nursery | None = None
    database_url: str = ""
    public_url: str = ""
    port: int = field(default_factory=free_port)
    extra: Mapping[str, str] = field(default_factory=dict)
    tune: Mapping[str, float] = field(default_factory=dict)  # variables of its modules that are other than usual
    pid: int = 0
    up: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PUBLIC_URL": self.public_url or self.url,
            "PORT": str(self.port),
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_PHONE_NUMBER": NUMBER,
            "TWILIO_API_URL": f"{self.carrier_url}/simulator/api",
            "DATABASE_URL": self.database_url or f"sqlite:///{self.folder}/hotline.db",
            "COMMUNITY_FILE": f"{self.folder}/community.toml",
            "LOG_LEVEL": "ERROR",
            "SEGMENTS_PER_SECOND": "1000",
            "SEGMENTS_PER_DAY": "60000",
            "NEW_NUMBERS_PER_MINUTE": "60000",
            "TEXTS_PER_HOUR": "60000",
            **self.extra,
        }

    async def start(self, **trap: Any) -> None:
        """Returns when it answers; with a trap (`point`, `nth`: where it shall die) perhaps when it has died."""
        assert self.nursery
        self.pid = await self.nursery.bear(self.folder, self.environment, "serve", tune=dict(self.tune), **trap)
        until = time.monotonic() + SECONDS
        async with ClientSession() as session:
            while not await self._answers(session):
                assert time.monotonic() < until, "it does not start"
                if await self.nursery.look(self.pid) is not None:
                    assert trap, (self.folder / "log.txt").read_text()
                    return
                await asyncio.sleep(0.005)
        self.up.set()

    async def _answers(self, session: ClientSession) -> bool:
        try:
            async with session.get(f"{self.url}/health") as response:
                return response.status == 200
        except TROUBLES:
            return False

    async def kill(self) -> None:
        """As a power cut would: no warning, no last words."""
        self.up.clear()
        assert self.nursery
        await self.nursery.kill(self.pid)

    def stop(self) -> None:
        """As an operator or a platform does: SIGTERM."""
        os.kill(self.pid, signal.SIGTERM)

    async def dies(self, seconds: float = SECONDS, where: str = "") -> int:
        """Waits until it has ended by itself: its exit code."""
        assert self.nursery
        until = time.monotonic() + seconds
        while (status := await self.nursery.look(self.pid)) is None:
            assert time.monotonic() < until, f"it does not end {where}"
            await asyncio.sleep(0.005)
        self.up.clear()
        return status


@dataclass
class MortalWorker:
    """A `hotline worker` beside it, on the same database. It has no door that could be asked whether it is up."""

    beside: Mortal
    pid: int = 0

    async def start(self) -> None:
        web = self.beside
        assert web.nursery
        self.pid = await web.nursery.bear(web.folder, web.environment, "worker", tune=dict(web.tune))

    async def works(self) -> None:
        """Returns when it has begun: one that cannot reach its database before that ends by itself, as it should."""
        url, until = self.beside.environment["DATABASE_URL"], time.monotonic() + SECONDS
        while not await asyncio.to_thread(ask, url, BEGUN):
            assert time.monotonic() < until, "the worker does not begin"
            await asyncio.sleep(0.02)

    async def kill(self) -> None:
        """What it was killed by must be this: one that ended by itself before would prove nothing."""
        assert self.beside.nursery
        status = await self.beside.nursery.kill(self.pid)
        assert status == -signal.SIGKILL, (self.beside.folder / "log.txt").read_text()[-3000:]


@dataclass
class Postman:
    """Brings texts, each under one id, again and again until it is answered; keeps every answer."""

    mortal: Mortal
    wire: Wire
    answers: dict[str, str] = field(default_factory=dict)
    again: int = 0
    sorry: int = 0

    async def text(self, phone: str, body: str) -> str:
        """The answer to a text, whenever it comes. "Please send it again" is none: the carrier's friend does."""
        sid = "SM" + uuid4().hex
        while True:
            await self.mortal.up.wait()
            try:
                answer = await self.wire.text(sid, phone, body)
            except TROUBLES:
                self.again += 1
                await asyncio.sleep(0.005)
                continue
            if wording("hello.try_again") in answer or wording("hello.unsure") in answer:
                self.sorry += 1
                await asyncio.sleep(0.05)
                continue
            self.answers[sid] = answer
            return answer
