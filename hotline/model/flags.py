"""Flags: notes that a person should look."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Flag:
    """A note that a person should look.

    ``about`` is the need it is about, 0 for none, and ``code`` what people text for that. ``recording`` is the
    carrier's id of something spoken; then there are no words.
    """

    id: int
    why: str
    party: str
    words: str
    about: int
    raised_at: float
    recording: str = ""
    code: str = ""

    @property
    def concern(self) -> tuple[str, str]:
        """What is shown as one: all about a person; about the hotline itself each kind by itself."""
        return self.party, "" if self.party else self.why

    @property
    def recorded(self) -> bool:
        """Whether what was said about it was spoken."""
        return self.recording != ""
