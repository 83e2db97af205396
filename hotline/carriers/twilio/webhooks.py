"""Webhooks of Twilio and those that speak its API: signed forms, one path for texts, calls, reports, recordings."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from urllib.parse import parse_qsl

from hotline.carriers.api import Came, Headers, NotOurs, Paths
from hotline.carriers.twilio import parse
from hotline.carriers.twilio.forms import Webhook, mark_of, pairs, webhook
from hotline.carriers.twilio.signature import HEADER, is_signed, is_well_formed, signed_for
from hotline.model.carrier_words import left_to_us
from hotline.model.events import Event
from hotline.model.sanitize import clean

FOLDER = "/twilio/"
LARGEST = 24 * 1024  # bytes: 1,600 letters of the longest kind are 19 KB as they travel
MOST_FIELDS = 200  # the carrier sends twenty to forty
PATHS = Paths(*(f"{FOLDER}{name}" for name in ("sms", "voice", "status", "recording")))


class FormWebhooks:
    """Those of one account. `token` signs them; another provider may sign with a key of its own, under a `header` of
    its own."""

    folder, largest, paths = FOLDER, LARGEST, PATHS

    def __init__(
        self, account: str, token: str, country: str, header: str = "", *, answers_opt_out: bool = True
    ) -> None:
        self._account, self._mark, self._token, self._country = account, mark_of(account), token, country
        self._answers_opt_out = answers_opt_out
        self.header = header.lower().encode("ascii") or HEADER

    def may_be_signed(self, headers: Headers) -> bool:
        return is_well_formed(headers.get(self.header, b""))

    def is_for_us(self, body: bytes) -> bool:
        return self._mark in body

    def opened(self, came: Came) -> Callable[[], Event | None] | None:
        if came.body.count(b"&") >= MOST_FIELDS:
            return None
        fields = pairs(came.body)
        return partial(self._event, came, fields) if self._is_signed(came, fields) else None

    def why_wrong(self, came: Came, elsewhere: Iterable[str]) -> str:
        signed = signed_for(self._token, elsewhere, pairs(came.body), self._signature(came))
        told = f"it was signed for {_bare(signed)}" if signed else "with another token, or for an address unknown here"
        return f"{told}, and PUBLIC_URL asks for {_bare(came.address)}"

    def _is_signed(self, came: Came, fields: list[tuple[str, str]]) -> bool:
        return is_signed(self._token, came.address, fields, self._signature(came))

    def _signature(self, came: Came) -> str:
        return came.headers[self.header].decode("ascii")

    def _event(self, came: Came, fields: list[tuple[str, str]]) -> Event | None:
        hook = webhook(fields)
        if parse.account(hook) != self._account:
            raise NotOurs("another account")
        return self._read(hook, came)

    def _read(self, hook: Webhook, came: Came) -> Event | None:
        query, body = dict(parse_qsl(came.query, keep_blank_values=True)), clean(came.body.decode("utf-8", "replace"))
        if came.door.endswith(self.paths.text):
            text = parse.text(hook, self._country, body)
            return text if self._answers_opt_out else replace(text, meant=left_to_us(text.words))
        if came.door.endswith(self.paths.call):
            return parse.call_step(hook, self._country, query, body)
        if came.door.endswith(self.paths.status):
            return parse.report(hook, self._country, query)
        return parse.recording(hook)


def _bare(address: str) -> str:
    return address.split("?")[0]
