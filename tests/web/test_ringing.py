"""Calls that go wrong at the carrier: nobody is rung twice for one thing, nobody is forgotten."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from hotline.engine.session import Prompt
from hotline.model.outgoing import NEWS
from hotline.simulator import Call, Handset
from hotline.simulator.webhooks import Webhook
from hotline.storage import Transaction
from tests.storage.asking import ask
from tests.world import NOBODY, World, world

RITA, ANA = "+12125550112", "+12125550111"
GOOD = Prompt("news.dropped", values={"number": "101", "what": ("ride",)})


def play(folder: Path, url: str, script: Callable[[World, Handset], Awaitable[None]]) -> None:
    async def run() -> None:
        async with world(folder, database_url=url) as place:
            rita = place.exchange.handset(RITA, "Rita", "landline")

            def news(tx: Transaction) -> None:
                tx.people.introduce(RITA, "Rita", "en", place.clock.now)
                tx.people.reach_by(RITA, True, "yes", "no")
                tx.outbox.put(RITA, [GOOD], 0, NEWS, place.clock.now)

            await place.hotline.store.run(news)
            await script(place, rita)

    asyncio.run(run())


async def hears_it(rita: Handset) -> None:
    await rita.answer()
    await rita.press("1")
    assert any("cannot come after all" in words for words in rita.heard)
    await rita.wait()
    await rita.hang_up()


def rung(place: World) -> list[Call]:
    return [call for call in place.exchange.calls if call.to == RITA]


def state(url: str) -> tuple[list[str], list[str]]:
    rows = ask(url, "SELECT status FROM outbox ORDER BY id")
    return [row["status"] for row in rows], [row["status"] for row in ask(url, "SELECT status FROM rings ORDER BY id")]


@pytest.mark.parametrize("fault", ["500_before", "500_after", "429", "garbage"])
def test_a_doubtful_call_is_looked_up_and_never_placed_twice(fault: str, tmp_path: Path, database_url: str) -> None:
    async def script(place: World, rita: Handset) -> None:
        place.exchange.faults.next_send = [fault]
        await place.settle()
        await place.pass_time(600)
        assert len(rung(place)) == 1
        await hears_it(rita)
        await place.pass_time(86400)
        assert len(rung(place)) == 1

    play(tmp_path, database_url, script)
    assert state(database_url) == (["sent"], ["over"])


def test_somebody_who_picks_up_while_we_are_in_doubt_is_not_rung_again(tmp_path: Path, database_url: str) -> None:
    async def script(place: World, rita: Handset) -> None:
        place.exchange.faults.next_send = ["500_after"]
        await place.settle()
        await hears_it(rita)
        await place.pass_time(86400)
        assert len(rung(place)) == 1

    play(tmp_path, database_url, script)
    assert state(database_url) == (["sent"], ["over"])


def test_an_end_that_nobody_told_us_of_is_asked_for(tmp_path: Path, database_url: str) -> None:
    """The hotline is down when the phone stops ringing: the carrier does not say it twice."""

    async def script(place: World, rita: Handset) -> None:
        await place.settle()
        call = rung(place)[0]
        call.status_callback = NOBODY
        await rita.wait()
        await place.pass_time(7 * 3600)
        assert len(rung(place)) == 2
        await hears_it(rita)

    play(tmp_path, database_url, script)
    assert state(database_url) == (["sent"], ["over"])


def test_a_number_that_cannot_be_rung_goes_to_a_person_at_once(tmp_path: Path, database_url: str) -> None:
    async def script(place: World, rita: Handset) -> None:
        place.exchange.number = "+12125550198"  # the number we call from is not the account's any more
        place.exchange.handsets.clear()
        await place.settle()
        await place.pass_time(60)
        assert rung(place) == []

    play(tmp_path, database_url, script)
    flags = [row["why"] for row in ask(database_url, "SELECT why FROM flags")]
    assert flags == ["cannot_ring", "cannot_send"]  # and the coordinator cannot be texted from it either
    assert state(database_url) == (["to_ring", "waiting", "to_ring"], ["waiting", "waiting"])


def test_nothing_is_told_by_a_step_that_is_repeated(tmp_path: Path, database_url: str) -> None:
    async def script(place: World, rita: Handset) -> None:
        await place.settle()
        await rita.answer()
        await rita.press("1")
        first = await place.exchange.repeat(rita)
        assert await place.exchange.repeat(rita) == first
        assert ask(database_url, "SELECT status FROM outbox")[0]["status"] == "to_ring"
        await rita.hang_up()

    play(tmp_path, database_url, script)
    assert state(database_url) == (["to_ring"], ["waiting"])


def test_a_machine_that_the_carrier_knows_is_told_nothing(tmp_path: Path, database_url: str) -> None:
    async def script(place: World, rita: Handset) -> None:
        await place.settle()
        rung(place)[0].answered_by = "machine_start"
        await rita.answer()
        assert rita.heard == ["Thank you. Goodbye."]
        assert not rita.in_call

    play(tmp_path, database_url, script)
    assert state(database_url) == (["to_ring"], ["waiting"])


def test_two_workers_ring_one_phone_once(tmp_path: Path, database_url: str) -> None:
    async def script(place: World, rita: Handset) -> None:
        worker = place.hotline.worker
        await asyncio.gather(*(worker.work_off() for _ in range(4)))
        await place.exchange.settle()
        assert len(rung(place)) == 1

    play(tmp_path, database_url, script)


def test_a_call_of_another_number_is_no_call_of_ours(tmp_path: Path, database_url: str) -> None:
    """Somebody who calls with a made-up mark in the address hears the menu, and none of Rita's news."""

    async def script(place: World, rita: Handset) -> None:
        await place.settle()
        fields = {"CallSid": "CAx", "AccountSid": place.settings.twilio_account_sid, "From": ANA, "To": "+12125550100"}
        status, answer = await place.exchange.post("/twilio/voice?out=1&turn=0", fields)
        assert status == 200
        assert "come after all" not in answer
        assert ask(database_url, "SELECT sid FROM rings")[0]["sid"] != "CAx"

    play(tmp_path, database_url, script)


