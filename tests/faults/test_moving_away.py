"""A database is copied: not while a hotline writes it, and where there is no room nothing half is left."""

import asyncio
import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.mortal import REPOSITORY, Mortal, Nursery
from tests.faults.texting import AWAKE_COMMUNITY, phones, wire
from tests.figures import Figure, Figures
from tests.storage.asking import ask
from tests.world import COMMUNITY

UNLIMITED = resource.RLIM_INFINITY


def command(folder: Path, *arguments: str, url: str = "", room: int = 0) -> tuple[int, str]:
    """How it ended and what it said; `room` is how large a file may become, in bytes."""

    def narrow() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room or UNLIMITED, UNLIMITED))

    environment = {
        **os.environ,
        "DATABASE_URL": url or f"sqlite:///{folder}/hotline.db",
        "COMMUNITY_FILE": str(folder / "community.toml"),
        "PYTHONPATH": str(REPOSITORY),
    }
    ended = subprocess.run(
        [sys.executable, "-m", "hotline", *arguments],
        cwd=folder,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        check=False,
        preexec_fn=narrow,
    )
    return ended.returncode, ended.stdout


@pytest.mark.parametrize("worker", ["inside", "outside"])
def test_what_a_hotline_writes_is_not_moved_away_beneath_it(
    tmp_path: Path, postgres_url: str, nursery: Nursery, worker: str, figures: Figures
) -> None:
    """Refused while it runs, also a web process without a worker; once it has stopped, everything is there."""
    (tmp_path / "community.toml").write_text(AWAKE_COMMUNITY, "utf-8")
    said: list[tuple[int, str]] = []

    async def play() -> None:
        mortal = Mortal(tmp_path, "http://127.0.0.1:1", nursery, extra={"WORKER": worker})
        await mortal.start()
        async with wire(mortal.url, mortal.url) as line:
            for phone in phones(5):
                await line.text(f"SM{phone}", phone, "food")
            said.append(await asyncio.to_thread(command, tmp_path, "move-to-postgres", postgres_url))
            await asyncio.to_thread(command, tmp_path, "backup", "kept.db")
            said.append(await asyncio.to_thread(command, tmp_path, "restore", "kept.db"))
            await line.text("SMlate", phones(1)[0], "two bags")
        mortal.stop()
        await mortal.dies()
        said.append(await asyncio.to_thread(command, tmp_path, "move-to-postgres", postgres_url))

    asyncio.run(play())
    for code, words in said[:2]:
        assert code == 2, words
        assert "a hotline runs on this database" in words
        assert words.count("\n") == 1
    assert said[2][0] == 0, said[2][1]
    here = len(ask(postgres_url, "SELECT id FROM inbound"))
    figures.note(
        Figure(f"moved while it runs, worker {worker}", "both", 6, 6 - here, note="refused until it has stopped")
    )
    assert here == 6


def test_a_disk_that_fills_during_a_backup_leaves_nothing_half(tmp_path: Path, figures: Figures) -> None:
    (tmp_path / "community.toml").write_text(COMMUNITY, "utf-8")
    assert command(tmp_path, "migrate")[0] == 0
    rooms = (1, 4096, 40_000, 150_000, 250_000)
    wrong = []
    for room in rooms:
        code, words = command(tmp_path, "backup", "kept.db", room=room)
        left = [path.name for path in tmp_path.glob("kept*")]
        if code != 2 or left or words.splitlines()[-1:] == [] or "no backup was made" not in words:
            wrong.append((room, code, words[-300:], left))
    figures.note(Figure("disk full during a backup", "SQLite", len(rooms), 0, 0, len(wrong)))
    assert wrong == []
    assert command(tmp_path, "backup", "kept.db")[0] == 0
    assert command(tmp_path, "restore", "--check", "kept.db")[0] == 0


def test_a_database_of_an_earlier_version_is_brought_up_to_date_before_it_is_moved(
    tmp_path: Path, postgres_url: str
) -> None:
    (tmp_path / "community.toml").write_text(COMMUNITY, "utf-8")
    assert command(tmp_path, "migrate")[0] == 0
    with closing(sqlite3.connect(tmp_path / "hotline.db")) as file:
        file.execute("ALTER TABLE beats DROP COLUMN ended")
        file.execute("DELETE FROM schema_version WHERE version >= 13")
        file.commit()
    code, words = command(tmp_path, "move-to-postgres", postgres_url)
    assert (code, words.count("\n")) == (2, 1)
    assert "hotline migrate" in words
