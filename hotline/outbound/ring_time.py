"""Ring time: for how long a telephone rings that we call, alone or to join two people."""

LONG = 45  # seconds: time to get up and walk to it. A machine that answers is joined to nobody
SHORT = 18  # shorter than it takes most machines to pick up, and the others in the house to wonder


def seconds(leave_word: str) -> int:
    """`leave_word` is "no" where it is not safe that a machine or somebody else hears of us."""
    return SHORT if leave_word == "no" else LONG
