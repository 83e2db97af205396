"""Demo: the application of `hotline demo`, a town on this machine that is gone when it ends."""

import asyncio
import contextlib
import socket
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from hotline.demo.lan import OnlyPhones
from hotline.demo.town import Town
from hotline.web.connections import Limits
from hotline.web.server import config


def create_demo(port: int, own: Path | None = None, lan: str = "") -> ASGIApp:
    """The application of the demo, with a community file of one's `own` if there is one; its folder is gone when it
    ends. `lan` is where other machines find it: they reach the pages of single phones, and nothing else."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        with tempfile.TemporaryDirectory(prefix="hotline-") as folder:
            town = Town(Path(folder), port, own, f"{lan}/simulator" if lan else "")
            town.app = app
            await town.begin()
            try:
                async with town.running():
                    yield
            finally:
                await town.close()

    return OnlyPhones(Starlette(lifespan=lifespan))


@contextlib.asynccontextmanager
async def served(folder: Path, own: Path | None = None, elsewhere: str = "") -> AsyncIterator[Town]:
    """A town behind a port of its own, not yet begun and without a pace: whoever plays in it says when it goes on.
    `elsewhere` is one more address of this machine, where phones in the room join."""
    with contextlib.ExitStack() as open_:
        listeners = [open_.enter_context(socket.create_server(("127.0.0.1", 0)))]
        port = listeners[0].getsockname()[1]
        if elsewhere:
            listeners.append(open_.enter_context(socket.create_server((elsewhere, port))))
        for listener in listeners:
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        town = Town(folder, port, own, f"http://{elsewhere}:{port}/simulator" if elsewhere else "")
        app = OnlyPhones(town.app)
        server = uvicorn.Server(config(app, Limits(100, 100, ()), log_level="error", lifespan="off"))
        serving = asyncio.create_task(server.serve(listeners))
        try:
            yield town
        finally:
            await town.close()
            server.should_exit = server.force_exit = True
            await serving
