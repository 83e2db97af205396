"""Audio folder: sounds are kept in a folder of this machine."""

import asyncio
import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from hotline.storage.audio.places import PlaceError, check_name

T = TypeVar("T")


class Folder:
    """A folder that nobody but this program's own account can read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def put(self, name: str, sound: bytes) -> None:
        await _tried(self._put, name, sound)

    async def get(self, name: str) -> bytes | None:
        return await _tried(self._get, name)

    async def delete(self, name: str) -> None:
        await _tried(self._delete, name)

    async def check(self) -> None:
        try:
            name = check_name()
            await self.put(name, b"")
            await self.delete(name)
        except PlaceError as error:
            raise PlaceError(f"RECORDINGS: nothing can be kept in {self._path} ({error})") from None

    def _put(self, name: str, sound: bytes) -> None:
        """Written beside its place and moved there whole: a full disk or a stop leaves no half sound."""
        target = self._path / name
        _make_private(target.parent)
        part = target.with_name(f"{target.name}.{uuid4().hex}.part")  # two processes may fetch the same
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                os.fchmod(file.fileno(), 0o600)  # whatever the umask
                file.write(sound)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        except OSError:
            part.unlink(missing_ok=True)
            raise

    def _get(self, name: str) -> bytes | None:
        try:
            return (self._path / name).read_bytes()
        except FileNotFoundError:
            return None

    def _delete(self, name: str) -> None:
        (self._path / name).unlink(missing_ok=True)


def _make_private(folder: Path) -> None:
    """Makes a folder and those above it that are missing, each for its owner alone, whatever the umask."""
    if not folder.is_dir():
        _make_private(folder.parent)
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        folder.chmod(0o700)


async def _tried(work: Callable[..., T], *args: object) -> T:
    """In a thread, since a disk may take its time."""
    try:
        return await asyncio.to_thread(work, *args)
    except OSError as error:
        raise PlaceError(error.strerror or type(error).__name__) from None
