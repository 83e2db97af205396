"""The carrier's answers make no sense: what was sent is looked up, tried again or held, never taken for sent."""

import asyncio
import time
from collections import Counter
from pathlib import Path

import pytest
from aiohttp import ClientSession

from hotline.engine.session import Prompt, Values
from hotline.storage import Transaction
from tests.faults.nonsense import ODDITIES, Oddity, odd_provider, only_texts, told
from tests.faults.texting import AWAKE_COMMUNITY, phones, wording
from tests.figures import Figure, Figures, kind
from tests.storage.asking import ask
from tests.world import World, world

MANY, ODD = 6, 3
ROSA = "+12125550199"


def news(tx: Transaction, people: list[str], now: float) -> None:
    for at, phone in enumerate(people):
        values: Values = {"number": str(101 + at), "what": ("food",), "name": "Ben"}
        tx.outbox.put(phone, [Prompt("news.taken", values=values)], 0, 2, now)


def arrived(place: World) -> Counter[str]:
    ours = [text for text in place.exchange.texts if text.direction == "outbound-api" and text.to != ROSA]
    return Counter(text.to for text in ours)


@pytest.mark.parametrize("what", ODDITIES)
def test_no_odd_answer_loses_or_doubles_a_text(tmp_path: Path, database_url: str, what: str, figures: Figures) -> None:
    oddity, people = ODDITIES[what], phones(MANY)

    async def play() -> tuple[Counter[str], int]:
        async with world(tmp_path, AWAKE_COMMUNITY, database_url=database_url) as place, odd_provider(place) as odd:
            odd.odd = only_texts(oddity, MANY if oddity.held else ODD)
            await place.hotline.store.run(news, people, place.clock.now)
            await place.hotline.worker.work_off()
            taken = await place.hotline.store.run(lambda tx: len(tx.outbox.known_sids(["SM1", "None", "17"])))
            held = await place.hotline.store.run(lambda tx: tx.senders.is_held("texts"))
            assert held == oddity.held
            await place.pass_time(2 * 3600.0)
            return arrived(place), taken

    went, false = asyncio.run(play())
    rows = ask(database_url, f"SELECT status, reason FROM outbox WHERE party <> '{ROSA}'")
    lost, doubled = sum(row["status"] != "sent" for row in rows), went.total() - len(went)
    lost = max(lost, MANY - len(went))
    figures.note(Figure(f"provider: {what}", kind(database_url), MANY, lost, doubled, false))
    assert (lost, doubled, false) == (0, 0, 0)


def test_there_are_28_of_them() -> None:
    assert len(ODDITIES) == 28


@pytest.mark.parametrize(("after", "seconds"), [("300", 300), ("1e9", 3600), ("-5", 0), ("soon", 0), ("nan", 0)])
def test_the_carrier_is_left_alone_as_long_as_it_says(tmp_path: Path, after: str, seconds: int) -> None:
    """All texts, not only the one that it refused; what makes no sense is passed over, and nobody waits for days."""

    async def play() -> None:
        async with world(tmp_path, AWAKE_COMMUNITY) as place, odd_provider(place) as odd:
            odd.odd = only_texts(Oddity(told("429 Too Many", f"Retry-After: {after}"), taken=False), 1)
            await place.hotline.store.run(news, phones(1), place.clock.now)
            await place.settle()
            await place.hotline.store.run(news, phones(1, 718), place.clock.now)
            began = place.clock.now
            while len(arrived(place)) < 2 and place.clock.now < began + 7200:
                place.clock.now += 10
                await place.settle()
                if place.clock.now < began + seconds:
                    assert not arrived(place)
            assert place.clock.now <= began + seconds + 20

    asyncio.run(play())


def test_many_answers_without_sense_are_told_and_it_is_told_once(tmp_path: Path, figures: Figures) -> None:
    async def play() -> None:
        async with world(tmp_path, AWAKE_COMMUNITY) as place, odd_provider(place) as odd:
            odd.odd = only_texts(ODDITIES["200 and a page"], 20)
            rosa = place.exchange.handset(ROSA, "Rosa")
            await place.hotline.store.run(news, phones(12), place.clock.now)
            await place.hotline.worker.work_off()
            assert "make no sense" in str(await _ready(place))
            await place.pass_time(3600)
            told = [text.body for text in rosa.inbox]
            assert sum(wording("news.no_clear_answer") in body for body in told) == 1
            assert (await _ready(place))["sender"] == "ok"
            assert arrived(place).total() == len(arrived(place)) == 12

    asyncio.run(play())
    (flag,) = ask(f"sqlite:///{tmp_path}/hotline.db", "SELECT * FROM flags WHERE why = 'no_clear_answer'")
    assert flag["settled_at"]
    figures.note(Figure("provider: many answers without sense", "SQLite", 12, note="told once"))


