"""Wrong signatures: webhooks that name our own account and are not signed as ours, told in the log and in /ready.

Such a one is a mistake in the settings, or a forgery: anybody can send one, so it never makes this host unready, and is
looked into once a minute at most.
"""

import logging
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from hotline.carriers.signature import Fields, signed_for
from hotline.model.calendar import HOUR, MINUTE

log = logging.getLogger(__name__)

PROXIES_SAY = (b"host", b"x-forwarded-host", b"x-forwarded-prefix")


class WrongSignatures:
    """What came wrongly signed lately. `public_url` is where we believe that the carrier reaches us."""

    def __init__(self, public_url: str, token: str, clock: Callable[[], float]) -> None:
        self._base, self._token, self._clock = urlsplit(public_url), token, clock
        self._came_at = self._told_at = float("-inf")
        self._untold = 0

    def came(self, asked: str, path: str, headers: Mapping[bytes, bytes], fields: Fields, signature: str) -> None:
        """One came. `asked` is the address that it had to be signed for, `path` the one that reached us."""
        now = self._clock()
        self._came_at = now
        if 0 <= now - self._told_at < MINUTE:
            self._untold += 1
            return
        signed = signed_for(self._token, self._other_addresses(asked, path, headers), fields, signature)
        log.warning(
            "a webhook names our account and is wrongly signed: %s, and PUBLIC_URL asks for %s (%d more came before)",
            f"it was signed for {_bare(signed)}" if signed else "with another token, or for an address unknown here",
            _bare(asked),
            self._untold,
        )
        self._told_at, self._untold = now, 0

    @property
    def state(self) -> str:
        """A word for /ready."""
        return "some were wrongly signed: see the log" if 0 <= self._clock() - self._came_at < HOUR else "ok"

    def _other_addresses(self, asked: str, path: str, headers: Mapping[bytes, bytes]) -> list[str]:
        """Those that differ from ours in scheme, host or path, as proxies make them."""
        own, _, query = asked.removeprefix(f"{self._base.scheme}://{self._base.netloc}").partition("?")
        told = {name: headers.get(name, b"").decode("latin-1") for name in PROXIES_SAY}
        hosts = (self._base.netloc, told[b"host"], told[b"x-forwarded-host"])
        paths = (own, path, own.removeprefix(self._base.path), f"{told[b'x-forwarded-prefix']}{path}", f"{own}/")
        return [
            f"{scheme}://{host}{each}{end}"
            for scheme in ("https", "http")
            for host in dict.fromkeys(filter(None, hosts))
            for each in dict.fromkeys(paths)
            for end in ((f"?{query}", "") if query else ("",))
        ]


def _bare(address: str) -> str:
    return address.split("?")[0]
