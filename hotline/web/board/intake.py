"""Page for intake by hand: one screen while somebody is on the phone. Whatever is missing, nothing typed is lost."""

from collections.abc import Mapping

from starlette.responses import Response

from hotline.inbound.board_desk import fields, version
from hotline.inbound.board_intake import NO_NEED, Written
from hotline.model import phone_numbers
from hotline.model.calendar import DAY
from hotline.model.needs import Need, Status
from hotline.model.phone_numbers import is_shown
from hotline.storage import board_lists, board_people
from hotline.web.board.door import LONGEST, Asked, Page
from hotline.web.board.need import KNOWN, PARTS, due_typed, when_fields
from hotline.web.board.people import LONGEST_NAME, records
from hotline.web.board.words import ending

FIELDS = (
    *("phone", "no_number", "name", "language", "calls", "say_who", "leave_word", "what", "area", "details"),
    *("day", "clock", "part", "urgent", "told", "group"),
)
LATELY, NOTED = 7 * DAY, 25  # so long, and so many, calls stand on the page that were no request and left no number
ANSWERS = ("", "yes", "no")  # to whether a call may say who we are, and leave word


async def show(asked: Asked) -> Response:
    """A screen with nothing on it, or a form that was kept."""
    did = asked.request.query_params.get("did", "")
    said = asked.words(f"did.{did}") if asked.words.has(f"did.{did}") else ""
    return await _page(asked, said)


async def write(asked: Asked) -> Response:
    """Keeps it, sends it, or writes down that it is no request."""
    number = _number(asked)
    written = _written(asked)
    if isinstance(written, str):
        return await _page(asked, asked.words(f"wrong.{written}"), written, 400)
    store, desk, token, what = asked.board.store, asked.board.intake, asked.typed("press"), asked.typed("do")
    if what in NO_NEED:
        words = " ".join(filter(None, (asked.typed("group"), written.answers["details"])))
        outcome = await store.run(desk.ends, asked.me, number, written.phone, what, words, token)
        if outcome.done:
            return asked.go(f"/intake?did=intake_{what}")
        return await _page(asked, asked.words(f"did.{outcome.key}"), "", 409)
    if not (written.phone or number or asked.typed("no_number") == "yes"):
        return await _page(asked, asked.words("wrong.by_hand_phone"), "by_hand_phone", 400)
    seen = {name.removeprefix("seen_"): value for name, value in (asked.form or {}).items() if name[:5] == "seen_"}
    outcome = await store.run(desk.keep, asked.me, number, written, seen, what == "send", token)
    if not outcome.done:
        wrong = "by_hand_phone" if outcome.wrong else ""
        return await _page(asked, asked.words(f"did.{outcome.key}"), wrong, 409, outcome.theirs)
    return asked.go(f"/intake/{outcome.made}?did={outcome.key or ('intake_sent' if what == 'send' else 'intake_kept')}")


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
    asked: Asked, said: str = "", wrong: str = "", status: int = 200, theirs: Mapping[str, str] | None = None
) -> Response:
    number, store, here = _number(asked), asked.board.store, asked.board.catalogue.community
    card = await board_lists.card(store, number) if number else None
    if number and card is None:
        return asked.page("refused.html", 404, why="no_need")
    need = card.need if card else None
    draft = need is None or need.status is Status.DRAFT
    party = need.neighbor if need else ""
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
        typed=_typed(asked, need),
        again=bool(asked.form),
        was=when_fields(need) if need else {"day": "", "clock": "", "part": ""},
        seen={name: version(value) for name, value in fields(need).items()} if need else {},
        theirs=theirs or {},
        needs=here.needs_offered,
        areas=tuple(here.areas),
        languages=here.languages,
        noted=await board_people.noted_of_nobody(store, asked.now - LATELY, NOTED) if not number else [],
        groups=[group.name for group in here.groups],
        outcomes=NO_NEED,
        parts=PARTS,
        longest=LONGEST,
        said=said,
        good=status == 200,
        wrong=wrong,
    )


def _typed(asked: Asked, need: Need | None) -> dict[str, str]:
    """What stands in the fields: what was typed just now, else what was kept."""
    if asked.form:
        return {name: asked.typed(name) for name in FIELDS}
    usual = {**dict.fromkeys(FIELDS, ""), "told": "yes"}
    if need is None:
        return usual
    stands = {name: getattr(need, name) for name in ("what", "area", "details")}
    return {**usual, **stands, **when_fields(need), "urgent": "yes" if need.urgent else "", "phone": ""}


PAGES = (
    Page("/intake", show),
    Page("/intake", write, method="POST"),
    Page("/intake/{number:int}", show),
    Page("/intake/{number:int}", write, method="POST"),
)
