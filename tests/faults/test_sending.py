"""A carrier that takes texts and does not say so, refuses them, talks nonsense: nothing is lost, hardly any doubled."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from hotline.engine.session import Prompt, Values
from hotline.settings import Settings
from hotline.simulator.exchange import Exchange
from hotline.simulator.gateway import PhoneGateway
from hotline.storage import Transaction
from tests.faults.conftest import Size
from tests.faults.texting import phones
from tests.figures import Figure, Figures, kind
from tests.storage.asking import ask
from tests.world import NUMBER, World, world

PATIENCE = 0.15  # seconds that the carrier gets to answer
SHARES = {"timeout_after": 0.30, "500_before": 0.10, "500_after": 0.10, "429": 0.05, "garbage": 0.01}
HOUR = 3600.0
ROSA = "+12125550199"  # she reads an alarm when the day has cost much


def trouble(dice: random.Random) -> str:
    """What goes wrong with a request, or nothing."""
    kinds = [*SHARES, ""]
    return dice.choices(kinds, [*SHARES.values(), 1 - sum(SHARES.values())])[0]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Carriers are waited for only so long."""
    from hotline.carriers.android.client import PhoneCarrier, PhoneClient
    from hotline.carriers.twilio.client import TwilioCarrier

    def carrier(settings: Settings, country: str) -> TwilioCarrier:
        return TwilioCarrier(
            settings.twilio_account_sid,
            settings.twilio_auth_token,
            number=NUMBER,
            service="",
            api_url=settings.twilio_api_url,
            status_url=f"{settings.public_url}/twilio/status",
            seconds=PATIENCE,
        )

    def phone(settings: Settings, clock: Callable[[], float]) -> PhoneCarrier:
        client = PhoneClient(settings.android_url, settings.android_user, settings.android_password, PATIENCE)
        return PhoneCarrier(client, clock)

    monkeypatch.setattr("hotline.carriers.twilio.provider._carrier", carrier)
    monkeypatch.setattr("hotline.carriers.android.provider._carrier", phone)


@pytest.mark.first_on("postgres")
@pytest.mark.usefixtures("impatient")
def test_sends_to_a_carrier_that_fails_in_every_way(
    tmp_path: Path, database_url: str, size: Size, figures: Figures
) -> None:
    many = size(50, 5000)

    async def play() -> Counter[tuple[str, str]]:
        async with world(tmp_path, database_url=database_url) as place:
            dice = random.Random(7)
            place.exchange.faults.random = lambda: trouble(dice)
            await place.hotline.store.run(_put, many, place.clock.now)
            await _until_sent(place)
            return _arrived(place.exchange)

    _judge("30% unsaid, 20% 5xx, 5% 429, 1% garbage", asyncio.run(play()), many, database_url, figures)


PHONE_SHARES = {"dead_before": 0.10, "dead_after": 0.15, "late": 0.15, "500_before": 0.05, "500_after": 0.05}
PHONE_SHARES |= {"garbage": 0.02}


def dies(dice: random.Random) -> str:
    """What goes wrong at a phone, or nothing."""
    kinds = [*PHONE_SHARES, ""]
    return dice.choices(kinds, [*PHONE_SHARES.values(), 1 - sum(PHONE_SHARES.values())])[0]


@pytest.mark.first_on("sqlite")
@pytest.mark.usefixtures("impatient")
def test_sends_through_a_phone_that_dies_repeats_and_answers_late(
    tmp_path: Path, database_url: str, size: Size, figures: Figures
) -> None:
    """It brings each report three times. Everything goes under an id of ours, so that no try is one too many."""
    many = size(40, 1000)

    async def play() -> Counter[tuple[str, str]]:
        async with world(tmp_path, database_url=database_url, carrier="android", segments_per_day=10_000) as place:
            phone, dice = place.exchange, random.Random(7)
            assert isinstance(phone, PhoneGateway)
            phone.trouble.random, phone.trouble.late_by, phone.trouble.copies = (lambda: dies(dice)), 3 * PATIENCE, 2
            await place.hotline.store.run(_put, many, place.clock.now)
            await _until_sent(place)
            return _arrived(phone)

    _judge("a phone: half of all goes wrong", asyncio.run(play()), many, database_url, figures)


def _arrived(exchange: Exchange) -> Counter[tuple[str, str]]:
    """How often each person got each text of ours; not what the coordinator reads of it."""
    ours = [text for text in exchange.texts if text.direction == "outbound-api" and text.to != ROSA]
    return Counter((text.to, text.body) for text in ours)


def _judge(what: str, arrived: Counter[tuple[str, str]], many: int, database_url: str, figures: Figures) -> None:
    """None of them is lost, next to none doubled, and all are known to have gone."""
    rows = ask(database_url, f"SELECT status, COUNT(*) AS many FROM outbox WHERE party <> '{ROSA}' GROUP BY status")
    lost, doubled = many - len(arrived), arrived.total() - len(arrived)
    states = ", ".join(f"{row['many']} {row['status']}" for row in rows)
    figures.note(Figure(what, kind(database_url), many, lost, doubled, 0, states))
    assert lost == 0
    assert doubled <= many / 1000
    assert {row["status"]: row["many"] for row in rows} == {"sent": many}


def _put(tx: Transaction, many: int, now: float) -> None:
    """Two texts for each person, each with words of its own."""
    for at, phone in enumerate(phones((many + 1) // 2) * 2):
        if at < many:
            values: Values = {"number": str(1000 + at), "what": ("food",), "name": "Ben"}
            tx.outbox.put(phone, [Prompt("news.taken", values=values)], 0, 2, now)


async def _until_sent(place: World) -> None:
    """At most a day, an hour at a time."""
    for _ in range(24):
        await place.pass_time(HOUR)
        if await place.hotline.store.run(lambda tx: tx.outbox.next_due()) is None:
            return
