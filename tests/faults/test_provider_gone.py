"""The carrier does not answer for an hour: everything waits, and then everything goes, once."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from hotline.engine.session import Prompt, Values
from hotline.storage import Transaction
from tests.faults.texting import AWAKE_COMMUNITY, phones
from tests.figures import Figure, Figures, kind
from tests.storage.asking import ask
from tests.web.line import post, sms
from tests.world import World, world

GONE, AFTERWARDS = 3600.0, 1200.0
MANY = 6


def _refuse(place: World, gone: bool) -> None:
    """Nobody listens at its address."""
    api: Any = place.hotline.carrier
    api._client.api.base_url = "http://127.0.0.1:1" if gone else place.settings.twilio_api_url


def _break(place: World, gone: bool) -> None:
    """It answers everything that is to be sent with 500, and takes nothing."""
    place.exchange.faults.random = (lambda: "500_before") if gone else None


def _turn_away(place: World, gone: bool) -> None:
    """Too many requests, all the time."""
    place.exchange.faults.random = (lambda: "429") if gone else None


HOW = {"refuses connections": _refuse, "answers 500": _break, "answers 429": _turn_away}


@pytest.mark.parametrize("how", HOW)
def test_an_hour_without_the_carrier_loses_nothing(
    tmp_path: Path, database_url: str, how: str, figures: Figures
) -> None:
    asyncio.run(_an_hour(tmp_path, database_url, how, figures))


async def _an_hour(folder: Path, url: str, how: str, figures: Figures) -> None:
    async with world(folder, AWAKE_COMMUNITY, database_url=url) as place:
        HOW[how](place, True)
        await place.hotline.store.run(_put, place.clock.now)
        await place.pass_time(GONE / 2)
        code, answer = await post(place, sms("food 11216"))
        assert code == 200
        assert "<Message>" in answer, "who writes meanwhile is answered all the same"
        await place.pass_time(GONE / 2)
        HOW[how](place, False)
        await place.pass_time(AFTERWARDS)
        went = Counter((text.to, text.body) for text in place.exchange.texts if text.direction == "outbound-api")
    rows = ask(url, "SELECT status, reason FROM outbox")
    lost = sum(row["status"] != "sent" for row in rows)
    doubled = went.total() - len(went)
    why = Counter(f"{row['status']}: {row['reason']}" for row in rows if row["status"] != "sent")
    note = ", ".join(f"{many} {reason}" for reason, many in why.items())
    figures.note(Figure(f"carrier gone an hour, {how}", kind(url), MANY, lost, doubled, 0, note))
    assert (lost, doubled) == (0, 0), note


def _put(tx: Transaction, now: float) -> None:
    for at, phone in enumerate(phones(MANY)):
        values: Values = {"number": str(101 + at), "what": ("food",), "name": "Ben"}
        tx.outbox.put(phone, [Prompt("news.taken", values=values)], 0, 2, now)
