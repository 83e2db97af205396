"""A thousand needs, twenty who say yes to each at once, two web processes: as many have it as were wanted."""

import asyncio
import contextlib
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from hotline.storage import Transaction
from tests.faults.conftest import Size
from tests.faults.database import change
from tests.faults.living import CLAIMS, NEWS
from tests.faults.mortal import Mortal, Nursery
from tests.faults.texting import AWAKE_COMMUNITY, Wire, phones, wire, wording
from tests.figures import Figure, Figures, kind
from tests.storage.asking import ask, with_store

PUBLIC = "http://hotline.example.org"
VOLUNTEERS = phones(20, 718)
WANTED = (1, 1, 2, 3)  # how many are wanted, need after need
AT_ONCE = 6  # needs
EMERGENCY = "911"  # never a need's number


@dataclass
class Race:
    """What each volunteer was told about each need."""

    wires: list[Wire]
    dice: random.Random = field(default_factory=lambda: random.Random(3))
    told: dict[int, dict[str, str]] = field(default_factory=dict)
    false: int = 0

    async def run(self, numbers: list[int]) -> None:
        """A few needs at a time, twenty volunteers for each, in any order, through any door."""
        waiting = iter(numbers)

        async def racer() -> None:
            for number in waiting:
                self.told[number] = dict(await asyncio.gather(*(self._yes(number, who) for who in self._crowd())))

        await asyncio.gather(*(racer() for _ in range(AT_ONCE)))

    def _crowd(self) -> list[str]:
        return self.dice.sample(VOLUNTEERS, len(VOLUNTEERS))

    async def _yes(self, number: int, phone: str) -> tuple[str, str]:
        """A fifth comes twice, the second time perhaps at the same moment through the other door."""
        sid, words = f"SM{number}{phone[1:]}", f"YES {number}"
        times = 2 if self.dice.random() < 0.2 else 1
        doors = [self.dice.choice(self.wires) for _ in range(times)]
        answers = await asyncio.gather(*(door.text(sid, phone, words) for door in doors))
        self.false += len(set(answers)) - 1
        return phone, answers[0]


@pytest.mark.both_databases
def test_as_many_win_as_are_wanted(
    tmp_path: Path, database_url: str, nursery: Nursery, size: Size, figures: Figures
) -> None:
    many = size(12, 1000)
    numbers = _seed(tmp_path, database_url, many)
    race = asyncio.run(_race(tmp_path, database_url, nursery, numbers))
    needs = {row["code"]: row for row in ask(database_url, "SELECT * FROM needs")}
    won = {number: _winners(race.told[number]) for number in numbers}
    short = sum(max(0, needs[number]["wanted"] - len(won[number])) for number in numbers)
    over = sum(max(0, len(won[number]) - needs[number]["wanted"]) for number in numbers)
    false = race.false + sum(set(needs[number]["takers"].split()) != won[number] for number in numbers)
    yes = len(numbers) * len(VOLUNTEERS)
    figures.note(Figure("racing YES, two web processes", kind(database_url), yes, short, over, false))
    assert (short, over, false) == (0, 0, 0)
    _check_books(database_url, won)


async def _race(folder: Path, url: str, nursery: Nursery, numbers: list[int]) -> Race:
    outside = {"WORKER": "outside"}
    doors = [Mortal(folder, "http://127.0.0.1:1", nursery, url, PUBLIC, extra=outside) for _ in range(2)]
    async with contextlib.AsyncExitStack() as stack:
        for door in doors:
            await door.start()
            stack.push_async_callback(door.kill)
        race = Race([await stack.enter_async_context(wire(PUBLIC, door.url)) for door in doors])
        await race.run(numbers)
        return race


def _seed(folder: Path, url: str, many: int) -> list[int]:
    """Twenty volunteers, and needs for one, two or three of them."""
    (folder / "community.toml").write_text(AWAKE_COMMUNITY, "utf-8")

    def fill(tx: Transaction) -> list[int]:
        for phone in VOLUNTEERS:
            tx.people.introduce(phone, "Volunteer", "en", time.time())
            tx.volunteers.enroll(phone, ("food",), ("north",), "active", time.time())
        numbers = [_need(tx, neighbor) for neighbor in phones(many)]
        return [number for number in numbers if str(number) != EMERGENCY]

    async def work(store: Any) -> list[int]:
        return list(await store.run(fill))

    numbers = with_store(url, work)
    for at, number in enumerate(numbers):
        change(url, f"UPDATE needs SET wanted = {WANTED[at % len(WANTED)]} WHERE code = {number}")
    return numbers


def _need(tx: Transaction, neighbor: str) -> int:
    tx.people.introduce(neighbor, "", "en", time.time())
    number = tx.needs.draft(neighbor, "food", time.time())
    story = {"what": "food", "area": "north", "details": "two bags", "recording": "", "callback": ""}
    tx.needs.record(number, story, time.time())
    return int(tx.needs.code_of(number))


def _winners(told: dict[str, str]) -> set[str]:
    return {phone for phone, answer in told.items() if wording("take.taken") in answer}


def _check_books(url: str, won: dict[int, set[str]]) -> None:
    """One claim, and one line of news to the neighbor, for each who won."""
    claims = Counter(row["code"] for row in ask(url, f"SELECT n.code {CLAIMS}"))
    news = Counter(row["code"] for row in ask(url, f"SELECT n.code {NEWS}"))
    right = Counter({number: len(winners) for number, winners in won.items()})
    assert claims == right
    assert news == right
    helpers = {row["code"]: row["helpers"] for row in ask(url, "SELECT code, helpers FROM needs")}
    assert {number: helpers[number] for number in won} == dict(right)
