"""A second opinion: linear models over words and letters, for texts in which the rules found nothing, or little.

Each only ever raises or asks: "danger" raises none to possible, "certain" possible danger to certain, "person" asks for
a person, "ending" puts the one question whether our texts are to end, also in place of an end that it doubts, "hours"
offers a pause; "closing", "giving back" and "joining" put the question that belongs to each, where there is something
to close, to give back or to join (`flows/intents/suspected.py`). `benchmarks/train_second_opinion.py` trains them on
the corpus, without the tenth that is held out, and writes their weights beside this file.

Words, pieces of words, two words beside each other, and how two words near each other begin are numbered by a checksum:
no list of them is kept, and a word that was never seen counts by its pieces.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from math import sqrt
from struct import Struct
from typing import NamedTuple
from zlib import crc32

from hotline.channels.parsing.tokens import UNSPACED, Phrase, tokens
from hotline.engine.answers import (
    CLOSING_SUSPECTED,
    GIVING_BACK_SUSPECTED,
    JOINING_SUSPECTED,
    PERSON_WANTED,
    Heard,
    Stop,
)

WEIGHTS = "second_opinion.bin"
SUBJECTS = ("danger", "certain", "ending", "person", "hours", "closing", "giving_back", "joining")
BUCKETS = 1 << 19  # two features rarely share one
MOST = 127  # the heaviest weight, as a whole number
PIECES = (3, 4, 5)  # letters of the pieces of a word
BEGINS, NEAR = 4, 3  # letters by which two words count together, and how far apart they may stand
REMEMBERED = 8192  # words
LANE = 4  # bytes for the sum of one subject
LANES = Struct(f"<{len(SUBJECTS)}I")
SECOND = "second opinion"

# How sure it takes to be, chosen on texts that were left out of training (docs/understanding.md). Danger: about where
# one more that is found costs two or three harmless texts that are asked about.
ASKS = "wants"  # what is asked for in plain words is seldom danger
GIVES = frozenset(("joins", "willing", "can_help"))  # nor is an offer
BY_LENGTH, LONG = ((3, 0.5), (5, 0.4), (7, 0.15), (12, 0.05)), -0.15  # words at most
EXPLAINED, ASKED, LED, STOPS = 0.4, 0.45, 0.4, 0.25
ENDS, ENDS_BESIDE = 0.1, 0.0  # who ends our texts
SETTLED, SETTLED_WORDS, NEVER = "settled", 9, 9.0  # a rule knows that it is none, and hardly more is said
ASKING = 0.2  # how much more it takes where a question is asked: "what do you do for burns"
CERTAIN, SURELY = 0.2, 1.1  # coordinators are rung at night; more where a rule weighed it, and found it only possible
FEW, SOME = 3, 5  # words
FEW_END, SOME_END, MANY_END, NUMBERED_END = -0.1, -0.25, -0.1, 0.3
OBJECTLESS = 0.3  # how much less it takes to ask about a word of stopping whose object was not found
# Below it, an end that the rules heard is asked about: few words, more, and a sentence.
DOUBTED_FEW, DOUBTED, DOUBTED_LONG, A_SENTENCE = -0.1, 0.3, 0.4, 8
CALM = -0.5  # above it, nothing is offered that would leave somebody in danger alone
CALM_UNTOLD = 0.0  # the same where no language was heard, and all scores are near the middle
HOURS = 0.3
ASKED_FOR = {
    "person": (PERSON_WANTED, -0.1),
    "closing": (CLOSING_SUSPECTED, -0.1),
    "giving_back": (GIVING_BACK_SUSPECTED, -0.3),
    "joining": (JOINING_SUSPECTED, -0.25),
}
ONE_WORD = re.compile(f"[^ ]+|[{UNSPACED}] [{UNSPACED}]")  # where a letter is half a word, two
UNTOLD = 0.3  # how much more it takes where no language was heard: markup, a row of names

Scores = dict[str, float]


class Models(NamedTuple):
    """For each place the weights of all subjects, one behind the other, each `MOST + 1` more than it is; for each
    subject how much one step weighs, and where it begins."""

    weights: bytes
    steps: tuple[float, ...]
    begins: tuple[float, ...]


def of_a_word(word: str) -> Iterator[str]:
    """What counts in a word: itself and its pieces."""
    yield word
    if len(word) > 1 and not word.isdecimal():
        edged = f"<{word}>"
        yield from {edged[start : start + size] for size in PIECES for start in range(len(edged) - size + 1)}


def near(bare: Phrase) -> set[tuple[str, str]]:
    """How two words near each other begin; the first and the last have an edge beside them."""
    begun = ["", *(word[:BEGINS] for word in bare), ""]
    return {pair for far in range(1, NEAR + 1) for pair in zip(begun, begun[far:], strict=False)}


def beside(bare: Phrase) -> set[tuple[str, str]]:
    """Two words beside each other, whole."""
    return set(zip(("", *bare), (*bare, ""), strict=True))


def place(feature: str) -> int:
    return crc32(feature.encode()) % BUCKETS


def paired(bare: Phrase) -> set[str]:
    """What counts of two words together."""
    return {f"{one}+{other}" for one, other in near(bare)} | {f"{one} {other}" for one, other in beside(bare)}


def scores(bare: Phrase) -> Scores:
    """How much a text looks like each subject; above 0 it looks more like it than like anything else."""
    models, pairs = _models(), paired(bare)
    told = [_word(word) for word in dict.fromkeys(bare)]
    count = len(pairs) + sum(size for _, size in told)
    total = sum(row for row, _ in told) + sum(_row(models.weights, pair) for pair in pairs)
    lanes = LANES.unpack(total.to_bytes(LANES.size, "little"))
    root, more = sqrt(count + 1), count * (MOST + 1)
    return {
        subject: (lane - more) * step / root + begin
        for subject, lane, step, begin in zip(SUBJECTS, lanes, models.steps, models.begins, strict=True)
    }


@lru_cache(REMEMBERED)
def _word(word: str) -> tuple[int, int]:
    """What a word weighs for all subjects, and how many things count in it."""
    rows = [_row(_models().weights, each) for each in of_a_word(word)]
    return sum(rows), len(rows)


def _row(weights: bytes, feature: str) -> int:
    """The weights of one feature for all subjects as one number, so that a row is added at once: each has a lane of it,
    and is `MOST + 1` more than it is, so that no lane borrows from the next."""
    lanes, start = bytearray(LANES.size), place(feature) * len(SUBJECTS)
    lanes[::LANE] = weights[start : start + len(SUBJECTS)]
    return int.from_bytes(lanes, "little")


def ready() -> None:
    """Reads the weights now, and not when the first text comes that nobody understands."""
    _models()


@cache
def _models() -> Models:
    head, _, weights = files("hotline.channels.parsing").joinpath(WEIGHTS).read_bytes().partition(b"\n")
    told = json.loads(head)
    steps, begins = zip(*(told[subject] for subject in SUBJECTS), strict=True)
    return Models(weights, steps, begins)


def with_opinion(heard: Heard, *, shielded: bool = False, objectless: bool = False) -> Heard:
    """What the rules heard, and what is suspected besides. Whoever is understood to the last word needs no opinion.

    `shielded` says that words of stopping stand in it that stop nothing, "don't stop": then nobody is asked about it;
    `objectless` that one stands in it whose object was not found: then less is enough to ask.
    """
    if not heard.rest or heard.danger == "certain":
        return heard
    bare = tokens(heard.own)
    if not bare or ("emergency" in heard.names and len(bare) <= FEW):  # what "911 Main St" is, the rules know
        return heard
    found = scores(bare)
    alone = ONE_WORD.fullmatch(" ".join(bare)) is not None  # learned among others, it says little by itself
    if not heard.danger and not alone and found["danger"] > _danger_bar(heard, len(bare)):
        heard = heard.but(danger="possible", why=(SECOND,))
    if heard.danger:
        surely = found["certain"] > (CERTAIN if heard.why == (SECOND,) else SURELY)
        return heard.but(danger="certain", why=(*heard.why, SECOND)) if surely else heard
    if heard.ends_texts and _is_doubted(heard, found, len(bare)):
        return heard.but(stops=tuple(map(_doubted, heard.stops)))
    if heard.stops or shielded or heard.command or heard.code or alone:
        return heard
    if found["ending"] > _ending_bar(heard, len(bare)) - (OBJECTLESS if objectless else 0.0):
        return heard.but(stops=(Stop("near", sure=False, why=SECOND, accounted=False),))
    if found["danger"] > CALM or len(bare) <= FEW:
        return heard
    if found["hours"] > HOURS:
        return heard.but(stops=(Stop("hours", sure=False, why=SECOND, accounted=False),))
    strange = 0.0 if heard.language else UNTOLD
    suspected = tuple(name for subject, (name, bar) in ASKED_FOR.items() if found[subject] > bar + strange)
    return heard.but(names=(*heard.names, *suspected)) if suspected else heard


def _is_doubted(heard: Heard, found: Scores, length: int) -> bool:
    """Whether an end that the rules heard is asked about: it does not look like one, or more is said beside it that is
    not quite calm. Nobody in danger is let go."""
    bar = DOUBTED_LONG if length >= A_SENTENCE else DOUBTED if length > FEW else DOUBTED_FEW
    strange = bool(heard.language) and found["ending"] < bar
    return strange or (bool(heard.beside) and found["danger"] > (CALM if heard.language else CALM_UNTOLD))


def _doubted(stop: Stop) -> Stop:
    """The same, and it only asks: the words around it are not those of somebody who wants no more texts."""
    return replace(stop, accounted=False, why=f"{stop.why}; {SECOND}") if stop.object == "texts" else stop


def _danger_bar(heard: Heard, length: int) -> float:
    """How sure it takes to be. More for few words, for a question, and where a figure of speech, a command, a request,
    a yes or a no explains some."""
    return _said_bar(heard, length) + (ASKING if heard.asks else 0.0)


def _said_bar(heard: Heard, length: int) -> float:
    if ASKS in heard.names or heard.lending:
        return ASKED
    if SETTLED in heard.why and length <= SETTLED_WORDS:
        return NEVER
    if heard.why or heard.command or not GIVES.isdisjoint(heard.names):
        return EXPLAINED
    if heard.leads:
        return LED
    if any(stop.object == "texts" and stop.accounted for stop in heard.stops):
        return ENDS_BESIDE if heard.beside else ENDS
    if heard.stops:
        return STOPS
    return next((bar for most, bar in BY_LENGTH if length <= most), LONG)


def _ending_bar(heard: Heard, length: int) -> float:
    if length <= SOME and heard.numbers:
        return NUMBERED_END
    if length <= FEW:
        return FEW_END
    return SOME_END if heard.leads or length <= SOME else MANY_END
