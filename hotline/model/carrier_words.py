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
RESERVED = STOP_WORDS | START_WORDS | HELP_WORDS
