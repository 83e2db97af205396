"""Commands `demo`, `serve`, `worker` and `board`: what runs until it is stopped."""

import asyncio
import contextlib
import errno
import logging
import signal
import socket
from pathlib import Path
from typing import Any

from hotline import settings
from hotline.channels.catalogue import check as check_words
from hotline.commands import Chosen, Wrong, command, community, demo_community
from hotline.commands.start_up import summary
from hotline.flows import wordings
from hotline.model import phone_numbers
from hotline.monitoring import log_format

log = logging.getLogger("hotline")

LISTENED = ("127.0.0.1", "0.0.0.0", "::1", "::")
DEMO = 100  # connections: one machine, some windows


def add(commands: Any) -> None:
    demo = command(commands, "demo", "try everything on this machine, with six phones in the browser", _demo)
    demo.add_argument("--community", type=Path, metavar="FILE", help="play with your own community file")
    demo.add_argument("--port", type=int, default=8000, help="where the page is (8000)")
    demo.add_argument("--lan", action="store_true", help="let telephones in the room join, each as one of the phones")
    command(commands, "serve", "answer texts and calls (settings: see .env.example)", _serve)
    command(commands, "worker", "send texts and waves, beside a `serve` with WORKER=outside", _worker)
    board = command(
        commands, "board", "the coordinators' board alone, beside a `serve`: no text waits for a page", _board
    )
    board.add_argument("--port", type=int, default=8001, help="where it listens (8001); send /board there")


def _demo(chosen: Chosen) -> None:
    from hotline.demo.app import create_demo
    from hotline.demo.lan import address
    from hotline.demo.seed import NUMBER
    from hotline.web.connections import Limits
    from hotline.web.server import run

    host = "0.0.0.0" if chosen.lan else "127.0.0.1"
    _must_be_free(host, chosen.port, "--port", "--port 8010")
    here = community(chosen.community) if chosen.community else demo_community()
    check_words(here.languages, wordings())
    if not phone_numbers.is_of(NUMBER, here.country):
        raise Wrong(f"--community: the demo's phones are American, and this community is in {here.country}")
    here_is = f"http://127.0.0.1:{chosen.port}/"
    print(f"\n  Phones are waiting: open {here_is} in a browser.\n  The coordinators' board is at {here_is}board")
    lan = f"http://{address()}:{chosen.port}" if chosen.lan else ""
    if lan:
        print(f"  Telephones in the room join at {lan}, each by the code under its phone on the page.")
    print("  Ctrl+C ends the demo.\n")
    log_format.set_up("WARNING", "plain", "")
    run(create_demo(chosen.port, chosen.community, lan), Limits(DEMO, DEMO, ()), host, chosen.port)


def _must_be_free(host: str, port: int, what: str, other: str) -> None:
    """Said before anything is opened: the server itself would say it in a log, behind other lines."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OverflowError:
        raise Wrong(f"{what}: {port} is no port; name another, such as {other}") from None
    except OSError as error:
        raise Wrong(f"{what}: {_why(error, host, port)}; name another, such as {other}") from None


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"only the machine's owner may listen at {port}"
    if error.errno == errno.EADDRINUSE:
        return f"something else listens at {port}; perhaps a hotline runs already"
    return f"this machine has no address {host} to listen at"


def _serve(_: Chosen) -> None:
    from hotline.app import check, create_app
    from hotline.web.connections import Limits
    from hotline.web.server import run
    from hotline.worker import descriptors

    here = settings.read()
    _must_be_free(here.host, here.port, "PORT" if here.host in LISTENED else "HOST and PORT", "PORT=8010")
    asyncio.run(check(here))
    _log(here)
    most = min(here.connections, descriptors.for_connections(descriptors.raise_limit()))
    run(create_app(here), Limits(most, here.connections_per_address, here.proxies), here.host, here.port)


def _board(chosen: Chosen) -> None:
    from hotline.app import check, create_board, has_board
    from hotline.web.connections import Limits
    from hotline.web.server import run
    from hotline.worker import descriptors

    here = settings.read()
    if not has_board(here):
        raise Wrong("PUBLIC_URL: there is a board over https, or on this machine alone")
    _must_be_free(here.host, chosen.port, "--port", "--port 8011")
    asyncio.run(check(here))
    _log(here)
    most = min(here.connections, descriptors.for_connections(descriptors.raise_limit()))
    run(create_board(here), Limits(most, here.connections_per_address, here.proxies), here.host, chosen.port)


def _worker(_: Chosen) -> None:
    from hotline.app import check, run_worker
    from hotline.worker import descriptors

    here = settings.read()
    asyncio.run(check(here))
    _log(here)
    descriptors.raise_limit()
    asyncio.run(_until_stopped(run_worker(here)))


async def _until_stopped(work: Any) -> None:
    """SIGTERM ends the worker between two things it does, not in the middle of one. What it cannot open is said."""
    task = asyncio.ensure_future(work)
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def _log(here: settings.Settings) -> None:
    """Every line goes through our format from now on; the first says what runs here."""
    log_format.set_up(here.log_level, here.log_format, here.secret)
    log.info(summary(here, community(Path(here.community_file))))
