"""The first hour: docs/operators.md is followed from `init` to the first answer, and what is to do is counted."""

import asyncio
import contextlib
import io
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from hotline import cli
from hotline.simulator.clock import Clock
from hotline.simulator.exchange import Exchange
from hotline.simulator.gateway import PhoneGateway, gateway_app
from hotline.simulator.page import simulator_app

PAGE = Path(__file__).parents[2] / "docs" / "operators.md"
PATIENCE = 120.0  # seconds: tests run side by side, and a start is the first thing that waits
MOST = 12  # things to do, from `hotline init` to the first answered webhook
ACCOUNT, TOKEN, NUMBER, MINE = "AC" + "1" * 32, "2" * 32, "+12125550100", "+12125550111"


def actions() -> list[str]:
    """What the page says to do, one after the other."""
    text = PAGE.read_text("utf-8")
    section = text.split("## From here to the first answer")[1].split("\n## ")[0]
    return [item.replace("\n", " ") for item in re.findall(r"^\d+\. (.+(?:\n   .+)*)", section, re.MULTILINE)]


def first_command(action: str) -> str:
    found = re.match(r"`(hotline [a-z-]+)`", action)
    return found[1] if found else ""


def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def clean() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TWILIO_", "HOTLINE_"))}
    return {**kept, "PYTHONPATH": str(PAGE.parents[1])}


def is_there(at: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{at}/health", timeout=1):
            return True
    except (urllib.error.URLError, OSError):
        return False


@contextlib.contextmanager
def served(folder: Path, at: int, api: str) -> Iterator[None]:
    given = {**clean(), "PORT": str(at), "TWILIO_API_URL": api}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "hotline", "serve"], cwd=folder, env=given, stderr=log)
    try:
        until = time.monotonic() + PATIENCE
        while not is_there(at):
            assert process.poll() is None, (folder / "log").read_text("utf-8")
            assert time.monotonic() < until, "it does not answer"
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(30)


@pytest.mark.parametrize("carrier", ["twilio", "android"])
def test_the_page_leads_to_an_answer_in_a_dozen_actions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, carrier: str
) -> None:
    todo = actions()
    assert len(todo) <= MOST
    assert [first_command(each).removeprefix("hotline ") for each in todo] == [
        *("init", "", "check", "serve", "doctor", "connect", ""),
    ], "the page says something else than what is tried here"
    monkeypatch.chdir(tmp_path)
    asyncio.run(_follow(tmp_path, monkeypatch, carrier))


def pretended(carrier: str, url: str, at: int) -> tuple[Exchange, list[str]]:
    """The carrier, and what `init` is answered about it."""
    if carrier == "android":
        phone = PhoneGateway(user="sms", password="a password", signing_key=TOKEN, number=NUMBER, public_url=url)
        return phone, ["android", url, f"http://127.0.0.1:{at}/phone", "", "a password", TOKEN, NUMBER]
    exchange = Exchange(account_sid=ACCOUNT, auth_token=TOKEN, number=NUMBER, public_url=url, clock=Clock())
    return exchange, ["", url, ACCOUNT, TOKEN, NUMBER]


async def _follow(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """All but `doctor`, which has tests of its own and asks the world outside."""
    ours, theirs = port(), port()
    url, api = f"http://127.0.0.1:{ours}", f"http://127.0.0.1:{theirs}/simulator/api"
    exchange, told = pretended(name, url, theirs)
    async with carrier(exchange, theirs):
        answers = ["Eastside", "", "", "", "", "", "Rosa", MINE, "", *told, ""]
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(answers)))
        assert await asyncio.to_thread(cli.main, ["init"]) == 0
        edited = (folder / "community.toml").read_text("utf-8").replace("a ride", "a lift")
        (folder / "community.toml").write_text(edited, "utf-8")
        monkeypatch.setenv("TWILIO_API_URL", api)
        assert await asyncio.to_thread(cli.main, ["check"]) == 0
        with served(folder, ours, api):
            assert await asyncio.to_thread(cli.main, ["connect", "--yes"]) == 0
            if isinstance(exchange, PhoneGateway):
                assert {hook["url"] for hook in exchange.registered.values()} == {f"{url}/android/webhook"}
            else:
                assert exchange.told["SmsUrl"].split("#")[0] == f"{url}/twilio/sms"
            mine = exchange.handset(MINE, "Me", "flip")
            await mine.text("food")
            for _ in range(150):  # a machine that is busy answers late, by a text of its own
                await exchange.settle()
                if mine.inbox:
                    break
                await asyncio.sleep(0.2)
            assert mine.inbox, (folder / "log").read_text("utf-8")[-3000:]


@contextlib.asynccontextmanager
async def carrier(exchange: Exchange, at: int) -> AsyncIterator[None]:
    phone = [Mount("/phone", gateway_app(exchange))] if isinstance(exchange, PhoneGateway) else []
    pages = Starlette(routes=[Mount("/simulator", simulator_app(exchange)), *phone])
    server = uvicorn.Server(uvicorn.Config(pages, port=at, log_level="error"))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        await exchange.aclose()
        server.should_exit = True
        await task
