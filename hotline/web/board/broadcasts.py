"""Pages of a message to many: before it goes, who gets it, the very text, the cost and who cannot be reached; then what
became of it, what was answered, and that it is no longer needed."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from hotline.channels.segments import segments
from hotline.inbound.board_desk import version
from hotline.model.board import UNDO_FOR, Role, team_name
from hotline.model.broadcasts import ASKS, GIVES, Broadcast, Recipient
from hotline.model.calendar import MINUTE
from hotline.storage import board_broadcasts
from hotline.storage.execute import Row
from hotline.web.board import money
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page
from hotline.web.board.import_people import some_of
from hotline.web.board.people import records
from hotline.web.board.words import ending

MOST = 1000  # people of one message
LONGEST = 300  # letters of its words, in each language
TIRED = 3  # texts in a week from which on it is said how many had so many
A_CALL = MINUTE  # for which somebody is rung for it
LATELY = 10  # messages that the page tells of
FIELDS = MOST + 60  # a tick for each, and the rest of the form


@dataclass(frozen=True)
class Draft:
    """What is written so far: for whom, the words by language, and whether those are rung who get no texts."""

    whom: Mapping[str, str]
    words: Mapping[str, str]
    rings: bool

    @property
    def chosen(self) -> str:
        """By which the page knows whether somebody else is chosen by now."""
        return version(json.dumps(self.whom, sort_keys=True))

    @property
    def seen(self) -> str:
        """By which the page knows whether anything of it is another than what was looked at."""
        return version(json.dumps((self.whom, self.words, self.rings), sort_keys=True))


@dataclass(frozen=True)
class Looked:
    """Who would get it. ``names`` and ``records`` are by number, ``ticked`` who shall have it of those who can."""

    people: Sequence[Recipient]
    names: Mapping[str, str]
    records: Mapping[str, int]
    ticked: frozenset[str]
    more: bool
    room: int

    @property
    def going(self) -> list[Recipient]:
        return [each for each in self.people if each.phone in self.ticked and not each.why]


@dataclass(frozen=True)
class Said:
    """One of the texts that go: who they are who get it, in which language it is, its segments `each` and `in_all`."""

    title: str
    language: str
    texts: Sequence[str]
    each: int
    in_all: int


async def show(asked: Asked) -> Response:
    return await _page(asked, Draft({"who": GIVES, "what": "", "area": "", "language": ""}, {}, False))


async def write(asked: Asked) -> Response:
    """Looks at it, and sends it where that is pressed and all stands as it was looked at."""
    draft, store, sends = _draft(asked), asked.board.store, asked.typed("do") == "send"
    if sends and (known := await board_broadcasts.of_press(store, asked.typed("press"))):
        return asked.go(f"/people/message/{known}?did=twice")
    if wrong := _wrong(asked, draft):
        return await _page(asked, draft, wrong=wrong, status=400)
    looked = await _look(asked, draft)
    if not sends:
        return await _page(asked, draft, looked)
    if asked.typed("seen") != draft.seen:
        return await _page(asked, draft, looked, wrong=asked.words("many.changed"), status=409)
    if lost := sum(bool(each.why) and each.phone in looked.ticked for each in looked.people):
        return await _page(asked, draft, looked, wrong=asked.words("many.lost", count=lost), status=409)
    phones = [each.phone for each in looked.going]
    if not phones:
        return await _page(asked, draft, looked, wrong=asked.words("many.nobody"), status=400)
    told = (asked.me, draft.words, draft.whom, phones, draft.rings, asked.typed("press"))
    return asked.go(f"/people/message/{await store.run(asked.board.many.send, *told)}")


def _goes(asked: Asked) -> float:
    """When it would go to whoever may be written to now."""
    return asked.now + UNDO_FOR


def _draft(asked: Asked) -> Draft:
    here, typed = asked.board.catalogue.community, asked.typed
    known = {"what": here.needs_offered, "area": tuple(here.areas), "language": here.languages}
    whom = {name: typed(name) if typed(name) in names else "" for name, names in known.items()}
    words = {each: said for each in here.languages if (said := typed(f"words_{each}"))}
    return Draft({"who": ASKS if typed("who") == ASKS else GIVES, **whom}, words, typed("rings") == "yes")


def _wrong(asked: Asked, draft: Draft) -> str:
    if not draft.words:
        return asked.words("many.no_words")
    long = [asked.words.label(each) for each, said in draft.words.items() if len(said) > LONGEST]
    return asked.words("many.long", languages=", ".join(long), most=LONGEST) if long else ""


async def _look(asked: Asked, draft: Draft) -> Looked:
    store, desk, said = asked.board.store, asked.board.many, (draft.words, draft.whom["who"], draft.rings, _goes(asked))
    found = await board_broadcasts.chosen(store, draft.whom, MOST + 1)
    names = {row["phone"]: row["name"] for row in found[:MOST]}
    people: list[Recipient] = []
    numbers: dict[str, int] = {}
    for some in some_of(list(names)):
        people += await store.run_behind(desk.look, some, *said)
        numbers |= await records(asked, some)
    same = asked.typed("chosen") == draft.chosen
    was = {name for name in asked.form or {} if name.startswith("to_")}
    ticked = {phone for phone in names if phone in numbers and f"to_{numbers[phone]}" in was} if same else set(names)
    room = await store.run_behind(desk.room)
    return Looked(people, names, numbers, frozenset(ticked), len(found) > MOST, room)


async def _page(
    asked: Asked, draft: Draft, looked: Looked | None = None, *, wrong: str = "", status: int = 200
) -> Response:
    here, words = asked.board.catalogue.community, asked.words
    lately = [_told(asked, each) for each in await board_broadcasts.lately(asked.board.store, LATELY)]
    preview = await asked.part("broadcast_preview.html", **_preview(asked, draft, looked)) if looked else ""
    return asked.page(
        "broadcasts.html",
        status,
        draft=draft,
        looked=looked,
        preview=preview,
        wrong=wrong,
        who=(GIVES, ASKS),
        needs=here.needs_offered,
        areas=tuple(here.areas),
        languages=here.languages,
        first=words.label(here.languages[0]),
        rings=here.line.calls,
        longest=LONGEST,
        lately=lately,
    )


def _preview(asked: Asked, draft: Draft, looked: Looked) -> dict[str, object]:
    """What stands between the words and the button that sends them."""
    going, words = looked.going, asked.words
    by_text = [each for each in going if not each.by_call]
    kinds = Counter((each.language, each.words, each.new) for each in by_text)
    said = [_said(asked, draft, Recipient("", "", *kind), many) for kind, many in kinds.most_common()]
    in_all = sum(each.in_all for each in said)
    calls = len(going) - len(by_text)
    later = [each.goes_at for each in going if each.goes_at > _goes(asked)]
    seconds = asked.board.many.takes(sum(kinds.values()), in_all)
    tired = sum(each.lately >= TIRED for each in going)
    facts = (
        words("many.segments", count=f"{in_all:,}"),
        words("many.calls", count=calls) if calls else "",
        _cost(asked, in_all, calls),
        words("many.takes", minutes=round(seconds / MINUTE)) if seconds > 2 * MINUTE else "",
        words("many.room", room=f"{looked.room:,}") if in_all > looked.room else "",
        words("many.later", count=len(later), at=words.clock(min(later))) if later else "",
        words("many.tired", count=tired, least=TIRED) if tired else "",
    )
    return {
        "draft": draft,
        "count": len(going),
        "said": said,
        "facts": [each for each in facts if each],
        "reached": _reached(asked, looked),
        "alone": _alone(asked, looked),
        "alone_in_all": sum(bool(each.why) for each in looked.people),
        "in_all": sum(not each.why for each in looked.people),
        "more": looked.more,
        "most": MOST,
    }


def _said(asked: Asked, draft: Draft, one: Recipient, many: int) -> Said:
    """One of the texts: to how many it goes, and who they are."""
    texts = asked.board.many.texts(one, draft.words)
    each, words = sum(map(segments, texts)), asked.words
    speak, written = words.label(one.language), words.label(one.words)
    key = "many.gets" if one.language == one.words else "many.gets_other"
    new = words("many.gets_new") if one.new else ""
    title = " ".join(filter(None, (words(key, count=many, speak=speak, written=written), new)))
    return Said(title, one.language, texts, each, each * many)


def _cost(asked: Asked, in_all: int, calls: int) -> str:
    here = asked.board.catalogue.community
    if not money.is_known(here.country, here.line):
        return asked.words("many.cost_unknown")
    return money.about(in_all, calls * A_CALL, "many.cost", asked.words)


def _reached(asked: Asked, looked: Looked) -> Iterator[dict[str, object]]:
    words = asked.words
    for each in looked.people:
        if each.why:
            continue
        facts = (
            words("many.by_call") if each.by_call else words.label(each.words),
            words("many.goes_at", at=words.clock(each.goes_at)) if each.goes_at > _goes(asked) else "",
            words("many.lately", count=each.lately) if each.lately else "",
        )
        ticked = each.phone in looked.ticked
        yield {**_somebody(asked, looked, each), "facts": " · ".join(filter(None, facts)), "ticked": ticked}


def _alone(asked: Asked, looked: Looked) -> Iterator[dict[str, object]]:
    for each in looked.people:
        if each.why:
            why = asked.words(f"many_why.{each.why}", until=asked.words.clock(each.until) if each.until else "")
            yield {**_somebody(asked, looked, each), "why": why}


def _somebody(asked: Asked, looked: Looked, each: Recipient) -> dict[str, object]:
    name = looked.names.get(each.phone) or asked.words("who.someone")
    return {"record": looked.records.get(each.phone, 0), "name": name, "ending": ending(each.phone)}


def _told(asked: Asked, each: Broadcast) -> dict[str, object]:
    words = asked.words
    whom = (
        words(f"many.who_{each.whom.get('who', GIVES)}"),
        *(words.label(each.whom.get(name, "")) for name in ("what", "area", "language")),
    )
    return {
        "id": each.id,
        "name": team_name(each.coordinator),
        "at": words.clock(each.written_at),
        "count": each.people,
        "whom": ", ".join(filter(None, whom)),
        "words": list(each.words.items()),
        "over": each.over_at is not None,
        "over_by": team_name(each.over_by),
        "over_at": words.clock(each.over_at) if each.over_at is not None else "",
        "undone": each.over_at is not None and each.over_at < each.until,
    }


# --- One that was sent.


async def show_message(asked: Asked) -> Response:
    key = asked.request.query_params.get("did", "")
    return await _message(asked, f"did.{key}" if asked.words.has(f"did.{key}") else "")


async def over(asked: Asked) -> Response:
    """It is no longer needed; in its first minute it is as if it had not been written."""
    id, told = asked.number("record"), asked.typed("told") == "yes"
    outcome = await asked.board.store.run(asked.board.many.over, asked.me, id, told, asked.typed("press"))
    if outcome.done:
        return asked.go(f"/people/message/{id}?did={outcome.key}")
    return await _message(asked, f"did.{outcome.key}", 409)


async def read(asked: Asked) -> Response:
    """Somebody has read these answers; what came since they were shown stays."""
    id = asked.number("record")
    one = await board_broadcasts.one(asked.board.store, id)
    found = await board_broadcasts.answers(asked.board.store, id, one.written_at) if one else ()
    upto = asked.typed("upto")
    last = int(upto) if upto.isascii() and upto.isdecimal() and len(upto) < 18 else 0
    flags = [row["id"] for row in found if row["id"] <= last]
    await asked.board.store.run(asked.board.many.read, asked.me, flags, asked.typed("press"))
    return asked.go(f"/people/message/{id}")


async def _message(asked: Asked, said: str = "", status: int = 200) -> Response:
    id, store, words = asked.number("record"), asked.board.store, asked.words
    one = await board_broadcasts.one(store, id)
    if one is None:
        return asked.page("refused.html", 404, why="no_message")
    people = await board_broadcasts.people(store, id)
    answers = await board_broadcasts.answers(store, id, one.written_at)
    known: dict[str, int] = {}
    for some in some_of([row["phone"] for row in people]):
        known |= await records(asked, some)
    stands = [_stands(row) for row in people]
    return asked.page(
        "message.html",
        status,
        id=id,
        one=_told(asked, one),
        said=words(said) if said else "",
        good=status == 200,
        until=words.to_the_second(one.until) if one.until > asked.now else "",
        tells=one.over_told,
        counts=[(words(f"many_stands.{name}"), many) for name, many in _counted(stands)],
        answers=[_answer(asked, row, known) for row in answers],
        people=list(_people(asked, people, stands, known)),
    )


def _answer(asked: Asked, row: Row, known: Mapping[str, int]) -> dict[str, object]:
    name = row["name"] or asked.words("who.someone")
    at = asked.words.clock(row["raised_at"])
    record = known.get(row["party"], 0)
    return {"id": row["id"], "record": record, "name": name, "words": row["words"], "at": at}


def _people(
    asked: Asked, people: Iterable[Row], stands: Iterable[str], known: Mapping[str, int]
) -> Iterator[dict[str, object]]:
    words = asked.words
    for row, stand in zip(people, stands, strict=True):
        why = words(f"many_why.{row['why']}", until="") if words.has(f"many_why.{row['why']}") else ""
        yield {
            "record": known.get(row["phone"], 0),
            "name": row["name"] or words("who.someone"),
            "ending": ending(row["phone"]),
            "stands": why or words(f"many_stands.{stand}"),
            "told_over": row["told_over"],
        }


def _stands(row: Row) -> str:
    """What became of it for one of them: waits, under_way, went, failed, left."""
    if row["why"] or row["status"] == "dropped":
        return "left"
    match row["status"]:
        case "waiting" | "to_ring":
            return "waits"
        case "sending" | "unknown":
            return "under_way"
        case "failed":
            return "failed"
    return "went" if row["outbox"] else "waits"


def _counted(stands: Sequence[str]) -> list[tuple[str, int]]:
    found = Counter(stands)
    return [(name, found[name]) for name in ("went", "under_way", "waits", "failed", "left") if found[name]]


PAGES = (
    Page("/people/message", show, role=Role.KEEPER),
    Page("/people/message", write, role=Role.KEEPER, method="POST", fields=FIELDS),
    Page("/people/message/{record:int}", show_message, role=Role.KEEPER),
    Page("/people/message/{record:int}/over", over, role=Role.KEEPER, method="POST"),
    Page("/people/message/{record:int}/read", read, role=Role.KEEPER, method="POST"),
)
