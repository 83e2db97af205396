"""Classification of parsed phrases: names, numbers and the rest; words of politeness are left out."""

from collections.abc import Iterable

from hotline.channels.parsing.tokens import Phrase

LONGEST_NUMBER = 12  # digits; a longer row of them is a telephone number or nothing
GOING_AHEAD = frozenset(("yes", "ok", "willing", "take", "can_help", "right", "came", "delivered", "done"))
SMALL_TALK = ("thanks", "greeting")  # beside anything else it is politeness
HOLDING_BACK = frozenset(("no", "cannot", "wrong", "not_yet", "not_needed", "nothing", "was_all", "sorry", *SMALL_TALK))
SAYING_YES = frozenset(("yes", "ok", "willing", "take", "can_help"))
LONGEST_NAME = 2  # words
NOT_ME = "not_me"  # "this is not Ben", and no more
SIGNS = ("against", "for_it")

Sorted = tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...]]


BESIDE = ("number", "and", "sorry", NOT_ME, *SIGNS)  # names that count only beside something else


def sort_out(read: Iterable[tuple[Phrase, str]]) -> Sorted:
    """(names, numbers, rest) of phrases and their names; both keep the order in which they were said."""
    names: list[str] = []
    numbers: list[int] = []
    rest: list[str] = []
    aside: list[tuple[Phrase, str]] = []  # what counts only beside something else
    yes_said = False
    for phrase, name in read:
        if not name:
            rest += phrase
        elif name.isdecimal() and phrase[0].isdecimal() and len(phrase) == 1:
            if _is_number(name):
                numbers.append(int(name))
            else:
                rest += phrase
        elif name.isdecimal() or name in BESIDE:
            aside.append((phrase, name))
        elif name == "laughs":
            names.append("noise")
        elif name == "greeting" and yes_said:
            rest += phrase  # "yes, hello?" asks; before a yes a greeting is polite
        elif name != "polite":
            names += name.split()
            yes_said = yes_said or name in SAYING_YES
    _place(aside, names, numbers, rest)
    return _without_small_talk(names), tuple(numbers), tuple(rest)


def _is_number(digits: str) -> bool:
    return len(digits) < LONGEST_NUMBER and (digits == "0" or digits[0] != "0")


def _place(aside: list[tuple[Phrase, str]], names: list[str], numbers: list[int], rest: list[str]) -> None:
    """A number in words is one where nothing else is said: "one", but not "one moment"."""
    sure = not rest
    for phrase, name in aside:
        if name.isdecimal() and sure:
            numbers.append(int(name))
        elif name.isdecimal():
            rest += phrase
    for phrase, name in aside:
        if (name == "number" and not numbers) or (name == "and" and len(names) + len(numbers) < 2):
            rest += phrase
        elif name == "sorry" and GOING_AHEAD.intersection(names):
            rest += phrase  # "yes, sorry" may be a yes and may be none
        elif name in SIGNS and _contradicts(name, names):
            rest += phrase
        elif name == NOT_ME and not names and not numbers and 0 < len(rest) <= LONGEST_NAME:
            names.append("stranger")
        elif name == NOT_ME:
            rest += phrase


def _contradicts(sign: str, names: list[str]) -> bool:
    """Whether a sign says otherwise than the words: "yes ❌", "no ✅". A sign alone says nothing."""
    held_back = HOLDING_BACK.issuperset(names)
    return not held_back or not names if sign == "against" else held_back and not set(names) <= {*SMALL_TALK, "sorry"}


def _without_small_talk(names: list[str]) -> tuple[str, ...]:
    meant = [name for name in names if name not in SMALL_TALK]
    if meant == ["ok"] * len(meant) and "thanks" in names:
        return tuple(name for name in names if name != "greeting")  # "ok thanks" says only that it was read
    if meant:
        return tuple(meant)
    return tuple(name for name in names if name == "thanks") or tuple(names)
