"""Safety rings in any order of events over a database: an alarm is never lost and never given twice at once, only a
person's word ends it, nothing is sent after somebody left, and a coordinator hears in bounded time."""

import json
from collections import Counter
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hotline.community.reading import from_table
from hotline.dispatch.safety_rings import LOOKS_FOR, TURN
from hotline.model import effects
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.daily_rings import SHORTLY_BEFORE, Came, DailyRing
from hotline.model.due import DueRow, Kind
from hotline.model.safety_rings import TEAM, Alarm, Consent
from hotline.outbound.call_queue import CallQueue
from hotline.outbound.daily_rings import DailyRings
from hotline.storage import Transaction
from hotline.worker.daily_rings import DailyRingWorker
from hotline.worker.safety_rings import SafetyRingWorker
from tests.storage.asking import ANA, BEN, CHO, NOW
from tests.storage.test_gifts import in_memory
from tests.storage.test_safety_rings import SAFE
from tests.unit.build import plain

DEE, ROSA, SAM = "+12125550114", "+12125550199", "+12125550198"
CONTACTS, PLAYED = (BEN, CHO, DEE), (ANA, BEN, CHO, DEE, ROSA, SAM)
TEAM_HEARS_IN = 2 * (TURN + LOOKS_FOR) + TURN  # two contacts who each say once that they go, and one more look
STEP = 5 * MINUTE
HOW = ("no-answer", "busy", "completed")  # the last is a machine that picked up


class AtHand:
    """The worker's store and rows on the database of a test, all in one thread."""

    def __init__(self, run: Callable[..., Any], clock: Callable[[], float]) -> None:
        self._run, self._clock = run, clock

    async def first(self, kind: Kind, work: Callable[[Transaction, DueRow, float], None]) -> bool:
        def turn(tx: Transaction) -> bool:
            if row := tx.due.next(kind, self._clock()):
                work(tx, row, self._clock())
            return row is not None

        return bool(self._run(turn))

    async def run(self, work: Callable[..., Any], *given: Any) -> Any:
        return self._run(lambda tx: work(tx, *given))


def done(work: Coroutine[Any, Any, Any]) -> Any:
    """What waits for nothing is over at once."""
    try:
        work.send(None)
    except StopIteration as over:
        return over.value
    raise AssertionError("it waits")


