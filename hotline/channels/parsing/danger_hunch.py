"""A second opinion on danger: a linear model over words, for texts in which no rule found any.

It only ever raises nothing to possible danger. `benchmarks/train_danger.py` trains it on the corpus, without the tenth
that is held out, and writes its weights beside this file.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import sqrt

from hotline.channels.parsing.tokens import Phrase

WEIGHTS = "danger_hunch.json"
SCALE = 100  # weights are kept as whole numbers
SHORT, LONG = 4, 5  # letters of the two beginnings of a word that count
FEWEST = 6  # words; less is too little to go by


def features(bare: Phrase) -> Iterator[str]:
    """What counts in a text: its words, their beginnings, and two words beside each other or with one between."""
    for word in bare:
        yield word
        for letters in (SHORT, LONG):
            if len(word) > letters:
                yield f"{word[:letters]}*"
    edged = ("", *bare, "")
    yield from map(" ".join, pairwise(edged))
    yield from (f"{one} .. {other}" for one, other in zip(edged, edged[2:], strict=False))


def suspects(bare: Phrase) -> bool:
    """Whether the words as a whole look like danger, though none of them says so."""
    if len(bare) < FEWEST:
        return False
    weights, least = _weights()
    found = set(features(bare))
    return sum(weights.get(each, 0) for each in found) > least * sqrt(len(found) + 1)


@cache
def _weights() -> tuple[dict[str, int], int]:
    """The weight of each feature, and the score above which a text is suspected."""
    kept = json.loads(files("hotline.channels.parsing").joinpath(WEIGHTS).read_text("utf-8"))
    return kept["weights"], kept["least"]
