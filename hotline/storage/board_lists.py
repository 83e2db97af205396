"""Board lists: what the coordinators' pages show, read beside the writer, so that no text waits for a page."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from hotline.model.board import (
    Beside,
    Card,
    Hand,
    HandedOver,
    Happened,
    KeptForm,
    Quiet,
    Sheet,
    SignedIn,
    StoryLine,
    Waiting,
    turn,
)
from hotline.model.circles import Circle
from hotline.model.companions import Companion
from hotline.model.daily_rings import DailyRing
from hotline.model.gatherings import Gathering, Guest
from hotline.model.gifts import Gift, GiftAsk
from hotline.model.loans import Loan, Tool
from hotline.model.needs import Need, Status
from hotline.model.safety_rings import Alarm, Contact
from hotline.storage.execute import Row
from hotline.storage.store import Store
from hotline.storage.tables.board_typed import kept_form, sheet_of
from hotline.storage.tables.board_undo import Undo, undo_of
from hotline.storage.tables.circles import circle_of
from hotline.storage.tables.companions import companion_of
from hotline.storage.tables.daily_rings import daily_ring_of
from hotline.storage.tables.flags import flag_of
from hotline.storage.tables.gatherings import gathering_of, guest_of
from hotline.storage.tables.gifts import ask_of, gift_of
from hotline.storage.tables.group_checks import GroupCheck, group_check
from hotline.storage.tables.loans import loan_of, tool_of
from hotline.storage.tables.needs import need_of
from hotline.storage.tables.safety_rings import alarm_of, contact_of

NEW, ASKING, TAKEN, DONE = "new", "asking", "taken", "done"
COLUMNS = (NEW, ASKING, TAKEN, DONE)
MOST_FLAGS = 2000  # that are gathered by whom they are about; those that wait longest
K = TypeVar("K", int, str)
T = TypeVar("T")
FOREVER = 2**62  # no row of the trail has that number


class Numbered(Protocol):
    """What stands on a list by its number."""

    @property
    def number(self) -> int: ...


@dataclass(frozen=True)
class Trace:
    """A line of the trail, by its number ``id``; ``code`` is what people text for its need, "" for none."""

    id: int
    at: float
    coordinator: str
    what: str
    need: int
    more: str
    code: str


@dataclass(frozen=True)
class OfferAsk:
    """Somebody asks for an offer, under this ``code``. ``status`` is that of the request that it became, or that was
    named to the giver; None for none."""

    ask: GiftAsk
    code: str
    status: Status | None


async def session(store: Store, token: str, since: float) -> SignedIn | None:
    """Who is signed in with what a browser shows, if they did anything since then."""
    rows = await store.read("board_session", token=token, since=since)
    return SignedIn(**rows[0]) if rows else None


async def group_checks(store: Store) -> dict[str, GroupCheck]:
    """What coordinators said of other groups, by the name of the group."""
    return {row["name"]: group_check(row) for row in await store.read("group_checks")}


async def password(store: Store, coordinator: str) -> str:
    """What is kept of somebody's password, "" where they have none."""
    rows = await store.read("board_password", coordinator=coordinator)
    return str(rows[0]["hash"]) if rows else ""


async def signed_in(store: Store, since: float) -> dict[str, tuple[int, float]]:
    """(how many sessions, when they did something last) of everybody who is signed in."""
    rows = await store.read("board_sessions", since=since)
    return {row["coordinator"]: (row["many"], row["seen_at"]) for row in rows}


async def counts(store: Store, since: float) -> dict[str, int]:
    """How many needs stand in each column; done are those that were over since then."""
    (found,), (done,) = await store.read("board_counts"), await store.read("board_count_done", since=since)
    asking, taken = found["asking"], found["taken"]
    return {NEW: found["many"] - asking - taken, ASKING: asking, TAKEN: taken, DONE: done["many"]}


async def column(store: Store, name: str, room: int, skipped: int, since: float) -> list[Card]:
    """One column, what waits longest first; of those that are over the newest first."""
    page = {"room": room, "skipped": skipped}
    match name:
        case "new":
            return await _new(store, room, skipped)
        case "asking":
            rows = await store.read("board_asking", **page)
        case "taken":
            rows = await store.read("board_taken", **page)
        case _:
            rows = await store.read("board_done", since=since, **page)
    return list(map(_card, rows))


async def _new(store: Store, room: int, skipped: int) -> list[Card]:
    """What was sent or is held stands before forms that somebody is still filling in."""
    rows = list(await store.read("board_new", room=room, skipped=skipped))
    if len(rows) < room:
        sent = skipped + len(rows)
        if skipped and not rows:
            sent = (await store.read("board_count_new"))[0]["many"]
        begun = max(0, skipped - sent)
        rows += await store.read("board_begun", room=room - len(rows), skipped=begun)
    return list(map(_card, rows))


