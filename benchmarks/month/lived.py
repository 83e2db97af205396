"""One month from its beginning to its end: the hotline is opened, lived with, asked what is on record, and closed."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.month import checks
from benchmarks.month.beginnings import drawn
from benchmarks.month.heard import listening_in
from benchmarks.month.living import Line, Month
from benchmarks.month.people import Neighbor, settle
from benchmarks.month.planned import Planned
from hotline.demo.cast import enroll
from hotline.model.people import Volunteer
from hotline.simulator.traffic import Call, Message
from hotline.storage import Transaction
from tests.world import World, world

COMMUNITY = Path(__file__).with_name("community.toml")
NO_LIMITS: dict[str, Any] = {"segments_per_day": 20_000, "texts_per_hour": 60, "new_numbers_per_minute": 1000}


@dataclass(frozen=True)
class Size:
    people: int
    days: int


@dataclass(frozen=True)
class Found:
    """What came of it. `wrong` has a sentence for each thing that must never be; `record` are figures of the record."""

    size: Size
    seed: int
    people: list[Neighbor]
    lines: list[Line]
    texts: list[Message]
    calls: list[Call]
    record: dict[str, int]
    wrong: list[str]


async def lived(folder: Path, size: Size, seed: int) -> Found:
    """The same seed gives the same month."""
    people = settle(size.people, Random(f"people {seed}"))
    planned = Planned(people, size.days)
    by_chance = drawn(people, size.days, Random(f"beginnings {seed}"), planned.cast)
    with listening_in() as ear, complaints() as logged:
        async with world(folder, COMMUNITY.read_text("utf-8"), **NO_LIMITS) as place:
            await _volunteers(place, people)
            month = Month(place, people, ear, Random(f"answers {seed}"))
            month.begin(sorted((*by_chance, *planned.all()), key=lambda each: each.at))
            await month.live(size.days)
            with closing(sqlite3.connect(folder / "hotline.db")) as base:
                base.row_factory = sqlite3.Row
                wrong = [*logged, *checks.all_of(base, month)]
                record = checks.figures(base)
            return Found(size, seed, people, month.lines, place.exchange.texts, place.exchange.calls, record, wrong)


async def _volunteers(place: World, people: list[Neighbor]) -> None:
    def enrolled(tx: Transaction) -> None:
        for who in people:
            if who.gives:
                told = Volunteer(who.number, who.name, who.gives, (who.area,), who.language, "active")
                enroll(tx, told, place.clock.now)

    await place.hotline.store.run(enrolled)


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info or record.levelno >= logging.ERROR:
            what = f" ({record.exc_info[1]!r})" if record.exc_info else ""
            self.said.append(f"logged: {record.getMessage()}{what}")


@contextmanager
def complaints() -> Iterator[list[str]]:
    """Whatever goes wrong inside is said in the log."""
    handler = _Complaints()
    logging.getLogger("hotline").addHandler(handler)
    try:
        yield handler.said
    finally:
        logging.getLogger("hotline").removeHandler(handler)
