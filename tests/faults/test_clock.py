"""The machine's clock is an hour wrong, and then right again: nothing is stuck for an hour, nothing goes twice."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from hotline.engine.session import Prompt
from hotline.model.people import Volunteer
from hotline.storage import Transaction
from tests.faults.looping import Rounds, rounds
from tests.faults.texting import AWAKE_COMMUNITY, phones
from tests.figures import Figure, Figures, kind
from tests.web.line import post, sms
from tests.world import World, world

HOUR, SOON = 3600.0, 300
VOLUNTEERS = phones(3, 718)
NEWS = Prompt("hello.thanks")
Trouble = Callable[[World, Rounds], Awaitable[int]]


def _reached(place: World, number: str) -> int:
    return sum(text.to == number and text.direction == "outbound-api" for text in place.exchange.texts)


async def news_of_the_wrong_hour(place: World, worker: Rounds) -> int:
    """What was to be said at once is not said an hour later."""
    await place.hotline.store.run(lambda tx: tx.outbox.put(VOLUNTEERS[0], [NEWS], 0, 2, place.clock.now))
    place.clock.now -= HOUR
    await worker.pass_time(SOON, 30)
    return 1 - _reached(place, VOLUNTEERS[0])


async def a_need_of_the_wrong_hour(place: World, worker: Rounds) -> int:
    """The volunteers are asked now, not in an hour."""
    for body in ("food 11216", "two bags", "1"):
        await post(place, sms(body))
    place.clock.now -= HOUR
    await worker.pass_time(SOON, 30)
    return int(not any(_reached(place, phone) for phone in VOLUNTEERS))


async def newcomers_of_the_wrong_hour(place: World, worker: Rounds) -> int:
    """Whoever came in a whole wrong hour is no storm of this minute."""
    for at, phone in enumerate(phones(61)):
        await worker.tick(at % 2 * 60)
        await post(place, sms("food", From=phone))
    place.clock.now -= HOUR
    await worker.tick()
    _, answer = await post(place, sms("food", From="+13105552999"))
    return int("<Message>" not in answer)


async def a_sender_that_spent_all_in_the_wrong_hour(place: World, worker: Rounds) -> int:
    """A segment a second goes on being a segment a second."""
    place.hotline.outbound.texts._rate = 1.0

    def put(tx: Transaction) -> None:
        for phone in phones(40):
            tx.outbox.put(phone, [NEWS], 0, 2, place.clock.now - HOUR)

    await place.hotline.store.run(put)
    await worker.tick()
    place.clock.now -= HOUR
    await worker.pass_time(SOON, 30)
    return sum(1 for phone in phones(40) if not _reached(place, phone))


async def a_worker_that_died_in_the_wrong_hour(place: World, worker: Rounds) -> int:
    """What was in doubt is looked up soon."""
    await place.hotline.store.run(lambda tx: tx.outbox.put(VOLUNTEERS[0], [NEWS], 0, 2, place.clock.now))
    await place.hotline.store.run(place.hotline.outbound.texts.take)
    place.clock.now -= HOUR
    await worker.pass_time(SOON, 30)
    return 1 - _reached(place, VOLUNTEERS[0])


async def texts_that_came_while_it_was_away(place: World, worker: Rounds) -> int:
    """The carrier's list is looked through from the right hour on."""
    place.clock.now -= HOUR
    home, place.exchange.public_url = place.exchange.public_url, "http://127.0.0.1:1"
    await place.exchange.handset(VOLUNTEERS[0]).text("STATUS")
    place.exchange.public_url = home
    await worker.pass_time(SOON, 30)
    return 1 - _reached(place, VOLUNTEERS[0])


async def a_doubt_of_the_wrong_hour(place: World, worker: Rounds) -> int:
    """The carrier's clock is right, and what it took is found there all the same."""
    place.exchange.clock = lambda: place.clock.now - HOUR
    place.exchange.faults.next_send = ["500_after"]
    await place.hotline.store.run(lambda tx: tx.outbox.put(VOLUNTEERS[0], [NEWS], 0, 2, place.clock.now))
    await worker.pass_time(SOON, 30)
    place.exchange.faults.next_send = ["500_after"]
    await place.hotline.store.run(lambda tx: tx.outbox.put(VOLUNTEERS[1], [NEWS], 0, 2, place.clock.now))
    await worker.tick()
    place.clock.now -= HOUR
    place.exchange.clock = place.clock
    await worker.pass_time(SOON, 30)
    return 2 - _reached(place, VOLUNTEERS[0]) - _reached(place, VOLUNTEERS[1])


