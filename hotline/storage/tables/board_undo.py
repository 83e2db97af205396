"""Undo at the board: for a minute, what was done last to a need can be taken back. Its texts wait so long, and how
everything about the need stood before is kept beside."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from hotline.storage.execute import Row, Table

Picture = dict[str, list[dict[str, object]]]
"""Every row about one need, by its table."""


@dataclass(frozen=True)
class Undo:
    """What can be taken back about a need, until then (UTC seconds). ``made`` is the need that is new by it, 0 for
    none."""

    need: int
    coordinator: str
    what: str
    until: float
    texts: tuple[int, ...]
    before: Picture
    after: str
    made: int = 0


class BoardUndo(Table):
    """What was done last to each need at the board."""

    def picture(self, number: int) -> tuple[Picture, int]:
        """(how everything about a need stands, the newest row of the outbox)."""
        newest = self._one("undo_last_text")
        picture = {**self._rows(number), "outbox": _plain(self._all("undo_outbox", number=number))}
        return picture, newest["id"] if newest else 0

    def keep(
        self,
        number: int,
        coordinator: str,
        what: str,
        before: tuple[Picture, int],
        until: float,
        now: float,
        made: int = 0,
    ) -> None:
        """What was done just now can be taken back until then: what it has to say waits."""
        picture, last = before
        texts = [row["id"] for row in self._all("undo_texts", number=number, last=last)]
        for id in texts:
            self._change("undo_hold_text", id=id, until=until)
        for held in (number, made):
            self._change("undo_hold_waves", number=held, until=until)
        told = {"number": number, "coordinator": coordinator, "what": what, "until": until, "made": made}
        after = self._stands(number, made)
        self._change("undo_over", now=now)
        self._change("undo_keep", **told, texts=json.dumps(texts), before=json.dumps(picture), after=after)

    def there(self, number: int, now: float) -> Undo | None:
        """What can be taken back about a need now."""
        row = self._one("undo_there", number=number, now=now)
        return undo_of(row) if row else None

    def still_stands(self, undo: Undo) -> bool:
        """Whether nothing else happened about the need since."""
        return self._stands(undo.need, undo.made) == undo.after

    def take_back(self, undo: Undo, now: float) -> None:
        """Everything about the need stands as it did, and nobody is told."""
        for id in undo.texts:
            self._change("undo_drop_text", id=id, now=now)
        self._put_back(undo.need, undo.before)
        if undo.made:
            self._change("undo_free_code", number=undo.made)
            self._change("undo_unmake", number=undo.made)
        self._change("undo_used", number=undo.need)
        self._run.woke = True

    def send_now(self, undo: Undo, now: float) -> None:
        """It cannot be taken back any more: what it has to say goes out."""
        for id in undo.texts:
            self._change("undo_hold_text", id=id, until=now)
        self._change("undo_used", number=undo.need)
        self._run.woke = True

    def forget_old(self, now: float) -> None:
        self._change("undo_over", now=now)

    def _stands(self, number: int, made: int) -> str:
        """How a need stands, and the one that is new by what was done: with what was noted about it, which would be
        lost."""
        new = {**self._rows(made), "notes": _plain(self._all("board_notes", number=made))} if made else {}
        return _hashed({**self._rows(number), **{f"new {table}": rows for table, rows in new.items()}})

    def _rows(self, number: int) -> Picture:
        return {
            "needs": _plain(self._all("undo_need", number=number)),
            "claims": _plain(self._all("undo_claims", number=number)),
            "alerts": _plain(self._all("undo_alerts", number=number)),
            "flags": _plain(self._all("undo_flags", number=number)),
            "relayed": _plain(self._all("undo_relayed", number=number)),
            "dangers": _plain(self._all("undo_dangers", number=number)),
        }

    def _put_back(self, number: int, before: Picture) -> None:
        self._change("undo_set_need", **before["needs"][0])
        self._change("undo_drop_claims", number=number)
        for claim in before["claims"]:
            self._change("undo_put_claim", **claim)
        self._change("undo_drop_alerts", number=number)
        for alert in before["alerts"]:
            self._change("undo_put_alert", **alert)
        for id in self._new("flags", number, before):
            self._change("undo_drop_flag", id=id)
        for id in self._new("relayed", number, before):
            self._change("undo_drop_relayed", id=id)
        for flag in before["flags"]:
            self._change("undo_set_flag", **_only(flag, "id", "settled_at", "told_at", "ring_at", "rung_at"))
        for words in before["relayed"]:
            self._change("undo_set_relayed", **_only(words, "id", "held", "outbox"))
        for danger in before["dangers"]:
            times = ("told_at", "alarmed_at", "look_at", "settled_at", "seen_at")
            self._change("undo_set_danger", **_only(danger, "id", *times))
        for text in before["outbox"]:
            self._change("undo_set_text", **text)
        self._change("keep_code", number=number)

    def _new(self, table: str, number: int, before: Picture) -> list[object]:
        """The ids of what was not there before."""
        known = {row["id"] for row in before[table]}
        return [row["id"] for row in self._rows(number)[table] if row["id"] not in known]


def undo_of(row: Row) -> Undo:
    same = {name: row[name] for name in ("need", "coordinator", "what", "until", "after", "made")}
    return Undo(**same, texts=tuple(json.loads(row["texts"])), before=json.loads(row["before"]))


def _plain(rows: Sequence[Row]) -> list[dict[str, object]]:
    return [dict(row) for row in rows]


def _only(row: dict[str, object], *names: str) -> dict[str, object]:
    return {name: row[name] for name in names}


def _hashed(picture: Picture) -> str:
    return sha256(json.dumps(picture, sort_keys=True).encode()).hexdigest()
