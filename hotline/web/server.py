"""HTTP server: uvicorn with our limits on connections, the same for the hotline, the demo and the tests."""

from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp

from hotline.web.connections import IDLE, Limits, protocol

FINISHING = 10  # seconds at the end: what is being answered when the machine stops is answered before


def config(app: ASGIApp, limits: Limits, **other: Any) -> uvicorn.Config:
    """How the server runs. Who a proxy speaks for is found out with the limits, not by uvicorn once more."""
    return uvicorn.Config(
        cast(Any, app),
        http=cast(Any, protocol(limits)),
        ws="none",
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_keep_alive=int(IDLE),
        timeout_graceful_shutdown=FINISHING,
        **other,
    )


def run(app: ASGIApp, limits: Limits, host: str, port: int) -> None:
    """Answers until it is stopped."""
    server = uvicorn.Server(config(app, limits, host=host, port=port))
    try:
        server.run()
    except KeyboardInterrupt:
        return
    if not server.started:
        raise SystemExit(3)
