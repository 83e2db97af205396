"""Personal data of one number: all that is kept, in the order of time, for whoever asks what that is."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entry:
    """One thing that is kept: when it came (UTC seconds), what kind of thing it is, and what it says."""

    at: float
    kind: str
    words: str


@dataclass(frozen=True)
class PersonalData:
    """What is kept of one person."""

    entries: tuple[Entry, ...]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many there are of each kind."""
        return list(Counter(entry.kind for entry in self.entries).items())

    def in_words(self, phone: str, shown: Callable[[float], str]) -> str:
        """A page to hand over. `shown` says a time as people do."""
        if not self.entries:
            return f"Nothing is kept of {phone}."
        lines = (f"{shown(entry.at)}  {entry.kind}: {entry.words}" for entry in self.entries)
        told = "What the carrier keeps besides stands in its own lists; docs/privacy.md says how long."
        return "\n".join([f"All that is kept of {phone}, the oldest first.", *lines, told])


@dataclass
class Erased:
    """What was done to forget somebody, for whoever asked for it: how many of each, and what could not be forgotten
    yet, and why. ``refused`` is why nothing was done: "team" (a coordinator's number), "no_key" (they ended our texts,
    which must stay known, and there is no key to keep that with)."""

    counts: dict[str, int] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    refused: str = ""

    def add(self, what: str, many: int) -> None:
        self.counts[what] = self.counts.get(what, 0) + many
