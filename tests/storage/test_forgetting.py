"""Forgetting one person: after it, nothing of them is found, in no table, no sound, not at the carrier; others stay.

Ana asks by text and by phone, Ben helps, Rosa coordinates. Then Ana is forgotten, and everything is searched.
"""

import asyncio
import re
from pathlib import Path
from typing import cast

from hotline.carriers.api import Carrier, Kept
from hotline.community.reading import load
from hotline.inbound import admission
from hotline.inbound.call_ended import EndedCalls
from hotline.model.calendar import DAY
from hotline.model.personal_data import Erased, PersonalData
from hotline.outbound import suppression
from hotline.outbound.budget import Budget, DailyLimits
from hotline.outbound.call_queue import CallQueue
from hotline.storage import Store, Transaction, lists
from hotline.storage.audio import Places
from hotline.worker.forgetting import Eraser
from tests.faults.database import dump
from tests.storage import asking as storage
from tests.storage.asking import NOW, keep, with_store
from tests.transcript import Cast
from tests.world import World, world

ANA, ROSA = "+12125550110", "+12125550199"
SECRET = "a long random word of the tests"
WORDS = ("seventh floor", "broken lift", "yellow umbrella", "purple parrot")
LIFE = (
    "-- Ben gives food, ride in north",
    "Ana texts: food 11216",
    "Ana texts: seventh floor, broken lift, ask for Anastasia",
    "Ana texts: 1",
    "Ben texts: YES",
    "Ana texts: I have a yellow umbrella",
    "Ben texts: I come at 5",
    "Ana texts: 0",
    "Ana texts: the purple parrot is not well",
    "Rosa texts: 101",
    "Rosa texts: SAY 101 Hello Anastasia, who looks after the purple parrot?",
    "Ana calls",
    "Ana presses: 4",
    "Ana says: my purple parrot is blue",
    "Ana hangs up",
    "Cho texts: food 11216",
    "Cho texts: two bags of rice",
    "Cho texts: 1",
)


async def lived(place: World) -> Cast:
    cast = Cast(place)
    cast.phone("Ana")
    for line in LIFE:
        await cast.do(line)
    await place.hotline.store.run(lambda tx: tx.people.introduce(ANA, "Anastasia", "en", place.clock.now))
    return cast


async def forgotten(place: World, phone: str = ANA) -> Erased:
    hotline = place.hotline
    eraser = Eraser(
        hotline.store,
        hotline.carrier,
        hotline.places,
        hotline.catalogue.community,
        suppression.marks(SECRET),
        place.clock,
    )
    return await eraser.forget(phone)


def everywhere(place: World) -> str:
    """The whole database, everything that lies in the folder, and all that the carrier keeps."""
    exchange = place.exchange
    carrier = "\n".join(map(str, (*exchange.texts, *exchange.calls, *exchange.recordings.values())))
    return f"{dump(place.settings.database_url)}\n{carrier}"


NUMBER = r"2125550110|212[\s()-]{0,3}555[\s-]{0,2}0110|2 1 2[\s,.]*5 5 5[\s,.]*0 1 1 0"


def found(text: str) -> list[str]:
    """Where something of Ana stands, with what stands around it."""
    return [
        f"{match[0].casefold()}: {text[max(0, match.start() - 80) : match.end() + 40]}"
        for match in re.finditer(rf"{'|'.join((*WORDS, 'anastasia'))}|{NUMBER}", text, re.IGNORECASE)
    ]


def test_nothing_is_found_of_somebody_who_is_forgotten(tmp_path: Path, database_url: str) -> None:
    async def play() -> None:
        async with world(tmp_path, database_url=database_url) as place:
            await lived(place)
            before = {each.partition(":")[0] for each in found(everywhere(place))}
            assert {*WORDS, "anastasia", ANA[2:]} <= before
            told = await forgotten(place)
            assert told.left == []
            assert told.counts["recordings"] >= 1
            assert found(everywhere(place)) == []
            assert "two bags of rice" in everywhere(place), "others stay"

    asyncio.run(play())
    assert [path for path in tmp_path.rglob("words/*") if path.is_file()] == []
    if database_url.startswith("sqlite"):
        assert found((tmp_path / "hotline.db").read_bytes().decode("latin-1")) == [], "not even between the rows"


