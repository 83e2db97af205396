"""Lists: what is read beside the writer for commands, exports and pages, in one statement each. Nothing is locked."""

import html
import json
import re
from collections.abc import Callable, Sequence

from hotline.model import phone_numbers
from hotline.model.flags import Flag
from hotline.model.heartbeat import BACKED_UP
from hotline.model.needs import Need
from hotline.model.outgoing import Outgoing
from hotline.model.people import Volunteer
from hotline.model.personal_data import Entry, PersonalData
from hotline.model.recordings import Recording
from hotline.model.town import PastAsk, PastNeed
from hotline.storage.execute import Row
from hotline.storage.shared_tables import SHARED
from hotline.storage.store import Store
from hotline.storage.tables.alerts import past_ask
from hotline.storage.tables.flags import flag_of
from hotline.storage.tables.needs import need_of
from hotline.storage.tables.outbox import outgoing_of
from hotline.storage.tables.recordings import recording_of
from hotline.storage.tables.retention import Kind
from hotline.storage.tables.volunteers import volunteer_of


async def open_flags(store: Store) -> list[Flag]:
    """What nobody has looked at yet, oldest first."""
    return [flag_of(row) for row in await store.read("open_flags")]


async def open_needs(store: Store, room: int) -> list[Need]:
    """What is not over, at most `room`."""
    return [need_of(row) for row in await store.read("open_needs", room=room)]


async def needs_lately(store: Store, since: float, before: float) -> list[PastNeed]:
    """What became of the requests made between these times (UTC seconds)."""
    rows = await store.read("needs_lately", since=since, before=before)
    same = ("what", "area", "created_at", "taken_at", "asked")
    return [
        PastNeed(**{name: row[name] for name in same}, urgent=bool(row["urgent"]), told=row["escalated_at"] is not None)
        for row in rows
    ]


async def asks_lately(store: Store, since: float, before: float, room: int) -> list[PastAsk]:
    """The newest of the questions that were put between these times (UTC seconds), at most `room`."""
    return [past_ask(row) for row in await store.read("asks_lately", since=since, before=before, room=room)]


async def who_give(store: Store, most: int, now: float) -> int:
    """How many give and do not pause, counted no further than `most`."""
    return int((await store.read("who_give", most=most, now=now))[0]["people"])


async def all_needs(store: Store) -> list[Need]:
    """Everything that was ever asked for and is not forgotten."""
    return [need_of(row) for row in await store.read("all_needs")]


async def story_of(store: Store, number: int) -> list[tuple[float, str, str, str]]:
    """What happened about one need: (UTC seconds, what, whose number, what came of it)."""
    rows = await store.read("story_of", number=number)
    return [(row["at"], row["what"], row["who"], row["said"]) for row in rows]


async def volunteers(store: Store) -> list[Volunteer]:
    """Everybody who gives, waits to give, or gave."""
    return [volunteer_of(row) for row in await store.read("volunteers")]


async def dead_letters(store: Store, room: int) -> list[Outgoing]:
    """Rows of the outbox that could not be sent, at most `room`."""
    return [outgoing_of(row) for row in await store.read("dead_letters", room=room)]


async def shown(store: Store, room: int) -> list[Outgoing]:
    """Rows of the outbox that were shown and not sent, while the hotline practices, at most `room`."""
    return [outgoing_of(row) for row in await store.read("shown", room=room)]


async def how_many_old(store: Store, kind: Kind, before: float) -> int:
    """How much of one kind is older, and not forgotten yet."""
    return int((await store.read(f"old_{kind.name}", before=before))[0]["many"])


async def recordings(store: Store, room: int) -> list[Recording]:
    """What was said aloud and is not forgotten, at most `room`."""
    return [recording_of(row) for row in await store.read("recordings", room=room)]


async def in_words(store: Store, kind: str) -> Sequence[Row]:
    """Everything of one kind (BLANKS of tables/forgotten.py) in which somebody's words may stand: `key`, `party` whose
    it is, `said`, and whether somebody `waits` for it."""
    return await store.read(f"read_{kind}")