async def _ready(place: World) -> dict[str, str]:
    place.clock.now += 1  # what was looked at within a second is not looked at again
    async with ClientSession() as session, session.get(f"{place.settings.public_url}/ready") as answer:
        return dict(await answer.json())


LISTS: dict[str, bytes] = {
    "no list": told("200 OK", code=1),
    "words for a list": told("200 OK", messages="none", calls="none"),
    "a list of nothings": told("200 OK", messages=[None, 3, {}], calls=[[]]),
    "a page": ODDITIES["200 and a page"].answer,
    "50 MB": ODDITIES["200 and 50 MB"].answer,
}


@pytest.mark.parametrize("what", LISTS)
def test_a_list_without_sense_proves_nothing(tmp_path: Path, what: str, figures: Figures) -> None:
    """A text that is in doubt is not sent again because a list that is none does not have it."""
    bad = Oddity(LISTS[what], taken=False)

    async def play() -> Counter[str]:
        async with world(tmp_path, AWAKE_COMMUNITY) as place, odd_provider(place) as odd:
            first = only_texts(ODDITIES["502 and a page"], ODD)
            odd.odd = lambda method, target: bad if method == "GET" else first(method, target)
            await place.hotline.store.run(news, phones(ODD), place.clock.now)
            for _ in range(30):
                place.clock.now += 61
                await place.hotline.worker.work_off()
                await place.hotline.worker.reconcile()
            assert arrived(place).total() == ODD
            odd.odd = lambda method, target: None
            await place.pass_time(600)
            return arrived(place)

    went = asyncio.run(play())
    rows = ask(f"sqlite:///{tmp_path}/hotline.db", f"SELECT status FROM outbox WHERE party <> '{ROSA}'")
    lost, doubled = sum(row["status"] != "sent" for row in rows), went.total() - ODD
    figures.note(Figure(f"provider's list: {what}", "SQLite", ODD, lost, doubled))
    assert (lost, doubled) == (0, 0)


def _endless(target: str) -> Oddity:
    return Oddity(told("200 OK", messages=[], calls=[], next_page_uri=target), taken=False)


def _elsewhere(_: str) -> Oddity:
    return Oddity(told("200 OK", messages=[], calls=[], next_page_uri="https://evil.example/"), taken=False)


def _always_another(target: str) -> Oddity:
    return Oddity(told("200 OK", messages=[], calls=[], next_page_uri=f"{target.split('?')[0]}?{time.time()}"), False)


@pytest.mark.parametrize("how", ["slow", "in circles", "without end", "elsewhere"])
def test_slow_lists_hold_up_no_news(
    tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    """The worker runs as it does in earnest; each list takes ten seconds, or never ends."""
    monkeypatch.setattr("hotline.worker.worker.RECONCILE_EVERY", 0.2)
    lists = {"in circles": _endless, "without end": _always_another, "elsewhere": _elsewhere}
    waits: list[float] = []

    async def play() -> None:
        from hotline.app import working

        async with world(tmp_path, AWAKE_COMMUNITY) as place, odd_provider(place) as odd:
            if how == "slow":
                odd.slow = lambda method, target: 10.0 * (method == "GET")
            else:
                odd.odd = lambda method, target: lists[how](target) if method == "GET" else None
            place.exchange.faults.next_send = ["500_after"]
            place.clock.now -= 3600
            await place.hotline.store.run(news, phones(3, 718), place.clock.now)
            await place.hotline.worker.work_off() if how != "slow" else None
            place.clock.now += 3600
            async with working(place.hotline.worker):
                for phone in phones(5):
                    began = time.monotonic()
                    await place.hotline.store.run(news, [phone], place.clock.now)
                    while not arrived(place)[phone]:
                        await asyncio.sleep(0.01)
                        assert time.monotonic() < began + 10
                    waits.append(time.monotonic() - began)
                    await asyncio.sleep(0.3)

    asyncio.run(play())
    figures.note(Figure(f"provider's lists {how}", "SQLite", 5, note=f"news after {max(waits):.2f} s at the latest"))
    assert max(waits) < 2.0


def test_an_id_that_belongs_to_another_text_is_none(tmp_path: Path) -> None:
    """A proxy that answers from its memory."""

    async def play() -> None:
        async with world(tmp_path, AWAKE_COMMUNITY) as place, odd_provider(place) as odd:
            await place.hotline.store.run(news, phones(1), place.clock.now)
            await place.settle()
            (first,) = [text.sid for text in place.exchange.texts]
            odd.odd = only_texts(Oddity(told("201 Created", sid=first, status="queued"), taken=False), 1)
            await place.hotline.store.run(news, phones(1, 718), place.clock.now)
            await place.pass_time(600)
            assert arrived(place) == Counter([*phones(1), *phones(1, 718)])

    asyncio.run(play())
