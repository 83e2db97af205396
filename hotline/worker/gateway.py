"""Gateway watch: asks the machine between us and the telephones, such as a phone in a drawer, whether it lives."""

import logging
from collections.abc import Callable

from hotline.carriers.api import Carrier, CarrierError
from hotline.model.line import Line
from hotline.outbound.gateway import came_alive
from hotline.storage import Store

log = logging.getLogger(__name__)


class GatewayWatch:
    """Looks every minute on a line that has a gateway; what its webhooks say counts as well."""

    def __init__(self, store: Store, carrier: Carrier, line: Line, clock: Callable[[], float]) -> None:
        self._store, self._carrier, self._line, self._clock = store, carrier, line, clock

    async def look(self) -> None:
        """Keeps when it was heard of last; /ready says when that is too long ago."""
        if not self._line.silent_after:
            return
        try:
            heard_of = await self._carrier.heard_of()
        except CarrierError as error:
            log.warning("the gateway does not answer: %s", error)
            return
        if heard_of is not None:
            await self._store.run(came_alive, heard_of)
