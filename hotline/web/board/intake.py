"""Page for intake by hand: one screen while somebody is on the phone. Whatever is missing, nothing typed is lost: it is
kept as a sheet as somebody types, and with every press."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from hotline.inbound.board_desk import Outcome, fields, version
from hotline.inbound.board_intake import NO_NEED, Written
from hotline.inbound.board_sheets import TOKEN, Saved, of_need
from hotline.inbound.board_sign_in import token
from hotline.model import phone_numbers
from hotline.model.board import Sheet, team_name
from hotline.model.calendar import DAY
from hotline.model.needs import Need, Status
from hotline.model.phone_numbers import is_shown
from hotline.storage import board_lists, board_people
from hotline.web.board.asked import Asked
from hotline.web.board.door import LONGEST, Page
from hotline.web.board.need import KNOWN, PARTS, due_typed, when_fields
from hotline.web.board.people import LONGEST_NAME, records
from hotline.web.board.words import Words, ending

FIELDS = (
    *("phone", "no_number", "name", "language", "calls", "say_who", "leave_word", "what", "area", "details"),
    *("day", "clock", "part", "urgent", "told", "group"),
)
LATELY, NOTED = 7 * DAY, 25  # so long, and so many, calls stand on the page that were no request and left no number
SHEETS = 50  # that stand on the page, of those that are open
ANSWERS = ("", "yes", "no")  # to whether a call may say who we are, and leave word
TICKS = frozenset(("no_number", "calls", "say_who", "leave_word", "urgent", "told"))
USUAL = {**dict.fromkeys(FIELDS, ""), "told": "yes"}


@dataclass(frozen=True)
class Line:
    """A sheet as the list says it: no word of it, and of a number the end."""

    id: int
    path: str
    title: str
    who: str
    mine: bool
    at: float


async def show(asked: Asked) -> Response:
    """A screen with nothing on it, or a form that was kept."""
    return await _page(asked, _did(asked))


async def show_sheet(asked: Asked) -> Response:
    """What somebody began to write down, to go on with."""
    sheet = await board_lists.sheet_numbered(asked.board.store, asked.number("sheet"))
    if sheet is None or sheet.became:
        return asked.go(f"/intake/{sheet.need}" if sheet and sheet.need else "/intake?did=sheet_over")
    return asked.go(f"/intake/{sheet.need}") if sheet.need else await _page(asked, _did(asked), sheet=sheet)


async def change_sheet(asked: Asked) -> Response:
    """From the list: it is thrown away, or brought back."""
    back = asked.typed("do") == "back"
    turn = asked.board.sheets.bring_back if back else asked.board.sheets.throw
    outcome = await asked.board.store.run(turn, asked.me, asked.number("sheet"), asked.typed("press"))
    return asked.go(f"/intake?did={outcome.key}#sheets")


async def write(asked: Asked) -> Response:
    """Saves what is typed; then keeps it, sends it, hands it over, or writes down that it is no request."""
    number, what = _number(asked), asked.typed("do")
    saved = await _save(asked)
    if what == "save":
        return _saved(asked, saved)
    if saved.over and not saved.twice and not number:
        made = await board_lists.card(asked.board.store, saved.need) if saved.need else None
        said = asked.words("intake.went", code=made.need.code if made else "")
        return await _page(asked, said, "", 409, saved=Saved(stands=USUAL, need=saved.need))
    if saved.theirs:
        said = asked.words("did.conflict_by_hand")
        return await _page(asked, said, "", 409, saved.theirs, saved=saved)
    match what:
        case "throw" | "hand":
            return await _pass_on(asked, saved, what)
    return await _carry_out(asked, saved)


async def _carry_out(asked: Asked, saved: Saved) -> Response:
    number, what, sheet = _number(asked), asked.typed("do"), _token(asked)
    store, desk, press = asked.board.store, asked.board.intake, asked.typed("press")
    written = _written(asked)
    kept = f" {asked.words('intake.kept_as_typed')}" if saved.id else ""
    if isinstance(written, str):
        return await _page(asked, asked.words(f"wrong.{written}") + kept, written, 400, saved=saved)
    if what in NO_NEED:
        words = " ".join(filter(None, (asked.typed("group"), written.answers["details"])))
        outcome = await store.run(desk.ends, asked.me, number, written.phone, what, words, press, sheet)
        if outcome.done:
            return asked.go(f"/intake?did=intake_{what}")
        return await _page(asked, asked.words(f"did.{outcome.key}"), "", 409, saved=saved)
    if not (written.phone or number or asked.typed("no_number") == "yes"):
        if what == "keep" and saved.id:
            return asked.go(f"/intake/sheet/{saved.id}?did=sheet_kept")
        return await _page(asked, asked.words("wrong.by_hand_phone") + kept, "by_hand_phone", 400, saved=saved)
    seen = _versions(asked, "seen_")
    outcome = await store.run(desk.keep, asked.me, number, written, seen, what == "send", press, sheet)
    if not outcome.done:
        wrong = "by_hand_phone" if outcome.wrong else ""
        return await _page(asked, asked.words(f"did.{outcome.key}"), wrong, 409, outcome.theirs, saved=saved)
    return asked.go(f"/intake/{outcome.made}?did={outcome.key or ('intake_sent' if what == 'send' else 'intake_kept')}")


async def _save(asked: Asked) -> Saved:
    typed, seen = {name: asked.typed(name) for name in FIELDS}, _versions(asked, "v_")
    turn, press, store = asked.board.sheets.save, asked.typed("press"), asked.board.store
    run = store.run_behind if asked.typed("do") == "save" else store.run  # nobody's text waits for a keystroke
    return await run(turn, asked.me, _token(asked), _number(asked), press, typed, seen)


async def _pass_on(asked: Asked, saved: Saved, what: str) -> Response:
    """Another coordinator goes on with it, or nobody does."""
    desk, press, to = asked.board.sheets, asked.typed("press"), asked.typed("to")
    if not saved.id:
        return asked.go("/intake" if what == "throw" else "/intake?did=sheet_empty")
    if what == "throw":
        outcome = await asked.board.store.run(desk.throw, asked.me, saved.id, press)
    else:
        outcome = await asked.board.store.run(desk.hand_over, asked.me, saved.id, to, press)
    if not outcome.done:
        return await _page(asked, _said(asked, outcome), outcome.wrong, 409, saved=saved)
    return asked.go(f"/intake?did={outcome.key}#sheets")


def _saved(asked: Asked, saved: Saved) -> Response:
    """What the script of the page hears: versions of what stands on the sheet now, what others put there, and what both
    wrote."""
    words, base = asked.words, asked.board.base
    if saved.over:
        path = f"{base}/need/{saved.need}" if saved.need else f"{base}/intake"
        told = {"over": words("intake.over"), "path": path, "link": words("intake.what_became")}
        return Response(json.dumps(told), media_type="application/json")
    stands = {name: value for name, value in saved.stands.items() if name not in saved.theirs}
    stood = {
        "at": words("intake.saved", at=words.clock(asked.now)) if saved.id else "",
        "path": f"{base}/intake/sheet/{saved.id}" if saved.id and not _number(asked) else "",
        "versions": {name: version(value) for name, value in stands.items()},
        "now": {name: value for name, value in stands.items() if value != asked.typed(name)},
        "theirs": {
            name: {"value": value, "said": shown(words, name, value), "version": version(value)}
            for name, value in saved.theirs.items()
        },
    }
    return Response(json.dumps(stood), media_type="application/json")


def shown(words: Words, name: str, value: str) -> str:
    """What stands in a field, as people read it."""
    if name in TICKS:
        return words(f"intake.tick_{value}") if value in ("yes", "no") else "—"
    if name == "due":
        return words.labelled((value,)) if value else "—"
    if name == "part":
        return words(f"need.part_{value}") if value in PARTS else "—"
    return (words.label(value) if name in ("what", "area", "language") else value) or "—"


def _did(asked: Asked) -> str:
    did = asked.request.query_params.get("did", "")
    return asked.words(f"did.{did}") if asked.words.has(f"did.{did}") else ""


def _said(asked: Asked, outcome: Outcome) -> str:
    return asked.words(f"did.{outcome.key}")


def _token(asked: Asked) -> str:
    """Of the sheet, as the page had it; a new one for what no page of ours says."""
    typed = asked.typed("sheet")
    return typed if TOKEN.fullmatch(typed) else token()


def _versions(asked: Asked, prefix: str) -> dict[str, str]:
    typed = (asked.form or {}).items()
    return {name.removeprefix(prefix): value for name, value in typed if name.startswith(prefix)}


def _number(asked: Asked) -> int:
    return asked.number("number") if "number" in asked.request.path_params else 0


def _written(asked: Asked) -> Written | str:
    """What was typed; or what is wrong with it."""
    here, typed = asked.board.catalogue.community, asked.typed
    phone = phone_numbers.normalise(typed("phone"), here.country) or "" if typed("phone") else ""
    if typed("phone") and (not phone or phone_numbers.mistake(typed("phone"), here.country)):
        return "by_hand_number"
    due = due_typed(asked)
    if due is None:
        return "time"
    what, area, language = typed("what"), typed("area"), typed("language")
    known = what in ("", *here.needs_offered) and area in ("", *here.areas) and language in ("", *here.languages)
    if not known or typed("say_who") not in ANSWERS or typed("leave_word") not in ANSWERS:
        return "choice"
    details = typed("details").replace("\r\n", "\n")
    return Written(
        phone,
        {"what": what, "area": area, "details": details, "due": due},
        " ".join(typed("name").split())[:LONGEST_NAME],
        language,
        typed("urgent") == "yes",
        typed("calls") == "yes" or (bool(phone) and phone_numbers.is_landline(phone)),
        typed("say_who"),
        typed("leave_word"),
        typed("told") == "yes",
    )


async def _page(
    asked: Asked,
    said: str = "",
    wrong: str = "",
    status: int = 200,
    theirs: Mapping[str, str] | None = None,
    *,
    saved: Saved | None = None,
    sheet: Sheet | None = None,
) -> Response:
    number, store, here, words = _number(asked), asked.board.store, asked.board.catalogue.community, asked.words
    card = await board_lists.card(store, number) if number else None
    if number and card is None:
        return asked.page("refused.html", 404, why="no_need")
    need = card.need if card else None
    draft = need is None or need.status is Status.DRAFT
    party = need.neighbor if need else ""
    if need:
        sheet = await board_lists.sheet(store, of_need(need.number))
    elif saved and saved.id:
        sheet = await board_lists.sheet_numbered(store, saved.id)
    sheet = sheet if sheet and not sheet.became else None
    stands = _stands(need, sheet)
    return asked.page(
        "intake.html",
        status,
        need=need,
        draft=draft,
        ending=ending(party),
        record=(await records(asked, (party,))).get(party, 0),
        name=(await board_lists.names(store, {party})).get(party, "") if party else "",
        word=asked.board.intake.words.of(number) if need and not is_shown(party) else "",
        known=await board_lists.of_neighbor(store, party, number, KNOWN) if is_shown(party) else [],
        typed={name: asked.typed(name) for name in FIELDS} if asked.form else stands,
        again=bool(asked.form),
        was=when_fields(need) if need else {"day": "", "clock": "", "part": ""},
        seen={name: version(value) for name, value in fields(need).items()} if need else {},
        versions={name: version(value) for name, value in (saved.stands if saved else stands).items()},
        went=saved.need if saved and not need else 0,
        sheet=sheet,
        sheet_token=sheet.token if sheet else token(),
        who=team_name(sheet.coordinator) if sheet else "",
        beside=_beside(words, sheet) if sheet and not theirs else {},
        theirs={name: shown(words, name, value) for name, value in (theirs or {}).items()},
        needs=here.needs_offered,
        areas=tuple(here.areas),
        languages=here.languages,
        noted=await board_people.noted_of_nobody(store, asked.now - LATELY, NOTED) if not number else [],
        lines=await _lines(asked, sheet) if not number else [],
        thrown=[_line(asked, each) for each in await board_lists.sheets_thrown(store, asked.now - DAY, SHEETS)]
        if not number
        else [],
        team=[(key, team_name(key)) for key in here.coordinators if key != asked.me.key],
        groups=[group.name for group in here.groups],
        outcomes=NO_NEED,
        parts=PARTS,
        longest=LONGEST,
        said=said,
        good=status == 200,
        wrong=wrong,
        mark="typed" if draft else "",
        script="intake",
    )


async def _lines(asked: Asked, shown: Sheet | None) -> list[Line]:
    """What is begun and not sent: mine first, then the team's; never what stands on the screen."""
    found = await board_lists.sheets_open(asked.board.store, SHEETS)
    lines = [_line(asked, each) for each in found if shown is None or each.id != shown.id]
    return sorted(lines, key=lambda line: not line.mine)


