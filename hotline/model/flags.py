"""Flags: notes that a person should look."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Flag:
    """A note that a person should look."""

    id: int
    why: str
    party: str
    words: str
    about: int
    raised_at: float

    @property
    def recorded(self) -> bool:
        """Whether its words are the carrier's id of something spoken."""
        return len(self.words) == 34 and self.words.startswith("RE")
