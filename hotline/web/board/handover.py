"""Handover: what happened since a coordinator was last here, what is still open with them, and a line for the next one,
who says that it was read. No number, name or word of a neighbor stands on it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from starlette.responses import Response

from hotline.inbound import board_handover
from hotline.model import phone_numbers
from hotline.model.board import SILENT, team_name
from hotline.model.calendar import DAY
from hotline.storage import board_lists
from hotline.storage.board_lists import Since
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page
from hotline.web.board.overview import Names

LONGEST = 300  # letters of a line
SHOWN = 30  # of what happened, of what is open, of what the team did
TRACES = 500  # of the trail, in which the others' are looked for
LOOKS = frozenset(("saw_number", "listed_numbers", "listed_details"))  # at which nothing was done
FIRST_LOOK = DAY  # so far back for whoever was never here
COUNTED = {"asked": "", "taken": "/column/taken", "done": "/column/done", "closed": "/column/done", "danger": "/tray"}


@dataclass(frozen=True)
class Line:
    """One thing that happened, or is open: where it leads, what it is called, what is said of it, and since when."""

    path: str
    title: str
    said: str
    at: float


def _what_is_wrong(words: str) -> str:
    """Why a line is not taken: it stands on the overview, which is on screens that others see."""
    if len(words) > LONGEST:
        return "line_long"
    return ("line_number" if phone_numbers.IN_TEXT.search(words) else "") if words else "words"


async def show(asked: Asked) -> Response:
    return await _page(asked)


async def say(asked: Asked) -> Response:
    """A line for the next one."""
    words = " ".join(asked.typed("words").split())
    if wrong := _what_is_wrong(words):
        return await _page(asked, wrong=asked.words(f"wrong.{wrong}", most=LONGEST))
    given = (asked.me, words, asked.typed("press"), asked.now)
    await asked.board.store.run(board_handover.say, *given)
    return asked.go("/handover?did=handed_over")


async def read(asked: Asked) -> Response:
    """Whoever reads it for the first time is on record; to press again changes nothing."""
    await asked.board.store.run(board_handover.has_read, asked.me, asked.number("number"), asked.now)
    return asked.go("")


async def _page(asked: Asked, wrong: str = "") -> Response:
    store, did = asked.board.store, asked.request.query_params.get("did", "")
    last = await board_lists.last_look(store, asked.me.key, asked.session)
    since = asked.now - FIRST_LOOK if last is None else last
    counts, happened = await board_lists.since(store, since, SHOWN)
    lines = await board_lists.handovers(store, SHOWN)
    names = Names(asked, await board_lists.names(store, {each.who for each in happened if each.who}))
    traces = await board_lists.trail(store, TRACES)
    others = [
        each
        for each in traces
        if each.need and each.at > since and each.coordinator != asked.me.key and each.what not in LOOKS
    ]
    return asked.page(
        "handover.html",
        400 if wrong else 200,
        since=asked.words.clock(since),
        first=last is None,
        counts=[(key, counts[key], path) for key, path in COUNTED.items() if counts[key]],
        happened=[_happened(asked, each, names) for each in happened],
        team=others[:SHOWN],
        open=[each async for each in _open(asked)][:SHOWN],
        lines=[each for each in lines if each is lines[0] or not each.read_by],
        team_name=team_name,
        said=asked.words("did.handed_over") if did == "handed_over" else "",
        wrong=wrong,
        typed=asked.typed("words"),
        longest=LONGEST,
    )


def _happened(asked: Asked, each: Since, names: Names) -> Line:
    who = names.called(each.who) or asked.words("who.someone") if each.who else ""
    said = asked.words(f"handover.was_{each.event}", name=who)
    title = asked.words.title(each.what, each.area, each.code)
    return Line(f"/need/{each.number}" if each.code else "", title, said, each.at)


async def _open(asked: Asked) -> AsyncIterator[Line]:
    """What they look after, also where they fell silent over it; what they took; what they began on the phone."""
    store, words, me = asked.board.store, asked.words, asked.me
    for hand in (await board_lists.hands(store, 0.0)).values():
        kind, _, number = hand.subject.partition(" ")
        if hand.coordinator != me.key or not number.isdecimal():
            continue
        said = words("handover.lapsed" if asked.now - hand.seen_at >= SILENT else "handover.yours")
        if kind == "flag":
            waiting = await board_lists.waiting(store, int(number))
            if waiting:
                yield Line(f"/waits/{number}", words.label(waiting.flags[0].why), said, waiting.since)
        elif (card := await board_lists.card(store, int(number))) and (card.need.active or card.need.status == "draft"):
            need = card.need
            yield Line(f"/need/{number}", words.title(need.what, need.area, need.code), said, hand.seen_at)
    for need in await board_lists.in_hand(store, me.phone):
        title = words.title(need.what, need.area, need.code)
        yield Line(f"/need/{need.number}", title, words("handover.took"), need.created_at)
    for sheet in await board_lists.sheets_open(store, TRACES):
        if sheet.coordinator == me.key:
            yield Line(f"/intake/sheet/{sheet.id}", words("page.intake"), words("handover.begun"), sheet.changed_at)


PAGES = (
    Page("/handover", show),
    Page("/handover", say, method="POST"),
    Page("/handover/{number:int}/read", read, method="POST"),
)
