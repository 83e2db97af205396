"""PINs: what opens the coordinators' line, and how often a wrong one was tried."""

from hotline.model.recordings import StoredPin
from hotline.storage.execute import Table


class Pins(Table):
    """The PIN that opens the coordinators' room."""

    def get(self, name: str) -> StoredPin | None:
        row = self._one("pin", name=name)
        return StoredPin(row["hash"], row["misses"], row["missed_since"]) if row else None

    def wrong_tries(self, name: str) -> tuple[int, float]:
        """How many wrong ones were counted under that name, and since when. Nobody else counts there meanwhile: calls
        at the same moment are not one try."""
        row = self._all("wrong_tries", name=name)[0]
        return row["misses"], row["missed_since"]

    def set(self, name: str, hash: str) -> None:
        self._change("set_pin", name=name, hash=hash)

    def missed(self, name: str, misses: int, since: float) -> None:
        self._change("pin_missed", name=name, misses=misses, since=since)
