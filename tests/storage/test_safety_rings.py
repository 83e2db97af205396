"""Safety rings on both databases: an alarm is never lost and never given twice, whoever works and whoever is killed; it
ends once, and all who were asked hear so."""

import asyncio
import json
from collections import Counter
from pathlib import Path
from typing import Any

from hotline.community.model import Community
from hotline.engine.session import Prompt
from hotline.model import effects
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.daily_rings import Came
from hotline.model.outgoing import NEWS
from hotline.model.senders import Sender, Standing
from hotline.outbound.budget import Budget, DailyLimits
from hotline.outbound.daily_rings import DailyRings
from hotline.outbound.outbox import TextQueue
from hotline.outbound.safety_rings import WHY
from hotline.outbound.sender_hold import CALLS, TEXTS
from hotline.storage import Store, Transaction
from hotline.worker.poison_rows import RowByRow
from hotline.worker.safety_rings import SafetyRingWorker
from tests.storage.asking import ANA, BEN, CHO, with_store
from tests.storage.test_daily_rings import AT_ONE, RUNG, Place
from tests.unit.build import catalogue
from tests.world import NOON

ROSA, SAM = "+12125550199", "+12125550198"
SAFE = f"""{RUNG.rstrip()}
rings_for_danger = true

[coordinators.sam]
phone = "{SAM}"
rings_for_danger = true
"""


class Safe(Place):
    """The same, where Ben looks after Ana first and Cho second."""

    def safety_worker(self) -> SafetyRingWorker:
        return SafetyRingWorker(RowByRow(self.store, self.here, self.clock), self.here)

    async def everything(self, workers: int = 1) -> None:
        for each in [self.safety_worker() for _ in range(workers)]:
            await self.work()
            while await each.look_after_one():
                pass

    async def does(self, phone: str, effect: effects.Effect) -> None:
        def carry_out(tx: Transaction) -> None:
            tx.people.introduce(phone, "", "en", self.clock())
            tx.people.lock([phone])
            self.daily.carry_out(tx, effect, phone, self.clock())

        await self.store.run(carry_out)

    @property
    def daily(self) -> DailyRings:
        return DailyRings(self.here)

    async def agreed(self) -> None:
        await self.asks(ANA)
        await self.does(ANA, effects.NameContacts(("212-555-" + BEN[-4:], CHO)))
        await self.everything()
        for contact in (BEN, CHO):
            await self.does(contact, effects.LooksAfter(ANA, True))
        await self.nothing_waits()

    async def nothing_waits(self) -> None:
        """Calls and texts so far are over and gone."""

        def over(tx: Transaction) -> None:
            while ring := tx.calls.lease(self.clock() + HOUR, self.clock() + DAY):
                tx.calls.keep(ring.but(status="over", leased_until=None), self.clock())
            while rows := tx.outbox.lease_due(100, 9, self.clock() + HOUR, self.clock() + DAY):
                for row in rows:
                    tx.outbox.settle(row, "dropped", self.clock())

        await self.store.run(over)

    async def silent(self) -> None:
        """Three calls in vain, and the alarm is raised."""
        self.clock.now = max(self.clock.now, AT_ONE)
        for _ in range(3):
            await self.work()
            await self.ends(ANA, "no-answer")
            self.clock.now += 15 * MINUTE
        await self.work()

    def told(self) -> Counter[tuple[str, str]]:
        """Who was sent what since then."""
        rows = self.rows("SELECT party, prompt FROM outbox WHERE status = 'waiting'")
        return Counter((row["party"], prompt["key"]) for row in rows for prompt in json.loads(row["prompt"]))

    def rung(self) -> list[str]:
        return [row["party"] for row in self.rows("SELECT party FROM rings WHERE status = 'waiting' ORDER BY party")]


def played(url: str, tmp_path: Path, work: Any) -> None:
    here: Community = catalogue(tmp_path, SAFE).community
    assert here.rings_for_safety

    async def play(store: Store) -> None:
        await work(Safe(store, url, here))

    with_store(url, play)


def test_an_alarm_goes_to_one_after_the_other_whoever_works(database_url: str, tmp_path: Path) -> None:
    async def work(place: Safe) -> None:
        await place.agreed()
        await place.silent()
        asked = []
        for _ in range(5):
            await place.everything(workers=3)
            asked.append(place.rung())
            await place.nothing_waits()
            place.clock.now += 15 * MINUTE
        assert asked == [[BEN], [CHO], [SAM], [ROSA], [SAM]]
        assert len(place.rows("SELECT 1 AS so FROM ring_alarms")) == 1
        assert len(place.rows(f"SELECT 1 AS so FROM flags WHERE why = '{WHY}'")) == 1

    played(database_url, tmp_path, work)


