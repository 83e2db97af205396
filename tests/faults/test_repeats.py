"""Webhooks that come again, late, and in any order leave what they would leave if each came once."""

import asyncio
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from hotline.engine.session import Prompt
from hotline.model.people import Volunteer
from hotline.storage import Transaction
from tests.faults.conftest import Size
from tests.faults.database import Dump, dump
from tests.faults.texting import AWAKE_COMMUNITY, Fields, Wire, phones, text_fields, wire
from tests.figures import Figure, Figures, kind
from tests.storage.asking import ask
from tests.web.line import status
from tests.world import ACCOUNT, NUMBER, World, world

VOLUNTEERS = phones(12, 718)
NEIGHBORS = phones(3000)
CODES = [code for code in range(101, 9999) if code not in (911, 988)]
REPEATS = 3  # for each webhook
OF_THE_HOUSE = ("schema_version", "beats")
Request = tuple[str, Fields]


def stories(many: int) -> Iterator[Request]:
    """Neighbors who ask, volunteers who answer, calls, reports: one after another, `many` in all."""
    dice, made = random.Random(5), 0
    for number, neighbor in zip(CODES, NEIGHBORS, strict=False):
        ben, cho = dice.sample(VOLUNTEERS, 2)
        said = [(neighbor, "food 11216"), (neighbor, "two bags"), (neighbor, "1"), (ben, f"YES {number}")]
        said += [(cho, f"yes {number}"), (ben, f"{dice.choice(['DONE', 'DROP', 'CALL'])} {number}")]
        said += [(neighbor, dice.choice(["STATUS", "thanks", "MENU", "STOP"])), (cho, "STATUS")]
        for at, (phone, words) in enumerate(said):
            yield "/twilio/sms", text_fields(f"SM{number}{at}", phone, words)
        for state in ("queued", "sent", dice.choice(["delivered", "undelivered"])):
            yield "/twilio/status", status(f"SMout{number}", state, ErrorCode="30003")
        yield "/twilio/voice", _step(f"CA{number}", neighbor)
        if (made := made + 12) >= many:
            return


def _step(sid: str, phone: str, **keys: str) -> Fields:
    fields = {"CallSid": sid, "AccountSid": ACCOUNT, "From": phone, "To": NUMBER, "CallStatus": "in-progress", **keys}
    return list(fields.items())


@dataclass
class Carrier:
    """Brings each webhook once, or again and again beside later ones."""

    wire: Wire
    repeats: int
    dice: random.Random = field(default_factory=lambda: random.Random(11))
    answers: dict[str, str] = field(default_factory=dict)
    brought: list[Request] = field(default_factory=list)
    posts: int = 0
    false: int = 0

    async def bring(self, request: Request) -> str:
        """The new one, and copies of it and of earlier ones at the same moment."""
        copies = [self.dice.choice([request, *self.brought[-200:]]) for _ in range(self.repeats)]
        first, *_ = await asyncio.gather(*map(self._post, (request, *copies)))
        self.brought.append(request)
        return first

    async def _post(self, request: Request) -> str:
        path, fields = request
        code, answer = await self.wire.post(path, fields)
        self.posts += 1
        self.false += code not in (200, 204) or self.answers.setdefault(str(request), answer) != answer
        return answer


async def _live(folder: Path, url: str, many: int, repeats: int) -> tuple[Carrier, Dump]:
    async with world(folder, AWAKE_COMMUNITY, database_url=url) as place:
        place.settings = replace(place.settings, texts_per_hour=60000, new_numbers_per_minute=60000)
        await place.restart()
        for phone in VOLUNTEERS:
            await place.add_volunteer(Volunteer(phone, "Volunteer", ("food",), ("north",), "en"))
        async with wire(place.exchange.public_url) as line:
            carrier = Carrier(line, repeats)
            for path, fields in stories(many):
                answer = await carrier.bring((path, fields))
                if turn := re.search(r"turn=(\d+)", answer):
                    step = _step(dict(fields)["CallSid"], dict(fields)["From"], Digits="1")
                    await carrier.bring((f"{path}?turn={turn[1]}", step))
        return carrier, _without_addresses(dump(url), place)


