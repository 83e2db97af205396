"""Pages of people: neighbors and volunteers as one list, and one person's page with all that can be done about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from hotline.inbound.board_desk import Outcome, version
from hotline.inbound.people_orders import GIVING, ONCE_TOLD
from hotline.model import calendar, phone_numbers
from hotline.model.board import Known, Profile, Role, team_name
from hotline.model.needs import is_code
from hotline.model.people import Volunteer
from hotline.storage import board_lists, board_people, lists
from hotline.storage.execute import Row
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page
from hotline.web.board.words import ending

SHOWN = 50  # people of one page of the list
FOUND = 100  # people that a search shows
FEWEST_DIGITS, WHOLE = 3, 7  # of a number that is looked for by its end, and of one that may be whole
PAST = 30  # requests of one person that their page shows, and as many that they took
KINDS = ("all", "waiting", "active", "invited", "left", "blocked")
PAUSES = (1, 7, 30, 90)  # days
LONGEST_NAME, LONGEST_CONSENT = 40, 200  # letters
CHANGES = 10  # of what was done about one person, on their page
PRESSES = frozenset(("approve", "pause", "block", "unblock", "change", "end", "undo"))


@dataclass(frozen=True)
class Entry:
    """A person as the list says it."""

    record: int
    name: str
    ending: str
    facts: str
    marks: tuple[str, ...]


async def show_list(asked: Asked) -> Response:
    """All people, or those of one kind, the newest first; the first of them move by themselves."""
    kind = _kind(asked)
    pulse, shown = ("", await _some(asked, kind)) if asked.turned > 1 else await first(asked)
    return _people(asked, shown, kind=kind, mark=pulse)


async def first(asked: Asked, *, told: bool = False) -> tuple[str, str]:
    """(how things stand, the first page of the kind that the address says), as of the overview."""
    kind = _kind(asked)
    which = f"people {kind} {asked.me.role} {asked.words.language}"
    return await asked.board.watch.made(which, lambda: _some(asked, kind), told=told)


def _kind(asked: Asked) -> str:
    kind = asked.request.query_params.get("show", "all")
    return kind if kind in KINDS else "all"


async def _some(asked: Asked, kind: str) -> str:
    """One page of one kind."""
    room, skipped, store = SHOWN + 1, asked.skipped(SHOWN), asked.board.store
    match kind:
        case "all":
            found = await board_people.everybody(store, room, skipped)
        case "blocked":
            found = await board_people.blocked(store, room, skipped)
        case _:
            found = await board_people.of_status(store, kind, room, skipped)
    return await _list(asked, found[:SHOWN], kind=kind, **asked.around(more=len(found) > SHOWN))


async def find(asked: Asked) -> Response:
    """By a name, the last digits of a number, or the number of a request, also of one that is over. What is looked for
    stands in no address: what is found has one of its own, to which the way back from a person leads."""
    return _looked(asked, asked.typed("who"))


async def find_request(asked: Asked) -> Response:
    """The need that people text by a number; whatever else is typed there is looked for among people."""
    code = asked.typed("code").strip("#. ")
    known = code.isascii() and code.isdecimal() and len(code) < 6
    number = await board_lists.of_code(asked.board.store, int(code)) if known else 0
    return asked.go(f"/need/{number}") if number else _looked(asked, code) if code else asked.go("")


def _looked(asked: Asked, said: str) -> Response:
    said = " ".join(said.lstrip("#").split())
    return asked.go(f"/people/found/{asked.board.guests.looks_for(asked.me.key, said)}")


async def show_found(asked: Asked) -> Response:
    """Who is found, as often as the page is asked for; only whoever looked may see it."""
    said = asked.board.guests.looked_for(asked.request.path_params["look"], asked.me.key)
    if said is None:
        return asked.go("/people")
    found = await _found(asked, said) if said else []
    if len(found) == 1:
        return asked.go(f"/people/{(await records(asked, [found[0].phone]))[found[0].phone]}")
    wrong = asked.words("people.nobody") if not found else ""
    shown = await _list(asked, found[:FOUND], wrong=wrong, cut=len(found) > FOUND)
    return _people(asked, shown, said=said, wrong=wrong)


async def _found(asked: Asked, said: str) -> list[Known]:
    store, country = asked.board.store, asked.board.catalogue.community.country
    digits = "".join(letter for letter in said if letter.isascii() and letter.isdecimal())
    if not digits:
        return await board_people.called(store, said, FOUND + 1)
    plus = "+" if said.startswith("+") else ""
    if len(digits) >= WHOLE and (whole := phone_numbers.normalise(plus + digits, country)):
        return await board_people.given(store, [whole])
    is_request = digits[0] != "0" and is_code(int(digits))
    found = await board_people.of_code(store, int(digits)) if is_request else []
    if len(digits) >= FEWEST_DIGITS:
        found += await board_people.ending(store, digits, FOUND + 1)
    return list({each.phone: each for each in found if phone_numbers.is_shown(each.phone)}.values())


async def _list(asked: Asked, found: list[Known], **values: object) -> str:
    known = await records(asked, (each.phone for each in found))
    usual = {"kind": "", "page_before": 0, "page_after": 0, "wrong": "", "cut": False}
    entries = [_entry(asked, each, known[each.phone]) for each in found]
    return await asked.part("people_list.html", people=entries, **{**usual, **values})


def _people(asked: Asked, shown: str, **values: object) -> Response:
    usual = {"kind": "", "said": "", "wrong": "", "mark": ""}
    status = 404 if values.get("wrong") else 200
    told = {"shown": shown, "kinds": KINDS, "as_of": asked.words.clock(asked.now)}
    return asked.page("people.html", status, **told, **{**usual, **values})


def _entry(asked: Asked, each: Known, record: int) -> Entry:
    words = asked.words
    gives = ", ".join(map(words.label, each.needs)) if each.status in GIVING else ""
    asked_for = words("people.asked_for", count=each.asked_for) if each.asked_for else ""
    heard = words("people.heard", ago=words.ago(each.heard_at)) if each.heard_at else words("people.never_heard")
    facts = (words("people.gives", what=gives) if gives else "", asked_for, words.label(each.language), heard)
    return Entry(
        record,
        _name(asked, each),
        ending(each.phone),
        " · ".join(filter(None, facts)),
        tuple(_marks(asked, each)),
    )


def _name(asked: Asked, each: Known) -> str:
    team = asked.board.catalogue.community.coordinators.items()
    return each.name or next((team_name(key) for key, phone in team if phone == each.phone), asked.words("who.someone"))


def _marks(asked: Asked, each: Known) -> Iterable[str]:
    if each.status and each.status != "active":
        yield asked.words(f"people.is_{each.status}")
    if each.paused_until > asked.now and each.status in GIVING:
        yield asked.words("people.is_paused")
    if each.ended:
        yield asked.words("need.by_ended")
    if each.blocked:
        yield asked.words("people.is_blocked")


async def records(asked: Asked, phones: Iterable[str]) -> dict[str, int]:
    """The records of these people; whoever has none gets one."""
    wanted = [phone for phone in dict.fromkeys(phones) if phone_numbers.is_shown(phone)]
    known = await board_people.records(asked.board.store, wanted)
    new = [phone for phone in wanted if phone not in known]
    if new:
        known |= await asked.board.store.run_behind(lambda tx: {phone: tx.board.record_of(phone) for phone in new})
    return known


# --- One person.


async def show(asked: Asked) -> Response:
    key = asked.request.query_params.get("did", "")
    return await _page(asked, asked.words(f"did.{key}") if asked.words.has(f"did.{key}") else "")


async def press(asked: Asked) -> Response:
    """Any form of the page."""
    what, record = asked.request.path_params["what"], asked.number("record")
    phone = await board_people.whose(asked.board.store, record)
    if not phone or what not in PRESSES:
        return asked.page("refused.html", 404, why="no_person")
    outcome = await _done(asked, what, record, phone)
    if outcome.done:
        return asked.go(f"/people/{record}?did={outcome.key}")
    said = await _meanwhile(asked, phone) if outcome.key == "conflict" else asked.words(f"did.{outcome.key}")
    return await _page(asked, said, what, outcome, 409 if not outcome.wrong else 400)


async def _meanwhile(asked: Asked, phone: str) -> str:
    """Who of the team changed them since the page was made; without such a change it was by text or by phone."""
    newest = next(iter(await board_people.changes_about(asked.board.store, phone, 1)), None)
    if newest is None or str(newest["id"]) == asked.typed("seen_last"):
        return asked.words("did.conflict_by_phone")
    told = {"name": team_name(newest["coordinator"]), "at": asked.words.clock(newest["at"])}
    return asked.words("did.conflict", what=asked.words(f"trail.{newest['what']}"), **told)


async def _done(asked: Asked, what: str, record: int, phone: str) -> Outcome:
    store, desk, token = asked.board.store, asked.board.people, asked.typed("press")
    match what:
        case "approve":
            return await store.run(asked.board.desk.approve, asked.me, phone, token)
        case "pause":
            days = asked.typed("days")
            number = int(days) if days.isascii() and days.isdecimal() and len(days) < 4 else 0
            return await store.run(desk.pause, asked.me, record, number, token)
        case "block" | "unblock":
            return await store.run(desk.block, asked.me, record, what == "block", token)
        case "undo":
            change = asked.typed("change")
            number = int(change) if change.isascii() and change.isdecimal() and len(change) < 18 else 0
            return await store.run(desk.undo, asked.me, record, number, token)
        case "end":
            return await store.run(desk.end_giving, asked.me, record, token)
    given = _given(asked)
    if given is None:
        return Outcome(False, key="choice", wrong="language")
    seen = {name.removeprefix("seen_"): value for name, value in (asked.form or {}).items() if name[:5] == "seen_"}
    return await store.run(desk.change, asked.me, record, given, seen, token)


def _given(asked: Asked) -> dict[str, str] | None:
    """What was typed into the form of changes; None for a language that is not spoken here."""
    here = asked.board.catalogue.community
    if asked.typed("language") not in ("", *here.languages):
        return None
    return {
        "name": " ".join(asked.typed("name").split())[:LONGEST_NAME],
        "language": asked.typed("language"),
        "calls": "yes" if asked.typed("calls") == "yes" else "",
        "needs": " ".join(each for each in here.needs_offered if asked.typed(f"need_{each}") == "yes"),
        "areas": " ".join(each for each in here.areas if asked.typed(f"area_{each}") == "yes"),
        "consent": " ".join(asked.typed("consent").split())[:LONGEST_CONSENT],
    }


async def show_number(asked: Asked) -> Response:
    """A number, to whoever asks for it: that they saw it is written down before they do."""
    record = asked.number("record")
    phone = await board_people.whose(asked.board.store, record)
    if not phone:
        return asked.page("refused.html", 404, why="no_person")
    await asked.board.store.run(asked.board.people.saw_number, asked.me, record)
    return await _page(asked, number=phone)


async def export(asked: Asked) -> Response:
    """All that is kept of one person, as a file to hand over; why is kept."""
    record, reason = asked.number("record"), asked.typed("words")
    phone = await board_people.whose(asked.board.store, record)
    if not phone:
        return asked.page("refused.html", 404, why="no_person")
    if not reason:
        return await _page(asked, asked.words("wrong.reason"), "export", Outcome(False, wrong="words"), 400)
    await asked.board.store.run(asked.board.people.exported, asked.me, record, reason)
    data = await lists.personal_data(asked.board.store, phone)
    zone = asked.board.catalogue.community.rules.timezone
    page = data.in_words(phone, lambda at: f"{calendar.local(at, zone):%Y-%m-%d %H:%M}")
    name = {"Content-Disposition": f'attachment; filename="person-{record}.txt"'}
    return Response(f"\ufeff{page}\n", media_type="text/plain; charset=utf-8", headers=name)


async def forget(asked: Asked) -> Response:
    """What would go is shown first; with a second press it goes for good, here and at the carrier."""
    record = asked.number("record")
    phone = await board_people.whose(asked.board.store, record)
    if not phone:
        return asked.page("refused.html", 404, why="no_person")
    if asked.typed("sure") != "yes":
        data = await lists.personal_data(asked.board.store, phone)
        profile = await board_people.profile(asked.board.store, phone)
        who = _name(asked, profile.known) if profile else ""
        told: dict[str, object] = {"counts": _counted(asked, data.counts), "name": who, "ending": ending(phone)}
        return asked.page("forget.html", 200, record=record, done=None, wrong="", **told)
    done = await asked.board.forget(phone)
    if done.refused:
        return asked.page("forget.html", 409, record=record, counts=[], done=None, wrong=done.refused)
    await asked.board.store.run(asked.board.people.forgets, asked.me, record)
    counts = _counted(asked, done.counts.items())
    return asked.page("forget.html", record=record, counts=counts, done=done, wrong="")


def _counted(asked: Asked, counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """What is kept of somebody, by kind, in words."""
    kinds = {own: name for name, own, _ in lists.KEPT}
    return [(asked.words(f"kept_of.{kinds.get(kind, kind.replace(' ', '_'))}"), many) for kind, many in counts]


async def _page(
    asked: Asked, said: str = "", form: str = "", outcome: Outcome | None = None, status: int = 200, number: str = ""
) -> Response:
    record, store, here = asked.number("record"), asked.board.store, asked.board.catalogue.community
    phone = await board_people.whose(store, record)
    profile = await board_people.profile(store, phone) if phone else None
    if profile is None:
        return asked.page("refused.html", 404, why="no_person")
    stands = asked.board.people.fields(*_stands(profile))
    typed = _typed(asked, stands, outcome)
    known = profile.known
    changes = await board_people.changes_about(store, phone, CHANGES)
    return asked.page(
        "person.html",
        status,
        record=record,
        who=known,
        profile=profile,
        name=_name(asked, known),
        ending=ending(phone),
        marks=list(_marks(asked, known)),
        gives=known.status in GIVING,
        paused=asked.words.clock(known.paused_until) if known.paused_until > asked.now else "",
        since=_day(asked, known.created_at),
        asked_for=await board_lists.of_neighbor(store, phone, 0, PAST),
        took=await board_people.took(store, phone, PAST),
        noted=await board_people.noted(store, phone, PAST),
        changes=[_change(asked, row) for row in changes],
        pauses=PAUSES,
        languages=here.languages,
        needs=here.needs_offered,
        areas=tuple(here.areas),
        stands=stands,
        seen={**{name: version(value) for name, value in stands.items()}, "last": changes[0]["id"] if changes else 0},
        typed=typed,
        theirs=outcome.theirs if outcome else None,
        form=form,
        said=said,
        good=outcome is None or outcome.done,
        number=number,
        keeper=asked.me.role is Role.KEEPER,
        team=here.is_coordinator(phone),
    )


def _change(asked: Asked, row: Row) -> dict[str, object]:
    """What was done at the board about somebody; `can` where it may be taken back."""
    told = row["what"] in ONCE_TOLD and row["until"] <= asked.now
    return {
        "id": row["id"],
        "at": row["at"],
        "name": team_name(row["coordinator"]),
        "what": row["what"],
        "until": asked.words.to_the_second(row["until"]) if row["until"] > asked.now else "",
        "undone": row["undone_at"] is not None,
        "can": row["undone_at"] is None and row["what"] != "imported" and not told,
    }


def _stands(profile: Profile) -> tuple[str, str, bool, Volunteer]:
    known = profile.known
    gives = Volunteer(known.phone, known.name, known.needs, known.areas, known.language, known.status)
    return known.name, known.language, profile.calls, gives


def _typed(asked: Asked, stands: Mapping[str, str], outcome: Outcome | None) -> dict[str, str]:
    """What stands in the form of changes: what was typed, where it was not done."""
    usual = {**stands, "consent": "", "words": ""}
    if outcome is None or outcome.done:
        return usual
    given = _given(asked) if "name" in (asked.form or {}) else None
    return {**usual, **(given or {}), "words": asked.typed("words")}


def _day(asked: Asked, at: float) -> str:
    local: datetime = calendar.local(at, asked.board.catalogue.community.rules.timezone)
    return f"{local:%Y-%m-%d}"


PAGES = (
    Page("/people", show_list),
    Page("/people/find", find, method="POST"),
    Page("/people/find/request", find_request, method="POST"),
    Page("/people/found/{look}", show_found),
    Page("/people/{record:int}", show),
    Page("/people/{record:int}/do/{what}", press, method="POST"),
    Page("/people/{record:int}/number", show_number, method="POST"),
    Page("/people/{record:int}/export", export, role=Role.KEEPER, method="POST"),
    Page("/people/{record:int}/forget", forget, role=Role.KEEPER, method="POST"),
)
