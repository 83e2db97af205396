"""All pages of the board, and the stylesheet that they share."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hotline.web.board import bring, export, intake, need, offers, overview, people, sign_in, team, waits
from hotline.web.board.board import Board, style
from hotline.web.board.door import Page, route

MODULES = (sign_in, overview, need, waits, offers, intake, people, bring, team, export)
PAGES: tuple[Page, ...] = tuple(page for module in MODULES for page in module.PAGES)
KEPT = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}


def routes(board: Board) -> list[BaseRoute]:
    """Every address of the board."""
    return [Route("/board/static/board.css", _style), *(route(board, page) for page in PAGES)]


async def _style(_: Request) -> Response:
    return Response(style()[0], media_type="text/css", headers=KEPT)
