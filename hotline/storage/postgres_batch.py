"""Batches on PostgreSQL: turns of several people in one transaction, with few trips to the server.

A trip costs more than most statements do. So what a turn asks about the person whose turn it is, is read for everyone
of the batch by whoever asks first; what it writes about that person waits, and is sent with what the others write. All
else is done at once, as by any turn: what waits is sent before it, and what was read for others is forgotten where it
could have changed.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import psycopg

from hotline.model.events import CallStep, Text
from hotline.model.pseudonyms import hashed_id
from hotline.storage.execute import Execute, Row

Values = Mapping[str, Any]
Result = tuple[Sequence[Row], int]

OF_A_PERSON = frozenset(("person", "newcomer_has", "is_missed", "asked_for", "written_last", "heard_lately"))
"""Reads of which `:phone` says whose turn it is; their other values are the same in all turns of a moment."""

OF_ALL = frozenset(("is_held", "givers", "gifts_for"))
"""Reads that come out the same for everyone. Nothing that waits changes them."""

MAKES_OLD: Mapping[str, tuple[str, ...]] = {
    "receive": (),
    "meet": ("person",),
    "take_code": (),
    "draft_as": ("asked_for", "written_last"),
    "fill_draft": ("asked_for", "written_last"),
    "add_words": ("asked_for",),
    "record": ("asked_for", "written_last"),
    "check": ("asked_for",),
    "keep_session": ("person",),
    "give_answer": (),
}
"""Writes that wait, in the order in which they are sent, and which reads of that person are old after them.

