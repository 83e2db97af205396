"""A neighborhood that writes without end while the hotline dies under it, and what must be true afterwards."""

import asyncio
import contextlib
import random
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from hotline.app import Hotline
from hotline.settings import read
from hotline.simulator.clock import Clock
from hotline.simulator.exchange import Exchange
from hotline.simulator.page import simulator_app
from hotline.storage import Transaction, open_store
from tests.faults.mortal import Mortal, Nursery, Postman, free_port
from tests.faults.texting import AWAKE_COMMUNITY, phones, wire, wording
from tests.storage.asking import ask
from tests.world import ACCOUNT, NUMBER, TOKEN

WRITERS = 8
VOLUNTEERS = phones(20, 718)
RACERS = 3  # who say yes to one need at the same moment
WORDS, DETAILS = "food 11216", "two bags"
HALF_AN_HOUR, STEP = 1800.0, 15.0
UNSENT = "SELECT id FROM outbox WHERE status IN ('waiting', 'sending', 'unknown')"


@dataclass
class Load:
    """What the writers were promised: need numbers by neighbor, and who won the race for which."""

    postman: Postman
    recorded: dict[str, int] = field(default_factory=dict)
    races: dict[int, list[str]] = field(default_factory=dict)
    pause: float = 0.0
    stop: bool = False

    @property
    def taken(self) -> dict[int, str]:
        """Who was told to have which."""
        return {number: " ".join(winners) for number, winners in self.races.items()}

    async def write(self, writer: int) -> None:
        """One neighbor after another: three texts, and for every second one a race of volunteers who take it."""
        for turn, neighbor in enumerate(phones(100_000, 212 + 40 * writer), 1):
            if self.stop:
                return
            await asyncio.sleep(self.pause)
            for body in (WORDS, DETAILS):
                await self.postman.text(neighbor, body)
            thanks = await self.postman.text(neighbor, "1")
            self.recorded[neighbor] = number = int(re.findall(r"\b\d{3,5}\b", thanks)[0])
            if turn % 2:
                await self._race(number)

    async def _race(self, number: int) -> None:
        racers = random.sample(VOLUNTEERS, RACERS)
        answers = await asyncio.gather(*(self.postman.text(racer, f"YES {number}") for racer in racers))
        assert all(str(number) in answer for answer in answers), f"YES {number}: {answers}"
        self.races[number] = [who for who, told in zip(racers, answers, strict=True) if wording("take.taken") in told]


@dataclass
class Town:
    """The web process, the carrier that outlives it, and the writers."""

    mortal: Mortal
    exchange: Exchange
    load: Load


Ordeal = Callable[[Town], Awaitable[None]]


async def live(
    folder: Path,
    database_url: str,
    nursery: Nursery,
    ordeal: Ordeal,
    pause: float = 0.0,
    extra: Mapping[str, str] | None = None,
) -> Town:
    """Everything goes on while the ordeal lasts; then whatever is still to be sent is sent, as a later start would.

    `pause` is how long each writer rests between two neighbors, in seconds; `extra` are settings of the hotline.
    """
    await _seed(folder, database_url)
    async with carrier() as (exchange, url):
        mortal = Mortal(folder, url, nursery, database_url, extra=extra or {})
        exchange.public_url = mortal.url
        async with wire(mortal.url, mortal.url) as line:
            town = Town(mortal, exchange, Load(Postman(mortal, line), pause=pause))
            await _while_they_write(town, ordeal)
        await works_off(town.mortal)
        return town


async def _while_they_write(town: Town, ordeal: Ordeal) -> None:
    writers = [asyncio.create_task(town.load.write(writer)) for writer in range(WRITERS)]
    trial = asyncio.ensure_future(ordeal(town))
    try:
        await asyncio.wait([trial, *writers], return_when=asyncio.FIRST_COMPLETED)
        for writer in writers:
            assert not writer.done(), repr(writer.exception())  # it would write for ever
        await trial
        town.load.stop = True
        await asyncio.wait_for(asyncio.gather(*writers), 30)
    finally:
        for task in (trial, *writers):
            task.cancel()
        await town.mortal.kill()


async def works_off(mortal: Mortal) -> None:
    """A worker whose clock runs ahead: leases run out, and what is in doubt is looked up."""
    clock, began = Clock(), time.time()
    settings = replace(read(mortal.environment, mortal.folder), worker="outside")
    hotline = await Hotline.open(settings, clock)
    try:
        while clock.now - began < HALF_AN_HOUR and (clock.now - began < STEP or ask(settings.database_url, UNSENT)):
            await hotline.worker.work_off()
            clock.move(STEP)
    finally:
        await hotline.close()


async def _seed(folder: Path, database_url: str) -> None:
    (folder / "community.toml").write_text(AWAKE_COMMUNITY, "utf-8")
    store = await open_store(database_url)

    def join(tx: Transaction) -> None:
        for phone in VOLUNTEERS:
            tx.people.introduce(phone, "Volunteer", "en", time.time())
            tx.volunteers.enroll(phone, ("food",), ("north",), "active", time.time())

    await store.run(join)
    await store.close()


@contextlib.asynccontextmanager
async def carrier() -> AsyncIterator[tuple[Exchange, str]]:
    """The pretend carrier, in this process: it lives on while the hotline dies."""
    port = free_port()
    exchange = Exchange(account_sid=ACCOUNT, auth_token=TOKEN, number=NUMBER, public_url="")
    app = Starlette(routes=[Mount("/simulator", simulator_app(exchange))])
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off", access_log=False))
    task = asyncio.create_task(server.serve())
    try:
        yield exchange, f"http://127.0.0.1:{port}"
    finally:
        await exchange.aclose()
        server.should_exit = True
        await task


