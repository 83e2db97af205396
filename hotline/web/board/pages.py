"""All pages of the board, with their stylesheet, and the scripts of those that move or are saved by themselves."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hotline.web.board import (
    bring,
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
from hotline.web.board.board import SCRIPTS, Board, script, style
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
    scripts = [Route(f"/board/static/{name}.js", partial(_script, name)) for name in SCRIPTS]
    return [Route("/board/static/board.css", _style), *scripts, *(route(board, page) for page in PAGES)]


async def _style(_: Request) -> Response:
    return Response(style()[0], media_type="text/css", headers=KEPT)


async def _script(name: str, _: Request) -> Response:
    return Response(script(name)[0], media_type="text/javascript", headers=KEPT)
