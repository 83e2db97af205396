"""A leading yes or no: what a text begins with, where nothing behind it takes it back.

Enough only where a yes costs nothing ("Is that right?", "Did it happen?"): "yes he came god bless him", "no, still
nothing". Words that may turn it ("but", "not", "only") stand in ``messages/vocabulary``, section [turning], and turn
only what is said in their own language.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from hotline.channels.parsing.lexicon import joints, turning_phrases
from hotline.channels.parsing.tokens import Phrase, tokens

AGREEING = frozenset(("yes", "came", "delivered", "right"))
REFUSING = frozenset(("no", "not_yet", "wrong"))
SURELY_NOT = frozenset(("not_yet",))  # nothing that is said of later takes it back
FIRST_WORDS = frozenset(("greeting", "polite", "thanks"))
HAPPENED = frozenset(("came", "delivered"))  # a yes by themselves, whatever friendly words follow
CONFIRMING = frozenset(("right", *HAPPENED))  # a yes that runs on needs one of these beside it, or thanks
BESIDE_A_YES = AGREEING | {"ok", "done", "thanks", "greeting", "polite", "for_it", "and"}  # where nothing else is said
AGAINST_A_YES = REFUSING | {"cannot", "wants", "against", "not_needed", "amend", "person", "noise_alone", "stranger"}
AGAINST_A_NO = AGREEING | {"ok", "done", "for_it"}
LONG_ENOUGH = 4  # letters
SHORT = {("e",), ("a",), ("y",), ("i",), ("n",)}  # after a number these are letters as well: "1 a"
SIGNS = ("against", "for_it")
MOST_WORDS = 16  # that mean nothing to us
APART = re.compile(r"\W*\w+(?:\s\w+)?\s?[,.!;:，。！；、،؛…]")
KEY_APART = re.compile(r"\W*\d\s?[,.!:，。！、،](?!\s?\d)")

Read = tuple[Phrase, str]


@dataclass(frozen=True)
class Turning:
    """Words of one language that may turn a yes, and those of them that may turn a no ("no but my sister can")."""

    words: frozenset[str]
    conditions: frozenset[str]


def turning_words(languages: Collection[str]) -> Mapping[str, Turning]:
    """The words of each of these languages."""
    return {each: Turning(_said(each, "words"), _said(each, "conditions")) for each in languages}


def _said(language: str, name: str) -> frozenset[str]:
    return frozenset(word for phrase in turning_phrases(language, name) for word in tokens(phrase))


class Leading:
    """Finds it; `spoken` are the phrases of the community's languages, and which: only those lead."""

    def __init__(self, spoken: Mapping[Phrase, Collection[str]], languages: Collection[str]) -> None:
        self._spoken = spoken
        self._turning = turning_words(languages)
        self._joining = frozenset(chain.from_iterable(joints(each)[1] for each in languages)) - SHORT

    def read(self, words: str, said: Sequence[Read], rest: Phrase) -> str:
        """The name of the yes or no, or the number, that a text begins with; "" where it may be taken back.

        A yes that a comma or a stop sets apart is one; without, a word that fits has to stand beside it ("yes he
        came", not "yes honey").
        """
        thanked = any(name == "thanks" for _, name in said)
        said = [(phrase, name) for phrase, name in said if name not in FIRST_WORDS]
        lead, first = said[0] if said else ((), "")
        if len(rest) > MOST_WORDS or (len(said) > 1 and said[1][1].isdecimal()):  # "no. 1", "no one"
            return ""
        if first.isdecimal():
            return self._key(words, said, rest)
        if first not in AGREEING | REFUSING or lead not in self._spoken:
            return ""
        languages = self._spoken[lead]
        names = set(self._names(said[1:], languages))
        turned = AGAINST_A_NO if first in REFUSING else AGAINST_A_YES
        turns = first not in SURELY_NOT and any(self._turns(first, rest, language) for language in languages)
        if names & turned or turns:
            return ""
        if first in REFUSING:
            return first
        twice = len(said) > 1 and said[1] == said[0]  # "wi wi li rive"
        surely = thanked or twice or _says_it_happened(lead, first) or names & CONFIRMING or APART.match(words)
        return first if (surely if rest else names <= BESIDE_A_YES) else ""

    def _key(self, words: str, said: Sequence[Read], rest: Phrase) -> str:
        """A number of our list that a sign sets apart ("1. so sorry"), or the word behind it ("2 not yet, sorry")."""
        if len(said) > 1 and (behind := (AGREEING | REFUSING) & set(said[1][1].split())):
            contrary = {"1": REFUSING, "2": AGREEING}.get(said[0][1], frozenset()) & behind
            return "" if contrary else self.read(words.lstrip(" .,:0123456789"), said[1:], rest)
        turned = any(self._turns("no", rest, language) for language in self._turning)
        apart = KEY_APART.match(words) or self._runs_on(said)
        return said[0][1] if rest and apart and not turned else ""

    def _runs_on(self, said: Sequence[Read]) -> bool:
        """ "1 and no eggs", but not "1 or 2"."""
        joins = len(said) > 1 and said[1][0] in self._joining
        return joins and not any(name.isdecimal() for _, name in said[1:])

    def _names(self, said: Sequence[Read], languages: Collection[str]) -> Iterator[str]:
        """What is said in the same language ("he" is no yes beside English), and signs."""
        for phrase, name in said:
            if name in SIGNS or not phrase[0].isalpha() or not set(self._spoken.get(phrase, ())).isdisjoint(languages):
                yield from name.split()

    def _turns(self, first: str, rest: Phrase, language: str) -> bool:
        turning = self._turning.get(language)
        if turning is None:
            return False
        return not (turning.conditions if first in REFUSING else turning.words).isdisjoint(rest)


def _says_it_happened(lead: Phrase, name: str) -> bool:
    """ "He came", in whatever friendly words; one short word may be another ("ya")."""
    return name in HAPPENED and len("".join(lead)) >= LONG_ENOUGH
