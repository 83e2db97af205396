"""Nobody is asked outside their own limits, whatever happens in whatever order: needs, waves, answers, pauses, time."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hotline.engine.session import Prompt
from hotline.model.calendar import DAY, HOUR, MINUTE, WEEK
from hotline.storage import Store, Transaction, open_store
from hotline.worker.poison_rows import RowByRow
from hotline.worker.waves import WaveSender
from tests.in_full import IN_FULL
from tests.storage.asking import STORY, ask
from tests.unit.build import community
from tests.world import COMMUNITY, ZONE

T = TypeVar("T")
BEGINS = datetime(2026, 3, 6, 12, tzinfo=ZONE).timestamp()  # two days before the clocks change
GIVERS = tuple(f"+121255501{place}" for place in range(40, 46))
NEIGHBORS = tuple(f"+121255501{place}" for place in range(30, 34))
A_WEEK = 5
EARLY = COMMUNITY.replace("tell_early = false", "tell_early = true")


@dataclass
class Limits:
    """What one of them has said, kept beside the hotline."""

    most: int = A_WEEK
    hours: tuple[time, time] | None = None
    paused_until: float = 0.0
    left: bool = False
    asked_at: list[float] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)


class Asking(RuleBasedStateMachine):
    """Six who give, four who ask here and near by, one worker, and time. Every question is looked at as it is put."""

    @initialize()
    def the_town(self) -> None:
        self.loop, self.folder = asyncio.new_event_loop(), TemporaryDirectory()
        self.url = f"sqlite:///{self.folder.name}/hotline.db"
        self.store: Store = self._run(open_store(self.url))
        self.now, self.seen = BEGINS, set[tuple[int, str, int]]()
        self.limits = defaultdict[str, Limits](Limits)
        here = community(Path(self.folder.name), EARLY)
        self.waves = WaveSender(RowByRow(self.store, here, lambda: self.now), here)
        for phone in GIVERS:
            self._turn(partial(self._joins, phone=phone))

    def teardown(self) -> None:
        with suppress(AttributeError):
            self._run(self.store.close())
            self.loop.close()
            self.folder.cleanup()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def _turn(self, turn: Callable[[Transaction], T]) -> T:
        return self._run(self.store.run(turn))

    def _joins(self, tx: Transaction, phone: str) -> None:
        tx.people.introduce(phone, "Somebody", "en", self.now)
        tx.volunteers.enroll(phone, ("food", "ride"), ("north",), "active", self.now)

    @rule(
        neighbor=st.sampled_from((*NEIGHBORS, *GIVERS[:2])),
        urgent=st.booleans(),
        wanted=st.integers(1, 3),
        area=st.sampled_from(("north", "downtown")),
    )
    def asks(self, neighbor: str, urgent: bool, wanted: int, area: str) -> None:
        def turn(tx: Transaction) -> None:
            tx.people.introduce(neighbor, "", "en", self.now)
            number = tx.needs.draft(neighbor, "food", self.now)
            tx.needs.record(number, {**STORY, "area": area, "urgent": int(urgent), "wanted": wanted}, self.now)

        self._turn(turn)

    @rule(minutes=st.sampled_from((1, 9, 10, 31, 60, 240, 600, 1440)))
    def passes(self, minutes: int) -> None:
        """Time, in which the worker looks again and again, and all that is to leave leaves."""
        until = self.now + minutes * MINUTE
        while self.now < until:
            self.now = min(until, self.now + max(10, minutes / 12) * MINUTE)
            self._look()

    def _look(self) -> None:
        while self._run(self.waves.look_after_one()):
            pass
        self._each_question_is_within_limits()
        self._turn(self._everything_leaves)

    def _everything_leaves(self, tx: Transaction) -> None:
        while rows := tx.outbox.lease_due(32, 3, self.now + HOUR, self.now):
            for row in rows:
                tx.outbox.settle(row, "sent", self.now)

    @rule(who=st.sampled_from(GIVERS), most=st.integers(1, 4))
    def at_most(self, who: str, most: int) -> None:
        self._turn(lambda tx: tx.volunteers.ask_at_most(who, most))
        self.limits[who].most = most

    @rule(who=st.sampled_from(GIVERS), hours=st.sampled_from(("09:00-12:00", "18:00-23:00", "22:00-06:00", "")))
    def keeps_hours(self, who: str, hours: str) -> None:
        self._turn(lambda tx: tx.volunteers.keep_hours(who, hours))
        begin, _, end = hours.partition("-")
        self.limits[who].hours = (time.fromisoformat(begin), time.fromisoformat(end)) if hours else None

    @rule(who=st.sampled_from(GIVERS), days=st.sampled_from((0, 1, 8)))
    def pauses(self, who: str, days: int) -> None:
        until = self.now + days * DAY if days else 0.0
        self._turn(lambda tx: tx.volunteers.pause(who, until, self.now))
        self.limits[who].paused_until = until

    @rule(who=st.sampled_from(GIVERS))
    def leaves(self, who: str) -> None:
        self._turn(lambda tx: tx.volunteers.leave(who, self.now))
        self.limits[who].left = True

    @rule(who=st.sampled_from(GIVERS), says=st.sampled_from(("yes", "no", "drop")))
    def answers(self, who: str, says: str) -> None:
        def turn(tx: Transaction) -> None:
            for need in tx.alerts.open(who)[0][:1]:
                if says == "no":
                    tx.alerts.decline(need.number, who, self.now)
                    self.limits[who].refused.add(need.number)
                    return
                tx.needs.take(need.number, who, self.now)
                if need.missing == 1:
                    tx.alerts.stand_down(need.number, who, Prompt("news.settled"), self.now)
                if says == "drop":
                    tx.needs.give_back(need.number, who, self.now)

        self._turn(turn)

    @rule()
    def are_asked_again(self) -> None:
        for need in self._turn(lambda tx: tx.needs.open(9)):
            self._turn(partial(_ask_again, number=need.number, now=self.now))

    @invariant()
    def nothing_is_set_aside(self) -> None:
        if hasattr(self, "store"):
            assert not [flag for flag in self._turn(lambda tx: tx.flags.open()) if flag.why == "set_aside"]

    def _each_question_is_within_limits(self) -> None:
        sql = "SELECT need, volunteer, wave, sent_at, beside FROM alerts WHERE wave > 0"
        rows = [row for row in ask(self.url, sql) if (row["need"], row["volunteer"], row["wave"]) not in self.seen]
        for row in rows:
            self.seen.add((row["need"], row["volunteer"], row["wave"]))
            self._may_be_asked(row["volunteer"], row["need"])
            if not row["beside"]:  # several in one text are one question
                self.limits[row["volunteer"]].asked_at.append(row["sent_at"])
        for who in {row["volunteer"] for row in rows}:
            lately = [at for at in self.limits[who].asked_at if at > self.now - WEEK]
            assert len(lately) <= self.limits[who].most, f"{who} was asked {len(lately)} times in a week"

    def _may_be_asked(self, who: str, number: int) -> None:
        limits, need = self.limits[who], self._turn(lambda tx: tx.needs.get(number))
        assert need is not None
        local = datetime.fromtimestamp(self.now, ZONE).time()
        assert not limits.left
        assert limits.paused_until <= self.now
        assert number not in limits.refused
        assert need.neighbor != who
        assert need.urgent or time(8) <= local < time(21)
        if limits.hours:
            begin, end = limits.hours
            assert (begin <= local < end) if begin < end else (local >= begin or local < end)


def _ask_again(tx: Transaction, number: int, now: float) -> None:
    tx.alerts.ask_again(number, now)


def test_nobody_is_asked_outside_their_limits_in_any_order_of_events() -> None:
    run_state_machine_as_test(
        Asking,
        settings=settings(
            max_examples=60 if IN_FULL else 12,
            stateful_step_count=25,
            derandomize=True,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
