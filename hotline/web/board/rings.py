"""Page of the daily rings: who asked to be rung each day, at which hour, what came of the last ring, when the next is.

Only whoever is rung begins or ends it: there is nothing to press here. Of a number its end stands there, by which the
page of people finds whose it is."""

from dataclasses import dataclass

from starlette.responses import Response

from hotline.model import phone_numbers
from hotline.model.daily_rings import Came, DailyRing
from hotline.storage import board_lists
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page

OF_A_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One person as the page says it: `last` is what came of the last ring, `next` when the next is made; `look` is
    that a person might call them."""

    name: str
    ending: str
    last: str
    next: str
    look: bool


async def show(asked: Asked) -> Response:
    there = await board_lists.daily_rings(asked.board.store, OF_A_PAGE + 1, asked.skipped(OF_A_PAGE))
    return asked.page(
        "rings.html",
        rings=[_line(ring, name, asked) for ring, name in there[:OF_A_PAGE]],
        **asked.around(more=len(there) > OF_A_PAGE),
    )


def _line(ring: DailyRing, name: str, asked: Asked) -> Line:
    words = asked.words
    last = words(f"rings.came_{ring.came or 'nothing'}", at=words.clock(ring.came_at), count=ring.silent)
    away = ring.away_until > asked.now
    key = "rings.now" if ring.rings else "rings.away" if away else "rings.next"
    at = ring.next_due(asked.board.catalogue.community.rules.timezone)
    look = ring.came in (Came.SILENT, Came.CALL_ME, Came.NOT_MADE)
    return Line(
        name or words("who.someone"), phone_numbers.ending(ring.phone), last, words(key, at=words.clock(at)), look
    )


PAGES = (Page("/rings", show),)
