"""Signed URLs: addresses at which the provider hears one sound for a while, and which nobody else can make."""

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256

from hotline.model.calendar import DAY, HOUR

PURPOSE = b"hotline: addresses of recordings"
OPEN_FOR = HOUR
NAME = re.compile(r"(words|voice)/[A-Za-z0-9-]{1,64}\.(wav|mp3)")
OWN_VOICE = "voice/"


def key(secret: str) -> bytes:
    """A key for this purpose alone, from the secret of the settings."""
    return hmac.digest(secret.encode(), PURPOSE, "sha256")


class Addresses:
    """Makes addresses below `base` ("https://hotline.example.org/recordings") and reads them."""

    def __init__(self, key: bytes, base: str, clock: Callable[[], float]) -> None:
        self._key, self._base, self._clock = key, base, clock

    def of(self, name: str) -> str:
        """The address of one sound. The community's own voice keeps one for a day: the provider can cache it."""
        now = self._clock()
        until = (now // DAY + 2) * DAY if name.startswith(OWN_VOICE) else now + OPEN_FOR
        told = f"{int(until)}:{name}".encode()
        return f"{self._base}/{_plain(told)}.{_plain(self._sign(told))}"

    def name(self, token: str) -> str | None:
        """The sound that an address is for, None when it is not ours or its time is over."""
        told, _, signature = token.partition(".")
        try:
            content, given = _bytes(told), _bytes(signature)
        except ValueError:
            return None
        if not hmac.compare_digest(self._sign(content), given):
            return None
        until, _, name = content.decode().partition(":")
        return name if int(until) > self._clock() and NAME.fullmatch(name) else None

    def _sign(self, content: bytes) -> bytes:
        return hmac.new(self._key, content, sha256).digest()


def _plain(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _bytes(plain: str) -> bytes:
    return urlsafe_b64decode(plain.encode("ascii") + b"=" * (-len(plain) % 4))
