"""Board desk for what neighbors share: what a coordinator presses about, locked as by whoever writes about it."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from hotline.storage import Transaction


class Listed(Protocol):
    """An offer, a tool, a day together, a circle."""

    @property
    def listed(self) -> bool: ...


T = TypeVar("T", bound=Listed)


def locked(
    tx: Transaction,
    number: int,
    whose: Callable[[T], str],
    get: Callable[[int], T | None],
    lock: Callable[[Sequence[int]], bool],
) -> T | None:
    """As it stands once it is locked, first its person, then itself; None where none of that number is listed."""
    there = get(number)
    if there is None or not there.listed:
        return None
    tx.people.lock([whose(there)])
    lock([number])
    return get(number)
