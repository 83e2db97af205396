"""Speech time: how long a caller listens to a document before the first key, at one speed in every language.

The seconds are those of espeak-ng where it is installed; else of a rule that was fitted to it, so that the tests need
nothing that the machine does not have. `benchmarks/first_keys.py` fits the rule anew.
"""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache

from tests.in_full import IN_FULL
from tests.voice.documents import SENTENCES, Document, pressing

Measure = Callable[[str, str], float]
SURELY = 1.6  # times what the rule says no sound takes
SPEED = 160  # words a minute: a carrier's voice on a bad line
SPEEDS = {
    "vi-VN": 240,
    "zh-CN": 240,
    "ar-XA": 190,
}  # words that are syllables, and words that are read letter by letter
FIRST_SIGN = "\u2e80"  # of the signs that stand for syllables
BYTES_A_SECOND = 22_050 * 2
VOICES = {
    "en-US": "en-us",
    "es-US": "es-419",
    "fr-FR": "fr-fr",
    "pt-BR": "pt-br",
    "vi-VN": "vi",
    "zh-CN": "cmn",
    "ar-XA": "ar",
}
RULE = {  # language: (seconds for each letter, seconds for each sentence), fitted to every wording
    "en-US": (0.070, 0.49),
    "es-US": (0.075, 0.47),
    "fr-FR": (0.053, 0.57),
    "pt-BR": (0.072, 0.55),
    "vi-VN": (0.047, 0.29),
    "zh-CN": (0.055, 0.12),
    "ar-XA": (0.086, 0.55),
}


def installed() -> bool:
    return shutil.which("espeak-ng") is not None


def first_key(document: Document, measure: Measure | None = None) -> float | None:
    """Seconds from the beginning to the end of the first sentence that names a key; None where none is named. Sounds
    that are played are not counted: how long somebody speaks is theirs."""
    passed, measure = 0.0, measure or seconds
    for language, sentence in sentences(document):
        passed += measure(language, sentence)
        if pressing().search(sentence):
            return passed
    return None


def first_key_within(document: Document, at_most: float) -> float:
    """Seconds until a key is named, 0 where none is. The sound is made only where the rule says that it may be longer
    than `at_most`: the rule is off by a quarter, and to make a sound takes longer than all the rest."""
    estimated = first_key(document, by_rule) or 0.0
    return estimated if estimated * SURELY < at_most else first_key(document) or 0.0


def words_before_a_key(document: Document) -> int:
    """How many words are heard before the sentence that names the first key."""
    before = 0
    for _, sentence in sentences(document):
        if pressing().search(sentence):
            return before
        before += len(sentence.split())
    return before


def sentences(document: Document) -> Iterator[tuple[str, str]]:
    """(the carrier's name of the language, a sentence), one after another."""
    for say in document.response.iter("Say"):
        for sentence in filter(None, map(str.strip, SENTENCES.split(say.text or ""))):
            yield say.get("language") or "", sentence


def seconds(language: str, sentence: str) -> float:
    """The sound's own, with everything in full; in the ordinary run the rule, which takes no time."""
    return spoken(language, sentence) if IN_FULL and installed() else by_rule(language, sentence)


def by_rule(language: str, sentence: str) -> float:
    a_letter, a_sentence = RULE[language]
    return letters(sentence) * a_letter + a_sentence


def letters(sentence: str) -> int:
    """What is spoken of it, in letters: a digit is a word, a Chinese sign a syllable."""
    return sum(5 if letter.isdecimal() or letter > FIRST_SIGN else 1 for letter in sentence if letter.isalnum())


@cache
def spoken(language: str, sentence: str) -> float:
    """The length of the sound."""
    sound = subprocess.run(
        [
            "espeak-ng",
            "-v",
            VOICES[language],
            "-s",
            str(SPEEDS.get(language, SPEED)),
            "--stdout",
            re.sub(r"\s+", " ", sentence) + ".",
        ],
        capture_output=True,
        check=True,
    )
    return (len(sound.stdout) - 44) / BYTES_A_SECOND


def _command(language: str) -> tuple[str, ...]:
    return ("espeak-ng", "-v", VOICES[language], "-s", str(SPEEDS.get(language, SPEED)), "--stdout")
