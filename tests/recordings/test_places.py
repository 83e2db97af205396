"""A folder and a bucket keep sounds alike; what goes wrong is one kind of error."""

import asyncio
import contextlib
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hotline.model.recordings import Keeping
from hotline.storage.audio import PlaceError, Places, open_places
from tests.recordings.fake_s3 import KEY_ID, REGION, SECRET, FakeS3, fake_s3

NAME = "words/RE1.mp3"


def keeping(bucket: FakeS3, secret: str = SECRET) -> Keeping:
    return Keeping("s3://sounds/a/prefix", bucket.url, KEY_ID, secret, REGION)


@contextlib.asynccontextmanager
async def places(kind: str, folder: Path) -> AsyncIterator[Places]:
    if kind == "folder":
        yield open_places(Keeping(str(folder / "sounds")))
        return
    async with fake_s3() as bucket:
        yield open_places(keeping(bucket))


@pytest.mark.parametrize("kind", ["folder", "bucket"])
def test_a_sound_is_kept_replaced_and_forgotten(kind: str, tmp_path: Path) -> None:
    async def play() -> None:
        async with places(kind, tmp_path) as place:
            await place.check()
            assert await place.get(NAME) is None
            await place.delete(NAME)
            await place.put(NAME, b"\x00\xff one")
            await place.put(NAME, b"\x00\xff another")
            assert await place.get(NAME) == b"\x00\xff another"
            await place.delete(NAME)
            assert await place.get(NAME) is None

    asyncio.run(play())


def test_the_bucket_is_asked_below_its_prefix() -> None:
    async def play() -> None:
        async with fake_s3() as bucket:
            await open_places(keeping(bucket)).put(NAME, b"one")
            assert bucket.objects == {f"sounds/a/prefix/{NAME}": b"one"}

    asyncio.run(play())


@pytest.mark.parametrize("trouble", ["wrong secret", "broken", "gone"])
def test_a_bucket_in_trouble_is_one_kind_of_error(trouble: str) -> None:
    async def play() -> None:
        async with fake_s3() as bucket:
            place = open_places(keeping(bucket, "another secret" if trouble == "wrong secret" else SECRET))
            bucket.broken = 503 if trouble == "broken" else 0
            if trouble == "gone":
                place = open_places(Keeping("s3://sounds", "http://127.0.0.1:1", KEY_ID, SECRET, REGION))
            for asked in (place.put(NAME, b"one"), place.get(NAME), place.delete(NAME)):
                with pytest.raises(PlaceError) as error:
                    await asked
                assert "sounds" not in str(error.value)
            with pytest.raises(PlaceError, match="RECORDINGS"):
                await place.check()

    asyncio.run(play())


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "sounds").write_text("a file stands where the folder should be")
    with pytest.raises(PlaceError, match=r"RECORDINGS: nothing can be kept in .*sounds"):
        asyncio.run(open_places(Keeping(str(tmp_path / "sounds"))).check())


def test_nobody_else_on_the_machine_can_read_a_sound(tmp_path: Path) -> None:
    asyncio.run(open_places(Keeping(str(tmp_path / "sounds"))).put(NAME, b"one"))
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "sounds").rglob("*")}
    assert {mode & 0o077 for mode in modes.values()} == {0}
    assert [path.name for path in modes if path.is_file()] == ["RE1.mp3"]
