"""Companions on both databases: whoever works, a volunteer is rung once and the machine rings whenever they do not;
nobody is rung by two, nobody who left, and nobody more often than they said."""

from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hotline.community.reading import from_table
from hotline.model import effects
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.calls import COMPANY
from hotline.model.companions import EVERY
from hotline.model.daily_rings import Came
from hotline.model.rounds import Consent
from hotline.outbound.daily_rings import DailyRings
from hotline.storage import Transaction
from tests.storage.asking import ANA, BEN, CHO, NOW
from tests.storage.test_daily_rings import AT_ONE, Place, played
from tests.storage.test_gifts import in_memory
from tests.unit.build import plain

WAITING = "SELECT party, need, other FROM rings WHERE status = 'waiting'"


def gives(tx: Transaction, phone: str, now: float) -> None:
    tx.people.introduce(phone, "Ben", "en", now)
    tx.volunteers.enroll(phone, ("food",), ("north",), "active", now)


async def together(place: Place, most: int = 7) -> None:
    """Ana is rung each day at one, and Ben rings her."""
    await place.asks(ANA)
    await place.store.run(gives, BEN, place.clock())
    await said(place, BEN, effects.RingsNeighbors(most))
    await said(place, ANA, effects.WantsCompany(Consent.YES, BEN))


def placed(tx: Transaction, place: Place) -> list[str]:
    """Whoever is rung now."""
    rung = []
    while (taken := place.queue.take(tx))[1]:
        rung += [taken[0].party] if taken[0] else []
    return rung


async def said(place: Place, phone: str, effect: effects.Effect) -> None:
    await place.store.run(lambda tx: DailyRings(place.here).carry_out(tx, effect, phone, place.clock()))


def test_the_volunteer_is_rung_once_whoever_works_and_then_the_machine(database_url: str, tmp_path: Path) -> None:
    async def work(place: Place) -> None:
        await together(place)
        place.clock.now = AT_ONE
        await place.work(place.worker(), place.worker())
        assert place.rows(WAITING) == [{"party": BEN, "need": COMPANY, "other": ANA}]
        await place.ends(BEN, "no-answer")
        await place.work(place.worker(), place.worker())
        assert place.rows(WAITING) == [{"party": ANA, "need": 0, "other": ""}]
        await place.ends(ANA, "no-answer")
        place.clock.now += 15 * MINUTE
        await place.work()
        await place.ends(ANA, "no-answer")
        await place.work()
        assert place.rows("SELECT came, tries, asked FROM daily_rings") == [{"came": "silent", "tries": 0, "asked": ""}]
        assert place.rows("SELECT missed FROM companions") == [{"missed": 1}]

    played(database_url, tmp_path, work)


def test_a_worker_that_dies_in_a_volunteers_turn_leaves_the_machine_its_ring(database_url: str, tmp_path: Path) -> None:
    async def work(place: Place) -> None:
        await together(place)
        place.clock.now = AT_ONE
        await place.work()

        def leased(tx: Transaction) -> None:
            assert place.queue.take(tx)[0]

        await place.store.run(leased)  # and then it was killed: nobody knows whether the call was placed
        place.clock.now += 5 * MINUTE
        await place.work()
        assert [row["party"] for row in place.rows(WAITING)] == [ANA]

    played(database_url, tmp_path, work)


def test_a_volunteers_ring_that_waited_too_long_is_not_placed(database_url: str, tmp_path: Path) -> None:
    async def work(place: Place) -> None:
        await together(place)
        place.clock.now = AT_ONE
        await place.work()
        place.clock.now += 5 * MINUTE
        await place.work()
        assert await place.store.run(placed, place) == [ANA]

    played(database_url, tmp_path, work)


def test_no_oftener_than_they_said(database_url: str, tmp_path: Path) -> None:
    async def work(place: Place) -> None:
        await together(place, most=3)
        rung = []
        for day in range(7):
            place.clock.now = AT_ONE + day * DAY
            await place.work()
            rung.append(place.rows(WAITING)[0]["party"] == BEN)
            await said(place, BEN, effects.NotToday())
            await said(place, ANA, effects.IsWell(Came.FINE))
            assert not await place.store.run(placed, place)
        assert rung == [True, False, True, False, True, False, True]

    played(database_url, tmp_path, work)


def test_two_say_yes_to_one_volunteer_and_whoever_leaves_is_told_of_once(database_url: str, tmp_path: Path) -> None:
    async def work(place: Place) -> None:
        await together(place)
        await place.asks(CHO)
        await said(place, CHO, effects.WantsCompany(Consent.YES, BEN))
        assert place.rows("SELECT volunteer, other FROM companions") == [{"volunteer": BEN, "other": ANA}]
        left = DailyRings(place.here)
        for _ in range(2):
            await place.store.run(lambda tx: left.left(tx, BEN, NOW, asks_too=False))
        told = place.rows("SELECT party, prompt FROM outbox ORDER BY id")
        assert [
            (row["party"], key) for row in told for key in ("company_yes", "company_left") if key in row["prompt"]
        ] == [
            (BEN, "company_yes"),
            (ANA, "company_left"),
        ]
        place.clock.now = AT_ONE
        await place.work()
        assert {row["party"] for row in place.rows(WAITING)} == {ANA, CHO}

    played(database_url, tmp_path, work)


