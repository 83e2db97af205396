"""All pages of the board, with their stylesheet, and the scripts of those that move or are saved by themselves."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hotline.web.board import (
    broadcasts,
    circles,
    daily_rings,
    days_list,
    export,
    gatherings,
    gifts,
    groups,
    handover,
    import_people,
    intake,
    live,
    loans,
    need,
    overview,
    people,
    pictures,
    rounds,
    set_up,
    sign_in,
    team,
    waits,
    wording,
)
from hotline.web.board.board import SCRIPTS, Board, script, style
from hotline.web.board.door import Page, route

MODULES = (
    sign_in,
    overview,
    live,
    need,
    waits,
    gifts,
    groups,
    loans,
    handover,
    days_list,
    circles,
    gatherings,
    daily_rings,
    rounds,
    intake,
    people,
    import_people,
    broadcasts,
    pictures,
    team,
    export,
    set_up,
    wording,
)
PAGES: tuple[Page, ...] = tuple(page for module in MODULES for page in module.PAGES)
KEPT = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}


def routes(board: Board) -> list[BaseRoute]:
    """Every address of the board."""
    scripts = [Route(f"/board/static/{name}.js", partial(_script, name)) for name in SCRIPTS]
    return [Route("/board/static/board.css", _style), *scripts, *(route(board, page, shown_on(page)) for page in PAGES)]


def shown_on(page: Page) -> str:
    """The address of the page on which a form of that one stands: the longest that begins it."""
    looked_at = {each.path for each in PAGES if not each.changes}
    steps = page.path.split("/")
    return next((path for n in range(len(steps), 0, -1) if (path := "/".join(steps[:n])) in looked_at), "")


async def _style(_: Request) -> Response:
    return Response(style()[0], media_type="text/css", headers=KEPT)


async def _script(name: str, _: Request) -> Response:
    return Response(script(name)[0], media_type="text/javascript", headers=KEPT)