Each changes one row: else another process was faster, and the batch is undone."""

CODE = re.compile(r"(?<!\d)\d{3,4}(?!\d)")  # of a request, in what somebody says

MOST_AHEAD = 32  # numbers and codes of needs that are taken at a time


def fits(came: Text | CallStep) -> bool:
    """Whether it goes with others: not what names a code. Twenty who say YES 112 at once want what is not theirs; each
    waits for it alone, and takes most of its statements at once."""
    return CODE.search(came.words if isinstance(came, Text) else came.keys) is None


class Overtaken(Exception):
    """What waited did not find things as they were read: another process wrote, or a turn counted on no row at all."""


class Batch:
    """Runs the statements of one batch, turn after turn.

    `came` is what came in, by whom it is from. `numbers` of needs are taken from the sequence and nobody's
    yet; they outlive the batch. `asked` counts the statements of the turns, those that wait, too.
    """

    def __init__(
        self,
        connection: psycopg.Connection[dict[str, Any]],
        at_once: Execute,
        named: Mapping[str, str],
        came: Mapping[str, Text | CallStep],
        numbers: list[int],
    ) -> None:
        self._connection, self._at_once, self._named = connection, at_once, named
        self._came, self._numbers = came, numbers
        self._party, self._own = "", set[int]()
        self._read: dict[tuple[str, Any], dict[str, Sequence[Row]]] = {}
        self._alone: set[str] = set()  # what is read for everyone no more
        self._waits: dict[str, list[Values]] = {name: [] for name in MAKES_OLD}
        self._codes: list[Row] = []
        self._before: frozenset[str] | None = None  # of the ids, those that are known
        self.asked = 0

    def turn_of(self, party: str) -> None:
        """From now on it is the turn of somebody else."""
        self._party, self._own = party, set()

    def __call__(self, name: str, values: Values) -> Result:
        self.asked += 1
        if name in OF_A_PERSON:
            return self._about_them(name, values)
        if name == "lock_needs" and values["phones"] == [self._party]:
            return self._lock(values)
        if name in OF_ALL:
            return self._about_all(name, values)
        if name == "give_code":
            return self._give_code()
        if name == "draft" and values["phone"] == self._party:
            return self._draft(values)
        if name in self._waits and self._is_theirs(name, values):
            return self._put_off(name, values)
        return self._now(name, values)

    def send(self) -> None:
        """Everything that waits, in one trip. Raises Overtaken."""
        waiting = [(name, rows) for name, rows in self._waits.items() if rows]
        if not waiting:
            return
        sent = []
        with self._connection.pipeline():
            for name, rows in waiting:
                cursor = self._connection.cursor()
                cursor.executemany(self._named[name], rows)
                sent.append((cursor, len(rows)))
        if any(cursor.rowcount != many for cursor, many in sent):
            raise Overtaken
        self._waits = {name: [] for name in MAKES_OLD}

    # --- What is read once for everyone.

    def _about_them(self, name: str, values: Values) -> Result:
        if values["phone"] != self._party or name in self._alone:
            return self._now(name, values)
        key = name, tuple(value for word, value in values.items() if word != "phone")
        if key not in self._read:
            self._read[key] = self._for_everyone(name, values)
        rows = self._read[key].get(self._party)
        if rows is None:
            return self._now(name, values)
        if name == "asked_for":
            self._own.update(row["number"] for row in rows)
        return rows, len(rows)

    def _for_everyone(self, name: str, values: Values) -> dict[str, Sequence[Row]]:
        self._send_before(name)
        phones = sorted(self._came)
        found: dict[str, list[Row]] = {phone: [] for phone in phones}
        sql = for_each_phone(self._named[name])
        for row in self._connection.execute(sql, {**values, "phones": phones}):
            found[row["of_whom"]].append(row)
        return dict(found)

    def _lock(self, values: Values) -> Result:
        """The needs of everyone, in one order: two batches that wait for each other would both be undone."""
        key = "lock_needs", ()
        if key not in self._read and "lock_needs" not in self._alone:
            self._send_before("lock_needs")
            self._at_once("lock_needs", {"phones": sorted(self._came), "numbers": []})
            self._read[key] = {}
        return self._now("lock_needs", values) if values["numbers"] or "lock_needs" in self._alone else ((), 0)

    def _about_all(self, name: str, values: Values) -> Result:
        key = name, tuple(values.values())
        if key not in self._read:
            self._read[key] = {"": self._at_once(name, values)[0]}
        rows = self._read[key][""]
        return rows, len(rows)

    # --- What waits.

    def _is_theirs(self, name: str, values: Values) -> bool:
        """Whether it changes nothing but what is this person's."""
        match name:
            case "receive":
                return values["party"] == self._party and not self._came_before(values["id"])
            case "give_answer":
                return bool(values["id"] == self._came[self._party].id)
            case "meet" | "keep_session":
                return bool(values["phone"] == self._party)
        return values.get("number") in self._own

    def _put_off(self, name: str, values: Values) -> Result:
        if self._would_come_too_late(name, values):
            self.send()
        self._waits[name].append(values)
        for key, rows in self._read.items():
            if key[0] in MAKES_OLD[name]:
                rows.pop(self._party, None)
        return (), 1

    def _would_come_too_late(self, name: str, values: Values) -> bool:
        """Whether something waits about the same row that is sent after this, and was written before it: the words that
        are added to a need, and then the whole of its form."""
        kinds = list(self._waits)
        later = kinds[kinds.index(name) + 1 :]
        return any(_row(other) == _row(values) for kind in later for other in self._waits[kind])

    def _came_before(self, id: str) -> bool:
        """Asked once everyone is locked: what comes by two doors at once is known to the second."""
        if self._before is None:
            self._about_them("person", {"phone": self._party})
            ids = [known for came in self._came.values() for known in (came.id, hashed_id(came.id))]
            self._before = frozenset(row["id"] for row in self._at_once("came_before", {"ids": ids})[0])
        return id != self._came[self._party].id or id in self._before or hashed_id(id) in self._before

    def _draft(self, values: Values) -> Result:
        if not self._numbers:
            self._numbers += [row["number"] for row in self._at_once("need_numbers", {"room": self._ahead})[0]]
        number = self._numbers.pop(0)
        self._put_off("draft_as", {**values, "number": number})
        self._own.add(number)
        return [{"number": number}], 1

    def _give_code(self) -> Result:
        """Those that are taken at a time are locked; what is left of them at the end stays free."""
        if not self._codes:
            self._send_before("free_for_now")
            self._codes = list(self._at_once("free_for_now", {"room": self._ahead})[0])
        if not self._codes:
            return (), 0
        code = self._codes.pop(0)
        self._put_off("take_code", code)
        return [code], 1

    @property
    def _ahead(self) -> int:
        return min(MOST_AHEAD, len(self._came))

    # --- What is done at once.

    def _now(self, name: str, values: Values) -> Result:
        changed = written(self._named[name])
        if changed:
            self.send()
        else:
            self._send_before(name)
        outcome = self._at_once(name, values)
        if changed:
            self._forget(changed)
        return outcome

    def _send_before(self, name: str) -> None:
        """What waits, where this statement could see it."""
        seen = words(self._named[name])
        if any(rows and written(self._named[waits]) & seen for waits, rows in self._waits.items()):
            self.send()

    def _forget(self, changed: frozenset[str]) -> None:
        for key in [key for key in self._read if changed & words(self._named[key[0]])]:
            del self._read[key]
            self._alone.add(key[0])
        if "codes" in changed:
            self._codes = []


def _row(values: Values) -> tuple[str, Any]:
    """Which row is written: that of a need, or of a person."""
    word = next(word for word in ("number", "phone", "party", "id", "code") if word in values)
    return word, values[word]


WRITTEN = re.compile(r"\b(?:INSERT INTO|DELETE FROM|(?<!FOR )UPDATE)\s+(\w+)")


@cache
def written(sql: str) -> frozenset[str]:
    """The tables that a statement writes."""
    return frozenset(WRITTEN.findall(sql))


@cache
def words(sql: str) -> frozenset[str]:
    """The words of a statement, the tables that it reads among them."""
    return frozenset(re.findall(r"\w+", sql))


@cache
def for_each_phone(sql: str) -> str:
    """A statement about %(phone)s, for each of %(phones)s in that order; `of_whom` says whose a row is."""
    about_one = sql.replace("%(phone)s", "each.phone")
    return (
        "SELECT each.phone AS of_whom, found.* FROM unnest(CAST(%(phones)s AS TEXT[])) AS each (phone) "
        f"CROSS JOIN LATERAL ({about_one}) AS found"
    )
