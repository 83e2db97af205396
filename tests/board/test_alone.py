"""`hotline board`: the board as a process of its own, beside one that answers texts."""

import asyncio
import signal
import subprocess
import sys
import time
from pathlib import Path

from aiohttp import ClientError, ClientSession

from hotline.inbound.board_sign_in import hashed, token
from tests.board.test_live import Stream
from tests.board.visitor import BEN, TEAM, team
from tests.packaging.test_first_hour import ACCOUNT, NUMBER, TOKEN, clean, port

ENDS = 8.0  # seconds; a stop that waits for a stream takes longer


def started(folder: Path, database_url: str, at: int) -> "subprocess.Popen[bytes]":
    (folder / "community.toml").write_text(TEAM, "utf-8")
    settings = {
        "PUBLIC_URL": "https://hotline.example.org",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_PHONE_NUMBER": NUMBER,
        "DATABASE_URL": database_url,
        "HOST": "127.0.0.1",
    }
    command = [sys.executable, "-m", "hotline", "board", "--port", str(at)]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, cwd=folder, env={**clean(), **settings}, stdout=log, stderr=log)


async def answers(http: ClientSession, url: str, folder: Path) -> None:
    for _ in range(300):
        try:
            async with http.get(f"{url}/health") as answer:
                assert answer.status == 200
                return
        except ClientError:
            await asyncio.sleep(0.1)
    raise AssertionError((folder / "log").read_text("utf-8")[-2000:])


def test_the_board_alone_moves_with_what_another_process_does(tmp_path: Path, database_url: str) -> None:
    async def run() -> None:
        async with team(tmp_path, database_url=database_url) as (rosa, _):
            folder, at, shown = tmp_path / "board", port(), token()
            folder.mkdir()
            url = f"http://127.0.0.1:{at}"
            process = started(folder, database_url, at)
            try:
                async with ClientSession(headers={"Cookie": f"board_session={shown}"}) as http:
                    await answers(http, url, folder)
                    await rosa.place.hotline.store.run(
                        lambda tx: tx.sign_in.begin_session(hashed(shown), "rosa", time.time())
                    )
                    assert await _status(http, f"{url}/twilio/sms") == 404
                    async with http.get(f"{url}/board") as answer:
                        body = await answer.text()
                        assert "101</b> food, Northside" in body
                    async with http.get(f"{url}/board/live", params={"seen": "another"}) as answer:
                        stream = Stream(answer)
                        assert await stream.next() == "changed"
                        await rosa.place.exchange.handset(BEN).text("YES 101")
                        assert await stream.next() == "changed"
                        async with http.get(f"{url}/board/live/columns") as part:
                            assert "Ben has it" in await part.text()
                        process.terminate()
                        assert await asyncio.to_thread(process.wait, ENDS) in (0, -signal.SIGTERM)
                        assert await stream.next() == ""
            finally:
                process.kill()
                process.wait()

    asyncio.run(run())


async def _status(http: ClientSession, url: str) -> int:
    async with http.get(url) as answer:
        return answer.status


def test_without_a_lock_on_the_line_there_is_no_board(tmp_path: Path) -> None:
    environment = {
        **clean(),
        "PUBLIC_URL": "http://hotline.example.org",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_PHONE_NUMBER": NUMBER,
    }
    command = [sys.executable, "-m", "hotline", "board"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "there is a board over https" in done.stderr
