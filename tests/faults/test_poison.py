"""One message, one need, one row that nothing can be done with: it is set aside, and nobody else waits for it."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hotline.dispatch import waves as dispatch_waves
from hotline.engine.session import Prompt
from hotline.flows import dialog_manager
from hotline.model.people import Volunteer
from hotline.storage import Transaction
from hotline.worker import waves
from tests.faults.database import change
from tests.faults.looping import rounds
from tests.faults.texting import AWAKE, Wire, phones, wire, wording
from tests.figures import Figure, Figures, kind
from tests.storage.asking import ask
from tests.world import COMMUNITY, World, world

POISON = "poison"
NEWS = Prompt("hello.thanks")
BEN, CHO = phones(2, 718)
Raises = type("Raises", (Exception,), {})


async def _need(line: Wire, neighbor: str) -> None:
    for at, words in enumerate(("food 11216", "two bags", "1")):
        await line.text(f"SM{neighbor}{at}", neighbor, words)


def _reached(place: World, number: str) -> int:
    return sum(text.to == number and text.direction == "outbound-api" for text in place.exchange.texts)


def test_a_text_that_nobody_can_answer(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    """A mistake of ours in one turn: its words are kept and shown, those beside it are answered."""
    read = dialog_manager.read

    def stumbling(heard: Any, facts: Any) -> Any:
        if heard.words == POISON:
            raise Raises
        return read(heard, facts)

    monkeypatch.setattr(dialog_manager, "read", stumbling)

    async def play() -> list[str]:
        async with world(tmp_path, database_url=database_url) as place, wire(place.exchange.public_url) as line:
            said = [(phone, POISON if at == 5 else "food") for at, phone in enumerate(phones(20))]
            return list(await asyncio.gather(*(line.text(f"SM{phone}", phone, words) for phone, words in said)))

    answers = asyncio.run(play())
    aside = [wording("hello.set_aside") in answer for answer in answers]
    false = sum(aside) - 1 + sum("<Message>" not in answer for answer in answers)
    kept = ask(database_url, "SELECT words FROM inbound")
    figures.note(Figure("one poison text among 20", kind(database_url), 20, 20 - len(kept), 0, false))
    assert aside[5]
    assert false == 0
    assert len(kept) == 20
    assert [row["words"] for row in ask(database_url, "SELECT words FROM flags WHERE why = 'stumbled'")] == [POISON]


def test_a_need_that_no_wave_can_be_made_for(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    """The next need is looked at all the same, and what waits to be sent is sent."""
    plan, (ana, eva) = dispatch_waves.plan, phones(2)

    def stumbling(need: Any, *others: Any) -> Any:
        if need.neighbor == ana:
            raise Raises
        return plan(need, *others)

    monkeypatch.setattr(dispatch_waves, "plan", stumbling)

    async def play() -> tuple[int, int]:
        async with world(tmp_path, COMMUNITY + AWAKE, database_url=database_url) as place:
            await place.add_volunteer(Volunteer(BEN, "Ben", ("food",), ("north",), "en"))
            async with wire(place.exchange.public_url) as line, rounds(place, monkeypatch) as worker:
                await _need(line, ana)
                await _need(line, eva)
                await place.hotline.store.run(lambda tx: tx.outbox.put(CHO, [NEWS], 0, 2, place.clock.now))
                await worker.pass_time(120, 30)
            return 1 - _reached(place, CHO), int(not _reached(place, BEN))

    unsent, unasked = asyncio.run(play())
    note = f"{unsent} news not sent, {unasked} need not asked about"
    figures.note(Figure("one poison need", kind(database_url), 2, unsent + unasked, 0, 0, note))
    assert (unsent, unasked) == (0, 0)


@pytest.mark.parametrize("what", ["a wording that is gone", "a prompt that cannot be read"])
def test_a_row_of_the_outbox_that_has_no_words(
    tmp_path: Path, database_url: str, what: str, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    async def play() -> int:
        async with world(tmp_path, database_url=database_url) as place:

            def put(tx: Transaction) -> None:
                tx.outbox.put(BEN, [Prompt("gone.away")], 0, 1, place.clock.now)
                tx.outbox.put(CHO, [NEWS], 0, 2, place.clock.now)

            await place.hotline.store.run(put)
            if what == "a prompt that cannot be read":
                change(database_url, f"UPDATE outbox SET prompt = '{{' WHERE party = '{BEN}'")
            async with rounds(place, monkeypatch) as worker:
                await worker.pass_time(600, 60)
            return 1 - _reached(place, CHO)

    lost = asyncio.run(play())
    figures.note(Figure(f"one poison row: {what}", kind(database_url), 2, lost))
    assert lost == 0
    (row,) = ask(database_url, f"SELECT status FROM outbox WHERE party = '{BEN}'")
    assert row["status"] == "failed", "a dead letter is shown"


@pytest.mark.first_on("sqlite")
def test_answers_do_not_wait_for_many_waves(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    """In the morning many needs are due at once, and more come all the time."""
    many, waves_before = 30, [0]
    look = waves.WaveSender._look_at_one

    def counted(self: waves.WaveSender, tx: Transaction) -> bool:
        waves_before[0] += 1
        return look(self, tx)

    monkeypatch.setattr(waves.WaveSender, "_look_at_one", counted)

    async def play() -> int:
        async with world(tmp_path, COMMUNITY + AWAKE, database_url=database_url) as place:
            place.settings = replace(place.settings, new_numbers_per_minute=60000)
            await place.restart()
            async with wire(place.exchange.public_url) as line:
                await asyncio.gather(*(_need(line, phone) for phone in phones(many)))
            await place.hotline.store.run(lambda tx: tx.outbox.put(CHO, [NEWS], 0, 1, place.clock.now))
            work = asyncio.create_task(place.hotline.worker.work_off())
            while not _reached(place, CHO):  # noqa: ASYNC110 - the exchange has no event for it
                await asyncio.sleep(0)
            before = waves_before[0]
            await work
            return before

    before = asyncio.run(play())
    note = f"{before} waves before the answer left"
    figures.note(Figure("needs due at once", kind(database_url), many, int(before > many / 2), 0, 0, note))
    assert before <= many / 2
