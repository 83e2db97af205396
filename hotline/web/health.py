"""Health endpoints: /health says that the process lives, /ready that the hotline works."""

import asyncio
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from hotline.carriers.error_codes import explained
from hotline.model.heartbeat import Health
from hotline.model.line import Line
from hotline.outbound.gateway import alive_at
from hotline.storage import Store, Transaction
from hotline.web.deadline import in_time
from hotline.web.wrong_signatures import WrongSignatures

KEPT_FOR = 1.0  # seconds
MARK = "ready"
STUCK = 120.0  # seconds: a worker that does not beat, a message that does not leave


def routes(store: Store, clock: Callable[[], float], wrong: WrongSignatures, line: Line) -> list[Route]:
    """Both, for whoever watches this machine. `wrong` is told, and never makes it unready: anybody can forge one."""
    return [Route("/health", _health), Route("/ready", Readiness(store, clock, wrong, line).__call__)]


def _sender(health: Health) -> str:
    if health.held_for:
        return f"held by the carrier: {explained(health.held_for)}"
    return "the carrier's answers make no sense" if health.senseless else "ok"


async def _health(_: Request) -> Response:
    return PlainTextResponse("alive")


class Readiness:
    """What stands in /ready. Anybody may ask, as often as they like: the database is asked once a second for all."""

    def __init__(self, store: Store, clock: Callable[[], float], wrong: WrongSignatures, line: Line) -> None:
        self._store, self._clock, self._wrong, self._line = store, clock, wrong, line
        self._one_at_a_time = asyncio.Lock()
        self._state: dict[str, str] = {}
        self._looked_at = float("-inf")

    async def __call__(self, _: Request) -> Response:
        async with self._one_at_a_time:
            if not 0 <= self._clock() - self._looked_at < KEPT_FOR:
                self._state = await self._look()
                self._looked_at = self._clock()
        status = 200 if set(self._state.values()) == {"ok"} else 503
        return JSONResponse({**self._state, "webhooks": self._wrong.state}, status)

    async def _look(self) -> dict[str, str]:
        now = self._clock()
        try:
            health, alive = await in_time(self._store, _look_and_write, now)
        except Exception:
            return {"database": "does not answer, or does not write"}
        return {
            "database": "ok",
            "worker": "ok" if health.beat_at and abs(now - health.beat_at) < STUCK else "does not beat",
            "outbox": "stuck" if health.waiting_since and now - health.waiting_since > STUCK else "ok",
            "sender": _sender(health),
            **self._gateway(alive, now),
        }

    def _gateway(self, alive_at: float | None, now: float) -> dict[str, str]:
        """A word about the machine between us and the telephones, where there is one."""
        if not self._line.silent_after:
            return {}
        silent = alive_at is None or abs(now - alive_at) > self._line.silent_after
        return {"gateway": "does not show that it lives" if silent else "ok"}


def _look_and_write(tx: Transaction, now: float) -> tuple[Health, float | None]:
    """A database that can be read may still keep nothing: something is written and committed."""
    tx.heartbeat.set_mark(MARK, now)
    return tx.heartbeat.health(), alive_at(tx)
