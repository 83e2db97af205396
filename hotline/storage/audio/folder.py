"""Where sounds are kept: a folder on this machine, or a bucket."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from hotline.settings import BUCKET, Keeping

T = TypeVar("T")
KINDS = {"wav": "audio/wav", "mp3": "audio/mpeg"}


class PlaceError(Exception):
    """A sound cannot be kept, read or forgotten now; says why."""


class Places(Protocol):
    """Sounds by name, such as words/RE1.mp3. Every call may raise PlaceError, and nothing else."""

    async def put(self, name: str, sound: bytes) -> None:
        """Keeps a sound; the same name again replaces it."""
        ...

    async def get(self, name: str) -> bytes | None:
        """A sound, or None where there is none of that name."""
        ...

    async def delete(self, name: str) -> None:
        """Forgets a sound; one that is gone already is no error."""
        ...

    async def check(self) -> None:
        """Whether something can be kept and forgotten here."""
        ...


def open_places(keeping: Keeping) -> Places:
    """What the settings name. Raises PlaceError when the driver for buckets is missing."""
    if not keeping.recordings.startswith(BUCKET):
        return Folder(Path(keeping.recordings))
    try:
        from hotline.storage.audio.bucket import Bucket
    except ImportError:
        raise PlaceError("RECORDINGS names a bucket: install its driver with pip install 'hotline[s3]'") from None
    return Bucket(keeping)


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
            await self.put("check", b"")
            await self.delete("check")
        except PlaceError as error:
            raise PlaceError(f"RECORDINGS: nothing can be kept in {self._path} ({error})") from None

    def _put(self, name: str, sound: bytes) -> None:
        """Written beside its place and moved there whole: a full disk or a stop leaves no half sound."""
        target = self._path / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(sound)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)

    def _get(self, name: str) -> bytes | None:
        try:
            return (self._path / name).read_bytes()
        except FileNotFoundError:
            return None

    def _delete(self, name: str) -> None:
        (self._path / name).unlink(missing_ok=True)


async def _tried(work: Callable[..., T], *args: object) -> T:
    """In a thread, since a disk may take its time."""
    try:
        return await asyncio.to_thread(work, *args)
    except OSError as error:
        raise PlaceError(error.strerror or type(error).__name__) from None
