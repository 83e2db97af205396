"""Board pulse: what differs whenever something on a page of the board does, so that one look tells whether to read it
anew."""

import json
from collections.abc import Iterable
from hashlib import sha256

from hotline.storage.execute import Row
from hotline.storage.store import Store

GONE = "gone"  # of a need that is not there any more


async def pulse(store: Store) -> str:
    """Of the overview. It tells nothing but whether it is the same."""
    return _told(next(iter(await store.read("board_pulse"))))


async def pulses(store: Store, numbers: Iterable[int]) -> dict[int, str]:
    """Of the pages of these needs."""
    wanted = sorted(set(numbers))
    found = {row["number"]: _told(row) for row in await store.read("board_pulses", listed=json.dumps(wanted))}
    return {number: found.get(number, GONE) for number in wanted}


async def here(store: Store, since: float) -> frozenset[str]:
    """The sessions in which somebody did something since then."""
    return frozenset(row["token"] for row in await store.read("board_here", since=since))


def _told(row: Row) -> str:
    return sha256(repr(sorted((name, str(value)) for name, value in row.items())).encode()).hexdigest()[:12]
