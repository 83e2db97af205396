"""Health endpoints: /health says that the process lives, /ready that the hotline works."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from hotline.carriers.error_codes import explained
from hotline.model.heartbeat import Health
from hotline.outbound.sender_hold import MANY
from hotline.storage import Store
from hotline.web.deadline import in_time
from hotline.web.wrong_signatures import WrongSignatures

STUCK = 120.0  # seconds: a worker that does not beat, a message that does not leave


def routes(store: Store, clock: Callable[[], float], wrong: WrongSignatures) -> list[Route]:
    """Both, for whoever watches this machine. `wrong` is told, and never makes it unready: anybody can forge one."""
    return [Route("/health", _health), Route("/ready", _ready(store, clock, wrong))]


def _sender(health: Health) -> str:
    if health.held_for:
        return f"held by the carrier: {explained(health.held_for)}"
    return "the carrier's answers make no sense" if health.unclear >= MANY else "ok"


async def _health(_: Request) -> Response:
    return PlainTextResponse("alive")


def _ready(
    store: Store, clock: Callable[[], float], wrong: WrongSignatures
) -> Callable[[Request], Awaitable[Response]]:
    async def ready(_: Request) -> Response:
        try:
            health = await in_time(store, lambda tx: tx.heartbeat.health())
        except Exception:
            return JSONResponse({"database": "does not answer"}, 503)
        now = clock()
        state = {
            "database": "ok",
            "worker": "ok" if health.beat_at and abs(now - health.beat_at) < STUCK else "does not beat",
            "outbox": "stuck" if health.waiting_since and now - health.waiting_since > STUCK else "ok",
            "sender": _sender(health),
        }
        status = 200 if set(state.values()) == {"ok"} else 503
        return JSONResponse({**state, "webhooks": wrong.state}, status)

    return ready
