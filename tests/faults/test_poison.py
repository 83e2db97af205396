"""One message, one need, one row that nothing can be done with: it is set aside, and nobody else waits for it."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hotline.dispatch import waves as dispatch_waves
from hotline.engine.session import Prompt
from hotline.flows import dialog_manager
from hotline.model.calendar import DAY
from hotline.model.due import Kind
from hotline.model.people import Volunteer
from hotline.outbound.call_queue import CallQueue
from hotline.outbound.outbox import TextQueue
from hotline.storage import Transaction
from hotline.worker import waves
from hotline.worker.dangers import DangerWorker
from hotline.worker.escalations import EscalationWorker
from hotline.worker.follow_ups import FollowUpWorker
from hotline.worker.poison_rows import SET_ASIDE_FOR
from tests.faults.database import change
from tests.faults.looping import rounds
from tests.faults.texting import AWAKE_COMMUNITY, Wire, phones, wire, wording
from tests.figures import Figure, Figures, kind
from tests.storage.asking import ask
from tests.world import World, world

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
        async with world(tmp_path, AWAKE_COMMUNITY, database_url=database_url) as place:
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


CHORES = {
    Kind.DANGER: (DangerWorker, "_look"),
    Kind.PERSON: (EscalationWorker, "_ring"),
    Kind.WAVE: (waves.WaveSender, "_look_at_one"),
    Kind.FOLLOW_UP: (FollowUpWorker, "_check"),
    Kind.NEXT_WEEK: (FollowUpWorker, "_make_next_weeks"),
    Kind.DOUBT: (FollowUpWorker, "_look_at_doubt"),
    Kind.STOP: (FollowUpWorker, "_look_at_stop"),
}
DUE = {
    Kind.DANGER: "UPDATE dangers SET look_at = {at} WHERE need = {need}",
    Kind.PERSON: "UPDATE flags SET ring_at = {at} WHERE about = {need}",
    Kind.WAVE: "UPDATE needs SET look_at = {at} WHERE number = {need}",
    Kind.FOLLOW_UP: "UPDATE needs SET check_at = {at} WHERE number = {need}",
    Kind.NEXT_WEEK: "UPDATE needs SET again_at = {at}, every = 'tuesday' WHERE number = {need}",
    Kind.DOUBT: "UPDATE needs SET doubt_at = {at} WHERE number = {need}",
    Kind.STOP: "UPDATE people SET asked_at = {at} - 864000, stop_asked = 1 WHERE phone = '{party}'",
}


@pytest.mark.parametrize("poison", CHORES, ids=lambda kind: kind.replace(" ", "_"))
def test_a_row_of_any_kind_that_a_chore_stumbles_over(
    tmp_path: Path, database_url: str, poison: Kind, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    """Of two rows that are due the first stumbles: the second is looked after, every other chore goes on, a person is
    told once, and the first is tried again an hour later."""
    worker, name = CHORES[poison]
    work = getattr(worker, name)
    seen: list[int | str] = []
    healed: list[bool] = []

    def stumbling(self: Any, tx: Transaction, row: Any, now: float) -> None:
        seen.append(row.id)
        if row.id == seen[0] and not healed:
            raise Raises
        work(self, tx, row, now)

    monkeypatch.setattr(worker, name, stumbling)

    async def play() -> tuple[tuple[int, int, int], int, int]:
        async with world(tmp_path, AWAKE_COMMUNITY, database_url=database_url) as place:
            numbers = await place.hotline.store.run(_two_of_all, place.clock.now)
            for at, (party, need) in enumerate(numbers):
                change(database_url, DUE[poison].format(at=place.clock.now - 100 + at, need=need, party=party))
            await place.hotline.store.run(lambda tx: tx.outbox.put(CHO, [NEWS], 0, 1, place.clock.now))
            await place.settle()
            before = len(set(seen)), _reached(place, CHO), _told(place)
            healed.append(True)
            tried = len(seen)
            place.clock.now += SET_ASIDE_FOR + 1
            await place.settle()
            return before, seen[tried:].count(seen[0]), _told(place)

    before, again, told = asyncio.run(play())
    figures.note(Figure(f"one poison row: {poison}", kind(database_url), 2, int(not again), told - 1, 0))
    assert before == (2, 1, 1), "both rows, the news to Cho, one text to the coordinator"
    assert again >= 1, "it is tried again"
    assert told == 1
    (flag,) = ask(database_url, "SELECT words FROM flags WHERE why = 'set_aside'")
    assert flag["words"] == f"{poison}: Raises"


def _two_of_all(tx: Transaction, now: float) -> list[tuple[str, int]]:
    """Two neighbors, each with an open need, a danger and a flag; none of it is due."""
    numbers = []
    for neighbor in phones(2):
        tx.people.introduce(neighbor, "", "en", now)
        number = tx.needs.draft(neighbor, "food", now)
        story = {"what": "food", "area": "north", "details": "two bags", "recording": "", "callback": ""}
        tx.needs.record(number, story, now)
        tx.dangers.raised(neighbor, number, "certain", "danger", now + DAY, now)
        tx.flags.ring_later(tx.flags.add("wants_a_person", neighbor, "", number, now), now + DAY)
        tx.alerts.wave_sent(number, 0, now + DAY, now)
        tx.follow_ups.check(number, now + DAY)
        numbers.append((neighbor, number))
    return numbers


def _told(place: World) -> int:
    """How often a coordinator read that something was set aside."""
    return sum(wording("news.set_aside") in text.body for text in place.exchange.texts)


@pytest.mark.parametrize("what", ["text", "call"])
def test_a_row_that_nothing_can_be_decided_about(
    tmp_path: Path, database_url: str, what: str, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    """A mistake of ours before a text is sent, or a call placed: the others go."""
    decide, name = (TextQueue, "_settle_or_word") if what == "text" else (CallQueue, "_due_at")
    work = getattr(decide, name)

    def stumbling(self: Any, tx: Transaction, row: Any, now: float) -> Any:
        if row.party == BEN:
            raise Raises
        return work(self, tx, row, now)

    def put(tx: Transaction, now: float) -> None:
        for phone in (BEN, CHO):
            tx.people.introduce(phone, "", "en", now)
            tx.outbox.put(phone, [NEWS], 0, 2, now)
            if what == "call":
                tx.people.cannot_text(phone)
                tx.calls.want(phone, now, now)

    monkeypatch.setattr(decide, name, stumbling)

    async def play() -> int:
        async with world(tmp_path, AWAKE_COMMUNITY, database_url=database_url) as place:
            await place.hotline.store.run(put, place.clock.now)
            await place.settle()
            return _reached(place, CHO) if what == "text" else sum(call.to == CHO for call in place.exchange.calls)

    reached = asyncio.run(play())
    figures.note(Figure(f"one poison row: {what} to be sent", kind(database_url), 2, int(not reached)))
    assert reached
    assert len(ask(database_url, "SELECT id FROM flags WHERE why = 'set_aside'")) == 1


@pytest.mark.first_on("sqlite")
def test_answers_do_not_wait_for_many_waves(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    """In the morning many needs are due at once, and more come all the time."""
    many, waves_before = 30, [0]
    look = waves.WaveSender._look_at_one

    def counted(self: waves.WaveSender, *rest: Any) -> None:
        waves_before[0] += 1
        look(self, *rest)

    monkeypatch.setattr(waves.WaveSender, "_look_at_one", counted)

    async def play() -> int:
        async with world(tmp_path, AWAKE_COMMUNITY, database_url=database_url) as place:
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
