"""Messages to many on the board: who may be chosen, what went lately, what became of one. Read beside the writer."""

from collections.abc import Mapping, Sequence

from hotline.model.broadcasts import GIVES, Broadcast
from hotline.storage.execute import Row
from hotline.storage.store import Store
from hotline.storage.tables.broadcasts import broadcast_of


async def chosen(store: Store, whom: Mapping[str, str], room: int) -> Sequence[Row]:
    """Those for whom one would be (`phone`, `name`), by name, at most `room`; `whom` as in `Broadcast`."""
    wanted = {name: whom[name] for name in ("what", "area", "language")}
    if whom["who"] == GIVES:
        return await store.read("board_gives", **wanted, room=room)
    return await store.read("board_asks", **wanted, room=room)


async def lately(store: Store, room: int) -> list[Broadcast]:
    """The newest first."""
    return list(map(broadcast_of, await store.read("board_broadcasts", room=room)))


async def one(store: Store, id: int) -> Broadcast | None:
    rows = await store.read("broadcast", id=id)
    return broadcast_of(rows[0]) if rows else None


async def of_press(store: Store, press: str) -> int:
    """Which one a form began, 0 for none."""
    rows = await store.read("broadcast_of_press", press=press)
    return int(rows[0]["id"]) if rows else 0


async def people(store: Store, id: int) -> Sequence[Row]:
    """To whom one went: `phone`, `name`, `why` it did not, the `outbox` row with its `status`, `reason` and `due_at`,
    and whether they are `told_over`."""
    return await store.read("board_broadcast_people", id=id)


async def answers(store: Store, id: int, since: float) -> Sequence[Row]:
    """What they wrote since then and nobody has read yet, the newest first: `id` of the flag, `party`, `name`, `words`,
    `raised_at`."""
    return await store.read("board_broadcast_answers", id=id, since=since)
