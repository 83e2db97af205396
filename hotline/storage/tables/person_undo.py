"""Undo about people at the board: what a press, or a list that was brought in, changed about each of them.

Kept is only what is another by it, before and after. It is taken back where all of that still stands as it was left.
"""

import json
from dataclasses import dataclass
from secrets import token_hex

from hotline.model.calendar import DAY
from hotline.storage.execute import Row, Table
from hotline.storage.tables.volunteers import lot

KEPT_FOR = 30 * DAY
Stands = dict[str, object]
"""How somebody stands: ``known`` and ``gives`` are whether they are on record, and give, at all."""
BACK, LEFT, KEPT = "back", "left", "kept"  # what became of somebody when a change was taken back


@dataclass(frozen=True)
class Change:
    """What was done at the board about people (UTC seconds). ``undone_by`` is who took it back, "" for nobody."""

    id: int
    at: float
    coordinator: str
    what: str
    until: float
    undone_at: float | None = None
    undone_by: str = ""


class PersonUndo(Table):
    """What was done last about people, and taking it back."""

    def stands(self, phone: str) -> Stands:
        row = self._one("person_stands", phone=phone)
        if row is None:
            return {"known": 0, "gives": 0}
        flags = [each["id"] for each in self._all("person_stands_flagged", phone=phone)]
        return {**{name: row[name] for name in row.keys()}, "known": 1, "flags": flags}  # noqa: SIM118

    def begin(self, coordinator: str, what: str, press: str, until: float, now: float) -> int:
        """The number of a change that begins, or of the one that this form began before."""
        press = press or token_hex(16)
        self._change("person_changed", coordinator=coordinator, what=what, press=press, until=until, now=now)
        return int(self._all("person_change_of_press", press=press)[0]["id"])

    def forget_old(self, now: float) -> None:
        self._change("person_changes_are_old", before=now - KEPT_FOR)
        self._change("person_changes_of_are_old")

    def last_text(self) -> int:
        """The newest row of the outbox, before anything is done."""
        newest = self._one("undo_last_text")
        return newest["id"] if newest else 0

    def keep(self, change: int, phone: str, before: Stands, last: int, until: float) -> None:
        """They stand otherwise now, by this change: what it has to say to them since row `last` waits until then."""
        texts = [row["id"] for row in self._all("person_undo_texts", phone=phone, last=last)]
        for id in texts:
            self._change("undo_hold_text", id=id, until=until)
        after = self.stands(phone)
        other = [name for name in after.keys() | before.keys() if after.get(name) != before.get(name)]
        told = ({name: stands.get(name) for name in other} for stands in (before, after))
        was, became = (json.dumps(each, sort_keys=True) for each in told)
        self._change("person_changed_of", number=change, phone=phone, was=was, became=became, texts=json.dumps(texts))

    def holds(self, change: int, phone: str) -> bool:
        """Whether that change has been made about them."""
        return self._one("person_change_of", number=change, phone=phone) is not None

    def change(self, id: int) -> Change | None:
        row = self._one("person_change", number=id)
        return change_of(row) if row else None

    def undone(self, id: int, coordinator: str, now: float) -> None:
        self._change("person_change_undone", number=id, coordinator=coordinator, now=now)

    def take_back(self, change: int, phone: str, now: float, *, unless_told: bool = False) -> str:
        """What became of that: back (as it was), left (they had read of it, and give no longer), kept (it stands
        otherwise by now; with `unless_told`, also where they have read of it)."""
        row = self._one("person_change_of", number=change, phone=phone)
        if row is None:
            return KEPT
        outcome = self._take_back(phone, row, now, unless_told)
        self._change("person_change_of_undone", number=change, phone=phone, outcome=outcome)
        self._run.woke = True
        return outcome

    def _take_back(self, phone: str, row: Row, now: float, unless_told: bool) -> str:
        before, after = json.loads(row["before"]), json.loads(row["after"])
        stands, texts = self.stands(phone), json.loads(row["texts"])
        if any(stands.get(name) != value for name, value in after.items()):
            return KEPT
        told = any(self._went(id) for id in texts)
        if told and unless_told:
            return KEPT
        is_new = bool(after.get("gives")) and not before.get("gives")
        traces = self._all("person_gave", phone=phone)[0]
        if is_new and traces["took"]:
            return KEPT
        for id in texts:
            self._change("undo_drop_text", id=id, now=now)
        heard_of_us = is_new and (told or traces["asked"])
        named = {name: stands[name] for name in ("name", "language")} if heard_of_us else {}
        self._put_back(phone, {**stands, **before, **named})
        if heard_of_us:
            self._change("leave", phone=phone, now=now)
            self._change("clear_offers", phone=phone)
            self._change("decline_all", phone=phone, now=now)
            return LEFT
        if is_new:
            self._change("clear_offers", phone=phone)
            self._change("drop_volunteer", phone=phone)
        if "known" in before and self._change("person_unmet", phone=phone):
            self._change("forget_record", phone=phone)
        return BACK

    def _went(self, id: int) -> bool:
        row = self._one("row_status", id=id)
        return row is not None and row["status"] not in ("waiting", "dropped")

    def _put_back(self, phone: str, stands: Stands) -> None:
        told = {name: stands[name] or "" for name in ("name", "language", "session") if name in stands}
        if told:
            marks = {name: stands.get(name) or 0 for name in ("calls", "blocked", "introduced")}
            self._change("person_put_back", phone=phone, **{**told, "session": told["session"] or "{}"}, **marks)
        if stands.get("gives"):
            gives = {name: stands[name] for name in ("needs", "areas", "status", "consent", "paused_until")}
            self._change("person_gives_back", phone=phone, **gives)
            self._offers(phone, gives)
        flags = stands.get("flags")
        for id in flags if isinstance(flags, list) else ():
            self._change("person_flag_back", id=id)

    def _offers(self, phone: str, gives: Stands) -> None:
        """What they give is written anew, as it was."""
        self._change("clear_offers", phone=phone)
        if gives["status"] == "left":
            return
        for what in str(gives["needs"]).split():
            for area in str(gives["areas"]).split():
                self._change("offer", what=what, area=area, phone=phone, lot=lot(phone))


def change_of(row: Row) -> Change:
    return Change(
        **{name: row[name] for name in ("id", "at", "coordinator", "what", "until", "undone_at", "undone_by")}
    )