def test_the_numbers_of_the_two_sides_stand_in_no_address_text_or_log(
    tmp_path: Path, database_url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    remember = Webhook.signed

    def noting(self: Webhook, token: str) -> tuple[str, bytes, str]:
        seen.append(self.url)
        return remember(self, token)

    monkeypatch.setattr(Webhook, "signed", noting)
    caplog.set_level(logging.DEBUG, "hotline")

    async def script(place: World, rita: Handset) -> None:
        await place.settle()
        await hears_it(rita)
        ana, ben = place.exchange.handset(ANA, "Ana"), place.exchange.handset("+12125550113", "Ben")
        await place.hotline.store.run(_in_hand, place.clock.now)
        await ben.text("call 101")
        await place.settle()
        await ben.answer()
        await ben.press("1")
        assert ana.ringing_from == place.exchange.number
        await ana.answer()
        await ana.press("1")
        assert ben.is_listened_to
        await ana.hang_up()
        await ben.hang_up()
        said = [text.body for text in place.exchange.texts] + [str(words) for words in (*ana.heard, *ben.heard)]
        for number in ("5550111", "5550113", "5550112"):
            assert not [each for each in (*seen, *said, caplog.text) if number in each]

    play(tmp_path, database_url, script)
    lengths = ask(database_url, "SELECT status FROM calls ORDER BY ended_at")
    assert len(lengths) == 3  # Rita's, Ben's, and the leg to Ana


def _in_hand(tx: Transaction, now: float) -> None:
    tx.people.introduce(ANA, "Ana", "en", now)
    tx.people.introduce("+12125550113", "Ben", "en", now)
    tx.volunteers.enroll("+12125550113", ("food",), ("north",), "active", now)
    number = tx.needs.draft(ANA, "food", now)
    tx.needs.record(number, {"what": "food", "area": "north", "details": "", "recording": "", "callback": ""}, now)
    tx.needs.take(number, "+12125550113", now)
