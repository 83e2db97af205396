"""Lists: what is read beside the writer for commands, exports and pages, in one statement each. Nothing is locked."""

from hotline.model.flags import Flag
from hotline.model.needs import Need
from hotline.model.outgoing import Outgoing
from hotline.model.people import Volunteer
from hotline.model.recordings import Recording
from hotline.storage.store import Store
from hotline.storage.tables.flags import flag_of
from hotline.storage.tables.needs import need_of
from hotline.storage.tables.outbox import outgoing_of
from hotline.storage.tables.recordings import recording_of
from hotline.storage.tables.retention import Kind
from hotline.storage.tables.volunteers import volunteer_of


async def open_flags(store: Store) -> list[Flag]:
    """What nobody has looked at yet, oldest first."""
    return [flag_of(row) for row in await store.read("open_flags")]


async def open_needs(store: Store, room: int) -> list[Need]:
    """What is not over, at most `room`."""
    return [need_of(row) for row in await store.read("open_needs", room=room)]


async def volunteers(store: Store) -> list[Volunteer]:
    """Everybody who gives, waits to give, or gave."""
    return [volunteer_of(row) for row in await store.read("volunteers")]


async def dead_letters(store: Store, room: int) -> list[Outgoing]:
    """Rows of the outbox that could not be sent, at most `room`."""
    return [outgoing_of(row) for row in await store.read("dead_letters", room=room)]


async def how_many_old(store: Store, kind: Kind, before: float) -> int:
    """How much of one kind is older, and not forgotten yet."""
    return int((await store.read(f"old_{kind.name}", before=before))[0]["many"])


async def recordings(store: Store, room: int) -> list[Recording]:
    """What was said aloud and is not forgotten, at most `room`."""
    return [recording_of(row) for row in await store.read("recordings", room=room)]
