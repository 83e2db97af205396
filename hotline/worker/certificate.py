"""Certificate watch: the certificate of our own address is about to end, and then no webhook reaches us any more.

Proxies renew theirs by themselves, weeks before; one that has only days left was forgotten. Where our own address
cannot be reached from here, as behind some routers, nothing is said.
"""

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from hotline.community.model import Community
from hotline.model.calendar import DAY
from hotline.outbound import notify_coordinators
from hotline.storage import Store, Transaction

log = logging.getLogger(__name__)

SOON = 10 * DAY  # certificates that live for ninety days are renewed when thirty are left
PATIENCE = 10.0  # seconds
WHY = "certificate_ends"


class CertificateWatch:
    """Looks at the certificate that `public_url` shows; `ends_at` says when it ends, UTC seconds."""

    def __init__(
        self,
        store: Store,
        community: Community,
        public_url: str,
        clock: Callable[[], float],
        ends_at: "Callable[[str, int], Awaitable[float]] | None" = None,
    ) -> None:
        self._store, self._community, self._clock = store, community, clock
        self._url, self._ends_at = urlsplit(public_url), ends_at or certificate_ends_at

    async def look(self) -> None:
        """Once. An address without a certificate has none that could end."""
        if self._url.scheme != "https" or not self._url.hostname:
            return
        try:
            ends_at = await self._ends_at(self._url.hostname, self._url.port or 443)
        except ssl.SSLCertVerificationError as error:
            await self._store.run(self._tell, error.verify_message)
        except (OSError, TimeoutError) as error:
            log.info("our own address cannot be reached from here: %s", type(error).__name__)
        else:
            await self._store.run(self._judge, ends_at - self._clock())

    def _judge(self, tx: Transaction, left: float) -> None:
        """`left` is in seconds."""
        if left < SOON:
            self._tell(tx, f"it ends in {left / DAY:.0f} days")
        else:
            self._well(tx)

    def _tell(self, tx: Transaction, what: str) -> None:
        now = self._clock()
        if tx.flags.add_once(WHY, "", what, 0, now):
            log.error("the certificate of PUBLIC_URL: %s. Without one no text and no call reaches us", what)
            notify_coordinators.certificate_ends(tx, self._community, now)

    def _well(self, tx: Transaction) -> None:
        if tx.flags.is_open(WHY, 0):
            tx.flags.settle_of("", WHY, self._clock())


async def certificate_ends_at(host: str, port: int) -> float:
    """When the certificate that is shown there ends. Raises SSLCertVerificationError for one that nobody trusts."""
    async with asyncio.timeout(PATIENCE):
        _, writer = await asyncio.open_connection(host, port, ssl=ssl.create_default_context())
        try:
            shown = writer.get_extra_info("peercert")
        finally:
            writer.close()
    return float(ssl.cert_time_to_seconds(shown["notAfter"]))