@dataclass(frozen=True)
class Since:
    """Something that happened (UTC seconds): asked, taken, done, closed, danger. ``who`` took it, "" for all else; of
    what is about no request `number` is 0 and the rest ""."""

    at: float
    event: str
    number: int
    who: str
    code: str
    what: str
    area: str


async def last_look(store: Store, coordinator: str, token: str) -> float | None:
    """When somebody last looked before this session of theirs; None for never."""
    seen = (await store.read("board_last_look", coordinator=coordinator, token=token))[0]["seen_at"]
    return None if seen is None else float(seen)


async def since(store: Store, since: float, room: int) -> tuple[dict[str, int], list[Since]]:
    """(how much of each kind happened since then, the newest of it)."""
    counts = dict((await store.read("board_count_since", since=since))[0])
    rows = await store.read("board_since", since=since, room=room)
    texts = ("event", "who", "code", "what", "area")
    return counts, [
        Since(at=row["at"], number=row["number"] or 0, **{name: str(row[name] or "") for name in texts}) for row in rows
    ]


async def in_hand(store: Store, phone: str) -> list[Need]:
    """What somebody took and has not finished."""
    return list(map(need_of, await store.read("in_hand", phone=phone)))


async def handovers(store: Store, room: int) -> list[HandedOver]:
    """Lines for the next coordinator, the newest first."""
    return [HandedOver(**row) for row in await store.read("handovers", room=room)]


async def day(store: Store, room: int, until: float) -> list[Card]:
    """What is open or taken and for before then, what is over first; behind that what is for no day."""
    return list(map(_card, await store.read("board_day", room=room, until=until)))


async def card(store: Store, number: int) -> Card | None:
    rows = await store.read("board_need", number=number)
    return _card(rows[0]) if rows else None


async def of_code(store: Store, code: int) -> int:
    """The number of the newest need that people text by this code, 0 for none."""
    rows = await store.read("board_of_code", code=code)
    return int(rows[0]["number"]) if rows else 0


async def names(store: Store, phones: Iterable[str]) -> dict[str, str]:
    """The first names of these people, where they are known."""
    rows = await store.read("board_names", people=json.dumps(sorted(set(phones))))
    return {row["phone"]: row["name"] for row in rows if row["name"]}


