"""A process that is stuck for good ends by itself, says where, and one that is only busy goes on."""

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults.mortal import REPOSITORY, Mortal, Nursery
from tests.figures import Figure, Figures
from tests.world import COMMUNITY

STUCK = 70
PROGRAM = """
import asyncio, re, threading, time
from hotline.worker import watchdog
watchdog.TICK, watchdog.SILENCE, watchdog.DEAF, watchdog.LAST_WORDS = 0.1, 10, 3.0, 1.0

def lock_of_nobody():
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()

def busy():
    time.sleep(0.6)

def python_itself():
    re.match("(a+)+$", "a" * 60 + "b")

async def main():
    with watchdog.watched():
        await asyncio.sleep(0.5)
        {fault}()
        await asyncio.sleep(2)
    print("well")

asyncio.run(main())
"""


def run(fault: str) -> tuple[int, str, float]:
    """How it ended, what it said, and after how long."""
    begun = time.monotonic()
    command = [sys.executable, "-c", PROGRAM.replace("{fault}", fault)]
    ended = subprocess.run(
        command, cwd=REPOSITORY, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False
    )
    return ended.returncode, ended.stdout, time.monotonic() - begun


def test_a_loop_that_waits_for_a_lock_for_ever_ends_the_process(figures: Figures) -> None:
    code, said, seconds = run("lock_of_nobody")
    figures.note(Figure("a loop that is stuck", "", 1, int(code != STUCK), 0, 0, f"ended after {seconds:.1f} s"))
    assert code == STUCK
    assert "has not answered itself for 11 seconds" in said
    assert "lock_of_nobody" in said
    assert seconds < 20


def test_python_itself_that_is_stuck_ends_the_process() -> None:
    """A search that never ends holds Python's lock: no thread of Python's comes to its turn."""
    code, said, _ = run("python_itself")
    assert code == 1
    assert "Timeout" in said
    assert "python_itself" in said


@pytest.mark.parametrize("fault", ["busy", "print"])
def test_a_loop_that_is_busy_goes_on(fault: str) -> None:
    code, said, _ = run(fault)
    assert (code, said.strip()) == (0, "well")


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_both_processes_are_watched(tmp_path: Path, nursery: Nursery, command: str) -> None:
    (tmp_path / "community.toml").write_text(COMMUNITY, "utf-8")
    at_once = {"hotline.worker.watchdog.SILENCE": -1, "hotline.worker.watchdog.TICK": 0.1}

    async def play() -> int:
        mortal = Mortal(tmp_path, "http://127.0.0.1:9", nursery)
        mortal.pid = await nursery.bear(tmp_path, mortal.environment, command, tune=at_once)
        try:
            return await mortal.dies()
        finally:
            await mortal.kill()

    assert asyncio.run(play()) == STUCK
