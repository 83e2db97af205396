"""File descriptors: as many as this machine lets the process have, and what the log says when they run out.

Every connection and every open file takes one. A service manager usually gives 1,024 and allows many more.
"""

import logging
import os
import time
from collections.abc import Callable

try:
    import resource
except ImportError:  # Windows counts them otherwise, and has no such limit
    resource = None  # type: ignore[assignment]

log = logging.getLogger(__name__)

WANTED = 65536
RESERVED = 64  # for the database, the carrier, files: never for those who connect
SAY_EVERY = 60.0  # seconds


def raise_limit() -> int:
    """Takes what is allowed, up to what is wanted: how many descriptors there are then."""
    if resource is None:
        return WANTED
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
        return allowed
    return WANTED if soft == resource.RLIM_INFINITY else soft


def for_connections(descriptors: int) -> int:
    """How many of them may be connections."""
    return max(descriptors - RESERVED, descriptors // 2)


class Lookout:
    """Tries now and then whether one more file could be opened."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._said_at = clock, float("-inf")

    def look(self) -> None:
        try:
            os.close(os.dup(2))
        except OSError as error:
            self._say(error)

    def _say(self, error: OSError) -> None:
        now = self._clock()
        if now - self._said_at > SAY_EVERY:
            self._said_at = now
            log.error("no more files can be opened (%s): raise LimitNOFILE, or lower CONNECTIONS", error.strerror)
