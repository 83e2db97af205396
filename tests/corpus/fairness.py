"""What is fair beside what a label says: the README's rules of fairness, the same for every line, held out or not.

They only ever add a reading that asks one plain question; none adds anything that takes, closes, ends or is silent.
"""

from collections.abc import Callable, Iterator
from functools import cache

from hotline.channels.parsing.lexicon import phrases_of, shipped
from hotline.channels.parsing.tokens import tokens

Labels = frozenset[str]
Rule = Callable[[str, str, tuple[Labels, ...]], Iterator[Labels]]

UNCLEAR, NEW, ASKS_WHETHER = frozenset({"unclear"}), frozenset({"new"}), "opt_out?"
RELAY = frozenset({"relay"})
NOTHING_OPEN, ANOTHER_SIDE = ("new", "nothing"), ("taken", "asked", "happened")
MANY, A_SENTENCE = 4, 8  # words
LETTER_WORDS = 2  # letters of a script without blanks that are as much as one word
HEADS = frozenset({"yes", "no", "ok"})


def of_rules(text: str, asked: str, fair: tuple[Labels, ...]) -> dict[str, tuple[Labels, ...]]:
    """What each rule adds to a text's fair readings, the best first, by the name of the rule."""
    return {name: tuple(each for each in rule(text, asked, fair) if each not in fair) for name, rule in RULES.items()}


def length(text: str) -> int:
    """Words; where every letter is a word of its own, they count half."""
    words = tokens(text)
    letters = sum(len(word) == 1 and word > "\u3000" for word in words)
    return len(words) - letters + letters // LETTER_WORDS


def part_of_a_request(_text: str, _asked: str, fair: tuple[Labels, ...]) -> Iterator[Labels]:
    """What was not heard of a new request is asked."""
    for labels in fair:
        for label in labels:
            new, *named = label.split(" ")
            if new == "new" and named:
                rest = labels - {label}
                yield from (rest | {f"new {one}"} for one in named if len(named) > 1)
                yield rest | NEW


def nothing_open(_text: str, asked: str, fair: tuple[Labels, ...]) -> Iterator[Labels]:
    """From someone with nothing open, "unclear" and "new" both ask one plain question."""
    if asked in NOTHING_OPEN and (UNCLEAR in fair or NEW in fair):
        yield from (UNCLEAR, NEW)


def offer(_text: str, asked: str, fair: tuple[Labels, ...]) -> Iterator[Labels]:
    """An offer to help may be asked about."""
    if asked in NOTHING_OPEN and fair[0] == {"signup"}:
        yield from (UNCLEAR, NEW)


def many_words(text: str, asked: str, fair: tuple[Labels, ...]) -> Iterator[Labels]:
    """A long yes or no to an alert, done, giving back and cancelling in many words."""
    verbs = {label.split(" ")[0] for label in fair[0]}
    answers = asked in ("alert", "alerts") and verbs <= {"take", "which", "decline"}
    if length(text) >= MANY and (answers or verbs <= {"done", "drop"} or verbs == {"withdraw"}):
        yield UNCLEAR


def sense_alone(text: str, asked: str, fair: tuple[Labels, ...]) -> Iterator[Labels]:
    """An answer by its sense alone: no yes, no or digit at its head."""
    answers = all(label.startswith("answer ") for label in fair[0])
    if asked in ("confirm", "happened") and answers and not _has_a_head(text):
        yield UNCLEAR


def own_thanks(text: str, asked: str, fair: tuple[Labels, ...]) -> Iterator[Labels]:
    """Thanks in words of one's own: passed on where there is another side, answered by a question where nothing is."""
    if fair[0] == {"thanks"} and length(text) >= MANY:
        yield from (UNCLEAR, NEW) if asked in NOTHING_OPEN else (RELAY,) if asked in ANOTHER_SIDE else ()


def ending(text: str, _asked: str, fair: tuple[Labels, ...]) -> Iterator[Labels]:
    """Whoever says in a whole sentence that our texts are to end may be asked once; nothing else goes to them until
    they have answered."""
    if "opt_out" in fair[0] and length(text) >= A_SENTENCE:
        yield fair[0] - {"opt_out"} | {ASKS_WHETHER}


RULES: dict[str, Rule] = {
    "a part of a new request": part_of_a_request,
    "nothing open": nothing_open,
    "an offer to help": offer,
    "many words": many_words,
    "by its sense alone": sense_alone,
    "thanks in words of one's own": own_thanks,
    "ending in a sentence": ending,
}


def _has_a_head(text: str) -> bool:
    words = tokens(text)
    digit = bool(words) and words[0].isdecimal()
    return digit or any(words[:end] in _heads() for end in (1, 2, 3))


@cache
def _heads() -> frozenset[tuple[str, ...]]:
    """All that is a yes or a no in any language."""
    every = (phrases_of(language).items() for language in shipped())
    return frozenset(phrase for some in every for phrase, names in some if names & HEADS)
