"""Carrier words: whole texts that carriers act on and answer by themselves. None of them may mean anything to us."""

# Whole texts that the carrier acts on and answers by itself, in any case.
STOP_WORDS = frozenset(
    (
        "stop",
        "stopall",
        "unsubscribe",
        "cancel",
        "end",
        "quit",
        "revoke",
        "optout",
        "arret",
        "arrete",
        "arrett",
    )
)
START_WORDS = frozenset(("start", "unstop"))
HELP_WORDS = frozenset(("help", "info"))
CANCEL = "cancel"  # ends our texts like STOP, and may be meant for a request
RESERVED = STOP_WORDS | START_WORDS | HELP_WORDS


def left_to_us(words: str) -> str:
    """What such a word means where no carrier acts on it: opt_out, opt_in, asks_help, or nothing. CANCEL is left to the
    conversation: nobody has ended anything yet, and it may be meant for a request."""
    word = words.strip().casefold()
    if word in STOP_WORDS and word != CANCEL:
        return "opt_out"
    if word in START_WORDS:
        return "opt_in"
    return "asks_help" if word in HELP_WORDS else ""
