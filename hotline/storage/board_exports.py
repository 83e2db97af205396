"""Exports of the board: requests and those who give, as rows of declared fields. Read beside the writer."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hotline.model.phone_numbers import is_shown
from hotline.storage.execute import Row
from hotline.storage.store import Store

SIGNED_UP = "signed up"
Cells = dict[str, object]


@dataclass(frozen=True)
class Export:
    """One kind of export: what reads its rows, its fields, and those of them that tell of a person."""

    read: Callable[[Store], Awaitable[Sequence[Row]]]
    fields: tuple[str, ...]
    personal: tuple[str, ...]
    cells: Callable[[Row, Callable[[float | None], str]], Cells]

    def columns(self, *, personal: bool) -> tuple[str, ...]:
        """What stands in it; who it is about comes first, as `volunteers import` has it."""
        return (*self.personal, *self.fields) if personal else self.fields

    @property
    def all_fields(self) -> tuple[str, ...]:
        return (*self.fields, *self.personal)

    def rows(self, found: Sequence[Row], shown: Callable[[float | None], str], *, personal: bool) -> Iterator[Cells]:
        """The rows, in the order of the columns. `shown` says a time (UTC seconds, None for never)."""
        columns = self.columns(personal=personal)
        for row in found:
            cells = self.cells(row, shown)
            yield {name: cells[name] for name in columns}


async def _all_needs(store: Store) -> Sequence[Row]:
    return await store.read("export_needs")


async def _all_givers(store: Store) -> Sequence[Row]:
    return await store.read("export_givers")


def _need(row: Row, shown: Callable[[float | None], str]) -> Cells:
    helpers = [*row["takers"].split(), *row["helped"].split()]
    same = ("status", "what", "area", "language", "wanted", "asked", "due", "name", "words", "details", "callback")
    over = row["changed_at"] if row["status"] in ("done", "cancelled", "expired") else None
    return {
        **{
            name: row[name] if row[name] is not None else "" for name in (*same, "name", "words", "details", "callback")
        },
        "number": row["code"],
        "urgent": "yes" if row["urgent"] else "",
        "helpers": len(helpers),
        "began": shown(row["created_at"]),
        "taken": shown(row["taken_at"]),
        "over": shown(over),
        "phone": row["neighbor"] if is_shown(row["neighbor"]) else "",
        "has_it": " ".join(helpers),
    }


def _giver(row: Row, shown: Callable[[float | None], str]) -> Cells:
    """Whoever gives and was put on no list has signed up: an import is told so, or it would invite them anew."""
    consent = row["consent"] or (SIGNED_UP if row["status"] == "active" else "")
    return {
        **{name: row[name] or "" for name in ("phone", "name", "language", "status")},
        "consent": consent,
        "needs": ",".join(row["needs"].split()),
        "areas": ",".join(row["areas"].split()),
        "calls": "yes" if row["calls"] else "",
        "since": shown(row["created_at"]),
    }


EXPORTS: Mapping[str, Export] = {
    "requests": Export(
        _all_needs,
        (
            *("number", "status", "what", "area", "language", "due", "urgent", "wanted", "helpers", "asked"),
            *("began", "taken", "over"),
        ),
        ("phone", "name", "callback", "words", "details", "has_it"),
        _need,
    ),
    "givers": Export(
        _all_givers,
        ("needs", "areas", "language", "status", "since"),
        ("phone", "name", "calls", "consent"),
        _giver,
    ),
}
