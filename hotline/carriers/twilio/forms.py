"""Webhook forms: the fields of a webhook as the carrier posts them, and how far along each status is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote_plus, unquote, unquote_to_bytes

from hotline.carriers.api import BadWebhook
from hotline.model.carrier_words import CANCEL, HELP_WORDS, START_WORDS, STOP_WORDS
from hotline.model.sanitize import clean

# How far along each status is. Reports come in any order; only a higher rank counts, so nothing moves backwards.
RANKS = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "initiated"), 1),
    **dict.fromkeys(("sending", "ringing"), 2),
    **dict.fromkeys(("sent", "in-progress"), 3),
    **dict.fromkeys(
        ("delivered", "undelivered", "failed", "canceled", "completed", "busy", "no-answer", "partially_delivered"), 4
    ),
    "read": 5,
}


@dataclass(frozen=True)
class Webhook:
    """The fields of one webhook; of a doubled field the first counts."""

    fields: Mapping[str, str]

    def get(self, name: str) -> str:
        return self.fields.get(name, "")

    def must(self, *names: str) -> str:
        """The first of these that is there."""
        for name in names:
            if self.fields.get(name):
                return self.fields[name]
        raise BadWebhook(f"{names[0]} is missing")

    @property
    def carrier_word(self) -> str:
        """What the carrier has made of a text by itself: carrier_stop, carrier_cancel, carrier_start, carrier_help, or
        nothing."""
        word = (self.get("OptOutType") or self.get("Body")).strip().casefold()
        if word in STOP_WORDS:
            cancels = self.get("Body").strip().casefold() == CANCEL
            return "carrier_cancel" if cancels else "carrier_stop"
        if re.sub(r"[\W_]+", "", word) in STOP_WORDS:
            return "opt_out"  # "Stop." is no word of the carrier's, so the farewell is ours
        if word in START_WORDS:
            return "carrier_start"
        return "carrier_help" if word in HELP_WORDS else ""


def mark_of(account: str) -> bytes:
    """What stands in every form of that account as it travels: who forges one has to know that first."""
    return f"AccountSid={quote_plus(account)}".encode()


def pairs(body: bytes) -> list[tuple[str, str]]:
    """The form fields in their order, empty ones too. Bytes that are no UTF-8 stay as they are, for the signature.

    As `parse_qsl` reads them, at a fifth of its cost: of twenty fields, three or four have anything to decode.
    """
    fields = []
    for pair in body.decode("ascii", "surrogateescape").split("&"):
        name, _, value = pair.partition("=")
        if "%" in pair or "+" in pair:
            name, value = _decoded(name), _decoded(value)
        if pair:
            fields.append((name, value))
    return fields


def _decoded(text: str) -> str:
    spaced = text.replace("+", " ")
    if "%" not in spaced:
        return spaced
    if not spaced.isascii():  # no carrier sends that: bytes that nobody encoded stand among those that were
        return unquote(spaced, errors="surrogateescape")
    return unquote_to_bytes(spaced).decode("utf-8", "surrogateescape")


def webhook(fields: list[tuple[str, str]]) -> Webhook:
    first = dict(reversed(fields))
    said = "".join(first.values())
    if clean(said) == said:  # looked for once, in all of them
        return Webhook(first)
    return Webhook({name: clean(value) for name, value in first.items()})