def test_two_workers_at_once_ask_one_person(database_url: str, tmp_path: Path) -> None:
    async def work(place: Safe) -> None:
        await place.agreed()
        await place.silent()
        await asyncio.gather(*(place.safety_worker().look_after_one() for _ in range(4)))
        assert place.rung() == [BEN]
        assert place.told() == Counter({(BEN, "alarm.asked"): 1})

    played(database_url, tmp_path, work)


def test_a_worker_that_is_killed_before_the_call_is_placed_loses_no_alarm(database_url: str, tmp_path: Path) -> None:
    async def work(place: Safe) -> None:
        await place.agreed()
        await place.silent()
        await place.everything()

        def leased(tx: Transaction) -> None:
            ring, _ = place.queue.take(tx)
            assert ring
            assert ring.party == BEN

        await place.store.run(leased)  # and then it was killed
        place.clock.now += 15 * MINUTE
        await place.everything(workers=2)
        assert place.rung() == [CHO]
        place.clock.now += 3 * HOUR  # we are down
        await place.everything(workers=2)
        assert place.rung() == [CHO, SAM]

    played(database_url, tmp_path, work)


def test_a_busy_line_is_rung_again_in_the_same_turn(database_url: str, tmp_path: Path) -> None:
    async def work(place: Safe) -> None:
        await place.agreed()
        await place.silent()
        await place.everything()
        await place.ends(BEN, "busy")
        assert place.rung() == [BEN]
        place.clock.now += 4 * MINUTE
        await place.ends(BEN, "no-answer")
        assert place.rung() == []

    played(database_url, tmp_path, work)


def test_no_night_no_rest_and_no_held_queue_keeps_an_alarm_back(database_url: str, tmp_path: Path) -> None:
    async def work(place: Safe) -> None:
        await place.agreed()
        place.clock.now = AT_ONE
        await place.silent()
        await place.everything()
        held = place.clock.now + HOUR

        def hold(tx: Transaction) -> None:
            tx.people.rest(BEN, held + DAY)
            tx.senders.judge(CALLS, Sender(Standing.HELD, held), place.clock())

        await place.store.run(hold)
        taken = await place.store.run(lambda tx: place.queue.take(tx)[0])
        assert taken
        assert taken.party == BEN

    played(database_url, tmp_path, work)


def test_it_ends_once_and_all_who_were_asked_hear_so_once(database_url: str, tmp_path: Path) -> None:
    async def work(place: Safe) -> None:
        await place.agreed()
        await place.silent()
        for _ in range(3):
            await place.everything()
            await place.nothing_waits()
            place.clock.now += 15 * MINUTE
        await asyncio.gather(*(place.does(each, effects.FoundWell(ANA)) for each in (CHO, ROSA)))
        await place.does(ANA, effects.IsWell(Came.HEARD))
        told = place.told()
        assert {key for _, key in told} == {"news.alarm_over"}
        assert set(told.values()) == {1}
        assert len({party for party, _ in told}) == 3  # all but the one who said it
        assert not place.rows("SELECT 1 AS so FROM ring_alarms")
        assert not place.rows(f"SELECT 1 AS so FROM flags WHERE why = '{WHY}' AND settled_at IS NULL")
        place.clock.now += HOUR
        await place.everything()
        assert place.rung() == []

    played(database_url, tmp_path, work)


def test_a_coordinator_ends_it_by_having_looked_at_the_flag(database_url: str, tmp_path: Path) -> None:
    async def work(place: Safe) -> None:
        await place.agreed()
        await place.silent()
        await place.everything()
        await place.nothing_waits()
        await place.store.run(lambda tx: place.daily.safety.seen(tx, ANA, ROSA, place.clock()))
        assert place.rows("SELECT 1 AS so FROM ring_alarms")  # what was seen was something else
        (flag,) = place.rows(f"SELECT id FROM flags WHERE why = '{WHY}'")
        await place.store.run(lambda tx: tx.flags.settle(flag["id"], place.clock()))
        await place.store.run(lambda tx: place.daily.safety.seen(tx, ANA, ROSA, place.clock()))
        assert not place.rows("SELECT 1 AS so FROM ring_alarms")
        assert place.told() == Counter({(BEN, "news.alarm_over"): 1})

    played(database_url, tmp_path, work)


