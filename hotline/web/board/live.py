"""Server-sent events of the board: that something is new, and nothing else. The page then asks for what it shows."""

import random
from collections.abc import AsyncIterator

from starlette.responses import Response, StreamingResponse

from hotline.storage.board_lists import COLUMNS
from hotline.web.board import overview, people
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page
from hotline.web.board.watch import OVERVIEW
from hotline.web.endless import goes_on

AGAIN = (2000, 6000)  # milliseconds after which a browser comes back that lost its line: not all at once
LONGEST_PULSE = 40  # letters
QUERY = "need"


async def listen(asked: Asked) -> Response:
    """For as long as the page is open, the session lives and the hotline runs."""
    watch, query = asked.board.watch, asked.request.query_params
    if not watch.has_room:
        return Response(status_code=503)
    goes_on(asked.request.scope)
    given = query.get(QUERY, "")
    need = int(given) if given.isascii() and given.isdecimal() and len(given) < 16 else OVERVIEW
    seen = asked.request.headers.get("last-event-id") or query.get("seen", "")
    events = _events(watch.changes(need, asked.session, seen[:LONGEST_PULSE]))
    return StreamingResponse(events, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _events(changes: AsyncIterator[str]) -> AsyncIterator[str]:
    """Neither a number nor a word of anybody stands in them. Lines without an event keep what is between us awake."""
    yield f"retry: {random.randint(*AGAIN)}\n\n"
    async for pulse in changes:
        yield f"id: {pulse}\ndata: changed\n\n" if pulse else ":\n\n"
    yield "data: over\n\n"


async def show_columns(asked: Asked) -> Response:
    """What the overview shows, without the page around it."""
    return _part(asked, *await overview.columns(asked, told=True))


async def show_column(asked: Asked) -> Response:
    name = asked.request.path_params["column"]
    return _part(asked, *await overview.column(asked, name, told=True)) if name in COLUMNS else asked.go("")


async def show_tray(asked: Asked) -> Response:
    return _part(asked, *await overview.tray(asked, told=True))


async def show_people(asked: Asked) -> Response:
    return _part(asked, *await people.first(asked, told=True))


def _part(asked: Asked, pulse: str, shown: str) -> Response:
    return asked.page("live.html", shown=shown, pulse=pulse, as_of=asked.words.clock(asked.now))


PAGES = (
    Page("/live", listen, by_itself=True, endless=True),
    Page("/live/columns", show_columns, by_itself=True),
    Page("/live/column/{column}", show_column, by_itself=True),
    Page("/live/tray", show_tray, by_itself=True),
    Page("/live/people", show_people, by_itself=True),
)
