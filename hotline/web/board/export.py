"""Page for export: requests, and those who give, as CSV or JSON with declared fields. What tells of a person is in it
only where that is asked for, and why is kept."""

import asyncio
import json
from collections.abc import Callable, Sequence

from starlette.responses import Response

from hotline.channels.spreadsheet import as_csv
from hotline.model import calendar
from hotline.model.board import Role, team_name
from hotline.storage import board_people
from hotline.storage.board_exports import EXPORTS
from hotline.storage.execute import Row
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page

FORMS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
LATELY = 20  # files with personal data that the page tells of


async def show(asked: Asked) -> Response:
    return await _page(asked)


async def take_out(asked: Asked) -> Response:
    """The file. That it was taken out is written down before it is."""
    what, form = asked.typed("what") or "requests", asked.typed("form") or "csv"
    personal, reason = asked.typed("personal") == "yes", asked.typed("words")
    if what not in EXPORTS or form not in FORMS:
        return await _page(asked, "choice")
    if personal and not reason:
        return await _page(asked, "reason")
    await asked.board.store.run(asked.board.people.took_out, asked.me, what, reason if personal else "")
    found = await EXPORTS[what].read(asked.board.store)
    made = await asyncio.to_thread(_file, asked, what, found, form, personal)
    day = f"{calendar.local(asked.now, asked.board.catalogue.community.rules.timezone):%Y-%m-%d}"
    name = {"Content-Disposition": f'attachment; filename="{what}-{day}.{form}"'}
    return Response(made, media_type=FORMS[form], headers=name)


def _file(asked: Asked, what: str, found: Sequence[Row], form: str, personal: bool) -> bytes:
    """Made beside the loop: no text waits for it."""
    export = EXPORTS[what]
    columns, rows = export.columns(personal=personal), export.rows(found, _shown(asked), personal=personal)
    if form == "csv":
        return as_csv(columns, (list(row.values()) for row in rows))
    told = {
        "community": asked.board.catalogue.community.name,
        "made": _shown(asked)(asked.now),
        "fields": {name: declared(asked, what, name) for name in columns},
        "rows": list(rows),
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def declared(asked: Asked, what: str, field: str) -> str:
    """What a field means, in that export."""
    own = f"fields.{what}_{field}"
    return asked.words(own if asked.words.has(own) else f"fields.{field}")


def _shown(asked: Asked) -> Callable[[float | None], str]:
    zone = asked.board.catalogue.community.rules.timezone
    return lambda at: "" if at is None else f"{calendar.local(at, zone):%Y-%m-%d %H:%M}"


async def _page(asked: Asked, wrong: str = "") -> Response:
    return asked.page(
        "export.html",
        400 if wrong else 200,
        exports={
            what: [(field, declared(asked, what, field), field in export.personal) for field in export.all_fields]
            for what, export in EXPORTS.items()
        },
        forms=tuple(FORMS),
        typed={name: asked.typed(name) for name in ("what", "form", "personal", "words")},
        wrong=wrong,
        taken=[_taken(row) for row in await board_people.exports(asked.board.store, LATELY)],
    )


def _taken(row: Row) -> dict[str, str | float]:
    return {"name": team_name(row["coordinator"]), "at": row["at"], "what": row["what"], "reason": row["reason"]}


PAGES = (
    Page("/export", show, role=Role.KEEPER),
    Page("/export", take_out, role=Role.KEEPER, method="POST"),
)