def _without_addresses(whole: Dump, place: World) -> Dump:
    """The two runs listen on ports of their own."""
    url = place.exchange.public_url
    return {
        table: [{name: _bare(value, url) for name, value in row.items()} for row in rows]
        for table, rows in whole.items()
        if table not in OF_THE_HOUSE
    }


def _bare(value: Any, url: str) -> Any:
    return value.replace(url, "") if isinstance(value, str) else value


@pytest.fixture
def another_url(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A second database of the same kind."""
    if database_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path}/another.db"
    return str(request.getfixturevalue("another_postgres_url"))


@pytest.mark.first_on("sqlite")
def test_repeated_and_shuffled_leaves_the_state_of_once(
    tmp_path: Path, database_url: str, another_url: str, size: Size, figures: Figures
) -> None:
    many = size(40, 2500)
    _, once = asyncio.run(_live(tmp_path, another_url, many, 0))
    carrier, often = asyncio.run(_live(tmp_path, database_url, many, REPEATS))
    missing, more = _difference(once, often), _difference(often, once)
    note = f"{len(carrier.brought):,} webhooks"
    figures.note(Figure("repeated and shuffled", kind(database_url), carrier.posts, missing, more, carrier.false, note))
    assert carrier.false == 0
    assert once.keys() == often.keys()
    assert often == once


def _difference(these: Dump, those: Dump) -> int:
    """How many rows stand in one and not in the other."""
    return sum(1 for table, rows in these.items() for row in rows if row not in those.get(table, []))


STATES = ("accepted", "queued", "sending", "sent", "delivered")
FAILED = ("accepted", "queued", "sending", "sent", "undelivered")


@pytest.mark.first_on("sqlite")
@pytest.mark.parametrize("states", [STATES, FAILED], ids=["delivered", "undelivered"])
def test_every_order_of_five_reports_ends_the_same(
    tmp_path: Path, database_url: str, states: tuple[str, ...], figures: Figures
) -> None:
    orders = list(permutations(states))

    async def play() -> None:
        async with world(tmp_path, database_url=database_url) as place:
            await place.hotline.store.run(_sent, len(orders), place.clock.now)
            async with wire(place.exchange.public_url) as line:
                await asyncio.gather(*(_report(line, f"SM{at}", order) for at, order in enumerate(orders)))

    asyncio.run(play())
    ends = [row["status"] for row in ask(database_url, "SELECT status FROM deliveries")]
    rows = [row["status"] for row in ask(database_url, "SELECT status FROM outbox")]
    wrong = sum(end != states[-1] for end in ends) + len(orders) - len(ends)
    figures.note(Figure(f"orders of five reports, {states[-1]}", kind(database_url), len(orders), wrong, 0, 0))
    assert wrong == 0
    assert set(rows) == {"sent" if states is STATES else "waiting"}
    assert len(rows) == len(orders), "a text that did not arrive goes once more, by its own row"


def _sent(tx: Transaction, many: int, now: float) -> None:
    """Texts that have just gone, each with an id of the carrier's."""
    for phone in phones(many):
        tx.outbox.put(phone, [Prompt("hello.thanks")], 0, 2, now)
    for at, row in enumerate(tx.outbox.lease_due(many, 9, now + 60, now)):
        tx.outbox.part_sent(row, f"SM{at}", "queued", 1, now)
        tx.outbox.settle(row, "sent", now)


async def _report(line: Wire, sid: str, order: tuple[str, ...]) -> None:
    for state in order:
        code, _ = await line.post("/twilio/status", status(sid, state, **_code(state)))
        assert code in (200, 204)


def _code(state: str) -> dict[str, str]:
    return {"ErrorCode": "30003"} if state == "undelivered" else {}
