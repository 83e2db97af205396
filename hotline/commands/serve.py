"""Commands `demo`, `serve` and `worker`: what runs until it is stopped."""

import asyncio
import contextlib
import logging
import signal
import socket
from typing import Any

from hotline import settings
from hotline.channels.catalogue import check as check_words
from hotline.commands import Chosen, Wrong, command, demo_community
from hotline.flows import wordings

DEMO = 100  # connections: one machine, some windows


def add(commands: Any) -> None:
    demo = command(commands, "demo", "try everything on this machine, with five phones in the browser", _demo)
    demo.add_argument("--port", type=int, default=8000, help="where the page is (8000)")
    command(commands, "serve", "answer texts and calls (settings: see .env.example)", _serve)
    command(commands, "worker", "send texts and waves, beside a `serve` with WORKER=outside", _worker)


def _demo(chosen: Chosen) -> None:
    from hotline.demo import create_demo
    from hotline.web.connections import Limits
    from hotline.web.server import run

    _must_be_free(chosen.port)
    check_words(demo_community().languages, wordings())
    print(f"\n  Five phones are waiting: open http://127.0.0.1:{chosen.port}/ in a browser.\n  Ctrl+C ends the demo.\n")
    _log("WARNING")
    run(create_demo(chosen.port), Limits(DEMO, DEMO, ()), "127.0.0.1", chosen.port)


def _must_be_free(port: int) -> None:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except (OSError, OverflowError):
        raise Wrong(f"--port: something else listens at {port}; name another, such as --port 8010") from None


def _serve(_: Chosen) -> None:
    from hotline.app import check, create_app
    from hotline.web.connections import Limits
    from hotline.web.server import run
    from hotline.worker import descriptors

    here = settings.read()
    asyncio.run(check(here))
    _log(here.log_level)
    most = min(here.connections, descriptors.for_connections(descriptors.raise_limit()))
    run(create_app(here), Limits(most, here.connections_per_address, here.proxies), here.host, here.port)


def _worker(_: Chosen) -> None:
    from hotline.app import check, run_worker
    from hotline.worker import descriptors

    here = settings.read()
    asyncio.run(check(here))
    _log(here.log_level)
    descriptors.raise_limit()
    asyncio.run(_until_stopped(run_worker(here)))


async def _until_stopped(work: Any) -> None:
    """SIGTERM ends the worker between two things it does, not in the middle of one. What it cannot open is said."""
    task = asyncio.ensure_future(work)
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def _log(level: str) -> None:
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("twilio").setLevel(logging.WARNING)  # at INFO it would write numbers and texts
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)
