"""PINs: what opens the coordinators' line, and how often a wrong one was tried."""

from hotline.model.recordings import StoredPin
from hotline.storage.execute import Table


class Pins(Table):
    """The PIN that opens the coordinators' room."""

    def get(self, name: str) -> StoredPin | None:
        row = self._one("pin", name=name)
        return StoredPin(row["hash"], row["misses"], row["missed_since"]) if row else None

    def set(self, name: str, hash: str) -> None:
        self._change("set_pin", name=name, hash=hash)

    def missed(self, name: str, misses: int, since: float) -> None:
        self._change("pin_missed", name=name, misses=misses, since=since)
