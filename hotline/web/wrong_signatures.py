"""Wrong signatures: webhooks that may be meant for us and are not signed so, told in the log and in /ready.

Such a one is a mistake in the settings, or a forgery: anybody can send one, so it never makes this host unready, and is
looked into once a minute at most.
"""

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from hotline.carriers.api import Came, Webhooks
from hotline.model.calendar import HOUR, MINUTE

log = logging.getLogger(__name__)

LATELY = 10 * MINUTE
PROXIES_SAY = (b"host", b"x-forwarded-host", b"x-forwarded-prefix")
OK = "ok"


class WrongSignatures:
    """What came wrongly signed lately. `public_url` is where we believe that the carrier reaches us."""

    def __init__(self, public_url: str, webhooks: Webhooks, clock: Callable[[], float]) -> None:
        self._base, self._webhooks, self._clock = urlsplit(public_url), webhooks, clock
        self._came_at = self._told_at = float("-inf")
        self._first_at = float("inf")
        self._untold, self._right_at = 0, float("-inf")
        self.count = 0

    def was_right(self) -> None:
        """Something came that was rightly signed."""
        self._right_at = self._clock()

    @property
    def only(self) -> bool:
        """Whether some were wrongly signed lately, and none rightly since: then nothing reaches us."""
        return 0 <= self._clock() - self._came_at < LATELY and self._right_at < self._first_at

    def came(self, came: Came) -> None:
        """One came."""
        now = self._clock()
        if self._came_at <= self._right_at or now - self._came_at >= LATELY:
            self._first_at = now
        self._came_at, self.count = now, self.count + 1
        if 0 <= now - self._told_at < MINUTE:
            self._untold += 1
            return
        why = self._webhooks.why_wrong(came, self._other_addresses(came))
        log.warning("a webhook names our account and is wrongly signed: %s (%d more came before)", why, self._untold)
        self._told_at, self._untold = now, 0

    @property
    def state(self) -> str:
        """A word for /ready."""
        return "some were wrongly signed: see the log" if 0 <= self._clock() - self._came_at < HOUR else OK

    def _other_addresses(self, came: Came) -> list[str]:
        """Those that differ from ours in scheme, host or path, as proxies make them."""
        own, _, query = came.address.removeprefix(f"{self._base.scheme}://{self._base.netloc}").partition("?")
        told = {name: came.headers.get(name, b"").decode("latin-1") for name in PROXIES_SAY}
        hosts = (self._base.netloc, told[b"host"], told[b"x-forwarded-host"])
        own_too = (own.removeprefix(self._base.path), f"{told[b'x-forwarded-prefix']}{came.path}", f"{own}/")
        return [
            f"{scheme}://{host}{each}{end}"
            for scheme in ("https", "http")
            for host in dict.fromkeys(filter(None, hosts))
            for each in dict.fromkeys((own, came.path, *own_too))
            for end in ((f"?{query}", "") if query else ("",))
        ]