@dataclass
class Verdict:
    """What was lost, what was doubled, which answers were not true: each with its reason."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)


def judge(url: str, town: Town) -> Verdict:
    """Holds the database and the phones against what was answered."""
    verdict = Verdict()
    _judge_texts(url, town.load, verdict)
    _judge_needs(url, town.load, verdict)
    _judge_rows(url, town.load, verdict)
    _judge_phones(url, town, verdict)
    return verdict


def _judge_texts(url: str, load: Load, verdict: Verdict) -> None:
    """Every text that was answered is on record with the very answer that was given; nothing else is."""
    kept = {row["id"]: row["answer"] for row in ask(url, "SELECT id, answer FROM inbound")}
    answers = load.postman.answers
    verdict.lost += [f"text {sid}" for sid in answers if sid not in kept]
    verdict.false += [f"answer {sid}" for sid, answer in answers.items() if kept.get(sid, answer) != answer]
    verdict.false += [f"text of nobody {sid}" for sid in kept if sid not in answers]


CLAIMS = "FROM claims c JOIN needs n ON n.number = c.need WHERE c.ended_at IS NULL"
ASKED = "SELECT need, volunteer, beside FROM alerts WHERE wave > 0"
OFFERS = ("alerts.offer", "alerts.several")
NEWS = "FROM outbox o JOIN needs n ON n.number = o.about WHERE o.prompt LIKE '%news.taken%'"


def _judge_needs(url: str, load: Load, verdict: Verdict) -> None:
    """Every need that was answered for is there once, as it was said; who was told to have it has it."""
    needs = ask(url, "SELECT * FROM needs WHERE status <> 'draft' AND status <> 'cancelled'")
    of = Counter(need["neighbor"] for need in needs)
    numbers = {need["neighbor"]: need["code"] for need in needs}
    verdict.lost += [f"need of {who}" for who, number in load.recorded.items() if numbers.get(who) != number]
    verdict.doubled += [f"need of {who}" for who, many in of.items() if many > 1]
    verdict.false += [f"need {need['code']}" for need in needs if (need["words"], need["details"]) != (WORDS, DETAILS)]
    takers = {need["code"]: need["takers"] for need in needs if need["status"] == "taken"}
    verdict.lost += [f"taken {number}" for number, who in load.taken.items() if takers.get(number) != who]
    verdict.lost += [f"race for {number} without a winner" for number, won in load.races.items() if not won]
    verdict.doubled += [f"race for {number} won by {len(won)}" for number, won in load.races.items() if len(won) > 1]
    claims = Counter(row["need"] for row in ask(url, f"SELECT n.code AS need {CLAIMS}"))
    verdict.doubled += [f"claim {number}" for number, many in claims.items() if many > 1]
    verdict.false += [f"claim {number}" for number in claims.keys() ^ takers.keys()]


def _judge_rows(url: str, load: Load, verdict: Verdict) -> None:
    """An open need will be looked at; each alert has its row, and each taking its news: one, not two. One that stood
    beside another shares that one's row; of a text that never left none remains. Who came too late unasked stands among
    the alerts of wave 0, and had no row."""
    forgotten = ask(url, "SELECT number FROM needs WHERE status = 'open' AND look_at IS NULL")
    verdict.lost += [f"open need {row['number']}" for row in forgotten]
    asked = ask(url, ASKED)
    alerts = Counter((row["need"], row["volunteer"]) for row in asked if not row["beside"])
    rows = ask(url, "SELECT about, party, prompt, status FROM outbox")
    offered = [row for row in rows if any(key in row["prompt"] for key in OFFERS)]
    offers = Counter((row["about"], row["party"]) for row in offered)
    went = Counter((row["about"], row["party"]) for row in offered if row["status"] != "dropped")
    shared = {(row["beside"], row["volunteer"]) for row in asked if row["beside"]}
    verdict.lost += [f"row shared by an alert {alert}" for alert in shared - offers.keys()]
    verdict.lost += [f"row of alert {alert}" for alert in (alerts - offers)]
    verdict.doubled += [f"row of alert {alert}" for alert in (went - alerts)]
    neighbors = {number: who for who, number in load.recorded.items()}
    told = Counter((row["code"], row["party"]) for row in ask(url, f"SELECT n.code, o.party {NEWS}"))
    right = Counter((number, neighbors[number]) for number in load.taken)
    verdict.lost += [f"row of news {news}" for news in (right - told)]
    verdict.doubled += [f"row of news {news}" for news in (told - right)]


def _judge_phones(url: str, town: Town, verdict: Verdict) -> None:
    """Every row that is not out of date has reached its phone once, whenever the hotline died over it."""
    went = Counter((text.to, text.body) for text in town.exchange.texts if text.direction == "outbound-api")
    verdict.doubled += [f"text to {to}: {body[:40]}" for (to, body), many in went.items() if many > 1]
    rows = ask(url, "SELECT id, status, sids FROM outbox")
    sids = {text.sid for text in town.exchange.texts}
    verdict.lost += [f"row {row['id']} is {row['status']}" for row in rows if row["status"] not in ("sent", "dropped")]
    for row in rows:
        if row["status"] == "sent" and not (row["sids"] and set(row["sids"].split()) <= sids):
            verdict.lost.append(f"row {row['id']} never went")
