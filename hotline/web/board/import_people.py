"""Page for import: a list of volunteers from a spreadsheet is looked at, put on record, and taken back as a whole."""

import asyncio
import csv
import io
from collections.abc import Iterator, Sequence
from typing import TypeVar

from starlette.responses import Response

from hotline.inbound.volunteer_import import ALONE, AT_ONCE, INVITED
from hotline.inbound.volunteer_list import Mistake, NoList, Row, Usual, decoded, read, rows_of
from hotline.model.board import Role, team_name
from hotline.storage import board_people
from hotline.storage.execute import Row as Found
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page
from hotline.web.board.people import records
from hotline.web.board.words import ending

MOST = 2000  # rows of one list
SHOWN = 100  # of those that are good, on one page
LARGEST = 512 * 1024  # bytes: 2,000 rows that tell much
LATELY = 10  # lists that the page tells of
Becomes = dict[str, str]
T = TypeVar("T")


async def show(asked: Asked) -> Response:
    return await _page(asked)


async def bring(asked: Asked) -> Response:
    """Looks at a list, and puts what is good of it on record where that is pressed."""
    try:
        text = decoded(asked.file) if asked.file else asked.typed("list")
        if not text.strip():
            return await _page(asked, wrong=asked.words("bring.nothing"))
        rows, wrong = await asyncio.to_thread(_read, asked, text)
    except NoList as error:
        said = asked.words(f"row_wrong.{error.args[0]}", line=error.args[1], most=MOST)
        return await _page(asked, wrong=said, text="" if error.args[0] == "workbook" else text)
    if asked.typed("do") == "put" and not asked.file:
        return await _put(asked, text, rows, wrong)
    becomes = await _preview(asked, rows)
    return await _page(asked, text=text, rows=rows, becomes=becomes, mistakes=wrong)


def _read(asked: Asked, text: str) -> tuple[list[Row], list[Mistake]]:
    """Read beside the loop: no text waits for it."""
    if text.count("\n") > MOST:
        raise NoList("many", 0)
    usual = Usual(*(asked.typed(name) for name in ("needs", "areas", "language")))
    return read(text.encode(), asked.board.catalogue.community, usual, asked.board.lists.own)


async def _preview(asked: Asked, rows: Sequence[Row]) -> Becomes:
    found: Becomes = {}
    for some in some_of(rows):
        found |= await asked.board.store.run_behind(asked.board.lists.preview, some)
    return found


async def _put(asked: Asked, text: str, rows: Sequence[Row], wrong: Sequence[Mistake]) -> Response:
    """Some rows a transaction. A form that is sent once more goes on where the first one ended."""
    store, lists, many = asked.board.store, asked.board.lists, 0
    if not rows:
        return await _page(asked, text=text, mistakes=wrong)
    change = await store.run(lists.begin, asked.me, asked.typed("press"))
    for some in some_of(rows):
        many += await store.run_behind(lists.put, change, some)
    if not wrong:
        return asked.go(f"/people/import/{change}")
    left = only(text, {each.line for each in wrong})
    return await _page(asked, text=left, mistakes=wrong, put=many, change=change)