def opted_out(tx: Transaction) -> None:
    """Ana texted once, then ended our texts; Ben was blocked."""
    for phone in (storage.ANA, storage.BEN):
        keep(tx, tx.people.get(phone, NOW).session)
        tx.inbound.receive(f"SM{phone[-1]}", phone, "text", "stop texting me please", "Body=stop", NOW)
        tx.inbound.give_answer(f"SM{phone[-1]}", "<Response/>")
    tx.people.opt_out(storage.ANA, NOW)
    tx.people.block(storage.BEN, True, NOW)


def of_the_demo(store: Store) -> Eraser:
    community = load(Path("hotline/demo.toml"), ("en", "es"))
    nobody = cast(Carrier, Nobody())
    return Eraser(store, nobody, cast(Places, None), community, suppression.marks(SECRET), lambda: NOW + 1)


class Nobody:
    """A carrier that keeps nothing."""

    async def texts_with(self, phone: str) -> list[Kept]:
        return []

    calls_with = texts_with


def test_who_ended_our_texts_or_was_blocked_is_left_alone_by_a_hash(database_url: str) -> None:
    made = suppression.marks(SECRET)

    async def work(store: Store) -> None:
        await store.run(opted_out)
        for phone in (storage.ANA, storage.BEN):
            await of_the_demo(store).forget(phone)
            assert phone[2:] not in str(dump(database_url))
        assert await store.run(suppression.why, made, storage.ANA) == suppression.OPTED_OUT
        assert await store.run(suppression.why, made, storage.BEN) == suppression.BLOCKED
        assert await store.run(suppression.why, made, storage.CHO) == ""
        assert await store.run(suppression.why, suppression.marks("another secret"), storage.ANA) == ""
        # They write again: one wants to hear from us now, the other is blocked as before.
        assert not (await store.run(admission.who, storage.ANA, made, NOW)).blocked
        assert (await store.run(admission.who, storage.BEN, made, NOW)).blocked
        assert await store.run(suppression.why, made, storage.ANA) == ""
        assert await store.run(suppression.why, made, storage.BEN) == suppression.BLOCKED

    with_store(database_url, work)


def test_a_repeat_of_what_is_forgotten_changes_nothing(database_url: str) -> None:
    def again(tx: Transaction) -> tuple[bool, str, bool]:
        new = tx.inbound.receive("SM1", storage.ANA, "text", "stop", "Body=stop", NOW + DAY)
        return new, tx.inbound.answer_given("SM1"), tx.inbound.is_known("SM1")

    async def work(store: Store) -> None:
        await store.run(opted_out)
        await of_the_demo(store).forget(storage.ANA)
        assert await store.run(again) == (False, "", True)

    with_store(database_url, work)
    assert "SM1" not in str(dump(database_url))


def test_a_call_that_is_told_to_be_over_once_more_brings_nobody_back(database_url: str) -> None:
    def told(tx: Transaction) -> None:
        community = load(Path("hotline/demo.toml"), ("en", "es"))
        budget = Budget(community, DailyLimits(), lambda: NOW)
        EndedCalls(CallQueue(community, lambda: NOW), budget, "US", lambda: NOW).ended(
            tx, "CA1", 0, storage.ANA, "completed", 60
        )

    async def work(store: Store) -> None:
        await store.run(told)
        await of_the_demo(store).forget(storage.ANA)
        await store.run(told)

    with_store(database_url, work)
    assert storage.ANA not in str(dump(database_url))


def test_what_is_kept_is_shown_to_whoever_asks(database_url: str) -> None:
    async def work(store: Store) -> PersonalData:
        await store.run(opted_out)
        return await lists.personal_data(store, storage.ANA)

    data = with_store(database_url, work)
    page = data.in_words(storage.ANA, lambda at: f"{at:.0f}")
    assert "you ended our texts" in page
    assert "a text of yours, or a step of a call: stop texting me please" in page
    assert storage.BEN not in page
    assert data.counts == [("who you are to us", 1), ("a text of yours, or a step of a call", 1)]