async def waits(store: Store, room: int, skipped: int = 0) -> tuple[list[Waiting], int]:
    """(what waits for a person, how many entries there are in all): one entry a person, about the hotline itself one
    for each kind; danger before all else, then what waits longest."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in await store.read("board_waits", room=MOST_FLAGS):
        found.setdefault((row["party"], "" if row["party"] else f"{row['why']} {row['about']}"), []).append(row)
    in_turn = sorted(found.values(), key=lambda rows: turn({row["why"] for row in rows}))
    return list(map(_waiting, in_turn[skipped : skipped + room])), len(in_turn)


def _waiting(rows: Sequence[Row]) -> Waiting:
    entry = Waiting(tuple(map(flag_of, rows)), any(row["gives"] for row in rows))
    about = next(row for row in rows if row["about"] == entry.about or not entry.about)
    return replace(entry, called=(str(about["what"] or ""), str(about["area"] or "")))


async def waiting(store: Store, id: int) -> Waiting | None:
    """The entry to which one flag belongs; None where somebody has looked."""
    rows = await store.read("board_flag", id=id)
    if not rows or rows[0]["settled_at"] is not None:
        return None
    if not rows[0]["party"]:
        return Waiting((flag_of(rows[0]),))
    return Waiting(tuple(map(flag_of, await store.read("board_flags_of", party=rows[0]["party"]))))


async def not_called_back(store: Store, since: float, room: int) -> list[str]:
    """Whose calls were missed and given up since then."""
    return [str(row["party"]) for row in await store.read("board_not_called_back", since=since, room=room)]


async def quiet(store: Store, room: int, stopped_since: float, unchanged_since: float) -> tuple[list[Quiet], int]:
    """(what has gone quiet, the quietest first; how many there are)."""
    times = {"stopped_since": stopped_since, "unchanged_since": unchanged_since}
    rows = await store.read("board_quiet", room=room, **times)
    count = await store.read("board_count_quiet", **times)
    return [_quiet(row) for row in rows], int(count[0]["many"])


async def sheet(store: Store, token: str) -> Sheet | None:
    """What is typed in one form of intake by hand."""
    rows = await store.read("sheet", token=token)
    return sheet_of(rows[0]) if rows else None


async def sheet_numbered(store: Store, id: int) -> Sheet | None:
    rows = await store.read("sheet_numbered", id=id)
    return sheet_of(rows[0]) if rows else None


async def sheets_open(store: Store, room: int) -> list[Sheet]:
    """What is typed and not sent, the newest first."""
    return list(map(sheet_of, await store.read("sheets_open", room=room)))


async def sheets_thrown(store: Store, since: float, room: int) -> list[Sheet]:
    """What was thrown away since then and can be brought back."""
    return list(map(sheet_of, await store.read("sheets_thrown", since=since, room=room)))


async def sheets_stopped(store: Store, before: float, room: int) -> list[tuple[int, str, float]]:
    """(number, coordinator, since when) of sheets that are no form yet and at which nobody typed since then."""
    rows = await store.read("sheets_stopped", before=before, room=room)
    return [(row["id"], row["coordinator"], row["changed_at"]) for row in rows]


async def kept_forms(store: Store, browser: str, coordinator: str, since: float) -> list[KeptForm]:
    """What somebody sent in a browser since then while they were not signed in, the newest first."""
    rows = await store.read("kept_forms", browser=browser, coordinator=coordinator, since=since)
    return list(map(kept_form, rows))


async def undo(store: Store, number: int, now: float) -> Undo | None:
    """What can be taken back about a need now."""
    rows = await store.read("undo_there", number=number, now=now)
    return undo_of(rows[0]) if rows else None


async def under(store: Store, number: int) -> list[Beside]:
    """The needs that are looked after under this one."""
    return [beside(row) for row in await store.read("board_same", number=number)]


async def of_neighbor(store: Store, phone: str, number: int, room: int) -> list[Beside]:
    """What else the neighbor of a need asked for, the newest first."""
    return [beside(row) for row in await store.read("board_of_neighbor", phone=phone, number=number, room=room)]


async def hands(store: Store, silent_since: float) -> dict[str, Hand]:
    """What is looked after, and by whom."""
    rows = await store.read("board_hands", silent_since=silent_since)
    return {row["subject"]: Hand(row["subject"], row["coordinator"], row["seen_at"]) for row in rows}


async def story(store: Store, number: int) -> list[StoryLine]:
    """All that happened about one need, in the order of time: what was said and done by telephone, and at the board."""
    lines = [StoryLine(**row) for row in await store.read("board_story", number=number)]
    lines += [
        StoryLine(row["at"], "board", row["coordinator"], said=row["what"], place=row["more"])
        for row in await store.read("board_trail_of_need", number=number)
    ]
    lines += [
        StoryLine(row["at"], "note", row["coordinator"], said=row["words"], place=row["tier"])
        for row in await store.read("board_notes", number=number)
    ]
    return sorted(lines, key=lambda line: line.at)


async def trail(store: Store, room: int, below: int = FOREVER) -> list[Trace]:
    """What was done at the board, the newest first."""
    rows = await store.read("board_trail", room=room, below=below)
    fields = ("id", "at", "coordinator", "what", "need", "more")
    return [Trace(**{name: row[name] for name in fields}, code=str(row["code"] or "")) for row in rows]


async def offers(store: Store, room: int, skipped: int) -> list[Gift]:
    """What neighbors have to give, what ends first first."""
    return list(map(gift_of, await store.read("board_offers", room=room, skipped=skipped)))


async def offers_over(store: Store, room: int, since: float) -> list[Gift]:
    """What they had to give that was over since then, the newest end first."""
    return list(map(gift_of, await store.read("board_offers_over", room=room, since=since)))


async def offer_asks(store: Store, offers: Iterable[Gift]) -> dict[int, list[OfferAsk]]:
    """Who asked for each of these, by its number, oldest first."""
    rows = await store.read("board_offer_asks", listed=_numbers(offers))
    return _grouped(rows, _offer_ask, lambda each: each.ask.gift.number)


def _offer_ask(row: Row) -> OfferAsk:
    status = Status(row["status"]) if row["status"] else None
    return OfferAsk(ask_of(row), str(row["ask_code"] or row["need_code"]), status)


async def days(store: Store, room: int, skipped: int) -> list[Gathering]:
    """Days on which neighbors do something together, the next first."""
    return list(map(gathering_of, await store.read("board_days", room=room, skipped=skipped)))


async def circles(store: Store, room: int, skipped: int) -> list[Circle]:
    """Circles that are not over, oldest first, with who is in them and what is on record."""
    rows = await store.read("board_circles", room=room, skipped=skipped)
    listed = json.dumps([row["number"] for row in rows])
    members = _grouped(await store.read("board_circle_members", listed=listed), _as_it_is, _of_circle)
    marks = _grouped(await store.read("board_circle_marks", listed=listed), _as_it_is, _of_circle)
    return [circle_of(row, members.get(row["number"], ()), marks.get(row["number"], ())) for row in rows]


async def guests(store: Store, days: Iterable[Gathering]) -> dict[int, list[Guest]]:
    """Who comes to these, or waits, in order."""
    rows = await store.read("board_guests", listed=_numbers(days))
    return _grouped(rows, guest_of, lambda guest: guest.gathering.number)


async def tools(store: Store, room: int, skipped: int) -> list[Tool]:
    """What neighbors lend, oldest first."""
    return list(map(tool_of, await store.read("board_tools", room=room, skipped=skipped)))


async def loans(store: Store, tools: Iterable[Tool]) -> dict[int, list[Loan]]:
    """Who has each of these, and who asks for it, by its number, oldest first."""
    rows = await store.read("board_loans", listed=_numbers(tools))
    return _grouped(rows, loan_of, lambda loan: loan.tool.number)


def _numbers(listed: Iterable[Numbered]) -> str:
    return json.dumps([each.number for each in listed])


def _as_it_is(row: Row) -> Row:
    return row


def _of_circle(row: Row) -> int:
    return int(row["circle"])


def _grouped(rows: Iterable[Row], read: Callable[[Row], T], of: Callable[[T], K]) -> dict[K, list[T]]:
    """What belongs to each thing on a list, by what that is known by."""
    found: dict[K, list[T]] = {}
    for row in rows:
        found.setdefault(of(each := read(row)), []).append(each)
    return found


async def daily_rings(store: Store, room: int, skipped: int) -> list[tuple[DailyRing, str]]:
    """Who is rung each day, by the hour, and what they are called."""
    rows = await store.read("board_daily_rings", room=room, skipped=skipped)
    return [(daily_ring_of(row), row["name"]) for row in rows]


async def ring_contacts(store: Store, phones: Iterable[str]) -> dict[str, list[tuple[Contact, str]]]:
    """Who looks after each of these, or is asked to, and what they are called."""
    rows = await store.read("board_ring_contacts", listed=json.dumps(list(phones)))
    return _grouped(rows, lambda row: (contact_of(row), str(row["name"])), lambda each: each[0].phone)


async def companions(store: Store, phones: Iterable[str]) -> dict[str, tuple[Companion, str]]:
    """The volunteer who rings each of these in place of the machine, and what they are called."""
    rows = await store.read("board_companions", listed=json.dumps(list(phones)))
    return {row["other"]: (companion_of(row), str(row["name"])) for row in rows}


async def ring_alarms(store: Store, phones: Iterable[str]) -> dict[str, tuple[Alarm, int]]:
    """The alarms about these, and the flag by whose page a coordinator ends each; 0 where there is none."""
    rows = await store.read("board_ring_alarms", listed=json.dumps(list(phones)))
    return {row["phone"]: (alarm_of(row), int(row["flag"] or 0)) for row in rows}


def beside(row: Row) -> Beside:
    same = {name: row[name] for name in ("number", "what", "area", "created_at")}
    return Beside(**same, code=str(row["code"]), status=Status(row["status"]))


def _card(row: Row) -> Card:
    return Card(need_of(row), row["language"] or "", row["asked"], _last(row), row["changed_at"])


def _last(row: Row) -> Happened:
    """The last event: what it was and when, never its words."""
    happened = [Happened("began", row["created_at"], row["neighbor"])]
    for name, what in (("asked_at", "asked"), ("taken_at", "took"), ("dropped_at", "gave_back")):
        if row[name] is not None:
            happened.append(Happened(what, row[name]))
    if row["wrote_at"] is not None:
        happened.append(Happened("wrote", row["wrote_at"], row["writer"]))
    return max(happened, key=lambda each: each.at)


def _quiet(row: Row) -> Quiet:
    why = "stopped" if row["status"] == "draft" else "silent" if row["checks"] else "unchanged"
    same = {name: row[name] for name in ("number", "what", "area")}
    return Quiet(**same, code=str(row["code"]), why=why, since=row["changed_at"], takers=tuple(row["takers"].split()))


def rows_of(cards: Sequence[Card]) -> set[str]:
    """The numbers of all whose names those cards show: who has them, and who wrote last."""
    return {phone for card in cards for phone in (*card.need.takers, *card.need.helped, card.last.who) if phone}


async def round_answers(store: Store, number: int) -> dict[int, tuple[tuple[str, str], ...]]:
    """(words, place of the sound, "" where there is none yet) of each answer in a round, by question, in an order that
    tells nothing of who or when."""
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    for row in await store.read("board_round_answers", round=number):
        found[row["question"]] = (*found.get(row["question"], ()), (row["words"], row["place"]))
    return {question: tuple(sorted(answers)) for question, answers in found.items()}
