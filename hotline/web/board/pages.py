"""All pages of the board, with the stylesheet that they share and the script of those that move by themselves."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hotline.web.board import (
    bring,
    days,
    export,
    groups,
    intake,
    live,
    need,
    offers,
    overview,
    people,
    pictures,
    set_up,
    sign_in,
    team,
    tools,
    waits,
    wording,
)
from hotline.web.board.board import Board, script, style
from hotline.web.board.door import Page, route

MODULES = (
    sign_in,
    overview,
    live,
    need,
    waits,
    offers,
    groups,
    tools,
    days,
    intake,
    people,
    bring,
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
    static = [Route("/board/static/board.css", _style), Route("/board/static/live.js", _script)]
    return [*static, *(route(board, page) for page in PAGES)]


async def _style(_: Request) -> Response:
    return Response(style()[0], media_type="text/css", headers=KEPT)


async def _script(_: Request) -> Response:
    return Response(script()[0], media_type="text/javascript", headers=KEPT)
