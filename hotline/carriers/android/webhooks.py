"""Webhooks of the phone: JSON, signed with a key and a time. One path for texts, reports and signs of life."""

import hmac
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

from hotline.carriers.android.states import ranked, reason_code
from hotline.carriers.api import BadWebhook, Came, Headers, Paths
from hotline.model import phone_numbers
from hotline.model.calendar import MINUTE
from hotline.model.carrier_words import left_to_us
from hotline.model.events import Beat, Event, Text, TextReport
from hotline.model.sanitize import clean

FOLDER, PATH = "/android/", "/android/webhook"
HEADER, TIME_HEADER = b"x-signature", b"x-timestamp"
LARGEST = 1536 * 1024  # bytes: a picture message brings its pictures along, each a third longer than it is
WINDOW = 5 * MINUTE  # between the phone's clock and ours; what is older was heard by somebody, and is played again
SIGNATURE, TIME = re.compile(rb"[0-9a-f]{64}"), re.compile(rb"[0-9]{1,11}")
RECEIVED, PICTURES = "sms:received", "mms:downloaded"
REPORTS = {"sms:sent": "Sent", "sms:delivered": "Delivered", "sms:failed": "Failed", "sms:cancelled": "Cancelled"}
BEATS = ("system:ping", "app:started")
EVENTS = (RECEIVED, PICTURES, *REPORTS, *BEATS)


class PhoneWebhooks:
    """Those of one phone, signed with its `key`. `sim` is the card that is ours, 0 for whichever."""

    folder, header, largest, paths = FOLDER, HEADER, LARGEST, Paths(PATH)

    def __init__(self, key: str, country: str, clock: Callable[[], float], sim: int = 0) -> None:
        self._key, self._country, self._clock, self._sim = key.encode(), country, clock, sim

    def may_be_signed(self, headers: Headers) -> bool:
        timed = TIME.fullmatch(headers.get(TIME_HEADER, b"")) is not None
        return timed and SIGNATURE.fullmatch(headers.get(HEADER, b"").lower()) is not None

    def is_for_us(self, body: bytes) -> bool:
        return b'"event"' in body

    def opened(self, came: Came) -> Callable[[], Event | None] | None:
        right = self._is_right(came) and abs(self._seconds_apart(came)) <= WINDOW
        return partial(self._event, came.body) if right else None

    def why_wrong(self, came: Came, elsewhere: Iterable[str]) -> str:
        if not self._is_right(came):
            return "ANDROID_SIGNING_KEY is not the key that the app shows under Webhooks"
        return f"the phone's clock and ours are {self._seconds_apart(came):.0f} seconds apart: set both by the network"

    def _is_right(self, came: Came) -> bool:
        signed = hmac.digest(self._key, came.body + came.headers[TIME_HEADER], "sha256").hex().encode()
        return hmac.compare_digest(signed, came.headers[HEADER].lower())

    def _seconds_apart(self, came: Came) -> float:
        return self._clock() - float(came.headers[TIME_HEADER])

    def _event(self, body: bytes) -> Event | None:
        told = _object(body)
        event, payload = told.get("event"), told.get("payload")
        if event in BEATS:
            return Beat()
        if not isinstance(payload, dict):
            raise BadWebhook("payload is missing")
        if event in REPORTS:
            return _report(REPORTS[str(event)], payload)
        if event in (RECEIVED, PICTURES) and not (self._sim and payload.get("simNumber") not in (None, self._sim)):
            return self._text(payload, pictures=event == PICTURES)
        return None

    def _text(self, payload: Mapping[str, Any], pictures: bool) -> Text:
        sender = clean(str(payload.get("sender") or payload.get("phoneNumber") or ""))
        if not sender:
            raise BadWebhook("sender is missing")
        said = payload.get("body" if pictures else "message") or (payload.get("subject") if pictures else "") or ""
        words = clean(str(said))
        id = _id(sender, words, _seconds(payload.get("receivedAt")))
        kept = json.dumps({name: value for name, value in payload.items() if name != "attachments"})
        return Text(id, self._party(sender), words, left_to_us(words), clean(kept), has_media=bool(pictures))

    def _party(self, sender: str) -> str:
        """Their number. What writes from letters or a short code can be answered by nobody."""
        phone = None if phone_numbers.is_machine(sender) else phone_numbers.normalise(sender, self._country)
        return phone or f"other:{sender[:40]}"


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise BadWebhook("no JSON object")
    return told


def _id(sender: str, words: str, received_at: int) -> str:
    """The same for one text however often it is brought. The phone's own ids are not: those of events are new for each
    delivery, and that of the text is made from its content, so that the same words said twice have one."""
    told = f"{sender}\n{received_at}\n{words}"
    return f"phone-{sha256(told.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}"


def _seconds(said: object) -> int:
    """UTC seconds of a time with its zone, whichever zone the phone is in by now."""
    try:
        return int(datetime.fromisoformat(str(said)).timestamp())
    except ValueError:
        raise BadWebhook("receivedAt is missing") from None


def _report(state: str, payload: Mapping[str, Any]) -> TextReport:
    id = payload.get("messageId")
    if not isinstance(id, str) or not id:
        raise BadWebhook("messageId is missing")
    status, rank = ranked(state)
    return TextReport(id, status, rank, reason_code(payload.get("reason")) if state == "Failed" else "")