def test_who_is_forgotten_rings_nobody_and_is_rung_by_nobody(database_url: str, tmp_path: Path) -> None:
    async def work(place: Place) -> None:
        await together(place)
        place.clock.now = AT_ONE
        await place.work()
        await place.store.run(lambda tx: tx.forgotten.forget_person(BEN, (), place.clock()))
        assert not place.rows("SELECT 1 AS so FROM companions")
        assert place.rows("SELECT phone, asked FROM daily_rings") == [{"phone": ANA, "asked": ""}]
        place.clock.now += 5 * MINUTE
        await place.work()
        assert ANA in {row["party"] for row in place.rows(WAITING)}

    played(database_url, tmp_path, work)


RUNG, VOLUNTEERS = ("+12125550111", "+12125550112"), ("+12125550113", "+12125550114", "+12125550115")


class Company(RuleBasedStateMachine):
    """Two who are rung each day and three volunteers: yes, no, leaving and days in any order."""

    @initialize()
    def begin(self) -> None:
        self.run = in_memory()
        self.now = NOW
        self.community = from_table({**plain(), "sharing": {"rings": True}}, ("en", "es"))
        self.rings = DailyRings(self.community)
        self.agreed: set[tuple[str, str]] = set()
        self.offered: dict[str, int] = {}
        self.rung: dict[str, list[float]] = {each: [] for each in VOLUNTEERS}
        self.run(self._there)

    def _there(self, tx: Transaction) -> None:
        for phone in RUNG:
            tx.people.introduce(phone, "", "en", self.now)
            self.rings.begin(tx, phone, "13:00", self.now)
        for phone in VOLUNTEERS:
            gives(tx, phone, self.now)

    def say(self, phone: str, effect: effects.Effect) -> None:
        self.run(lambda tx: self.rings.carry_out(tx, effect, phone, self.now))

    @rule(who=st.sampled_from(VOLUNTEERS), most=st.sampled_from(tuple(EVERY)))
    def offers(self, who: str, most: int) -> None:
        self.offered[who] = most
        self.say(who, effects.RingsNeighbors(most))

    @rule(who=st.sampled_from(RUNG), volunteer=st.sampled_from(VOLUNTEERS), so=st.booleans())
    def answers(self, who: str, volunteer: str, so: bool) -> None:
        if so:
            self.agreed.add((volunteer, who))
        self.say(who, effects.WantsCompany(Consent.YES if so else Consent.NO, volunteer if so else ""))

    @rule(who=st.sampled_from(RUNG))
    def wants_the_machine(self, who: str) -> None:
        self.agreed = {each for each in self.agreed if each[1] != who}
        self.say(who, effects.OnlyMachine())

    @rule(who=st.sampled_from(VOLUNTEERS))
    def leaves(self, who: str) -> None:
        self.agreed = {each for each in self.agreed if each[0] != who}
        self.offered.pop(who, None)
        self.rung[who] = []
        self.run(lambda tx: self.rings.left(tx, who, self.now, asks_too=False))

    @rule(who=st.sampled_from(VOLUNTEERS))
    def not_today(self, who: str) -> None:
        self.say(who, effects.NotToday())

    @rule(who=st.sampled_from(RUNG))
    def is_heard(self, who: str) -> None:
        self.say(who, effects.IsWell(Came.FINE))

    @rule(hours=st.sampled_from((1, 5, 24, 24, 50)))
    def time_passes(self, hours: int) -> None:
        self.now += hours * HOUR
        for phone in RUNG:
            for _ in range(3):
                self.run(partial(self._look, phone))

    def _look(self, phone: str, tx: Transaction) -> None:
        before = tx.daily_rings.of(phone)
        assert before
        self.rings.look_after(tx, before, self.now)
        after = tx.daily_rings.of(phone)
        if after and after.asked and not before.asked:
            assert (after.asked, phone) in self.agreed  # both wanted it
            since = self.rung[after.asked]
            assert not since or self.now - since[-1] >= EVERY[self.offered[after.asked]] - 4 * HOUR
            since.append(self.now)

    @invariant()
    def nobody_is_rung_by_two_nor_without_both_words(self) -> None:
        def pairs(tx: Transaction) -> list[tuple[str, str]]:
            found = (tx.companions.who_rings(phone) for phone in RUNG)
            return [(each.volunteer, each.other) for each in found if each]

        there = self.run(pairs)
        assert len({volunteer for volunteer, _ in there}) == len(there)
        assert set(there) <= self.agreed
        assert {volunteer for volunteer, _ in there} <= self.offered.keys()


def test_whatever_order_things_happen_in() -> None:
    few = settings(max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Company, settings=few)
