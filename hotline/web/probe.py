"""Page of the self-probe: answers who has our own secret what reached us of a request, so that `hotline doctor` sees
what a proxy made of it. To everybody else there is no such page."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hotline.model.heartbeat import STARTED
from hotline.monitoring import self_probe
from hotline.storage import Store, StoreDown
from hotline.web.deadline import in_time

FORWARDED = ("x-forwarded-proto", "x-forwarded-host", "x-forwarded-for", "x-forwarded-prefix")


def routes(
    secret: str, store: Store, clock: Callable[[], float], signatures: Callable[[], str], place: str
) -> list[Route]:
    """The page, for who has the secret. `signatures` says whether webhooks came wrongly signed of late, `place` which
    database it is."""
    ours = self_probe.key(secret)

    async def answer(request: Request) -> Response:
        asked = request.headers.get(self_probe.HEADER, "")
        if not self_probe.is_question(ours, asked, clock()):
            return Response(status_code=404)
        proof = self_probe.proof(ours, asked)
        told = {"started": await _started(store), "signatures": signatures(), "place": place, "proof": proof}
        return JSONResponse({**_seen(request), **told})

    return [Route(self_probe.PATH, answer, methods=["POST"])]


def _seen(request: Request) -> dict[str, str]:
    raw = request.scope["raw_path"].decode("latin-1").split("?")[0]
    told = {name: request.headers.get(name, "") for name in ("host", *FORWARDED)}
    # The server has put whoever a trusted proxy speaks for in its place: then that is not who talks to us.
    return {**told, "path": raw, "client": request.client.host if request.client else ""}


async def _started(store: Store) -> float | None:
    try:
        return await in_time(store, lambda tx: tx.heartbeat.mark(STARTED))
    except StoreDown:
        return None
