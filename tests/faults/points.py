"""Named points at which a hotline kills itself. They are laid around its functions from outside, in its own process."""
# ruff: noqa: B010 - what is set here has another type on purpose

import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hotline.carriers.twilio.client import TwilioCarrier
from hotline.storage import postgres, sqlite
from hotline.storage.execute import Execute
from hotline.storage.postgres_batch import Batch
from hotline.web.signed_endpoint import Door

# before/after a named statement; what is done by a store around a turn; what leaves the machine
STATEMENTS = (
    "after receive",
    "after lock_needs",
    "before draft",
    "after record",
    "after take",
    "after claim",
    "after put",
    "before give_answer",
    "after give_answer",
    "after alert",
    "after lease_due",
    "after write_down",
    "before part_sent",
    "after part_sent",
    "after settle",
    "after report",
)
AROUND = ("before BEGIN", "before COMMIT", "after COMMIT", "before the answer", "after the answer")
OUTSIDE = ("before send", "after send")
POINTS = (*STATEMENTS, *AROUND, *OUTSIDE)


@dataclass
class Trap:
    """Dies the `nth` time that the point is reached."""

    point: str
    nth: int
    lock: threading.Lock = field(default_factory=threading.Lock)

    def reach(self, point: str) -> None:
        if point != self.point:
            return
        with self.lock:
            self.nth -= 1
            if self.nth <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
                threading.Event().wait()  # not one instruction more in this thread


def set_trap(point: str, nth: int) -> None:
    """From now on this process dies there."""
    assert point in POINTS, point
    trap = Trap(point, nth)
    _around_statements(trap)
    _around_turns(trap)
    _around_answers(trap)
    _around_sending(trap)


def _around_statements(trap: Trap) -> None:
    def traced(executor: Callable[[Any], Execute]) -> Callable[[Any], Execute]:
        def make(connection: Any) -> Execute:
            execute = executor(connection)

            def run(name: str, values: Any) -> Any:
                trap.reach(f"before {name}")
                outcome = execute(name, values)
                trap.reach(f"after {name}")
                return outcome

            return run

        return make

    asked = Batch.__call__

    def of_a_batch(batch: Batch, name: str, values: Any) -> Any:
        trap.reach(f"before {name}")
        outcome = asked(batch, name, values)
        trap.reach(f"after {name}")
        return outcome

    setattr(sqlite, "_executor", traced(sqlite._executor))
    setattr(postgres, "_executor", traced(postgres._executor))
    setattr(Batch, "__call__", of_a_batch)


def _around_turns(trap: Trap) -> None:
    """Only turns that came over HTTP or send something: opening the database is no turn."""
    run_batch, run_one, commit = sqlite.run_batch, sqlite._run_one, sqlite.commit
    once, together, sent = postgres.PostgresStore._once, postgres.PostgresStore._all_at_once, Batch.send

    def batch(connection: Any, waiting: Any) -> Any:
        trap.reach("before BEGIN")
        return run_batch(connection, waiting)

    def one(*args: Any) -> Any:
        outcome = run_one(*args)
        trap.reach("before COMMIT")
        return outcome

    def committing(connection: Any) -> float:
        took = commit(connection)
        trap.reach("after COMMIT")
        return took

    def on_postgres(store: Any, turn: Callable[..., Any], *args: Any) -> Any:
        def whole(transaction: Any, *inner: Any) -> Any:
            outcome = turn(transaction, *inner)
            trap.reach("before COMMIT")
            return outcome

        trap.reach("before BEGIN")
        outcome = once(store, whole, *args)
        trap.reach("after COMMIT")
        return outcome

    def all_on_postgres(store: Any, waiting: Any) -> Any:
        trap.reach("before BEGIN")
        outcomes = together(store, waiting)
        trap.reach("after COMMIT")
        return outcomes

    def sending(run: Batch) -> None:
        sent(run)
        trap.reach("before COMMIT")

    setattr(sqlite, "run_batch", batch)
    setattr(sqlite, "_run_one", one)
    setattr(sqlite, "commit", committing)
    setattr(postgres.PostgresStore, "_once", on_postgres)
    setattr(postgres.PostgresStore, "_all_at_once", all_on_postgres)
    setattr(Batch, "send", sending)


def _around_answers(trap: Trap) -> None:
    respond = Door.__call__

    async def call(door: Door, scope: Any, receive: Any, send: Any) -> None:
        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                trap.reach("before the answer")
            await send(message)

        await respond(door, scope, receive, sending)
        trap.reach("after the answer")

    setattr(Door, "__call__", call)


def _around_sending(trap: Trap) -> None:
    send = TwilioCarrier.send

    async def sending(carrier: TwilioCarrier, *args: Any, **named: Any) -> Any:
        trap.reach("before send")
        sent = await send(carrier, *args, **named)
        trap.reach("after send")
        return sent

    setattr(TwilioCarrier, "send", sending)
