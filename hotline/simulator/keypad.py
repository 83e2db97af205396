"""What a Gather makes of the keys that are pressed."""

from dataclasses import dataclass

from hotline.simulator.twiml import Verb


@dataclass(frozen=True)
class Keys:
    """The digits so far, and whether the Gather has heard enough."""

    digits: str = ""
    finished: bool = False

    def press(self, key: str, gather: Verb) -> "Keys":
        """One more key: it is collected, unless it is the one that finishes."""
        if self.finished:
            return self
        if key in gather.get("finishOnKey", "#"):
            return Keys(self.digits, True)
        digits = self.digits + key
        return Keys(digits, str(len(digits)) == gather.get("numDigits").strip())


def listens_to(gather: Verb, sense: str) -> bool:
    """Whether the Gather hears keys ('dtmf') or words ('speech')."""
    return sense in gather.get("input", "dtmf").split()
