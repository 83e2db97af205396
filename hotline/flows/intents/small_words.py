"""Ambiguous words: what yes, no, ok and news mean at one question and not at another. Pure."""

from hotline.engine.answers import COPIED, CUT, PERSON_WANTED, WAS_ALL, Heard
from hotline.model.facts import Facts

# At these questions, these mean these too. Everywhere else they are words like others.
IS_IT_RIGHT = {"ok": "yes", "right": "yes", "wrong": "no"}
OTHERS = {"groups": "other"}
DID_IT_HAPPEN = {"came": "yes", "done": "yes", "delivered": "yes", "not_yet": "no"}

YES = ("yes", "ok", "willing", "can_help")  # to an alert
NO = ("no", "cannot")
AS_A_VERB = {  # beside the number of a need
    **dict.fromkeys(("ok", "willing", "take", "can_help"), "yes"),
    **dict.fromkeys(("cannot",), "no"),
    "news": "status",
    "delivered": "done",
}
DEEDS = frozenset(("done", "delivered", "drop", "cannot", "slip"))
SMALL = frozenset((*YES, *NO, COPIED, "take", "right", "wrong", "came", "not_yet", "noted", "nothing", WAS_ALL, *DEEDS))
NAMING_NOTHING = SMALL | {"noise_alone", "news", "more"}


def wants_something(heard: Heard, facts: Facts) -> bool:
    """Whether someone who is asked to give needs something themselves; a yes beside it makes it unclear."""
    asks = set(heard.names) & set(facts.offered.needs)
    return bool(asks) and "wants" in heard.names and not SMALL & set(heard.names)


def asks_for_news(heard: Heard) -> bool:
    """Whether someone asks how a need stands, in whatever words."""
    return "news" in heard.names and not SMALL & set(heard.names)


def asks_for_a_person(heard: Heard) -> bool:
    """Whether someone asks for a human among other words, and for nothing that we have."""
    if PERSON_WANTED in heard.names:
        return True
    plainly = {"person"} <= set(heard.names) <= {"person", "wants", "greeting", "thanks", "sorry"}
    return (
        plainly and sum(word != CUT for word in heard.rest) > 1 and not heard.numbers
    )  # "one person" is how many are at home


def says_goodbye(heard: Heard) -> bool:
    """Whether they thank us or say that this was all, and nothing else: "thanks, nothing else"."""
    return bool({"thanks", WAS_ALL} & set(heard.names)) and heard.only("thanks", "ok", "no", WAS_ALL)


def offers(heard: Heard) -> bool:
    """Whether someone has something to give, or wants to help, among other words."""
    return "gives" in heard.names or ("joins" in heard.names and "wants" not in heard.names)


def says_nothing(heard: Heard, facts: Facts) -> bool:
    """Whether a text names nothing to go by: signs, digits, small words, who is this, a wrong number."""
    names = {name for name in heard.names if "/" not in name}  # which list a line was copied from says nothing
    if names & {*facts.offered.needs, *facts.offered.areas, "wants"}:
        return False
    if {"who", "stranger", "noise"} & names:
        return True
    return bool(heard.words) and not heard.rest and names <= NAMING_NOTHING
