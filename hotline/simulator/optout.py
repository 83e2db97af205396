"""The words that the carrier itself answers, and whom it has blocked."""

_STOP = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
_START = frozenset({"START", "UNSTOP"})
_HELP = frozenset({"HELP", "INFO"})

STOPPED = (
    "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe."
)
STARTED = (
    "You have successfully been re-subscribed to messages from this number. "
    "Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply."
)
HELPED = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."


class OptOut:
    """Phones that may not be texted any more, until they text START. A carrier that is not `on` leaves all of it to its
    customer."""

    def __init__(self) -> None:
        self.on = True
        self.blocked: set[str] = set()

    def hear(self, number: str, body: str) -> str:
        """Act on a carrier word that is the whole text; the carrier's own answer, or '' when it says nothing."""
        word = body.strip().upper() if self.on else ""
        if word in _STOP:
            self.blocked.add(number)
            return STOPPED
        if word in _START or word == "YES":
            self.blocked.discard(number)
            # YES lifts the block too, but the carrier keeps quiet about it.
            return STARTED if word in _START else ""
        return HELPED if word in _HELP and number not in self.blocked else ""
