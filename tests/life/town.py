"""A whole hotline in one process, without HTTP: people text it, time passes, and everything it sends is looked at."""

import asyncio
import re
import tempfile
from collections import defaultdict
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from itertools import count, takewhile
from pathlib import Path
from typing import Any, TypeVar

from hotline.app import Hotline
from hotline.carriers.api import Listed, Sent
from hotline.model.carrier_words import RESERVED
from hotline.model.events import MissedCall, Text, TextReport
from hotline.model.needs import Need
from hotline.model.people import Volunteer
from hotline.settings import Settings
from hotline.simulator.clock import Clock
from hotline.storage import Transaction
from tests.world import COMMUNITY, FIRST_ROW, NOON, ZONE

T = TypeVar("T")
ROSA = "+12125550199"


@dataclass(frozen=True)
class Message:
    """One text that somebody read; `answer` says that it answers what they had just written."""

    at: float
    party: str
    body: str
    answer: bool

    @property
    def hour(self) -> int:
        """The hour on the clock in the neighborhood."""
        return datetime.fromtimestamp(self.at, ZONE).hour


class Pigeons:
    """A carrier that delivers everything at once and remembers it."""

    def __init__(self, clock: Clock) -> None:
        self.clock, self.numbers = clock, count()
        self.sent: list[Message] = []

    async def send(self, to: str, body: str, valid_for: int | None = None, key: str = "") -> Sent:
        self.sent.append(Message(self.clock.now, to, body, answer=False))
        return Sent(f"SM{next(self.numbers):032x}", "delivered")

    async def find(self, to: str, body: str, since: float, key: str = "") -> list[Sent]:
        return []

    async def received(self, since: float, until: float) -> Listed[Text]:
        return Listed([], whole=True)

    async def missed(self, since: float, until: float) -> Listed[MissedCall]:
        return Listed([], whole=True)

    async def ring(self, to: str, url: str, status_url: str, seconds: int) -> Sent:
        return Sent(f"CA{next(self.numbers):032x}", "queued")  # nobody picks up, and nobody says so

    async def find_call(self, to: str, since: float) -> list[Sent]:
        return []

    async def heard_of(self) -> float | None:
        return None

    async def call_ended(self, sid: str) -> str:
        return "no-answer"

    async def status(self, sid: str) -> TextReport:
        return TextReport(sid, "delivered", 4, "")

    async def close(self) -> None:
        return None


class Town:
    """One hotline, its people, and everything they read."""

    def __init__(self, community: str = COMMUNITY) -> None:
        memory = Path("/dev/shm")  # thousands of commits: no disk need wait for them
        self._folder = tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None)
        folder = Path(self._folder.name)
        (folder / "community.toml").write_text(community, "utf-8")
        self.clock, self.ids = Clock(NOON), count()
        self._loop = asyncio.new_event_loop()
        settings = Settings(
            public_url="http://127.0.0.1:1",
            twilio_account_sid="AC" + "0" * 32,
            twilio_auth_token="nobody's",
            twilio_phone_number="+12125550100",
            database_url=f"sqlite:///{folder}/hotline.db",
            community_file=str(folder / "community.toml"),
            worker="outside",
            segments_per_second=1000,
            segments_per_day=1_000_000,
            texts_per_hour=100_000,
        )
        self.hotline = self.wait(Hotline.open(settings, self.clock))
        self.pigeons = Pigeons(self.clock)
        self.hotline.carrier._made = self.pigeons  # type: ignore[attr-defined]
        self.wrote_at: dict[str, float] = defaultdict(lambda: float("-inf"))
        self.read: list[Message] = []
        self.stopped: set[str] = set()
        self.after_stop: list[Message] = []

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        return self._loop.run_until_complete(work)

    def close(self) -> None:
        self.wait(self.hotline.close())
        self._loop.close()
        self._folder.cleanup()

    def add_volunteer(self, who: Volunteer) -> None:
        def add(tx: Transaction) -> None:
            tx.people.introduce(who.phone, who.name, who.language, self.clock.now)
            tx.volunteers.enroll(who.phone, who.needs, who.areas, "active", self.clock.now)

        self.wait(self.hotline.store.run(add))

    def text(self, party: str, words: str) -> list[str]:
        """What the answer to a text says; and everything happens that follows from it."""
        self.clock.now += 1
        self.wrote_at[party] = self.clock.now
        meant = {"STOP": "carrier_stop", "START": "carrier_start"}.get(words, "")
        assert not meant or words.casefold() in RESERVED
        came = Text(f"SM{next(self.ids):030x}in", party, words, meant)
        answer = self.wait(self.hotline.store.run(self.hotline.inbound.texts.answer_text, came))
        bodies = [unescape(body) for body in re.findall(r"<Message>([^<]*)</Message>", answer)]
        reach = self.wait(self.hotline.store.run(lambda tx: tx.people.reach(party)))
        (self.stopped.add if reach.opted_out else self.stopped.discard)(party)
        self._note(Message(self.clock.now, party, body, answer=True) for body in bodies)
        self.settle()
        return bodies

    def settle(self) -> None:
        """Lets everything happen that is due."""
        self.wait(self.hotline.worker.work_off())
        self._note(self.pigeons.sent)
        self.pigeons.sent = []

    def pass_time(self, seconds: float) -> None:
        """Moves the clock, stopping wherever something is due."""
        until = self.clock.now + seconds
        self.settle()
        while (due := self.wait(self.hotline.store.run(lambda tx: tx.outbox.next_due()))) is not None and due <= until:
            self.clock.now = max(self.clock.now + 1, due)
            self.settle()
        self.clock.now = until
        self.settle()

    def needs(self) -> list[Need]:
        def read(tx: Transaction) -> list[Need]:
            return [need for need in takewhile(bool, map(tx.needs.get, count(FIRST_ROW))) if need]

        return self.wait(self.hotline.store.run(read))

    def _note(self, messages: Any) -> None:
        for message in messages:
            self.read.append(message)
            if message.party in self.stopped and not message.answer:
                self.after_stop.append(message)
