"""A second opinion: linear models over words and letters, for texts in which the rules found nothing.

Each only ever raises or asks: "danger" raises none to possible, "person" asks for a person, "ending" puts the one
question whether our texts are to end. `benchmarks/train_second_opinion.py` trains them on the corpus, without the
tenth that is held out, and writes their weights beside this file.
"""

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from math import inf, sqrt

from hotline.channels.parsing.tokens import Phrase, tokens
from hotline.engine.answers import PERSON_WANTED, Heard, Stop

WEIGHTS = "second_opinion.json"
SUBJECTS = ("danger", "ending", "person")
SCALE = 100  # weights are kept as whole numbers
BEGINNINGS = (4, 5)  # letters of a word that count by themselves
PIECES = (3, 4)  # letters of the pieces of a word
FEWEST = {"danger": 6, "ending": 4, "person": 4}  # words; less is too little to go by
REMEMBERED = 8192  # words
MORE = 75  # how much more it takes where the words are explained otherwise
LESS = 85  # and how much less where our texts would end
STOPS = 75  # how much less it takes to ask about a word of stopping whose object was not found
SECOND = "second opinion"

Scores = tuple[float, ...]  # one for each subject


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


@cache
def _models() -> tuple[dict[str, tuple[tuple[int, int], ...]], Scores]:
    """(the weights of each feature by subject, the score above which a text is suspected)."""
    kept = json.loads(files("hotline.channels.parsing").joinpath(WEIGHTS).read_text("utf-8"))
    weights: dict[str, tuple[tuple[int, int], ...]] = {}
    for place, subject in enumerate(SUBJECTS):
        for feature, weight in kept[subject]["weights"].items():
            weights[feature] = (*weights.get(feature, ()), (place, weight))
    return weights, tuple(kept[subject]["least"] for subject in SUBJECTS)


def with_opinion(heard: Heard, *, shielded: bool = False, objectless: bool = False) -> Heard:
    """What the rules heard, and what is suspected besides. Whoever is understood to the last word needs no opinion.

    `shielded` says that words of stopping stand in it that stop nothing, "don't stop": then nobody is asked about it;
    `objectless` that one stands in it whose object was not found: then less is enough to ask.
    """
    found = scores(tokens(heard.own)) if heard.rest else {}
    if not found:
        return heard
    if not heard.danger and found.get("danger", -inf) > _bar(heard):
        return heard.but(danger="possible", why=(SECOND,))
    if found.get("ending", -inf) > (-STOPS if objectless else 0) and not (heard.stops or heard.danger or shielded):
        return heard.but(stops=(Stop("near", sure=False, why=SECOND, accounted=False),))
    if found.get("person", 0) > 0 and not (heard.stops or heard.danger or "person" in heard.names):
        return heard.but(names=(*heard.names, PERSON_WANTED))
    return heard


def _bar(heard: Heard) -> int:
    """How sure it takes to be: more where a figure of speech or a stop explains all words, less where our texts would
    end and somebody says more than that."""
    if heard.why or (heard.stops and not heard.beside):
        return MORE
    return -LESS if heard.ends_texts else 0
