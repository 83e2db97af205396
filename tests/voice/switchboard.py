"""A switchboard on a database in memory, that can be set back to any moment: callers press every key from there."""

import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hotline.carriers.twilio.forms import Webhook
from hotline.carriers.twilio.parse import call_step
from hotline.channels.catalogue import Catalogue
from hotline.community.model import Community
from hotline.engine.session import Session
from hotline.inbound import admission
from hotline.inbound.call_ended import hung_up
from hotline.inbound.call_steps import CallSteps
from hotline.storage import Transaction
from hotline.storage.sqlite import _executor
from hotline.storage.sqlite_file import migrate
from tests.unit.build import NOW
from tests.voice.documents import Document

URLS = ("https://a.org/twilio/voice", "https://a.org/twilio/recording")
UNBOUNDED = admission.Limits(heard_per_hour=1_000_000)
SECRET = "nobody's"
LINE = "+12125550100"
HANG_UP = "hangs up"
SILENCE = ""
RECORDING = "RE" + "0" * 32
OF_OURS = "&amp;out=1"  # in the address of the next step of a call that we made
MOST_CODES = 199  # the other ten thousand would be copied at every place
TURN, NUMBER = re.compile(r"(?<!whisper=\d{6}&amp;)turn=\d+"), re.compile(r"\b\d \d \d( \d)?\b")


Kept = Mapping[str, list[tuple[object, ...]]]  # the rows of each table


@dataclass(frozen=True)
class Begins:
    """How a call begins: who is on the phone, and in a call that we make what its first step says."""

    caller: str
    query: Mapping[str, str] | None = None
    fields: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Moment:
    """A caller who hears a document: the database then, the call, where they stand, and the way that led here.
    `elsewhere` is the same place in a call that they made themselves, `without_silence` that in a call of ours in which
    they never were silent, "" where there is none."""

    kept: Kept
    call: int
    document: Document
    flow: str
    standing: str
    question: str
    misses: int
    silent: bool
    elsewhere: str
    without_silence: str
    way: tuple[str, ...] = ()


