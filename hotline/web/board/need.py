"""Page of one need: its whole story in the order of time, and everything that can be done about it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import date, time

from starlette.responses import Response

from hotline.inbound.board_desk import (
    GIVES_STATE,
    HELPER,
    KEEPERS,
    NEIGHBOR,
    TEAM,
    Outcome,
    fields,
    is_called,
    may_be_opened,
    meant,
    state,
    version,
)
from hotline.model.board import SILENT, Hand, Press, Role, team_name
from hotline.model.needs import Need, Status, is_code
from hotline.model.people import Volunteer
from hotline.model.phone_numbers import is_shown
from hotline.model.when import When, kept
from hotline.storage import board_lists, board_live, lists
from hotline.web.board.asked import Asked
from hotline.web.board.door import LONGEST, Page
from hotline.web.board.overview import Names
from hotline.web.board.people import records
from hotline.web.board.story import told
from hotline.web.board.words import ending

MOST_MEANT = 12  # people of one name that can be chosen from
SUGGESTED = 6  # who give this there
KNOWN = 8  # of what else a neighbor asked for
PARTS = ("morning", "noon", "afternoon", "evening")
MOVES = {"give": "give", "ask": "ask", "back": "back", "close": "close"}
WORDS_NEEDED = frozenset(("write", "close", "note"))


@dataclass(frozen=True)
class Side:
    """Somebody on one side of a need: as they are called, how their number ends, and what stands for it in a form."""

    side: str
    mark: str
    name: str
    ending: str
    language: str
    by: str
    leave_word: str
    say_who: str
    callback: str = ""
    record: int = 0  # of their page; 0 for who hides the number


@dataclass(frozen=True)
class Told:
    """What is said at the head of the page: what became of a press, and what is wrong with what was typed."""

    said: str = ""
    good: bool = True
    form: str = ""  # the one to which what was typed belongs
    typed: Mapping[str, str] | None = None
    theirs: Mapping[str, str] | None = None
    meant: tuple[tuple[str, str], ...] = ()  # (mark, what tells them apart) of those who may be meant
    number: str = ""  # shown because somebody asked for it
    number_of: str = ""


NOTHING = Told()


async def show(asked: Asked) -> Response:
    return await _page(asked, asked.number("number"), _after(asked))


async def move(asked: Asked) -> Response:
    """From a card: to the form that does it."""
    place = MOVES.get(asked.request.query_params.get("to", ""), "do")
    return asked.go(f"/need/{asked.number('number')}#{place}")


def _after(asked: Asked) -> Told:
    """What was done by the press before: its name stands in the address, never a word of anybody."""
    key = asked.request.query_params.get("did", "")
    return Told(asked.words(f"did.{key}")) if asked.words.has(f"did.{key}") else NOTHING


async def press(asked: Asked) -> Response:
    """Any form of the page."""
    what = asked.request.path_params["what"]
    return await _press(asked, what) if what in PRESSES else asked.page("refused.html", 404, why="no_need")


async def note_for_keepers(asked: Asked) -> Response:
    return await _press(asked, "note", KEEPERS)


async def _press(asked: Asked, what: str, tier: str = TEAM) -> Response:
    number = asked.number("number")
    card = await board_lists.card(asked.board.store, number)
    if card is None:
        return asked.page("refused.html", 404, why="no_need")
    given, wrong = await _given(asked, card.need, what)
    seen = {name.removeprefix("seen_"): value for name, value in (asked.form or {}).items() if name[:5] == "seen_"}
    if wrong is not None and not (what in GIVES_STATE and seen.get("state") != state(card.need)):
        return await _page(asked, number, wrong, 400)
    if wrong is not None:
        seen = {}  # what somebody else did with it meanwhile is said before what is wrong with the words
    given |= {"tier": tier} if what == "note" else {}
    turn, order = asked.board.desk.press, Press(what, number, given, seen)
    outcome = await asked.board.store.run(turn, asked.me, order, asked.typed("press"), asked.words.language)
    if outcome.done and not outcome.words:
        return asked.go(f"/need/{number}?did={outcome.key or what}")
    return await _page(asked, number, _of(asked, what, outcome), 200 if outcome.done else 409)


async def show_number(asked: Asked) -> Response:
    """A number, to whoever asks for it: that they saw it is written down before they do."""
    number = asked.number("number")
    card = await board_lists.card(asked.board.store, number)
    phone = _side_meant(asked, card.need) if card else ""
    if card is None or not phone:
        return asked.page("refused.html", 404, why="no_need")
    side = NEIGHBOR if card.need.is_of(phone) else HELPER
    await asked.board.store.run(asked.board.desk.showed, asked.me, side, number)
    shown = (card.need.callback if side == NEIGHBOR else "") or (phone if is_shown(phone) else "")
    told = Told(number=shown or asked.words("need.no_number"), number_of=asked.board.marks.of(phone))
    return await _page(asked, number, told)


async def take_in_hand(asked: Asked) -> Response:
    number, takes = asked.number("number"), asked.typed("takes") == "yes"
    turn = asked.board.desk.take_in_hand
    outcome = await asked.board.store.run(turn, asked.me, f"need {number}", takes)
    if outcome.done:
        return asked.go(f"/need/{number}?did={outcome.key}")
    return await _page(asked, number, _of(asked, "hand", outcome), 409)


# --- What was typed.


PRESSES = frozenset(
    (
        "write",
        "call",
        "assign",
        "take",
        "take_back",
        "ask",
        "again",
        "pass",
        "urgent",
        "seen",
        "close",
        "change",
        "note",
        "reopen",
        "link",
        "unlink",
        "split",
        "undo",
        "send_now",
    )
)


async def _given(asked: Asked, need: Need, what: str) -> tuple[dict[str, str], Told | None]:
    """What a press says, people by their numbers; or what is wrong with what was typed."""
    typed = dict(asked.form or {})
    if what in WORDS_NEEDED and not typed.get("words"):
        return {}, _wrong(asked, what, "words")
    given: dict[str, str] = {name: typed[name] for name in ("words", "outcome", "side") if name in typed}
    if what in ("write", "call", "take_back"):
        phone = _side_meant(asked, need)
        if not phone:
            return {}, _wrong(asked, what, "side")
        given |= {"phone": phone, "side": NEIGHBOR if need.is_of(phone) else HELPER}
    if what == "assign":
        return await _assigned(asked, need, given)
    if what == "change":
        return _changed(asked, need)
    if what == "split":
        return _part(asked)
    if what == "link":
        into = asked.typed("into").lstrip("#")
        known = into.isascii() and into.isdecimal() and is_code(int(into[:6])) and into != need.code
        return ({"into": into}, None) if known else ({}, _wrong(asked, what, "into"))
    return given, None


def _wrong(asked: Asked, what: str, field: str) -> Told:
    return Told(asked.words(f"wrong.{field}"), False, what, asked.form)


def _side_meant(asked: Asked, need: Need) -> str:
    """Whose mark was chosen; without one, the only side there is."""
    mark = asked.typed("side")
    sides = (need.neighbor, *need.takers, *need.helped)
    return next((phone for phone in sides if phone and asked.board.marks.of(phone) == mark), "")


async def _assigned(asked: Asked, need: Need, given: dict[str, str]) -> tuple[dict[str, str], Told | None]:
    """Whom it is given to, by name or by the end of the number; the one of several that was chosen."""
    name, mark = asked.typed("name"), asked.typed("who")
    helper = next((phone for phone in need.takers if asked.board.marks.of(phone) == asked.typed("from")), "")
    people = tuple(await lists.volunteers(asked.board.store)) if name else ()
    found = [who for who in meant(people, name) if not mark or asked.board.marks.of(who.phone) == mark]
    if not name:
        return {}, _wrong(asked, "assign", "name")
    if not found:
        return {}, Told(asked.words("wrong.nobody", name=name), False, "assign", asked.form)
    if len(found) > 1 or (not mark and not is_called(found[0], name)):
        choices = tuple((asked.board.marks.of(who.phone), told_apart(asked, who)) for who in found[:MOST_MEANT])
        return {}, Told(asked.words("wrong.which", name=name), False, "assign", asked.form, meant=choices)
    return {**given, "phone": found[0].phone, **({"from": helper} if helper else {})}, None


def told_apart(asked: Asked, who: Volunteer) -> str:
    """What tells one from another of the same name: what they give, and how their number ends."""
    gives = ", ".join(map(asked.words.label, who.needs[:2]))
    return " · ".join(filter(None, (who.name or asked.words("who.someone"), gives, ending(who.phone))))


def _changed(asked: Asked, need: Need) -> tuple[dict[str, str], Told | None]:
    community = asked.board.catalogue.community
    what, area = asked.typed("what"), asked.typed("area")
    if what not in community.needs_offered or area not in community.areas:
        return {}, _wrong(asked, "change", "choice")
    due = due_typed(asked)
    if due is None:
        return {}, _wrong(asked, "change", "time")
    new = {"what": what, "area": area, "details": asked.typed("details").replace("\r\n", "\n"), "due": due}
    return {**new, "urgent": asked.typed("urgent")}, None


def _part(asked: Asked) -> tuple[dict[str, str], Told | None]:
    """What becomes a request of its own: what and where, and a word about it."""
    community = asked.board.catalogue.community
    given = {name: asked.typed(name) for name in ("what", "area", "details")}
    if given["what"] not in community.needs_offered or given["area"] not in community.areas:
        return {}, _wrong(asked, "split", "choice")
    if not given["details"]:
        return {}, _wrong(asked, "split", "words")
    return {**given, "details": given["details"].replace("\r\n", "\n")}, None


def due_typed(asked: Asked) -> str | None:
    """For when it is: as it stood where nobody touched it; None for what is no time."""
    day, clock, part = asked.typed("day"), asked.typed("clock"), asked.typed("part")
    if (day, clock, part) == tuple(asked.typed(f"was_{name}") for name in ("day", "clock", "part")):
        return asked.typed("was_due")
    if not day:
        return "" if not (clock or part) else None
    try:
        when = When(date.fromisoformat(day), "at" if clock else part, time.fromisoformat(clock[:5]) if clock else None)
    except ValueError:
        return None
    return when.name if part in ("", *PARTS) and kept(when.name) else None


# --- What is shown.


def _of(asked: Asked, what: str, outcome: Outcome) -> Told:
    """What became of a press, in words; what was typed stays where it was not done."""
    words = outcome.words
    if outcome.key:
        by, done, at = outcome.by or ("", "", 0.0)
        values = {"name": team_name(by), "at": asked.words.clock(at) if at else ""}
        key = outcome.key if by or outcome.key != "conflict" else "conflict_by_phone"
        what_done = asked.words(f"trail.{done}") if done and asked.words.has(f"trail.{done}") else done
        words = asked.words(f"did.{key}", what=what_done, **values)
    if outcome.done:
        return Told(words)
    return Told(words, False, what, asked.form, outcome.theirs)


async def _page(asked: Asked, number: int, told_now: Told, status: int = 200) -> Response:
    store, words = asked.board.store, asked.words
    pulse = (await board_live.pulses(store, (number,)))[number]
    card = await board_lists.card(store, number)
    if card is None:
        return asked.page("refused.html", 404, why="no_need")
    need, community = card.need, asked.board.catalogue.community
    happened = await board_lists.story(store, number)
    phones = {need.neighbor, *need.takers, *need.helped, *(line.who for line in happened if line.who[:1] == "+")}
    known = await board_lists.names(store, phones - {""})
    names = Names(asked, known)
    pages = await records(asked, (need.neighbor, *need.takers, *need.helped))
    hands = await board_lists.hands(store, asked.now - SILENT)
    others = asked.board.guests.look(number, asked.me.key)
    sides = [side async for side in _sides(asked, need, known, names, pages)]
    return asked.page(
        "need.html",
        status,
        mark=pulse,
        need=need,
        title=" · ".join(filter(None, (words.label(need.what) or words("card.something"), words.label(need.area)))),
        times=words.labelled(need.times),
        language_of=words.label(card.language),
        has_it=names.all_of(need.takers),
        hand=hands.get(f"need {number}"),
        hand_name=_hand_name(hands.get(f"need {number}")),
        others=", ".join(map(team_name, others)),
        sides=sides,
        helpers=[side for side in sides if side.side == HELPER and _holds(asked, need, side)],
        story=list(told(asked, card, happened, names)),
        told=told_now,
        seen={"state": state(need), **{name: version(value) for name, value in fields(need).items()}},
        when=when_fields(need),
        parts=PARTS,
        needs=[(name, words.label(name)) for name in community.needs_offered],
        areas=[(name, words.label(name)) for name in community.areas],
        held_words=any(line.what == "wrote" and line.many for line in happened),
        silent=sum(line.what == "asked" and not line.said for line in happened),
        flagged=any(line.what == "flag" and line.many for line in happened),
        suggested=await _suggested(asked, need),
        keeper=asked.me.role is Role.KEEPER,
        calls=community.line.joins_calls,
        draft=need.status is Status.DRAFT,
        longest=LONGEST,
        undo=await _undo(asked, number),
        main=await board_lists.card(store, need.same_as) if need.same_as else None,
        under=await board_lists.under(store, number),
        known=await board_lists.of_neighbor(store, need.neighbor, number, KNOWN) if is_shown(need.neighbor) else [],
        over=may_be_opened(need),
    )


async def _undo(asked: Asked, number: int) -> dict[str, str] | None:
    """What can be taken back: who did what, and until when."""
    undo = await board_lists.undo(asked.board.store, number, asked.now)
    if undo is None:
        return None
    what = asked.words(f"trail.{undo.what}")
    return {"name": team_name(undo.coordinator), "what": what, "until": asked.words.to_the_second(undo.until)}


def _hand_name(hand: Hand | None) -> str:
    return team_name(hand.coordinator) if hand else ""


def _holds(asked: Asked, need: Need, side: Side) -> bool:
    return side.mark in {asked.board.marks.of(phone) for phone in need.takers}


async def _sides(
    asked: Asked, need: Need, known: Mapping[str, str], names: Names, pages: Mapping[str, int]
) -> AsyncIterator[Side]:
    """The neighbor, and whoever has it or did it, with what matters before somebody calls them."""
    for phone in dict.fromkeys((need.neighbor, *need.takers, *need.helped)):
        if not phone:
            continue
        rows = await asked.board.store.read("reach", phone=phone)
        reach = rows[0] if rows else {}
        mine = need.is_of(phone)
        name = known.get(phone, "") or (asked.words("who.neighbor") if mine else names.of(phone))
        ends = bool(reach.get("opted_out_at"))
        by = "ended" if ends else "call" if reach.get("calls") or not reach.get("can_text", 1) else "text"
        yield Side(
            NEIGHBOR if mine else HELPER,
            asked.board.marks.of(phone),
            name,
            ending(phone),
            asked.words.label(reach.get("language", "") or ""),
            by if is_shown(phone) else "hidden",
            reach.get("leave_word", "") or "unknown",
            reach.get("say_who", "") or "unknown",
            ending(need.callback) if mine and need.callback else "",
            pages.get(phone, 0),
        )


async def _suggested(asked: Asked, need: Need) -> list[tuple[str, str, str]]:
    """(name, mark, what is shown) of some who give this there, least recently asked first."""
    if need.status is not Status.OPEN:
        return []
    rows = await asked.board.store.read("board_who_gives", what=need.what, area=need.area, room=SUGGESTED + 1)
    people = [row for row in rows if row["phone"] not in (need.neighbor, *need.takers)][:SUGGESTED]
    marks = asked.board.marks.of
    return [
        (row["name"] or row["phone"][-4:], marks(row["phone"]), f"{row['name']} {ending(row['phone'])}".strip())
        for row in people
    ]


def when_fields(need: Need) -> dict[str, str]:
    """The fields of a time, as it is kept."""
    when = kept(need.due)
    if when is None:
        return {"day": "", "clock": "", "part": ""}
    clock = f"{when.begin:%H:%M}" if when.begin else ""
    return {"day": str(when.day), "clock": clock, "part": when.how if when.how in PARTS else ""}


PAGES = (
    Page("/need/{number:int}", show),
    Page("/need/{number:int}/move", move),
    Page("/need/{number:int}/number", show_number, method="POST"),
    Page("/need/{number:int}/hand", take_in_hand, method="POST"),
    Page("/need/{number:int}/keepers-note", note_for_keepers, role=Role.KEEPER, method="POST"),
    Page("/need/{number:int}/do/{what}", press, method="POST"),
)
