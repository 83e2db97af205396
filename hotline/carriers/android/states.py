"""States of a text on the phone, in the words of all carriers, and why one failed."""

import re

# (status, rank). A text that was delivered can still fail: a part of it did not arrive.
STATES = {
    "Pending": ("queued", 1),
    "Processed": ("sending", 2),
    "Sent": ("sent", 3),
    "Delivered": ("delivered", 4),
    "Cancelling": ("sending", 2),
    "Cancelled": ("canceled", 5),
    "Failed": ("failed", 5),
}
REASONS = (  # Android's own names; each stands in error_codes.toml
    *("GENERIC_FAILURE", "NO_SERVICE", "RADIO_OFF", "LIMIT_EXCEEDED", "NULL_PDU", "FDN_CHECK_FAILURE"),
    *("SHORT_CODE_NOT_ALLOWED", "SHORT_CODE_NEVER_ALLOWED", "EXPIRED"),
)
NOT_SENT = "NOT_SENT"


def ranked(state: str) -> tuple[str, int]:
    """The status and how far along it is; ("", 0) for a state that we do not know."""
    return STATES.get(state, ("", 0))


def reason_code(said: object) -> str:
    """The code for the reason that the phone gives in words, such as "RESULT_ERROR_NO_SERVICE" or "no service"."""
    plain = re.sub(r"[^A-Z]+", "_", str(said or "").upper())
    return next((name for name in REASONS if name in plain), NOT_SENT)
