"""Page of somebody who waits for a person without having asked for anything: who, why, and that somebody has looked."""

from starlette.responses import Response

from hotline.inbound.board_desk import Outcome
from hotline.model.board import SILENT, Hand, Waiting, team_name
from hotline.model.flags import NOT_CALLED_BACK
from hotline.model.phone_numbers import is_shown
from hotline.storage import board_lists
from hotline.web.board.asked import Asked
from hotline.web.board.door import LONGEST, Page
from hotline.web.board.overview import WAITS_FOR_A_YES
from hotline.web.board.people import records
from hotline.web.board.words import ending

MOST_NAMED = 100  # of those whom nobody called back
SAID_AFTERWARDS = ("in_hand", "let_go", "rings", "twice")  # of a press, on the page that is asked for after it


async def show(asked: Asked) -> Response:
    did = asked.request.query_params.get("did", "")
    return await _page(asked, Outcome(True, key=did) if did in SAID_AFTERWARDS else None)


async def settle(asked: Asked) -> Response:
    """Somebody has looked; perhaps the words were read wrongly."""
    waiting = await _waiting(asked)
    if waiting is None:
        return asked.go("/tray")
    seen = tuple(flag.id for flag in waiting.flags)
    newest = next((flag.words for flag in waiting.flags if flag.words), "")
    misread = newest if asked.typed("misread") == "yes" else ""
    turn = asked.board.desk.settle
    await asked.board.store.run(turn, asked.me, waiting.party, seen, misread, asked.typed("press"))
    return asked.go("/tray")


async def approve(asked: Asked) -> Response:
    """Somebody who wants to help may do so."""
    waiting = await _waiting(asked)
    if waiting is None:
        return asked.go("/tray")
    outcome = await asked.board.store.run(asked.board.desk.approve, asked.me, waiting.party, asked.typed("press"))
    return asked.go("/tray") if outcome.done else await _page(asked, outcome)


async def call_back(asked: Asked) -> Response:
    waiting = await _waiting(asked)
    if waiting is None:
        return asked.go("/tray")
    turn, press = asked.board.desk.call_back, asked.typed("press")
    return await _after(asked, await asked.board.store.run(turn, asked.me, waiting.party, waiting.subject, press))


async def write(asked: Asked) -> Response:
    """A text to whoever waits; then to the request under which it went, where it can be taken back."""
    waiting = await _waiting(asked)
    if waiting is None:
        return asked.page("refused.html", 404, why="looked", typed=[asked.typed("words")])
    if not asked.typed("words"):
        return await _page(asked, Outcome(False, key="no_words"))
    turn, told = asked.board.desk.write_to, (asked.typed("words"), asked.typed("press"), asked.words.language)
    outcome = await asked.board.store.run(turn, asked.me, waiting.party, waiting.subject, *told)
    return asked.go(f"/need/{outcome.made}?did=written") if outcome.done else await _page(asked, outcome)


async def show_number(asked: Asked) -> Response:
    waiting = await _waiting(asked)
    if waiting is None:
        return asked.go("/tray")
    await asked.board.store.run(asked.board.desk.showed, asked.me, "flagged")
    return await _page(asked, number=waiting.party if is_shown(waiting.party) else asked.words("need.no_number"))


async def take_in_hand(asked: Asked) -> Response:
    waiting = await _waiting(asked)
    if waiting is None:
        return asked.go("/tray")
    turn, takes = asked.board.desk.take_in_hand, asked.typed("takes") == "yes"
    return await _after(asked, await asked.board.store.run(turn, asked.me, waiting.subject, takes))


async def _after(asked: Asked, outcome: Outcome) -> Response:
    """What was done is said on a page that is asked for anew: neither Back nor a reload presses once more."""
    if outcome.done and outcome.key in SAID_AFTERWARDS:
        return asked.go(f"/waits/{asked.number('flag')}?did={outcome.key}")
    return await _page(asked, outcome)


async def _waiting(asked: Asked) -> Waiting | None:
    return await board_lists.waiting(asked.board.store, asked.number("flag"))


async def _page(asked: Asked, outcome: Outcome | None = None, number: str = "") -> Response:
    waiting = await _waiting(asked)
    if waiting is None:
        return asked.page("refused.html", 404, why="looked")
    given_up = await _given_up(asked, waiting)
    known = await board_lists.names(asked.board.store, {waiting.party, *given_up})
    pages = await records(asked, (waiting.party, *given_up))
    hands, words = await board_lists.hands(asked.board.store, asked.now - SILENT), asked.words
    hand = hands.get(waiting.subject)
    if outcome and outcome.key in ("in_hand", "let_go") and (outcome.key == "in_hand") is not _is_mine(asked, hand):
        outcome = None  # an old page, asked for anew
    by = outcome.by if outcome else None
    helper = any(flag.why == WAITS_FOR_A_YES for flag in waiting.flags)
    told = {"name": team_name(by[0]), "at": words.clock(by[2])} if by else {"name": "", "at": ""}
    return asked.page(
        "waits.html",
        409 if outcome and not outcome.done else 200,
        id=waiting.flags[0].id,
        name=known.get(waiting.party, ""),
        ending=ending(waiting.party),
        record=pages.get(waiting.party, 0),
        about_hotline=not waiting.party,
        flags=[
            {"why": words.label(flag.why), "words": flag.words, "at": words.clock(flag.raised_at), "code": flag.code}
            for flag in waiting.flags
        ],
        needs=sorted({(flag.about, flag.code) for flag in waiting.flags if flag.code}),
        wants_to_help=helper,
        has_words=any(flag.words for flag in waiting.flags),
        hand=hand,
        people=[
            {"record": pages.get(phone, 0), "name": known.get(phone) or words("who.someone"), "ending": ending(phone)}
            for phone in given_up
        ],
        calls=asked.board.catalogue.community.line.joins_calls,
        missed=waiting.missed,
        writes=is_shown(waiting.party) and not helper,
        typed=asked.typed("words"),
        longest=LONGEST,
        hand_name=team_name(hand.coordinator) if hand else "",
        said=words(f"did.{outcome.key}", what="", **told) if outcome and outcome.key else "",
        good=outcome is None or outcome.done,
        number=number,
    )


def _is_mine(asked: Asked, hand: Hand | None) -> bool:
    return hand is not None and hand.coordinator == asked.me.key


async def _given_up(asked: Asked, waiting: Waiting) -> list[str]:
    """Whom it is about that calls were not called back."""
    if waiting.why != NOT_CALLED_BACK:
        return []
    return await board_lists.not_called_back(asked.board.store, waiting.since, MOST_NAMED)


PAGES = (
    Page("/waits/{flag:int}", show),
    Page("/waits/{flag:int}/seen", settle, method="POST"),
    Page("/waits/{flag:int}/approve", approve, method="POST"),
    Page("/waits/{flag:int}/call", call_back, method="POST"),
    Page("/waits/{flag:int}/write", write, method="POST"),
    Page("/waits/{flag:int}/number", show_number, method="POST"),
    Page("/waits/{flag:int}/hand", take_in_hand, method="POST"),
)
