"""A second opinion: linear models over words and letters, for texts in which the rules found nothing, or little.

Each only ever raises or asks: "danger" raises none to possible, "certain" possible danger to certain, "person" asks for
a person, "ending" puts the one question whether our texts are to end. `benchmarks/train_second_opinion.py` trains them
on the corpus, without the tenth that is held out, and writes their weights beside this file.
"""

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from math import inf, sqrt

from hotline.channels.parsing.prepared import kept
from hotline.channels.parsing.tokens import Phrase, tokens
from hotline.engine.answers import PERSON_WANTED, Heard, Stop

WEIGHTS = "second_opinion.json"
TABLE = "second opinion"  # what its weights are called where they are prepared
SUBJECTS = ("danger", "certain", "ending", "person")
SCALE = 100  # weights are kept as whole numbers
BEGINNINGS = (4, 5)  # letters of a word that count by themselves
PIECES = (3, 4)  # letters of the pieces of a word
FEWEST = {"danger": 6, "certain": 4, "ending": 4, "person": 4}  # words; less is too little to go by
REMEMBERED = 8192  # words
MORE = 76  # how much more it takes where the words are explained otherwise, or are few
FEW = 7  # words
LESS = 110  # and how much less where our texts would end, or a yes runs on
RUNS_ON = 5  # words that mean nothing to us behind a yes or no
STOPS = 75  # how much less it takes to ask about a word of stopping whose object was not found
SURELY = 150  # how much more it takes to raise what a rule weighed, and found only possible
SECOND = "second opinion"

Scores = tuple[float, ...]  # one for each subject
Models = tuple[dict[str, tuple[tuple[int, int], ...]], Scores]


def of_a_word(word: str) -> Iterator[str]:
    """What counts in a word: itself, its beginnings, its pieces."""
    yield word
    yield from (f"{word[:letters]}*" for letters in BEGINNINGS if len(word) > letters)
    if len(word) > 1 and not word.isdecimal():
        edged = f"<{word}>"
        yield from {edged[start : start + size] for size in PIECES for start in range(len(edged) - size + 1)}


def pairs(bare: Phrase) -> set[str]:
    """Two words beside each other; the first and the last have an edge beside them."""
    return set(map(" ".join, pairwise(("", *bare, ""))))


def features(bare: Phrase) -> list[str]:
    """All that counts in a text."""
    return [*(each for word in dict.fromkeys(bare) for each in of_a_word(word)), *pairs(bare)]


def scores(bare: Phrase) -> dict[str, float]:
    """How much a text looks like each subject; above 0 it is suspected."""
    if len(bare) < min(FEWEST.values()):
        return {}
    weights, least = _models()
    sums, count = [0] * len(SUBJECTS), 0
    for word in dict.fromkeys(bare):
        told, size = _word(word)
        count += size
        for place, weight in told:
            sums[place] += weight
    both = pairs(bare)
    for pair in both:
        for place, weight in weights.get(pair, ()):
            sums[place] += weight
    root = sqrt(count + len(both) + 1)
    summed = zip(SUBJECTS, sums, least, strict=True)
    return {subject: total / root - bar for subject, total, bar in summed if len(bare) >= FEWEST[subject]}


@lru_cache(REMEMBERED)
def _word(word: str) -> tuple[tuple[tuple[int, int], ...], int]:
    """What a word weighs for each subject where it weighs anything, and how many things count in it."""
    weights, _ = _models()
    sums, count = [0] * len(SUBJECTS), 0
    for each in of_a_word(word):
        count += 1
        for place, weight in weights.get(each, ()):
            sums[place] += weight
    return tuple((place, total) for place, total in enumerate(sums) if total), count


def ready() -> None:
    """Reads the weights now, and not when the first text comes that nobody understands."""
    _models()


@cache
def _models() -> Models:
    return kept(TABLE, models)


def models() -> Models:
    """(the weights of each feature by subject, the score above which a text is suspected), read from their file."""
    told = json.loads(files("hotline.channels.parsing").joinpath(WEIGHTS).read_text("utf-8"))
    weights: dict[str, tuple[tuple[int, int], ...]] = {}
    for place, subject in enumerate(SUBJECTS):
        for feature, weight in told[subject]["weights"].items():
            weights[feature] = (*weights.get(feature, ()), (place, weight))
    return weights, tuple(told[subject]["least"] for subject in SUBJECTS)


def with_opinion(heard: Heard, *, shielded: bool = False, objectless: bool = False) -> Heard:
    """What the rules heard, and what is suspected besides. Whoever is understood to the last word needs no opinion.

    `shielded` says that words of stopping stand in it that stop nothing, "don't stop": then nobody is asked about it;
    `objectless` that one stands in it whose object was not found: then less is enough to ask.
    """
    found = scores(tokens(heard.own)) if heard.rest else {}
    if not found:
        return heard
    if not heard.danger and found.get("danger", -inf) > _bar(heard):
        heard = heard.but(danger="possible", why=(SECOND,))
    if heard.danger:
        bar = 0 if heard.why == (SECOND,) else SURELY
        surely = heard.danger == "possible" and found.get("certain", -inf) > bar
        return heard.but(danger="certain", why=(*heard.why, SECOND)) if surely else heard
    if found.get("ending", -inf) > (-STOPS if objectless else 0) and not (heard.stops or shielded):
        return heard.but(stops=(Stop("near", sure=False, why=SECOND, accounted=False),))
    if found.get("person", 0) > 0 and not (heard.stops or "person" in heard.names):
        return heard.but(names=(*heard.names, PERSON_WANTED))
    return heard


def _bar(heard: Heard) -> int:
    """How sure it takes to be: more where a figure of speech or a stop explains all words, less where our texts would
    end and somebody says more than that, and where a yes or no would be taken as the answer and runs on. More as well
    for a few words: of strangers' texts of six or seven, 21 danger and 12 harmless ones lie above that bar, 16 and 29
    between the two."""
    if heard.why or (heard.stops and not heard.beside):
        return MORE
    if heard.ends_texts or (heard.leads and len(heard.rest) >= RUNS_ON):
        return -LESS
    return MORE if len(tokens(heard.own)) <= FEW else 0
