"""A mistake stops the start with one sentence: the command ends, and nobody sees a stack."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable
from pathlib import Path

import pytest

from hotline.commands.serve import _until_stopped
from hotline.storage import StoreDown, open_store
from tests.faults.conftest import Size
from tests.faults.mortal import Mortal, Nursery
from tests.figures import Figure, Figures, kind
from tests.world import COMMUNITY

MISTAKES = {
    "no token": ({"TWILIO_AUTH_TOKEN": ""}, "TWILIO_AUTH_TOKEN"),
    "a folder that is not there": ({"DATABASE_URL": "sqlite:////no/such/folder/hotline.db"}, "DATABASE_URL"),
    "no database behind the address": ({"DATABASE_URL": "sqlite:///community.toml"}, "DATABASE_URL"),
    "a machine that forgets its disk": ({"DYNO": "web.1"}, "DATABASE_URL"),
    "no community file": ({"COMMUNITY_FILE": "nothing.toml"}, "COMMUNITY_FILE"),
    "a mistake in the community file": ({"COMMUNITY_FILE": "broken.toml"}, "country"),
    "a folder for a file": ({"COMMUNITY_FILE": "."}, ""),
    "a port that there is not": ({"PORT": "99999"}, "PORT"),
    "an address with a port that there is not": ({"PUBLIC_URL": "https://a.org:99999"}, "PUBLIC_URL"),
}


def _environment(folder: Path, settings: dict[str, str]) -> dict[str, str]:
    folder.mkdir(exist_ok=True)
    (folder / "community.toml").write_text(COMMUNITY, "utf-8")
    (folder / "broken.toml").write_text(COMMUNITY.replace('country = "US"', 'county = "US"'), "utf-8")
    return {**Mortal(folder, "http://127.0.0.1:9").environment, **settings}


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_every_mistake_is_one_sentence_on_the_terminal(tmp_path: Path, nursery: Nursery, command: str) -> None:
    async def start(what: str) -> tuple[int, str]:
        folder = tmp_path / what.replace(" ", "_")
        mortal = Mortal(folder, "", nursery)
        mortal.pid = await nursery.bear(folder, _environment(folder, MISTAKES[what][0]), command)
        try:
            code = await mortal.dies(5)
        except AssertionError:
            await mortal.kill()
            code = 0
        return code, (folder / "log.txt").read_text("utf-8")

    async def play() -> dict[str, tuple[int, str]]:
        return dict(zip(MISTAKES, await asyncio.gather(*map(start, MISTAKES)), strict=True))

    said = asyncio.run(play())
    wrong = {what: words for what, (_, words) in said.items() if not _is_one_sentence(words, MISTAKES[what][1])}
    assert wrong == {}
    assert {code for code, _ in said.values()} == {2}


def test_the_command_itself_says_it_and_ends(tmp_path: Path) -> None:
    settings, key = MISTAKES["no token"]
    environment = _environment(tmp_path, settings)
    command = [sys.executable, "-m", "hotline", "serve"]
    ended = subprocess.run(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, timeout=20, check=False
    )
    assert ended.returncode == 2
    assert _is_one_sentence(ended.stderr, key)


def _is_one_sentence(words: str, key: str) -> bool:
    return words.startswith("hotline: ") and words.count("\n") == 1 and key in words


def test_a_worker_that_cannot_open_ends_with_the_reason() -> None:
    """Its database went between the first look and the second."""

    async def fails() -> None:
        raise StoreDown("DATABASE_URL: PostgreSQL cannot be used")

    with pytest.raises(StoreDown, match="DATABASE_URL"):
        asyncio.run(_until_stopped(fails()))


def test_processes_that_start_together_do_not_trip_over_each_other(
    tmp_path: Path, database_url: str, nursery: Nursery, size: Size, figures: Figures
) -> None:
    """Two web processes and two workers, in one folder, on one new database."""
    times, fell = size(3, 50), []

    async def start(folder: Path, url: str) -> list[str]:
        (folder / "community.toml").parent.mkdir(parents=True, exist_ok=True)
        (folder / "community.toml").write_text(COMMUNITY, "utf-8")
        all_of_them = [
            Mortal(folder, "http://127.0.0.1:1", nursery, url, extra={"WORKER": "outside", "RECORDINGS": "sounds"})
            for _ in range(4)
        ]
        began: list[Awaitable[int]] = [
            nursery.bear(folder, mortal.environment, command)
            for mortal, command in zip(all_of_them, ("serve", "worker") * 2, strict=True)
        ]
        pids = await asyncio.gather(*began)
        await asyncio.sleep(1.5)
        codes = [await nursery.look(pid) for pid in pids]
        for pid in pids:
            await nursery.kill(pid)
        said = (folder / "log.txt").read_text("utf-8")
        left = [path.name for path in (folder / "sounds").glob("check*")]
        return [f"{codes} {said} {left}"] if any(code is not None for code in codes) or "hotline:" in said else left

    async def play() -> None:
        for at in range(times):
            folder = tmp_path / str(at)
            new = f"sqlite:///{folder}/hotline.db" if database_url.startswith("sqlite") else database_url
            fell.extend(await start(folder, new))

    asyncio.run(play())
    figures.note(Figure("two web processes and two workers start at once", kind(database_url), times, len(fell)))
    assert fell == []


def test_a_file_system_that_takes_nothing(tmp_path: Path) -> None:
    """A disk that is mounted read-only, in a corner that this process alone sees: not even root writes there."""
    environment = _environment(tmp_path, {"DATABASE_URL": f"sqlite:///{tmp_path}/disk/hotline.db"})
    (tmp_path / "disk").mkdir()
    asyncio.run(_made(f"sqlite:///{tmp_path}/hotline.db"))
    corner = f"mount -t tmpfs none disk && cp hotline.db disk && mount -o remount,ro disk && exec {sys.executable} "
    command = ["unshare", "--mount", "sh", "-c", f"{corner} -m hotline serve"]
    try:
        ended = subprocess.run(
            command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    except FileNotFoundError:
        pytest.skip("no `unshare` here")
    if ended.stderr.startswith(("unshare", "mount", "sh:")):
        pytest.skip(f"nothing can be mounted here: {ended.stderr.strip()}")
    assert ended.returncode == 2, ended.stderr
    assert _is_one_sentence(ended.stderr, "DATABASE_URL")


async def _made(url: str) -> None:
    await (await open_store(url)).close()
