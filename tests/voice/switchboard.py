"""A switchboard on a database in memory, that can be set back to any moment: callers press every key from there."""

import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hotline.carriers.parse import call_step
from hotline.carriers.webhooks import Webhook
from hotline.channels.catalogue import Catalogue
from hotline.community.model import Community
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
TURN, NUMBER = re.compile(r"(?<!whisper=\d{6}&amp;)turn=\d+"), re.compile(r"\b\d \d \d( \d)?\b")


@dataclass(frozen=True)
class Begins:
    """How a call begins: who is on the phone, and in a call that we make what its first step says."""

    caller: str
    query: Mapping[str, str] | None = None
    fields: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Moment:
    """A caller who hears a document: the database then, the call, and the way that led here."""

    kept: bytes
    call: int
    document: Document
    standing: str
    way: tuple[str, ...] = ()


class Exchange:
    """One caller and the hotline. Every step is the carrier's webhook, read and answered by the real code."""

    def __init__(self, community: Community, begins: Begins) -> None:
        self._begins, words = begins, Catalogue(community)
        self._calls = CallSteps(words, lambda: NOW, *URLS, limits=UNBOUNDED, secret=SECRET)
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        migrate(self._connection)
        self._tx = Transaction(_executor(self._connection))

    def set_up(self, prepare: Callable[[Transaction], None]) -> Moment:
        prepare(self._tx)
        if self._begins.query:  # what waits for them is told in this call
            self._connection.execute("UPDATE outbox SET status = 'to_ring' WHERE party = ?", (self._begins.caller,))
        document = self._answer(0, self._begins.query or {}, self._begins.fields or {})
        return self._moment(0, document, ())

    def press(self, moment: Moment, keys: str, *, known: set[str]) -> tuple[str, Moment | None]:
        """(the place one comes to, and what is heard there unless it is known) after these keys, silence, words
        spoken, or a call that breaks and is made again."""
        self._connection.deserialize(moment.kept)
        call, over = moment.call, not moment.document.waits_for
        if keys == HANG_UP or over:
            hung_up(self._tx, self._tx.people.get(self._party(call), NOW), f"CA{call:032x}", NOW)
            call += 1
            document = self._answer(call, {}, {})
        else:
            document = self._answer(call, moment.document.next_step, _fields(moment.document, keys))
        there = self._place(call, document)
        return there, None if there in known else self._moment(call, document, (*moment.way, keys))

    def place(self, moment: Moment) -> str:
        return place(moment.standing, moment.document)

    def _place(self, call: int, document: Document) -> str:
        return place(self._standing(call, document), document)

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
        return Moment(self._connection.serialize(), call, document, self._standing(call, document), way)

    def _standing(self, call: int, document: Document) -> str:
        session = self._tx.people.get(self._party(call), NOW).session
        behind, heard = session.behind, len(session.answers.get("heard", "").split())
        behind_it = behind and (behind.flow, behind.step)
        ring = self._tx.calls.get(1) if "out=1" in document.text else None
        told = ring and (ring.stage, ring.misses)
        return repr((heard, session.flow, session.step, session.misses, session.page, behind_it, told))


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
