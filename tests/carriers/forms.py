"""Forms of carriers: how each signs and brings the same things, so that one test can be asked of all of them."""

import base64
import hmac
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import uuid4

from hotline.carriers.api import Came, Webhooks
from hotline.carriers.provider import provider
from hotline.settings import Settings
from tests.world import ACCOUNT, NOON, NUMBER, TOKEN, line_of

URL = "https://hotline.example.org"
ANA = "+12125550111"
KEY = "a signing key of nobody"


class Form(Protocol):
    """One carrier, from outside. Every webhook it makes is rightly signed, unless it is signed with another `key`."""

    name: str

    def text(self, words: str, sender: str = ANA, id: str = "one", key: str = "") -> Came: ...

    def report(self, id: str, state: str, key: str = "") -> Came: ...


def webhooks_of(form: Form, now: float = NOON) -> Webhooks:
    return provider(settings_of(form.name), "US", lambda: now).webhooks


def settings_of(name: str) -> Settings:
    own = {"twilio_signing_key": KEY} if name == "signalwire" else {}
    return Settings(public_url=URL, **{**line_of(name, "http://127.0.0.1:1"), **own})


@dataclass
class TwilioForm:
    """Forms as Twilio posts them; SignalWire and Somleng have ids of another kind."""

    name: str = "twilio"
    header: bytes = b"x-twilio-signature"
    key: str = TOKEN
    ids: dict[str, str] = field(default_factory=dict)

    def id(self, id: str) -> str:
        made = f"SM{uuid4().hex}" if self.name == "twilio" else str(uuid4())
        return self.ids.setdefault(id, made)

    def text(self, words: str, sender: str = ANA, id: str = "one", key: str = "") -> Came:
        sid = self.id(id)
        fields = {"MessageSid": sid, "SmsSid": sid, "AccountSid": ACCOUNT, "From": sender, "To": NUMBER, "Body": words}
        return self._came("/twilio/sms", {**fields, "NumMedia": "0", "FromCity": ""}, key)

    def report(self, id: str, state: str, key: str = "") -> Came:
        told = {"MessageSid": id, "MessageStatus": state, "AccountSid": ACCOUNT, "From": NUMBER, "To": ANA}
        return self._came("/twilio/status", {**told, **({"ErrorCode": "30003"} if state == "failed" else {})}, key)

    def _came(self, path: str, fields: dict[str, str], key: str) -> Came:
        from urllib.parse import urlencode

        told = URL + path + "".join(name + fields[name] for name in sorted(fields))
        signed = base64.b64encode(hmac.digest((key or self.key).encode(), told.encode(), "sha1"))
        return Came(URL + path, path, path, "", {self.header: signed}, urlencode(fields).encode())


@dataclass
class PhoneForm:
    """JSON as the app on the phone posts it."""

    name: str = "android"
    at: float = NOON

    def text(self, words: str, sender: str = ANA, id: str = "one", key: str = "") -> Came:
        seconds = NOON + sum(map(ord, id)) % 1000  # another text is another moment
        received = datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
        payload = {"messageId": "content", "message": words, "sender": sender, "recipient": None, "simNumber": 1}
        return self.came("sms:received", {**payload, "receivedAt": received}, key)

    def report(self, id: str, state: str, key: str = "") -> Came:
        reason = {"reason": "RESULT_ERROR_GENERIC_FAILURE"} if state == "failed" else {}
        return self.came(f"sms:{state}", {"messageId": id, **reason}, key)

    def came(self, event: str, payload: dict[str, Any], key: str = "") -> Came:
        told = {"deviceId": "a", "event": event, "id": uuid4().hex, "webhookId": "w", "payload": payload}
        body, when = json.dumps(told).encode(), str(int(self.at)).encode()
        signed = hmac.digest((key or TOKEN).encode(), body + when, "sha256").hex().encode()
        path = "/android/webhook"
        return Came(URL + path, path, path, "", {b"x-signature": signed, b"x-timestamp": when}, body)


def forms() -> list[Form]:
    return [
        TwilioForm(),
        TwilioForm("signalwire", b"x-signalwire-signature", KEY),
        TwilioForm("somleng"),
        PhoneForm(),
    ]
