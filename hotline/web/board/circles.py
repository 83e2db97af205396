"""Page of the circles: who is in, whose turn it is, what both have said, and which rest; one is ended. No telephone
number stands on it, and no amount."""

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.responses import Response

from hotline.inbound.board_circles import end_circle
from hotline.model.circles import Circle, Member, called, day_of, lot_words
from hotline.storage import board_lists
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page
from hotline.web.board.words import Words

OF_A_PAGE = 50


@dataclass(frozen=True)
class Shown:
    """A circle as the page says it."""

    number: int
    code: str
    what: str
    facts: str
    rule: str
    state: str
    drawn: str
    members: tuple[str, ...]


async def show(asked: Asked) -> Response:
    store = asked.board.store
    there = await board_lists.circles(store, OF_A_PAGE + 1, asked.skipped(OF_A_PAGE))
    people = {member.phone for circle in there for member in circle.members}
    names = await board_lists.names(store, people - {""})
    return asked.page(
        "circles.html",
        circles=[_shown(circle, names, asked) for circle in there[:OF_A_PAGE]],
        **asked.around(more=len(there) > OF_A_PAGE),
        said=asked.words("did.circle_off") if asked.request.query_params.get("did") == "off" else "",
    )


async def change(asked: Asked) -> Response:
    """It ends here."""
    community = asked.board.catalogue.community
    given = (community, asked.me, asked.number("number"), asked.typed("press"), asked.now)
    circle = await asked.board.store.run(end_circle, *given)
    return asked.go("/circles?did=off") if circle else asked.page("refused.html", 404, why="no_circle")


def _shown(circle: Circle, names: dict[str, str], asked: Asked) -> Shown:
    words, zone = asked.words, asked.board.catalogue.community.rules.timezone
    facts = (circle.share or words("circles.spoken"), words.label(circle.beat), words.label(circle.order))
    name = words.label(called(circle.taker(), names))
    day = words.label(*day_of(circle, circle.turn, zone))
    state = words("circles.forms", day=day) if not circle.begun else words("circles.turn", name=name, day=day)
    rest = circle.dispute
    if rest:
        both = {"name": words.label(called(rest[1], names)), "other": words.label(called(rest[2], names))}
        state = f"{state} {words('circles.rests', **both)}"
    drawn = ", ".join(map(words.label, lot_words(circle)))
    return Shown(
        circle.number,
        circle.code,
        circle.words or words("offers.spoken", what=words.label("circle")),
        " · ".join(facts),
        words("circles.rule", words=circle.rule or words.label(circle.cover)),
        state,
        words("circles.drawn", words=drawn) if drawn else "",
        tuple(_line(circle, member, names, words) for member in circle.in_order or circle.present),
    )


def _line(circle: Circle, member: Member, names: dict[str, str], words: Words) -> str:
    """Somebody in the order of turns; whether all is said of theirs."""
    name = words.label(called(member, names))
    if not member.is_in:
        return words("circles.left", name=name)
    if not circle.begun or member.place > circle.turn:
        return name
    missing = circle.missing(member.place)
    if missing:
        return words("circles.open", name=name, names=_all(missing, names, words))
    return words("circles.all", name=name)


def _all(members: Iterable[Member], names: dict[str, str], words: Words) -> str:
    return ", ".join(words.label(called(each, names)) for each in members)


PAGES = (
    Page("/circles", show),
    Page("/circles/{number:int}/change", change, method="POST"),
)