class Exchange:
    """One caller and the hotline. Every step is the carrier's webhook, read and answered by the real code."""

    def __init__(self, community: Community, begins: Begins) -> None:
        self._begins, words = begins, Catalogue(community)
        self._calls = CallSteps(words, lambda: NOW, *URLS, limits=UNBOUNDED, secret=SECRET)
        self._connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=512)
        migrate(self._connection)
        self._tx = Transaction(_executor(self._connection))
        self._connection.execute("DELETE FROM codes WHERE code > ?", (MOST_CODES,))
        self._tables = _tables(self._connection)
        self._kept = self._rows({})  # what is in the database just now

    def set_up(self, prepare: Callable[[Transaction], None]) -> Moment:
        prepare(self._tx)
        if self._begins.query:  # what waits for them is told in this call
            self._connection.execute("UPDATE outbox SET status = 'to_ring' WHERE party = ?", (self._begins.caller,))
        document = self._answer(0, self._begins.query or {}, self._begins.fields or {})
        moment = self._moment(0, document, ())
        self._kept = moment.kept
        return moment

    def press(self, moment: Moment, keys: str, *, known: set[str]) -> tuple[str, Moment | None]:
        """(the place one comes to, and what is heard there unless it is known) after these keys, silence, words
        spoken, or a call that breaks and is made again."""
        self._begin(moment)
        call, over = moment.call, not moment.document.waits_for
        if keys == HANG_UP or over:
            hung_up(self._tx, self._tx.people.get(self._party(call), NOW), f"CA{call:032x}", NOW)
            call += 1
            document = self._answer(call, {}, {})
        else:
            document = self._answer(call, moment.document.next_step, _fields(moment.document, keys))
        there = self._place(call, document)
        found = None if there in known else self._moment(call, document, (*moment.way, keys))
        self._connection.execute("ROLLBACK")
        return there, found

    def _begin(self, moment: Moment) -> None:
        """From that moment on: the tables that were otherwise are filled again. What a key changes is rolled back. To
        read in another database as a whole would be no slower by itself, but every statement would be prepared anew."""
        for table, rows in moment.kept.items():
            if rows is not self._kept[table]:
                self._connection.execute(f"DELETE FROM {table}")
                filled = f"INSERT INTO {table} VALUES ({', '.join('?' * self._tables[table])})"
                self._connection.executemany(filled, rows)
        self._kept = moment.kept
        self._connection.execute("BEGIN")

    def _rows(self, before: Kept) -> Kept:
        """Every row of every table; a table that is as it was `before` is that one."""
        read = {table: self._connection.execute(f"SELECT * FROM {table}").fetchall() for table in self._tables}
        return {table: before[table] if before.get(table) == rows else rows for table, rows in read.items()}

    def place(self, moment: Moment) -> str:
        return place(moment.standing, moment.document)

    def _place(self, call: int, document: Document) -> str:
        session, told = self._stands(call, document)
        return place(_standing(session, told), document)

    def _party(self, call: int) -> str:
        caller = self._begins.caller
        return caller if caller.startswith("+1212") else f"withheld:CA{call:032x}"

    def _answer(self, call: int, query: Mapping[str, str], fields: Mapping[str, str]) -> Document:
        """The first call may be ours; whoever hangs up calls us."""
        ours = bool(self._begins.query) and call == 0
        ends = {"From": LINE, "To": self._begins.caller} if ours else {"From": self._begins.caller, "To": LINE}
        direction = "outbound-api" if ours else "inbound"
        hook = Webhook({"CallSid": f"CA{call:032x}", "Direction": direction, **ends, **fields})
        return Document(self._calls.answer(self._tx, call_step(hook, "US", query, "")))

    def _moment(self, call: int, document: Document, way: tuple[str, ...]) -> Moment:
        session, told = self._stands(call, document)
        elsewhere = place(_standing(session, None), document).replace(OF_OURS, "")
        kept, question = self._rows(self._kept), _question(session, told)
        fresh = place(_standing(session, (told[0], 0)), document) if told and told[1] else ""
        standing = _standing(session, told)
        missed = (session.misses, session.silent)
        return Moment(kept, call, document, session.flow, standing, question, *missed, elsewhere, fresh, way)

    def _stands(self, call: int, document: Document) -> tuple[Session, tuple[str, int] | None]:
        """Where the caller stands, and how far a call of ours has got."""
        ring = self._tx.calls.get(1) if "out=1" in document.text else None
        return self._tx.people.get(self._party(call), NOW).session, (ring.stage, ring.misses) if ring else None


def _question(session: Session, told: tuple[str, int] | None) -> str:
    """At which question they stand, however often it was missed."""
    behind, heard = session.behind, len(session.answers.get("heard", "").split())
    return repr((heard, session.flow, session.step, session.page, behind and (behind.flow, behind.step), told))


def _standing(session: Session, told: tuple[str, int] | None) -> str:
    """The same, how often it was missed, and whether by silence."""
    return f"{_question(session, told)}{session.misses}{session.silent}"


def _tables(connection: sqlite3.Connection) -> dict[str, int]:
    """The tables, and how many columns each has."""
    named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {name: len(connection.execute(f"PRAGMA table_info({name})").fetchall()) for (name,) in named}


def place(standing: str, document: Document) -> str:
    """Where a caller stands: what is heard, whichever number a request has, and what is waited for. Once the call is
    over nothing is."""
    heard, standing = document.text, standing if document.waits_for else ""
    for numbers, name in ((TURN, "turn"), (NUMBER, "N")):
        heard = numbers.sub(name, heard)
    return standing + heard


def _fields(document: Document, keys: str) -> dict[str, str]:
    match document.waits_for:
        case "Dial":
            return {"DialCallStatus": "no-answer", "DialCallSid": "CA" + "f" * 32, "CallStatus": "in-progress"}
        case "Record" if keys == "speaks":
            return {"RecordingSid": RECORDING, "RecordingDuration": "7", "Digits": "#"}
        case "Record" if keys.isdecimal():  # before the tone
            return {"Digits": keys}
        case "Record" if keys:
            return {"RecordingSid": RECORDING, "RecordingDuration": "1", "Digits": keys}
    return {"Digits": keys} if keys else {}
