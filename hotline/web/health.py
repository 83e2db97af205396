"""Health endpoints: /health says that the process lives, /ready that the hotline works."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from hotline.storage import Store
from hotline.web.deadline import in_time

STUCK = 120.0  # seconds: a worker that does not beat, a message that does not leave


def routes(store: Store, clock: Callable[[], float]) -> list[Route]:
    """Both, for whoever watches this machine."""
    return [Route("/health", _health), Route("/ready", _ready(store, clock))]


async def _health(_: Request) -> Response:
    return PlainTextResponse("alive")


def _ready(store: Store, clock: Callable[[], float]) -> Callable[[Request], Awaitable[Response]]:
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
            "sender": "held by the carrier" if health.held_until and health.held_until > now else "ok",
        }
        return JSONResponse(state, 200 if set(state.values()) == {"ok"} else 503)

    return ready
