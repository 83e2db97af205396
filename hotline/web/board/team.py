"""Page of the team: who is signed in, inviting somebody, ending all of somebody's sessions, and for keepers the trail
of what was done."""

import asyncio
from collections.abc import Iterable
from itertools import groupby

from starlette.responses import Response

from hotline.inbound import board_team
from hotline.inbound.board_sign_in import member
from hotline.model.board import IDLE, Role, team_name
from hotline.storage import board_lists
from hotline.storage.board_lists import Trace
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page

LINES = 100  # of the trail on one page


async def show(asked: Asked) -> Response:
    did = asked.request.query_params.get("did", "")
    return await _page(asked, asked.words(f"did.{did}") if did in ("invited", "ended") else "")


async def _page(asked: Asked, said: str = "", wrong: str = "") -> Response:
    community = asked.board.catalogue.community
    here = await board_lists.signed_in(asked.board.store, asked.now - IDLE)
    people = [who for key in community.coordinators if (who := member(community, key))]
    typed = {name: asked.typed(name) for name in ("name", "phone")}
    file = asked.board.community_file
    status = 400 if wrong else 200
    return asked.page(
        "team.html", status, people=people, signed_in=here, said=said, wrong=wrong, typed=typed, file=file
    )


async def invite(asked: Asked) -> Response:
    """Somebody coordinates from now on, and reads by text where the board is."""
    board, community = asked.board, asked.board.catalogue.community
    if board.community_file is None:
        return await _page(asked, wrong=asked.words("wrong.no_file"))
    given = (community, board.community_file, asked.typed("name"), asked.typed("phone"))
    invited = await asyncio.to_thread(board_team.invite, *given)
    if invited.wrong:
        return await _page(asked, wrong=asked.words(f"wrong.invite_{invited.wrong}", lines=invited.lines))
    turn, url = board.sign_in.invite, f"{board.origin}{board.base}"
    await board.store.run(turn, asked.me, invited.phone, invited.key, url, asked.now)
    return asked.go("/team?did=invited")


async def end_sessions(asked: Asked) -> Response:
    """A telephone is lost: anybody of the team shuts it out."""
    other = asked.request.path_params["key"]
    if other not in asked.board.catalogue.community.coordinators:
        return asked.page("refused.html", 404, why="no_member")
    await asked.board.store.run(asked.board.sign_in.end_all, asked.me, other, asked.now)
    return asked.go("/team?did=ended") if other != asked.me.key else asked.go("/sign-in")


async def show_trail(asked: Asked) -> Response:
    given = asked.request.query_params.get("below", "")
    below = int(given) if given.isdecimal() and len(given) < 18 else board_lists.FOREVER
    traces = await board_lists.trail(asked.board.store, LINES, below)
    last = traces[-1].id if len(traces) == LINES else 0
    return asked.page("trail.html", presses=presses(traces), team_name=team_name, last=last)


def presses(traces: Iterable[Trace]) -> list[list[Trace]]:
    """What was done by one press: it may be about many requests, and is one line then."""

    def press(each: Trace) -> tuple[object, ...]:
        return each.at, each.coordinator, each.what, each.more, each.id if not each.need else 0

    return [list(some) for _, some in groupby(traces, press)]


PAGES = (
    Page("/team", show),
    Page("/team", invite, method="POST"),
    Page("/team/{key}/end", end_sessions, method="POST"),
    Page("/trail", show_trail, role=Role.KEEPER),
)