def some_of(many: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many as one transaction does."""
    return (many[at : at + AT_ONCE] for at in range(0, len(many), AT_ONCE))


def only(text: str, lines: set[int]) -> str:
    """The first line of a list, and those: what cannot be taken can be mended."""
    kept = io.StringIO(newline="")
    writer = csv.writer(kept, lineterminator="\n")
    for at, (line, cells) in enumerate(rows_of(text)):
        if at == 0 or line in lines:
            writer.writerow(cells)
    return kept.getvalue()


async def _page(
    asked: Asked,
    wrong: str = "",
    text: str = "",
    rows: Sequence[Row] = (),
    becomes: Becomes | None = None,
    mistakes: Sequence[Mistake] = (),
    put: int = 0,
    change: int = 0,
) -> Response:
    here, becomes = asked.board.catalogue.community, becomes or {}
    good = [row for row in rows if not becomes[row.phone].startswith(ALONE)]
    alone = [row for row in rows if becomes[row.phone].startswith(ALONE)]
    return asked.page(
        "import_people.html",
        400 if wrong else 200,
        wrong=wrong,
        text=text,
        usual={name: asked.typed(name) for name in ("needs", "areas", "language")},
        good=list(_told(asked, good[:SHOWN], becomes)),
        good_in_all=len(good),
        alone=list(_told(asked, alone[:SHOWN], becomes)),
        alone_in_all=len(alone),
        invites=INVITED in becomes.values(),
        mistakes=[(each.line, _said(asked, each)) for each in mistakes],
        bad=len({each.line for each in mistakes}),
        put=put,
        change=change,
        most=MOST,
        needs=here.needs_offered,
        areas=tuple(here.areas),
        languages=here.languages,
        lately=[_brought(asked, each) for each in await board_people.lists_brought(asked.board.store, LATELY)],
    )


def _said(asked: Asked, wrong: Mistake) -> str:
    """What is wrong, and what there is instead as whoever looks calls it."""
    known = str(wrong.values.get("known", "")).split(", ")
    values = {**wrong.values, "known": ", ".join(map(asked.words.label, known))}
    return asked.words(f"row_wrong.{wrong.key}", **values)


def _told(asked: Asked, rows: Sequence[Row], becomes: Becomes) -> Iterator[dict[str, object]]:
    words = asked.words
    for row in rows:
        facts = (words.labelled(row.needs), words.labelled(row.areas), words.label(row.language))
        what = words(f"row_becomes.{becomes[row.phone]}", consent=row.consent)
        told = {"line": row.line, "name": row.name or words("who.someone"), "ending": ending(row.phone)}
        yield {**told, "facts": " · ".join(facts), "becomes": what}


def _brought(asked: Asked, each: Found) -> dict[str, object]:
    return {
        "id": each["id"],
        "name": team_name(each["coordinator"]),
        "at": asked.words.clock(each["at"]),
        "count": each["people"],
        "undone": each["undone_at"] is not None,
    }


# --- A list that was brought in.


async def show_list(asked: Asked) -> Response:
    change = asked.number("record")
    done = await board_people.list_brought(asked.board.store, change)
    if done is None:
        return asked.page("refused.html", 404, why="no_list")
    found = await board_people.changed_people(asked.board.store, change)
    known = await records(asked, (row["phone"] for row in found if row["name"] is not None))
    return asked.page(
        "imported.html",
        list=_brought(asked, {**dict(done), "people": len(found)}),
        change=change,
        until=asked.words.clock(done["until"]) if done["until"] > asked.now else "",
        undone_by=team_name(done["undone_by"]),
        undone_at=asked.words.clock(done["undone_at"]) if done["undone_at"] is not None else "",
        people=[
            {
                "record": known.get(row["phone"], 0),
                "name": row["name"] or asked.words("who.someone"),
                "ending": ending(row["phone"]),
                "status": row["status"] or "",
                "undone": row["undone"],
            }
            for row in found
        ],
    )


async def undo(asked: Asked) -> Response:
    """Some people a transaction, as they were put on record."""
    change, store, lists = asked.number("record"), asked.board.store, asked.board.lists
    done = await board_people.list_brought(store, change)
    if done is None:
        return asked.page("refused.html", 404, why="no_list")
    if done["undone_at"] is None:
        found = await board_people.changed_people(store, change)
        for some in some_of([row["phone"] for row in found if not row["undone"]]):
            await store.run_behind(lists.take_back, change, some)
        await store.run(lists.taken_back, asked.me, change)
    return asked.go(f"/people/import/{change}")


PAGES = (
    Page("/people/import", show, role=Role.KEEPER),
    Page("/people/import", bring, role=Role.KEEPER, method="POST", largest=LARGEST, longest=LARGEST),
    Page("/people/import/{record:int}", show_list, role=Role.KEEPER),
    Page("/people/import/{record:int}/undo", undo, role=Role.KEEPER, method="POST"),
)
