"""Audio store: what every place for sounds can do, and the one sentence when it cannot."""

from typing import Protocol
from uuid import uuid4

LAST_START = "last-start"  # kept at each start: where it is gone afterwards, the place forgets
KINDS = {"wav": "audio/wav", "mp3": "audio/mpeg"}


class PlaceError(Exception):
    """A sound cannot be kept, read or forgotten now; says why."""


def check_name() -> str:
    """The name under which something is kept to see whether that works: processes that start together do not take it
    away from each other."""
    return f"check-{uuid4().hex}"


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
