"""Texts beside the board: what a text waits while coordinators load the overview, and others look on while it moves.

    python -m benchmarks.board_beside [--seconds 60] [--rounds 2] [--open 10]

10,000 open requests, 100,000 past ones, 100,000 people, on SQLite, everything in one process. 30 texts a second come
in, each when it is due whether the one before was answered or not; in every other stretch the overview is loaded ten
times a second meanwhile, and ten boards are open (`--open`). Texts and boards come from processes of their own.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from aiohttp import ClientSession, TCPConnector

from benchmarks.board import fill
from benchmarks.contenders import hotline
from benchmarks.figures import Target
from benchmarks.load import is_answered, is_whole
from benchmarks.texts import request
from hotline.inbound.board_sign_in import hashed, token
from hotline.storage import open_store

TEXTS, RELOADS, OPEN = 30.0, 10.0, 10  # a second, a second, boards
BOUND = 5.0  # milliseconds by which a text's p99 may be worse


async def texts(port: int, seconds: float, first: int) -> list[float]:
    """Milliseconds from when each text was due until its whole answer was there."""
    waits: list[float] = []

    async def one(number: int, due: float) -> None:
        text = request(number)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(text)
        answer = b""
        while not is_whole(answer):
            answer += await reader.read(65536)
        waits.append((time.perf_counter() - due) * 1000)
        writer.close()
        assert is_answered(answer), answer

    begun = time.perf_counter() + 0.5
    await asyncio.gather(*(one(first + each, begun + each / TEXTS) for each in range(int(seconds * TEXTS))))
    return waits


async def boards(port: int, seconds: float, cookie: str, many: int) -> list[float]:
    """Milliseconds of each load of the overview; beside it boards are open that move by themselves."""
    url, took = f"http://127.0.0.1:{port}/board", list[float]()
    headers = {"Cookie": f"board_session={cookie}", "Accept-Encoding": "gzip"}
    async with ClientSession(headers=headers, connector=TCPConnector(limit=0)) as http:

        async def load() -> None:
            begun = time.perf_counter()
            async with http.get(url) as answer:
                assert answer.status == 200
                assert b'id="columns"' in await answer.read()
            took.append((time.perf_counter() - begun) * 1000)

        async def look_on() -> None:
            async with http.get(f"{url}/live?seen=x", timeout=None) as stream:
                async for line in stream.content:
                    if line.startswith(b"data: changed"):
                        async with http.get(f"{url}/live/columns") as answer:
                            await answer.read()

        open_boards = [asyncio.create_task(look_on()) for _ in range(many)]
        begun, loads = time.perf_counter(), []
        for each in range(int(seconds * RELOADS)):
            await asyncio.sleep(max(0.0, begun + each / RELOADS - time.perf_counter()))
            loads.append(asyncio.create_task(load()))
        await asyncio.gather(*loads)
        assert not any(board.done() for board in open_boards), "a board lost its line"
        for board in open_boards:
            board.cancel()
    return took


ROLES: dict[str, Callable[..., Coroutine[Any, Any, list[float]]]] = {"texts": texts, "boards": boards}


def measure(folder: Path, seconds: float, rounds: int, many: int) -> None:
    path = folder / "hotline.db"
    fill(path)  # anew for each run: it holds no more than 9,899 requests that are not over
    cookie = token()
    asyncio.run(_sign_in(path, cookie))
    alone, beside, loads = list[float](), list[float](), list[float]()
    tails: dict[bool, list[float]] = {False: [], True: []}
    with hotline(folder, f"sqlite:///{path}") as server:
        first = time.time_ns() // 1_000_000_000 % 100_000 * 60  # other neighbors than in the last run
        _begin("texts", server.port, 2.0, first).communicate()
        first += 1500
        for stretch in range(2 * rounds):
            cpu = server.cpu()
            with_boards = bool(stretch % 2)
            others = [_begin("boards", server.port, seconds + 1, cookie, many)] if with_boards else []
            waits = _result(_begin("texts", server.port, seconds, first))
            memory = server.memory()  # while the boards are open still
            loads += [each for other in others for each in _result(other)]
            (beside if with_boards else alone).extend(waits)
            tails[with_boards].append(_late(waits))
            first += 3000
            said = f"ten loads a second, {many} open boards" if with_boards else "texts alone"
            busy = (server.cpu() - cpu) / seconds
            took = f"p50 {median(waits):5.2f} ms, p99 {_late(waits):6.2f} ms"
            print(f"{said:36} {len(waits)} texts, {took}, {busy:.0%} busy, {memory:.0f} MiB")
    late = quantiles(loads, n=20)[18]
    print(f"overview while live: p50 {median(loads):.1f} ms, p95 {late:.1f} ms, {len(loads)} loads")
    worse = median(tails[True]) - median(tails[False])
    print(Target("a text's p99 at most 5 ms worse beside the board", worse, BOUND, at_least=False, unit="ms").line())


async def _sign_in(path: Path, cookie: str) -> None:
    store = await open_store(f"sqlite:///{path}")
    await store.run(lambda tx: tx.sign_in.begin_session(hashed(cookie), "rosa", time.time()))
    await store.close()


def _late(waits: Sequence[float]) -> float:
    return quantiles(waits, n=100)[98]


def _begin(role: str, *given: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchmarks.board_beside", "--role", json.dumps([role, *given])]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _result(process: "subprocess.Popen[str]") -> list[float]:
    told, _ = process.communicate()
    if process.returncode:
        raise SystemExit("the load stopped")
    return [float(each) for each in json.loads(told)]


def main() -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.board_beside", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="of each stretch")
    parser.add_argument("--rounds", type=int, default=2, help="of two stretches each: without the board, with it")
    parser.add_argument("--open", type=int, default=OPEN, help="boards that move by themselves")
    parser.add_argument("--role", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.role:
        role, *given = json.loads(chosen.role)
        print(json.dumps(asyncio.run(ROLES[role](*given))))
        return
    with tempfile.TemporaryDirectory() as made:
        measure(Path(made), chosen.seconds, chosen.rounds, chosen.open)


if __name__ == "__main__":
    main()