async def measures(store: Store, hour_ago: float, day_ago: float) -> dict[str, Sequence[Row]]:
    """How the hotline does, in rows of figures that tell of nobody; since those times (UTC seconds)."""
    return {
        "health": await store.read("health"),
        "outbox": await store.read("measured_outbox"),
        "needs": await store.read("measured_needs"),
        "flags": await store.read("measured_flags"),
        "inbound": await store.read("measured_inbound", since=hour_ago),
        "spent": await store.read("spent_since", since=day_ago),
        "backed_up": await store.read("mark", name=BACKED_UP),
    }


async def personal_data(store: Store, phone: str) -> PersonalData:
    """All that is kept of one number, the oldest first."""
    offers = [f"{row['what']} in {row['area']}" for row in await store.read("kept_offers", phone=phone)]
    entries = [
        Entry(row["at"], kind, worded(row))
        for name, kind, worded in KEPT
        for row in await store.read(f"kept_{name}", phone=phone)
    ]
    gives = [Entry(entries[0].at, "what you give", ", ".join(offers))] if offers and entries else []
    return PersonalData(tuple(sorted((*entries, *gives), key=lambda entry: entry.at)))


def _person(row: Row) -> str:
    told = [
        f"name {row['name'] or '-'}, language {row['language'] or '-'}, area {row['area'] or '-'}",
        "you ended our texts" if row["opted_out_at"] else "",
        "this number is blocked" if row["blocked"] else "",
        "by calls" if row["calls"] or not row["can_text"] else "",
        f"volunteer ({row['gives']}), hours {row['hours'] or 'any'}" if row["gives"] else "",
    ]
    return "; ".join(filter(None, told))


def _need(row: Row) -> str:
    told = (row["words"], row["details"], f"callback {row['callback']}" if row["callback"] else "")
    return f"{row['code']} {row['what']} {row['area']}, {row['status']}: {'; '.join(filter(None, told))}"


def _came(row: Row) -> str:
    answer = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", row["answer"]))).strip()
    return f"{row['words'] or '(a key, or nothing)'}" + (f" - our answer: {answer}" if answer else "")


def _typed(row: Row) -> str:
    return "; ".join(filter(None, json.loads(row["fields"]).values()))


def _contact(row: Row) -> str:
    """The number of the other is theirs: only its end is shown."""
    told = "{} looks after you: {}" if row["mine"] else "you look after {}: {}"
    return told.format(f"...{phone_numbers.ending(row['other'])}", row["consent"])


def _companion(row: Row) -> str:
    """As of a contact."""
    whom = f"...{phone_numbers.ending(row['other'])}" if row["other"] else "nobody yet"
    return f"you ring {whom}" if row["mine"] else f"{whom} rings you"


KEPT: tuple[tuple[str, str, Callable[[Row], str]], ...] = (
    ("person", "who you are to us", _person),
    ("needs", "your request", _need),
    ("inbound", "a text of yours, or a step of a call", _came),
    ("outbox", "a text or news to you", lambda row: f"{' '.join(json.loads(row['texts'])) or '-'} ({row['status']})"),
    ("calls", "a call with you", lambda row: f"{row['seconds']} seconds ({row['status']})"),
    ("recordings", "something you said aloud", lambda row: f"{row['seconds']} seconds ({row['status']})"),
    ("relayed", "what you wrote to somebody", lambda row: str(row["words"])),
    ("flags", "a note for coordinators", lambda row: f"{row['why']} {row['words']}".strip()),
    ("dangers", "a note about danger", lambda row: f"{row['why']} {row['words']}".strip()),
    ("broadcasts", "a message to many, and to you", lambda row: " / ".join(json.loads(row["words"]).values())),
    ("sheets", "what we were writing down for you", _typed),
    *((table.name, table.own, lambda row: str(row["words"]).strip()) for table in SHARED),
    ("daily_ring", "the hour at which we ring you each day", lambda row: str(row["hour"])),
    ("ring_contacts", "who looks after you, or whom you do", _contact),
    ("ring_sign_up", "a safety call that you began to ask for", lambda row: str(row["hour"])),
    ("companions", "a daily ring by a volunteer", _companion),
    ("alerts", "a request you were asked about", lambda row: f"{row['code']} ({row['answer']})"),
    ("claims", "a request you took", lambda row: f"{row['code']} ({row['outcome']})"),
)
