"""The way back: what RapidSMS sends while a webhook is answered becomes its answer, as the carrier takes it."""

import threading
from collections.abc import Sequence
from typing import Any

from rapidsms.backends.base import BackendBase  # type: ignore[import-not-found, unused-ignore]

_local = threading.local()


class ReplyBackend(BackendBase):  # type: ignore[misc, unused-ignore]
    """Puts texts by until they are asked for."""

    def send(self, id_: str, text: str, identities: Sequence[str], context: Any = None) -> None:
        said().append(text)


def said() -> list[str]:
    """What was sent since `forget`, in this thread."""
    if not hasattr(_local, "said"):
        _local.said = []
    found: list[str] = _local.said
    return found


def forget() -> None:
    said().clear()