def test_nobody_is_asked_who_did_not_agree_or_left(database_url: str, tmp_path: Path) -> None:
    async def work(place: Safe) -> None:
        await place.asks(ANA)
        await place.does(ANA, effects.NameContacts((BEN, CHO)))
        await place.everything()
        assert place.rung() == [BEN, CHO]  # the test calls
        await place.does(BEN, effects.LooksAfter(ANA, False))
        assert place.rows("SELECT safety FROM daily_rings") == [{"safety": 0}]
        await place.does(CHO, effects.LooksAfter(ANA, True))
        assert place.rows("SELECT safety FROM daily_rings") == [{"safety": 1}]
        await place.store.run(lambda tx: place.daily.left(tx, CHO, place.clock(), asks_too=True))
        told = place.told()
        assert (told[ANA, "news.contact_no"], told[ANA, "news.contact_left"]) == (1, 1)
        await place.nothing_waits()
        await place.silent()
        await place.everything()
        assert place.rung() == [SAM]  # it is for safety all the same: coordinators are asked at once

    played(database_url, tmp_path, work)


def test_who_never_says_is_asked_three_days_and_then_no_contact(database_url: str, tmp_path: Path) -> None:
    async def work(place: Safe) -> None:
        await place.asks(ANA)
        await place.does(ANA, effects.NameContacts((BEN,)))
        for _ in range(5):
            await place.everything()
            place.clock.now += DAY
        texts = place.told()
        assert (texts[BEN, "contact.asked"], texts[ANA, "news.contact_no"]) == (1, 1)
        assert place.rows("SELECT consent, check_at FROM ring_contacts") == [{"consent": "no", "check_at": None}]

    played(database_url, tmp_path, work)


def test_whoever_ends_it_leaves_or_is_forgotten_closes_it_and_contacts_hear_once(
    database_url: str, tmp_path: Path
) -> None:
    async def work(place: Safe) -> None:
        await place.agreed()
        await place.silent()
        await place.everything()
        await place.nothing_waits()
        await place.does(ANA, effects.EndDailyRing())
        await place.store.run(lambda tx: place.daily.left(tx, ANA, place.clock(), asks_too=True))
        await place.store.run(lambda tx: tx.forgotten.forget_person(ANA, (), place.clock()))
        told = place.told()
        assert (told[BEN, "news.contact_free"], told[CHO, "news.contact_free"]) == (1, 1)
        assert told[BEN, "news.alarm_over_self"] == 1
        for table in ("daily_rings", "ring_contacts", "ring_alarms"):
            assert not place.rows(f"SELECT 1 AS so FROM {table}")

    played(database_url, tmp_path, work)


def test_of_a_contact_who_is_forgotten_nothing_is_left_in_an_alarm(database_url: str, tmp_path: Path) -> None:
    async def work(place: Safe) -> None:
        await place.agreed()
        await place.silent()
        await place.everything()
        await place.does(BEN, effects.GoesAndLooks(ANA))
        await place.store.run(lambda tx: tx.forgotten.forget_person(BEN, (), place.clock()))
        (alarm,) = place.rows("SELECT asked, looks, looked FROM ring_alarms")
        assert alarm == {"asked": "", "looks": "", "looked": ""}
        await place.nothing_waits()
        await place.everything()
        assert place.rung() == [CHO]

    played(database_url, tmp_path, work)


def test_after_an_outage_coordinators_read_of_safety_rings_by_themselves_and_at_once(
    database_url: str, tmp_path: Path
) -> None:
    async def work(place: Safe) -> None:
        await place.agreed()
        await place.asks(BEN)  # for company
        place.clock.now = NOON + 5 * HOUR
        await place.everything(workers=2)
        told = place.told()
        assert told[ROSA, "news.safety_not_made"] == told[ROSA, "news.rings_not_made"] == 1
        at_once = place.rows("SELECT prompt FROM outbox WHERE any_hour = 1 AND status = 'waiting'")
        assert {json.loads(row["prompt"])[0]["key"] for row in at_once} == {"news.safety_not_made"}
        assert not place.rows("SELECT 1 AS so FROM ring_alarms")

    played(database_url, tmp_path, work)


def test_no_held_queue_and_no_budget_keeps_the_texts_of_an_alarm_back(database_url: str, tmp_path: Path) -> None:
    async def work(place: Safe) -> None:
        await place.agreed()
        await place.silent()

        def hold(tx: Transaction) -> None:
            tx.outbox.put(BEN, [Prompt("hello.note")], 0, NEWS, place.clock(), any_hour=True)  # older, and it waits
            tx.senders.judge(TEXTS, Sender(Standing.HELD, place.clock() + DAY), place.clock())

        await place.store.run(hold)
        await place.everything()
        place.clock.now += 2
        texts = TextQueue(catalogue(tmp_path, SAFE), 9.0, Budget(place.here, DailyLimits(0), place.clock), place.clock)
        taken = [*await place.store.run(texts.take), *await place.store.run(texts.take)]
        assert [each.row.prompts[0].key for each in taken] == ["alarm.asked"]
        assert taken[0].row.party == BEN

    played(database_url, tmp_path, work)