async def a_clock_that_goes_to_and_fro(place: World, worker: Rounds) -> int:
    """Each step finds something put off by the time before it."""
    for at, step in enumerate((-HOUR, HOUR, -HOUR, HOUR, -HOUR)):
        await place.hotline.store.run(
            lambda tx, phone: tx.outbox.put(phone, [NEWS], 0, 2, place.clock.now), phones(5, 646)[at]
        )
        place.exchange.faults.next_send = ["429"]
        await worker.tick()
        place.clock.now += step
        await worker.pass_time(SOON, 30)
    return sum(1 for phone in phones(5, 646) if not _reached(place, phone))


async def a_stop_while_it_was_wrong(place: World, worker: Rounds) -> int:
    """Nobody saw the step: the next start finds a beat that lies ahead."""
    place.exchange.faults.next_send = ["429"]
    await place.hotline.store.run(lambda tx: tx.outbox.put(VOLUNTEERS[0], [NEWS], 0, 2, place.clock.now))
    await worker.tick()
    place.clock.now -= HOUR
    await worker.start_anew()
    await worker.pass_time(SOON, 30)
    return 1 - _reached(place, VOLUNTEERS[0])


TROUBLES: tuple[Trouble, ...] = (
    news_of_the_wrong_hour,
    a_need_of_the_wrong_hour,
    newcomers_of_the_wrong_hour,
    a_sender_that_spent_all_in_the_wrong_hour,
    a_worker_that_died_in_the_wrong_hour,
    texts_that_came_while_it_was_away,
    a_doubt_of_the_wrong_hour,
    a_clock_that_goes_to_and_fro,
    a_stop_while_it_was_wrong,
)


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: str(trouble.__name__))
def test_after_an_hour_s_step_back(
    tmp_path: Path, database_url: str, trouble: Trouble, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    async def play() -> tuple[int, int]:
        async with world(tmp_path, AWAKE_COMMUNITY, database_url=database_url) as place:
            for phone in VOLUNTEERS:
                await place.add_volunteer(Volunteer(phone, "Volunteer", ("food",), ("north",), "en"))
            place.clock.now += HOUR
            async with rounds(place, monkeypatch) as worker:
                waits = await trouble(place, worker)
            went = Counter((text.to, text.body) for text in place.exchange.texts if text.direction == "outbound-api")
            return waits, went.total() - len(went)

    waits, doubled = asyncio.run(play())
    figures.note(Figure(f"clock back: {trouble.__name__.replace('_', ' ')}", kind(database_url), 1, waits, doubled))
    assert (waits, doubled) == (0, 0)


def test_an_evening_that_was_taken_for_night_is_used(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At half past eight a clock that says half past nine lets everybody sleep; once it is right, they are asked."""

    async def play() -> tuple[int, int]:
        async with world(tmp_path, database_url=database_url) as place:
            await place.add_volunteer(Volunteer(VOLUNTEERS[0], "Volunteer", ("food",), ("north",), "en"))
            place.clock.now += 9.5 * HOUR
            async with rounds(place, monkeypatch) as worker:
                for body in ("food 11216", "two bags", "1"):
                    await post(place, sms(body))
                await worker.pass_time(SOON, 30)
                at_night = _reached(place, VOLUNTEERS[0])
                place.clock.now -= HOUR
                await worker.pass_time(SOON, 30)
                return at_night, _reached(place, VOLUNTEERS[0])

    assert asyncio.run(play()) == (0, 1)


def test_an_hour_s_step_forward_sends_nothing_twice(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    """Every lease runs out at once while texts are under way."""

    async def play() -> Counter[str]:
        async with world(tmp_path, AWAKE_COMMUNITY, database_url=database_url) as place:
            place.exchange.faults.random = lambda: _jump(place)
            for phone in phones(20):
                await place.hotline.store.run(
                    lambda tx, phone: tx.outbox.put(phone, [NEWS], 0, 2, place.clock.now), phone
                )
            async with rounds(place, monkeypatch) as worker:
                await worker.pass_time(SOON, 30)
            return Counter(text.to for text in place.exchange.texts if text.direction == "outbound-api")

    went = asyncio.run(play())
    lost, doubled = 20 - len(went), went.total() - len(went)
    figures.note(Figure("clock forward while texts are under way", kind(database_url), 20, lost, doubled))
    assert (lost, doubled) == (0, 0)


def _jump(place: World) -> None:
    """At the first text that the carrier takes."""
    place.clock.now += HOUR
    place.exchange.faults.random = None