class Alarms(RuleBasedStateMachine):
    """Ana, three who may look after her, and two coordinators."""

    @initialize()
    def begin(self) -> None:
        self.db = in_memory()
        self.now = NOW
        self.here = from_table(plain(SAFE), ("en", "es"))
        assert self.here.rings_for_safety
        self.rings = DailyRings(self.here)
        self.queue = CallQueue(self.here, lambda: self.now)
        at_hand: Any = AtHand(self.db, lambda: self.now)
        self.workers = (
            DailyRingWorker(at_hand, at_hand, self.here, lambda: self.now),
            SafetyRingWorker(at_hand, self.here),
        )
        self.under_way: dict[int, str] = {}  # calls
        self.dying, self.died_at = False, 0.0  # the next call is leased, and then the process is killed
        self.picks_up: dict[str, str] = dict.fromkeys(PLAYED, "no-answer")
        self.vain, self.heard_at, self.waited = 0, 0.0, 0.0
        self.turned_at, self.looked_until, self.free = (
            0.0,
            0.0,
            True,
        )  # of the alarm; whether its next turn may come now
        self.looked: set[str] = set()
        self.gone: dict[str, int] = {}  # who left or said no, and the last text before
        for phone in PLAYED:
            self.db(partial(self.meet, phone))
        self.ask_for_it()
        for contact in (BEN, CHO):
            self.says(contact, effects.LooksAfter(ANA, True))

    def meet(self, phone: str, tx: Transaction) -> None:
        tx.people.introduce(phone, "Ann", "en", self.now)

    def call_ends(self, id: int, party: str, how: str, tx: Transaction) -> None:
        self.queue.ended(tx, id, f"CA{id}", party, how)

    # --- What is on record.

    def ring(self) -> DailyRing | None:
        return self.db(lambda tx: tx.daily_rings.of(ANA))

    def alarm(self) -> Alarm | None:
        return self.db(lambda tx: tx.safety.alarm(ANA))

    def agreed(self) -> list[str]:
        return [each.contact for each in self.db(lambda tx: tx.safety.contacts_of(ANA)) if each.agreed]

    def told(self, after: int = 0) -> Counter[tuple[str, str]]:
        rows = [row for row in self.db.outbox() if row["id"] > after]  # type: ignore[attr-defined]
        return Counter((row["party"], prompt["key"]) for row in rows for prompt in json.loads(row["prompt"]))

    def last_text(self) -> int:
        return max((row["id"] for row in self.db.outbox()), default=0)  # type: ignore[attr-defined]

    def says(self, phone: str, effect: effects.Effect) -> Counter[tuple[str, str]]:
        """Somebody's key or text; what everybody is told by it."""
        before, had = self.last_text(), self.alarm()

        def carry_out(tx: Transaction) -> None:
            tx.people.lock([phone])
            self.rings.carry_out(tx, effect, phone, self.now)

        self.db(carry_out)
        self.see_that_it_stands(had, effect)
        return self.told(before)

    ENDS = (effects.IsWell, effects.FoundWell, effects.EndDailyRing, effects.OnlyForCompany)

    def see_that_it_stands(self, had: Alarm | None, effect: effects.Effect | None) -> None:
        """An alarm ends by the word of a person who says that, and begins by none."""
        has = self.alarm()
        if isinstance(effect, self.ENDS):
            assert has is None
            self.waited, self.free = 0.0, True
            return
        assert (had is None) == (has is None), f"{effect} ended or began an alarm"

    # --- Ana.

    @rule()
    def ask_for_it(self) -> None:
        if self.ring() is None:
            self.gone.pop(ANA, None)
            self.vain = 0
            self.says(ANA, effects.RingDaily("13:00"))
            self.says(ANA, effects.NameContacts((BEN, CHO), "Ana"))

    @rule(contact=st.sampled_from((*CONTACTS, ANA)))
    def name(self, contact: str) -> None:
        if self.ring():
            self.is_heard(Came.HEARD)
            self.says(ANA, effects.NameContacts((contact,)))

    @rule(contact=st.sampled_from(CONTACTS))
    def drop(self, contact: str) -> None:
        if self.ring() is None:
            return
        self.is_heard(Came.HEARD)
        before, ring = self.agreed(), self.ring()
        told = self.says(ANA, effects.DropContact(contact))
        if before == [contact] and ring and ring.safety:
            assert told[ROSA, "news.safety_nobody"] == told[SAM, "news.safety_nobody"] == 1
            assert told[ANA, "news.nobody_left"] == 1

    @rule(came=st.sampled_from((Came.FINE, Came.HEARD)))
    def is_heard(self, came: Came) -> None:
        self.vain = 0
        self.heard_at = self.now if self.ring() else self.heard_at  # else there is none that it could be for
        self.says(ANA, effects.IsWell(came))

    @rule(days=st.sampled_from((0, 1, 3)))
    def away(self, days: int) -> None:
        if self.ring():
            self.is_heard(Came.HEARD)
            self.says(ANA, effects.NoRingUntil(self.now + days * DAY if days else 0.0))

    @rule(leaves=st.sampled_from(("company", "end", "leave")))
    def ends(self, leaves: str) -> None:
        ring = self.ring()
        self.vain = 0
        if leaves == "leave":
            before, had = self.last_text(), None
            self.db(lambda tx: self.rings.left(tx, ANA, self.now, asks_too=True))
            self.see_that_it_stands(had, effects.EndDailyRing())
            told = self.told(before)
        else:
            told = self.says(ANA, effects.EndDailyRing() if leaves == "end" else effects.OnlyForCompany())
        if ring and ring.safety:
            assert told[ROSA, "news.safety_ended"] == told[SAM, "news.safety_ended"] == 1
        if leaves != "company":
            self.gone[ANA] = self.last_text()

    # --- Who looks after her.

    @rule(contact=st.sampled_from(CONTACTS), yes=st.booleans())
    def says_yes_or_no(self, contact: str, yes: bool) -> None:
        between = self.db(lambda tx: tx.safety.contact(ANA, contact))
        was_last, ring = self.agreed() == [contact], self.ring()
        told = self.says(contact, effects.LooksAfter(ANA, yes))
        if not yes and between and between.consent is not Consent.NO:
            self.no_more(contact)
            assert told[ANA, "news.contact_left" if between.agreed else "news.contact_no"] == 1
            if was_last and ring and ring.safety:
                assert told[ANA, "news.nobody_left"] == told[ROSA, "news.safety_nobody"] == 1

    @rule(contact=st.sampled_from(CONTACTS))
    def leaves(self, contact: str) -> None:
        had = self.alarm()
        between = self.db(lambda tx: tx.safety.contact(ANA, contact))
        self.db(lambda tx: self.rings.left(tx, contact, self.now, asks_too=True))
        self.see_that_it_stands(had, None)
        if between and between.consent is not Consent.NO:
            self.no_more(contact)

    def no_more(self, contact: str) -> None:
        self.free = True
        self.gone[contact] = self.last_text()

    def may_answer(self, who: str) -> bool:
        return any(each.phone == ANA for each in self.db(lambda tx: self.theirs(tx, who)))

    def theirs(self, tx: Transaction, who: str) -> tuple[Alarm, ...]:
        return self.rings.safety.of(tx, who, is_rung=False, is_named=True, may_ask=True).alarms

    @precondition(lambda self: self.alarm() is not None)
    @rule(who=st.sampled_from((*CONTACTS, ROSA, SAM)))
    def goes(self, who: str) -> None:
        alarm = self.alarm()
        if alarm is None or not self.may_answer(who):
            return
        self.says(who, effects.GoesAndLooks(ANA))
        first = who in (ROSA, SAM) or (alarm.place < TEAM and who not in self.looked)
        self.looked_until, self.free = (self.now + LOOKS_FOR, False) if first else (self.looked_until, self.free)
        self.looked.add(who)

    @precondition(lambda self: self.alarm() is not None)
    @rule(who=st.sampled_from((*CONTACTS, ROSA, SAM)))
    def can_not(self, who: str) -> None:
        if self.may_answer(who):
            self.says(who, effects.CannotLook(ANA))
            self.free = True

    @precondition(lambda self: self.alarm() is not None)
    @rule(who=st.sampled_from((*CONTACTS, ROSA, SAM)))
    def found_well(self, who: str) -> None:
        alarm = self.alarm()
        if alarm is None or not self.may_answer(who):
            return
        asked = [each.contact for each in self.db(lambda tx: tx.safety.contacts_of(ANA)) if each.agreed]
        told = self.says(who, effects.FoundWell(ANA))
        assert not any(told[who, key] for key in ("news.alarm_over", "news.alarm_over_self"))
        if alarm.place < TEAM and asked == [who]:
            assert told[ROSA, "news.alarm_over_one"] == told[SAM, "news.alarm_over_one"] == 1
        if alarm.place == TEAM:
            assert all(told[each, "news.alarm_over"] == 1 for each in {ROSA, SAM} - {who})

    # --- Phones, machines and our own process.

    @rule(phone=st.sampled_from(PLAYED), how=st.sampled_from(HOW))
    def phone_is(self, phone: str, how: str) -> None:
        self.picks_up[phone] = how

    @rule()
    def ends_the_texts(self) -> None:
        """STOP for texts does not end rings."""
        self.db(lambda tx: tx.people.opt_out(ANA, self.now, rung_instead=True))

    @rule()
    def dies_at_the_next_call(self) -> None:
        self.dying = True

    @rule(hours=st.sampled_from((1, 3, 30)))
    def is_down(self, hours: int) -> None:
        """How calls ended is looked up afterwards."""
        self.calls_end()
        self.now += hours * HOUR
        self.free = True
        self.work()

    @rule(minutes=st.sampled_from((7, 45, 180)))
    def clock_is_set_back(self, minutes: int) -> None:
        had = self.alarm()
        self.now -= minutes * MINUTE
        self.db(lambda tx: tx.clock_step.follow(self.now, 1.0))
        self.heard_at, self.free = min(self.heard_at, self.now), True
        self.see_that_it_stands(had, None)

    @rule(steps=st.sampled_from((1, 4, 12, 36)))
    def time_passes(self, steps: int) -> None:
        for _ in range(steps):
            self.calls_end()
            self.now += STEP
            self.waited += STEP if self.alarm() else 0.0
            self.work()

    @rule()
    def it_is_one_o_clock(self) -> None:
        """Nothing is under way: the next ring is due in a few minutes."""
        ring = self.ring()
        if ring and not self.alarm() and not ring.rings and self.now < ring.due_at:
            self.now = ring.due_at - MINUTE
            self.work()
            self.time_passes(9)

    def calls_end(self) -> None:
        for id, party in self.under_way.items():
            how, ring, had = self.picks_up[party], self.ring(), self.alarm()
            alive = ring.alive_at if ring else 0.0
            if party == ANA and ring and ring.rings and how != "busy":
                self.vain += 1
            self.db(partial(self.call_ends, id, party, how))
            after = self.ring()
            assert (after.alive_at if after else 0.0) == alive, "a machine is no sign of life"
            self.see_that_it_stands(had, None)
        self.under_way.clear()

    def work(self) -> None:
        """All that is due is done, and done again by a second worker."""
        before, ring, sent = self.alarm(), self.ring(), self.last_text()
        turns = []
        self.db(lambda tx: tx.heartbeat.beat("worker", self.now))
        for _ in range(6):
            had = self.alarm()
            found = [done(each.look_after_one()) for each in self.workers]
            has = self.alarm()
            if has and (had is None or (has.turns, has.place) != (had.turns, had.place)) and has.place:
                turns.append(has)
            if not any(found):
                break
        done(self.workers[0].tell_not_made())
        self.place_calls()
        self.look_at_turns(turns)
        after, now_ring = self.alarm(), self.ring()
        if before is None and after is not None:
            self.rightly_raised(ring)
        assert after is not None or before is None, "an alarm was lost"
        came = now_ring.came if now_ring and ring and now_ring.came_at != ring.came_at else Came.NOTHING
        if ring and ring.safety and came in (Came.ENGAGED, Came.NOT_MADE):
            key = "news.ring_engaged" if came is Came.ENGAGED else "news.safety_not_made"
            assert self.told(sent)[ROSA, key] == 1
        if came is Came.SILENT and ring and ring.safety:
            assert after is not None, "nobody answered, and there is no alarm"
        if came:
            self.vain = 0

    def rightly_raised(self, ring: DailyRing | None) -> None:
        assert ring
        assert ring.safety
        assert self.vain >= 3 or (self.vain and self.now > ring.due_at + HOUR), self.vain
        assert self.heard_at < ring.due_at - SHORTLY_BEFORE or self.heard_at > self.now
        assert ring.away_until <= ring.due_at
        self.waited, self.looked = 0.0, set()

    def look_at_turns(self, turns: list[Alarm]) -> None:
        """One is asked at a time, for as long as they were promised."""
        assert len(turns) <= 1
        for alarm in turns:
            assert self.free or (self.now >= self.turned_at + TURN and self.now >= self.looked_until), "too soon"
            assert alarm.asked in (*self.agreed(), ROSA, SAM)
            assert alarm.asked in self.under_way.values() or abs(self.now - self.died_at) < TURN, "nobody was rung"
            self.turned_at, self.looked_until, self.free = self.now, 0.0, False

    def place_calls(self) -> None:
        def turn(tx: Transaction) -> None:
            while doubtful := self.queue.take_doubtful(tx):
                self.queue.missing(tx, doubtful.id)
            for _ in range(20):
                ring, more = self.queue.take(tx)
                if ring:
                    assert ring.party not in self.gone, "rung after they left"
                    assert ring.party not in self.under_way.values(), "rung twice at once"
                    if self.dying:
                        self.dying, self.died_at = False, self.now
                        continue
                    self.queue.placed(tx, ring.id, f"CA{ring.id}")
                    self.under_way[ring.id] = ring.party
                if not more:
                    return

        self.db(turn)

    # --- What always holds.

    @invariant()
    def coordinators_hear_in_time(self) -> None:
        alarm = self.alarm()
        if alarm and self.waited > TEAM_HEARS_IN:
            assert alarm.place == TEAM
        if alarm and alarm.place == TEAM:
            assert all(self.told()[each, "news.alarm_team"] for each in (ROSA, SAM))

    @invariant()
    def nothing_is_sent_after_somebody_left(self) -> None:
        for phone, last in self.gone.items():
            assert not [key for party, key in self.told(last) if party == phone]

    @invariant()
    def nobody_is_asked_to_look_who_did_not_agree(self) -> None:
        alarm = self.alarm()
        if alarm and alarm.asked and alarm.check_at > self.now:
            named = [each.contact for each in self.db(lambda tx: tx.safety.contacts_of(ANA))]
            assert alarm.asked in (*named, ROSA, SAM)


def test_whatever_order_things_happen_in() -> None:
    few = settings(max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Alarms, settings=few)
