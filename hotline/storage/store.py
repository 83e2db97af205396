"""Store and Transaction: everything that can be asked and written, a turn at a time."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from hotline.storage.execute import Execute
from hotline.storage.tables.clock_step import SetBack
from hotline.storage.tables.coordinators import Overseeing
from hotline.storage.tables.flags import House
from hotline.storage.tables.follow_ups import Following
from hotline.storage.tables.inbound import InboundTable
from hotline.storage.tables.needs import Needs
from hotline.storage.tables.outbound_calls import RingsTable
from hotline.storage.tables.outbox import OutboxTable
from hotline.storage.tables.people import People
from hotline.storage.tables.recordings import RecordingsTable
from hotline.storage.tables.volunteers import Giving

T = TypeVar("T")


class StoreDown(Exception):
    """The database cannot be reached or will not write now. Nothing was kept."""


class Transaction(
    InboundTable,
    Overseeing,
    People,
    Needs,
    Following,
    Giving,
    RingsTable,
    OutboxTable,
    RecordingsTable,
    House,
    SetBack,
):
    """One method for each thing we ask or write, a class for each part of it. Times are UTC seconds."""

    def __init__(self, execute: Execute) -> None:
        super().__init__(execute)


class Store(Protocol):
    """Runs whole turns, each in one transaction. `run` returns after the COMMIT that holds the turn, never before."""

    async def run(self, turn: Callable[..., T], *args: Any) -> T:
        """`turn(transaction, *args)`; what it raises undoes what it wrote. StoreDown: nothing could be kept."""
        ...

    async def run_behind(self, turn: Callable[..., T], *args: Any) -> T:
        """The same for what nobody waits for: behind the turns of everyone who texts or calls."""
        ...

    async def wait(self, seconds: float) -> None:
        """Returns when there may be something to send, at the latest after that many seconds."""
        ...

    async def close(self) -> None: ...


class Behind:
    """A store whose turns all go behind those of people: the worker's."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def run(self, turn: Callable[..., T], *args: Any) -> T:
        return await self._store.run_behind(turn, *args)

    run_behind = run

    async def wait(self, seconds: float) -> None:
        await self._store.wait(seconds)

    async def close(self) -> None:
        await self._store.close()