def _line(asked: Asked, sheet: Sheet) -> Line:
    words, stands = asked.words, sheet.fields
    country = asked.board.catalogue.community.country
    phone = phone_numbers.normalise(stands.get("phone", ""), country) or "" if stands.get("phone") else ""
    told = (words.label(stands.get("what", "")), words.label(stands.get("area", "")), ending(phone))
    title = ", ".join(filter(None, told)) or words("card.something")
    path = f"/intake/{sheet.need}" if sheet.need else f"/intake/sheet/{sheet.id}"
    by = sheet.ended_by or sheet.coordinator
    return Line(sheet.id, path, title, team_name(by), by == asked.me.key, sheet.ended_at or sheet.changed_at)


def _beside(words: Words, sheet: Sheet) -> dict[str, list[tuple[str, str]]]:
    """(who, what) others typed into a field that somebody wrote in first."""
    return {
        name: [(team_name(writer.partition(" ")[0]), shown(words, name, text)) for writer, text in texts.items()]
        for name, texts in sheet.beside.items()
    }


def _stands(need: Need | None, sheet: Sheet | None) -> dict[str, str]:
    """What stands in the fields before anybody types: what was typed before, else what was kept."""
    kept = {name: getattr(need, name) for name in ("what", "area", "details")} if need else {}
    times = {**when_fields(need), "urgent": "yes" if need.urgent else ""} if need else {}
    return {**USUAL, **kept, **times, **(sheet.fields if sheet else {})}


PAGES = (
    Page("/intake", show),
    Page("/intake", write, method="POST"),
    Page("/intake/{number:int}", show),
    Page("/intake/{number:int}", write, method="POST"),
    Page("/intake/sheet/{sheet:int}", show_sheet),
    Page("/intake/sheet/{sheet:int}", change_sheet, method="POST"),
)
