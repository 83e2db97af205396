"""Page of other groups: who else helps here, as `hotline groups list` has it, and whether all of that is still so."""

from starlette.responses import Response

from hotline.inbound.group_checks import entry, said_at_the_board
from hotline.model.board import team_name
from hotline.model.rules import Group
from hotline.storage import board_lists
from hotline.storage.tables.group_checks import GroupCheck
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page

OF_A_PAGE = 50


async def show(asked: Asked) -> Response:
    """All of them, or those that help with one need in one area."""
    here, query = asked.board.catalogue.community, asked.request.query_params
    what = query.get("what", "") if query.get("what", "") in here.needs_offered else ""
    area = query.get("area", "") if query.get("area", "") in here.areas else ""
    fitting = [each for each in here.groups if (not what or each.helps_with(what)) and (not area or each.is_in(area))]
    known = await board_lists.group_checks(asked.board.store)
    first = asked.skipped(OF_A_PAGE)
    did = query.get("did", "")
    return asked.page(
        "groups.html",
        groups=[_told(asked, each, known.get(each.name)) for each in fitting[first : first + OF_A_PAGE]],
        count=len(fitting),
        any=bool(here.groups),
        needs=here.needs_offered,
        areas=tuple(here.areas),
        what=what,
        area=area,
        **asked.around(more=len(fitting) > first + OF_A_PAGE),
        said=asked.words(f"groups.did_{did}") if did in ("still", "gone") else "",
    )


def _told(asked: Asked, group: Group, known: GroupCheck | None) -> dict[str, object]:
    """One group as the page says it. What was said of an entry that is another by now counts no more."""
    words, check = asked.words, known if known and known.entry == entry(group) else None
    gone = check is not None and check.gone_at is not None
    at = (check.gone_at if gone else check.checked_at) if check else None
    by = team_name(check.said_by) if check and check.said_by else words("who.someone")
    checked = words("groups.checked_on", day=group.checked) if group.checked else words("groups.never")
    return {
        "name": group.name,
        "phone": group.phone,
        "gives": words.labelled(group.needs) if group.needs else words("groups.everything"),
        "areas": words.labelled(group.areas) if group.areas else words("groups.everywhere"),
        "hours": group.hours,
        "where": group.where,
        "imported": group.imported,
        "gone": gone,
        "said": words("groups.gone_by" if gone else "groups.still_by", name=by, at=words.clock(at)) if at else checked,
    }


async def check(asked: Asked) -> Response:
    """Somebody has rung it, or knows: still so, or not."""
    still = asked.typed("still")
    if still not in ("yes", "no"):
        return asked.go("/groups")
    here, given = asked.board.catalogue.community, (asked.typed("group"), still == "yes", asked.typed("press"))
    done = await asked.board.store.run(said_at_the_board, here, asked.me, *given, asked.now)
    if not done:
        return asked.page("refused.html", 404, why="no_group")
    return asked.go(f"/groups?did={'still' if still == 'yes' else 'gone'}")


PAGES = (
    Page("/groups", show),
    Page("/groups/check", check, method="POST"),
)
