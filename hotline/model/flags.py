"""Flags: notes that a person should look."""

from collections.abc import Collection
from dataclasses import dataclass

from hotline.model.calendar import DAY

GRAVEST = ("emergency", "daily_alarm", "maybe_danger", "wants_a_person", "message")  # said first, whatever came later
HUNG_UP, MISSED_CALL = "hung_up", "missed_call"
MISSED = (HUNG_UP, MISSED_CALL)  # a call of which nothing is on record
NOT_CALLED_BACK = "not_called_back"
CALLED_BACK_WITHIN = 3 * DAY  # a call that was missed; then coordinators hear that nobody did


def why_first(reasons: Collection[str], otherwise: str) -> str:
    """The one reason that is said of several about one person."""
    return next((why for why in GRAVEST if why in reasons), otherwise)


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
