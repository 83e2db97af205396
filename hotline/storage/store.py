"""Store and Transaction: everything that can be asked and written, one turn at a time."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from hotline.storage.execute import Execute, Row, Statements
from hotline.storage.tables.alerts import Alerts
from hotline.storage.tables.board_record import BoardRecord
from hotline.storage.tables.board_sign_in import BoardSignIn
from hotline.storage.tables.board_typed import BoardTyped
from hotline.storage.tables.board_undo import BoardUndo
from hotline.storage.tables.broadcasts import Broadcasts
from hotline.storage.tables.circles import Circles
from hotline.storage.tables.clock_step import ClockStep
from hotline.storage.tables.codes import Codes
from hotline.storage.tables.companions import Companions
from hotline.storage.tables.daily_rings import DailyRings
from hotline.storage.tables.dangers import Dangers
from hotline.storage.tables.due import DueRows
from hotline.storage.tables.flags import Flags
from hotline.storage.tables.follow_ups import FollowUps
from hotline.storage.tables.forgotten import Forgotten
from hotline.storage.tables.gatherings import Gatherings
from hotline.storage.tables.gifts import Gifts
from hotline.storage.tables.group_checks import GroupChecks
from hotline.storage.tables.heartbeat import Heartbeat
from hotline.storage.tables.inbound import InboundMessages
from hotline.storage.tables.loans import Loans
from hotline.storage.tables.needs import Needs
from hotline.storage.tables.on_call import OnCall
from hotline.storage.tables.opening import Opening
from hotline.storage.tables.outbound_calls import OutboundCalls
from hotline.storage.tables.outbox import OutboxRows
from hotline.storage.tables.people import People
from hotline.storage.tables.person_undo import PersonUndo
from hotline.storage.tables.pins import Pins
from hotline.storage.tables.recordings import Recordings
from hotline.storage.tables.relays import Relays
from hotline.storage.tables.retention import Retained
from hotline.storage.tables.rounds import Rounds
from hotline.storage.tables.safety_rings import SafetyRings
from hotline.storage.tables.senders import Senders
from hotline.storage.tables.sessions_apart import SessionsApart
from hotline.storage.tables.suppressed import Suppressed
from hotline.storage.tables.voices import Voices
from hotline.storage.tables.volunteers import Volunteers

T = TypeVar("T")


class StoreDown(Exception):
    """The database cannot be reached or will not write now. Nothing was kept, but for InDoubt."""


class NoDatabase(StoreDown):
    """There is none at that address, and none is to be made."""


class InDoubt(StoreDown):
    """The COMMIT had begun when the database was lost. Nobody knows whether it was kept."""


def refuse_newer(present: int, newest: int) -> None:
    """Raises StoreDown for a database that a newer program has changed: nothing of it is touched."""
    if present > newest:
        raise StoreDown(
            f"DATABASE_URL: this database belongs to a newer hotline (schema {present}, this one knows {newest}); "
            "run that version, or restore a backup made before the update"
        )


class Transaction:
    """All that can be asked and written in one transaction, table by table: ``tx.needs.take(...)``.

    Times are UTC seconds.
    """

    def __init__(self, execute: Execute) -> None:
        self._run = run = Statements(execute)
        self.inbound = InboundMessages(run)
        self.people = People(run)
        self.sessions_apart = SessionsApart(run)
        self.codes = Codes(run)
        self.needs = Needs(run, self.codes)
        self.gifts = Gifts(run, self.codes)
        self.loans = Loans(run, self.codes)
        self.gatherings = Gatherings(run, self.codes)
        self.circles = Circles(run, self.codes)
        self.daily_rings = DailyRings(run)
        self.companions = Companions(run)
        self.safety = SafetyRings(run)
        self.rounds = Rounds(run)
        self.group_checks = GroupChecks(run)
        self.follow_ups = FollowUps(run)
        self.due = DueRows(run)
        self.volunteers = Volunteers(run)
        self.flags = Flags(run)
        self.dangers = Dangers(run)
        self.on_call = OnCall(run)
        self.heartbeat = Heartbeat(run)
        self.outbox = OutboxRows(run)
        self.senders = Senders(run)
        self.calls = OutboundCalls(run)
        self.recordings = Recordings(run)
        self.voices = Voices(run)
        self.pins = Pins(run)
        self.clock_step = ClockStep(run)
        self.alerts = Alerts(run, self.outbox)
        self.relays = Relays(run, self.outbox)
        self.broadcasts = Broadcasts(run)
        self.forgotten = Forgotten(run)
        self.suppressed = Suppressed(run)
        self.opening = Opening(run)
        self.board = BoardRecord(run)
        self.sign_in = BoardSignIn(run)
        self.typed = BoardTyped(run)
        self.undo = BoardUndo(run)
        self.person_undo = PersonUndo(run)
        self.retained = Retained(run, self.people, self.forgotten)

    @property
    def woke(self) -> bool:
        """Whether the worker should look once this is kept."""
        return self._run.woke


class Store(Protocol):
    """Runs whole turns, each in one transaction. `run` returns after the COMMIT that holds the turn, never before."""

    async def run(self, turn: Callable[..., T], *args: Any) -> T:
        """`turn(transaction, *args)`; what it raises undoes what it wrote. StoreDown: nothing could be kept;
        InDoubt: nobody knows."""
        ...

    async def run_behind(self, turn: Callable[..., T], *args: Any) -> T:
        """The same for what nobody waits for: behind the turns of everyone who texts or calls."""
        ...

    async def calm(self) -> None:
        """Returns once no turn of anybody is under way, after some milliseconds at most: a page that is made in pieces
        lets texts and calls go first between two of them."""
        ...

    async def read(self, name: str, /, **values: Any) -> Sequence[Row]:
        """The rows of one named statement, read beside the writer: for lists, exports and pages. Nothing is locked."""
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

    async def calm(self) -> None:
        await self._store.calm()

    async def read(self, name: str, /, **values: Any) -> Sequence[Row]:
        return await self._store.read(name, **values)

    async def wait(self, seconds: float) -> None:
        await self._store.wait(seconds)

    async def close(self) -> None:
        await self._store.close()
