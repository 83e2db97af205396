"""Broadcasts: messages of the team's to many people at once, to whom each goes, and how far it has gone."""

import json
from collections.abc import Mapping, Sequence

from hotline.model.broadcasts import Broadcast, Reached
from hotline.storage.execute import Row, Table


class Broadcasts(Table):
    """Messages to many, and to whom they go."""

    def begin(
        self,
        coordinator: str,
        words: Mapping[str, str],
        whom: Mapping[str, str],
        phones: Sequence[str],
        press: str,
        until: float,
        now: float,
        *,
        rings: bool,
    ) -> int:
        """The number of one that goes to these people after `until`, or of the one that this form began before."""
        told = {name: json.dumps(each, ensure_ascii=False) for name, each in (("words", words), ("whom", whom))}
        values = {"coordinator": coordinator, "press": press, "until": until, "rings": int(rings), "now": now, **told}
        new = self._change("broadcast_begin", **values, many=len(phones))
        id = self.of_press(press)
        if new:
            self._change("broadcast_for", id=id, people=json.dumps(list(phones)))
        self._run.woke = True
        return id

    def of_press(self, press: str) -> int:
        """Which one a form began, 0 for none."""
        row = self._one("broadcast_of_press", press=press)
        return int(row["id"]) if row else 0

    def get(self, id: int) -> Broadcast | None:
        row = self._one("broadcast", id=id)
        return broadcast_of(row) if row else None

    def to_put(self, id: int, room: int) -> list[str]:
        """The next few for whom it waits."""
        return [row["phone"] for row in self._all("broadcast_to_put", id=id, room=room)]

    def put(self, id: int, phone: str, outbox: int, why: str = "") -> None:
        """A row of the outbox carries it to one of them; or none does, and why."""
        self._change("broadcast_put", id=id, phone=phone, outbox=outbox, why=why)

    def due(self, id: int, at: float | None) -> None:
        """When the next few are due; None once nothing waits."""
        self._change("broadcast_due", id=id, due_at=at)

    def over(self, id: int, coordinator: str, now: float, *, told: bool) -> bool:
        """It is no longer needed: what has not gone does not go. False where somebody said so before."""
        if not self._change(
            "broadcast_over", id=id, coordinator=coordinator, told=int(told), due_at=now if told else None, now=now
        ):
            return False
        self._change("broadcast_drop_texts", id=id, now=now)
        self._change("broadcast_drop_rest", id=id)
        self._run.woke = True
        return True

    def to_tell(self, id: int, room: int) -> list[str]:
        """The next few who had it, and have not been told that it is no longer needed."""
        return [row["phone"] for row in self._all("broadcast_to_tell", id=id, room=room)]

    def tell(self, id: int, phone: str, over: int) -> None:
        """A row of the outbox says so to one of them; -1 where nothing is said to them any more."""
        self._change("broadcast_tell", id=id, phone=phone, over=over)

    def is_on_its_way(self, id: int) -> bool:
        return self._one("broadcast_on_its_way", id=id) is not None

    def reached(self, phone: str, since: float) -> Reached | None:
        """When the last one went to somebody, since then."""
        row = self._one("broadcast_reached", phone=phone, since=since)
        return Reached(row["at"], bool(row["heard"])) if row else None

    def texts_lately(self, phone: str, since: float) -> int:
        """How many texts went to somebody since then, but for answers."""
        return int(self._all("texts_lately", phone=phone, since=since)[0]["many"])


def broadcast_of(row: Row) -> Broadcast:
    same = ("id", "coordinator", "written_at", "people", "until", "due_at", "over_at", "over_by")
    return Broadcast(
        **{name: row[name] for name in same},
        words=json.loads(row["words"]),
        whom=json.loads(row["whom"]),
        rings=bool(row["rings"]),
        over_told=bool(row["over_told"]),
    )
