"""Flags: notes that a person should look."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Flag:
    """A note that a person should look.

    ``recording`` is the carrier's id of something spoken; then there are no words.
    """

    id: int
    why: str
    party: str
    words: str
    about: int
    raised_at: float
    recording: str = ""

    @property
    def recorded(self) -> bool:
        """Whether what was said about it was spoken."""
        return self.recording != ""
