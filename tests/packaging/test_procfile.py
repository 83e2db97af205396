"""Procfile: its three lines run under honcho, as on a host, against a real PostgreSQL."""

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.packaging.test_first_hour import ACCOUNT, NUMBER, TOKEN, clean, port
from tests.world import COMMUNITY

ROOT = Path(__file__).parents[2]


def honcho(folder: Path, *given: str, **more: str) -> subprocess.Popen[bytes]:
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "honcho", *given],
            cwd=folder,
            env={**clean(), "PATH": path, **more},
            stdout=log,
            stderr=subprocess.STDOUT,
        )


@contextlib.contextmanager
def started(folder: Path, *given: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    process = honcho(folder, *given, **more)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def ready(url: str, folder: Path) -> dict[str, str]:
    """What /ready says once all of it is ok."""
    for _ in range(300):
        with (
            contextlib.suppress(urllib.error.HTTPError, urllib.error.URLError, OSError),
            urllib.request.urlopen(f"{url}/ready", timeout=2) as answer,
        ):
            return dict(json.load(answer))
        time.sleep(0.2)
    raise AssertionError((folder / "log").read_text("utf-8")[-2000:])


def test_the_procfile_runs_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    (tmp_path / "Procfile").write_bytes((ROOT / "Procfile").read_bytes())
    (tmp_path / "community.toml").write_text(COMMUNITY, "utf-8")
    ours = tmp_path / "hotline"  # the command, as an installed one is found
    ours.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hotline "$@"\n', "utf-8")
    ours.chmod(0o755)
    at = port()
    given = {
        "DATABASE_URL": postgres_url,
        "PUBLIC_URL": f"http://127.0.0.1:{at}",
        "WORKER": "outside",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_PHONE_NUMBER": NUMBER,
        "TWILIO_API_URL": "http://127.0.0.1:1",
        "PORT": str(at),
    }
    # A host runs `release` alone and first; honcho counts ports on from PORT for each line.
    assert honcho(tmp_path, "run", "hotline", "migrate", **given).wait(60) == 0, (tmp_path / "log").read_text()
    with started(tmp_path, "start", "web", "worker", **given):
        told = ready(given["PUBLIC_URL"], tmp_path)
    assert {told[part] for part in ("database", "worker", "outbox")} == {"ok"}
    log = (tmp_path / "log").read_text("utf-8")
    assert "web.1" in log
    assert "worker.1" in log
    assert "Traceback" not in log
    with psycopg.connect(postgres_url) as database:
        assert database.execute("SELECT COUNT(*) FROM beats").fetchone() is not None


def test_each_line_of_the_procfile_is_a_command() -> None:
    lines = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text("utf-8").splitlines())
    assert lines == {"release": "hotline migrate", "web": "hotline serve", "worker": "hotline worker"}
