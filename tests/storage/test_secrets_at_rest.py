"""What people told the hotline is read by its owner alone, whatever the umask: database, -wal, -shm, backup, sounds."""

import asyncio
import contextlib
import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.cli import main
from hotline.storage import StoreDown, open_store
from hotline.storage.audio.folder import Folder


@pytest.fixture(autouse=True, params=[0o000, 0o022, 0o777], ids=oct)
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """What the owner and everybody else may do with all that lies there."""
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder that everybody may look into."""
    folder = tmp_path / "hotline"
    folder.mkdir()
    folder.chmod(0o755)
    return folder


async def _opened(url: str) -> dict[str, int]:
    store = await open_store(url)
    try:
        await store.run(lambda tx: tx.people.introduce("+12125550147", "Ana", "en", 0.0))
        return modes(Path(url.removeprefix("sqlite:///")).parent)
    finally:
        await store.close()


def test_the_database_and_what_lies_beside_it(place: Path) -> None:
    found = asyncio.run(_opened(f"sqlite:///{place}/hotline.db"))
    assert found == {"hotline.db": 0o600, "hotline.db-wal": 0o600, "hotline.db-shm": 0o600}


def test_a_database_of_before_that_everybody_could_read(place: Path) -> None:
    url = f"sqlite:///{place}/hotline.db"
    asyncio.run(_opened(url))
    (place / "hotline.db").chmod(0o644)
    assert set(asyncio.run(_opened(url)).values()) == {0o600}


def test_one_that_may_not_be_written_stays_so(place: Path) -> None:
    url = f"sqlite:///{place}/hotline.db"
    asyncio.run(_opened(url))
    (place / "hotline.db").chmod(0o444)
    with contextlib.suppress(sqlite3.OperationalError, StoreDown):  # another account than root's cannot write it
        asyncio.run(_opened(url))
    assert modes(place)["hotline.db"] == 0o400


def test_a_backup_and_what_is_restored_from_it(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{place}/hotline.db")
    asyncio.run(_opened(f"sqlite:///{place}/hotline.db"))
    assert main(["backup", str(place / "backup.db")]) == 0
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{place}/restored.db")
    assert main(["restore", str(place / "backup.db")]) == 0
    capsys.readouterr()
    found = modes(place)
    assert {"backup.db", "restored.db"} <= found.keys()
    assert set(found.values()) == {0o600}


def test_sounds_and_the_folders_that_are_made_for_them(place: Path) -> None:
    folder = Folder(place / "kept" / "sounds")

    async def put() -> None:
        await folder.check()
        await folder.put("words/RE1.wav", b"x")
        (place / "kept" / "sounds" / "words" / "RE1.wav").chmod(0o644)
        await folder.put("words/RE1.wav", b"y")

    asyncio.run(put())
    found = modes(place)
    assert found.pop("kept/sounds/words/RE1.wav") == 0o600
    assert found == dict.fromkeys(("kept", "kept/sounds", "kept/sounds/words"), 0o700)
