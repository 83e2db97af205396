"""The hotline is down while people write. The carrier keeps their texts; all are answered soon after the start."""

import asyncio
import contextlib
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hotline.flows import dialog_manager
from tests.faults.conftest import Size
from tests.faults.texting import AWAKE_COMMUNITY, phones
from tests.figures import Figure, Figures, kind
from tests.storage.asking import ask
from tests.world import NOON, World, world

NOWHERE = "http://127.0.0.1:1"
SOON = 120  # seconds after the start
AWAY = 3600.0
POISON = "poison"


@dataclass
class Outcome:
    """Who wrote how often, who read how many answers in time, and how long the slowest waited after the start."""

    wrote: Counter[str]
    read: Counter[str]
    later: Counter[str]


@pytest.fixture(autouse=True)
def _one_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker's steady clock stands still but for the test's."""
    monkeypatch.setattr("hotline.worker.worker.time", SimpleNamespace(monotonic=lambda: _Steady.now))


class _Steady:
    now = NOON


async def _works(place: World, seconds: int) -> None:
    """As the worker does, second after second."""
    for _ in range(0, seconds, 5):
        await place.hotline.worker.reconcile_now_and_then()
        await place.settle()
        place.clock.now += 5
        _Steady.now = place.clock.now


async def _write_while_it_is_away(place: World, many: int, until_the_end: bool) -> Counter[str]:
    """An hour of texts; the last of them come as it starts, unless there is a silence before."""
    home, place.exchange.public_url = place.exchange.public_url, NOWHERE
    began, length = place.clock.now, AWAY if until_the_end else AWAY - 60
    wrote = Counter(dict.fromkeys(phones(many), 1))
    for at, phone in enumerate(wrote):
        place.clock.now = began + length * (at + 1) / many
        await place.exchange.handset(phone).text(random.choice(["food", "comida", "YES", "a ride please", "?"]))
    place.clock.now = began + AWAY
    place.exchange.public_url = home
    return wrote


def _read(place: World) -> Counter[str]:
    """The answers that each phone got: that it hears what follows from its first text, once."""
    return Counter(text.to for text in place.exchange.texts if text.direction.startswith("outbound"))


async def _go_away_and_come_back(folder: Path, url: str, many: int, until_the_end: bool) -> Outcome:
    async with world(folder, AWAKE_COMMUNITY, database_url=url) as place:
        await _works(place, 5)
        wrote = await _write_while_it_is_away(place, many, until_the_end)
        await place.restart()
        _Steady.now = place.clock.now
        await _works(place, SOON)
        read = _read(place)
        await _works(place, 600)
        return Outcome(wrote, read, _read(place))


@pytest.mark.first_on("sqlite")
@pytest.mark.parametrize("until_the_end", [False, True], ids=["a silence before the start", "up to the start"])
def test_whoever_wrote_while_it_was_away_is_answered_soon(
    tmp_path: Path, database_url: str, until_the_end: bool, size: Size, figures: Figures
) -> None:
    many = size(10 if until_the_end else 80, 500)
    outcome = asyncio.run(_go_away_and_come_back(tmp_path, database_url, many, until_the_end))
    late = sum(1 for phone in outcome.wrote if not outcome.read[phone])
    lost = sum(1 for phone in outcome.wrote if not outcome.later[phone])
    doubled = sum(outcome.later.values()) - len(outcome.later)
    what = "away for an hour, texts up to the start" if until_the_end else "away for an hour"
    figures.note(Figure(what, kind(database_url), many, lost, doubled, 0, f"{late} later than two minutes"))
    assert (lost, doubled, late) == (0, 0, 0)
    assert len(ask(database_url, "SELECT id FROM inbound")) == many


def test_more_texts_than_a_list_of_the_carrier_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    """A long list comes in pages; none of it may be left out, the oldest least of all."""
    monkeypatch.setattr("hotline.carriers.twilio.lists.PAGE", 20)
    many, url = 45, f"sqlite:///{tmp_path}/hotline.db"
    outcome = asyncio.run(_go_away_and_come_back(tmp_path, url, many, until_the_end=False))
    lost = sum(1 for phone in outcome.wrote if not outcome.later[phone])
    figures.note(Figure("away, more than a page of texts", "SQLite", many, lost))
    assert lost == 0


def test_one_text_that_cannot_be_answered_holds_up_none_that_was_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    _stumbles(monkeypatch)

    async def play() -> int:
        async with world(tmp_path, AWAKE_COMMUNITY) as place:
            await _works(place, 5)
            home, place.exchange.public_url = place.exchange.public_url, NOWHERE
            first, *others = phones(6)
            await place.exchange.handset(first).text(POISON)
            place.clock.now += 60
            for phone in others:
                await place.exchange.handset(phone).text("food")
            place.clock.now += 60
            place.exchange.public_url = home
            await place.restart()
            with contextlib.suppress(ZeroDivisionError):  # the worker's loop logs it and goes on
                await _works(place, SOON)
            return sum(1 for phone in others if not _read(place)[phone])

    lost = asyncio.run(play())
    figures.note(Figure("one poison text among those fetched", "SQLite", 5, lost))
    assert lost == 0
    assert len(ask(f"sqlite:///{tmp_path}/hotline.db", "SELECT id FROM flags WHERE why = 'stumbled'")) == 1


def _stumbles(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of ours: one text cannot be answered."""
    read = dialog_manager.read

    def stumbling(heard: Any, facts: Any) -> Any:
        if heard.words == POISON:
            raise ZeroDivisionError
        return read(heard, facts)

    monkeypatch.setattr(dialog_manager, "read", stumbling)


def test_a_webhook_that_comes_after_all_is_answered_with_nothing(tmp_path: Path, database_url: str) -> None:
    """The carrier may bring a text again that was fetched meanwhile."""

    async def play() -> None:
        async with world(tmp_path, AWAKE_COMMUNITY, database_url=database_url) as place:
            await _works(place, 5)
            ana = place.exchange.handset(*phones(1))
            home, place.exchange.public_url = place.exchange.public_url, NOWHERE
            await ana.text("food")
            place.exchange.public_url = home
            place.clock.now += 60
            await place.restart()
            await place.hotline.worker.reconcile()
            await place.settle()
            assert ana.last_webhook
            webhook = ana.last_webhook
            again = await place.exchange.post("/twilio/sms", webhook.params)
            assert again[0] == 200
            assert "<Message>" not in again[1]
            assert len(ana.inbox) == 1

    asyncio.run(play())
