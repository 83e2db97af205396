"""First minute: from `git clone` to a request that somebody took, with the line of the README, on the clock.

    python -m benchmarks.first_minute

It clones this repository into an empty folder, runs the README's first command there, and when the phones are waiting,
texts from Ana's phone and answers from Ben's, as a person would but without reading. Packages come from wherever pip is
set to take them; a second run finds them in the cache of pip. Everything ends with it, and the folder is gone.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.processes import free_port

REPOSITORY = Path(__file__).parents[1]
LINE = re.compile(r"^python3 -m venv .*hotline demo$", re.MULTILINE)
PROMISED = 60.0  # seconds
PATIENCE = 240.0  # seconds
LOOK = 0.05  # seconds between two looks
SAID = ("food 11216", "two bags of rice", "1")  # by Ana: what, more about it, yes


class Phones:
    """The pretend phones at one address, as the page has them."""

    def __init__(self, url: str) -> None:
        self._url = url

    def state(self) -> dict[str, dict[str, Any]]:
        """What each phone shows, by the name of whose it is."""
        with urllib.request.urlopen(f"{self._url}/state", timeout=5) as answer:
            return {each["name"]: each for each in json.load(answer)["handsets"]}

    def text(self, name: str, words: str) -> None:
        number = self.state()[name]["number"]
        told = json.dumps({"body": words}).encode()
        asked = urllib.request.Request(
            f"{self._url}/handsets/{number}/text", told, {"content-type": "application/json"}
        )
        urllib.request.urlopen(asked, timeout=30).close()

    def has_read(self, name: str, words: str) -> bool:
        return words in json.dumps(self.state()[name]["texts"])


def main() -> None:
    (line,) = LINE.findall((REPOSITORY / "README.md").read_text("utf-8"))
    port = free_port()
    phones = Phones(f"http://127.0.0.1:{port}/simulator")
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hotline-first-") as name:
        folder = Path(name) / "hotline"
        subprocess.run(["git", "clone", "--quiet", REPOSITORY, folder], check=True)
        _tell("cloned", begun)
        running = subprocess.Popen(
            f"{line} --port {port}",
            shell=True,
            cwd=folder,
            start_new_session=True,
            stdout=sys.stderr,
            stderr=sys.stderr,
        )
        try:
            _wait(lambda: bool(phones.state()), running)
            _tell("phones are waiting", begun)
            for words in SAID:
                phones.text("Ana", words)
            _wait(lambda: phones.has_read("Ben", "YES 101"), running)
            phones.text("Ben", "YES 101")
            _wait(lambda: phones.has_read("Ana", "Ben takes"), running)
            _tell(f"taken (promised: {PROMISED:.0f})", begun)
        finally:
            os.killpg(running.pid, signal.SIGTERM)
            running.wait()


def _wait(there: Callable[[], bool], running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and running.poll() is None:
        try:
            if there():
                return
        except (urllib.error.URLError, OSError):
            pass  # it does not listen yet
        time.sleep(LOOK)
    raise SystemExit("it did not come to that")


def _tell(what: str, begun: float) -> None:
    print(f"{time.monotonic() - begun:6.1f} s  {what}", flush=True)


if __name__ == "__main__":
    main()
