"""A leading yes or no: what a text begins with, where nothing behind it takes it back.

Enough only where a yes costs nothing ("Is that right?", "Did it happen?"): "yes he came god bless him", "no, still
nothing". Words that may turn it ("but", "not", "only") stand in ``messages/vocabulary``, section [turning].
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from hotline.channels.parsing.lexicon import every_vocabulary
from hotline.channels.parsing.tokens import Phrase, tokens

AGREEING = frozenset(("yes", "ok", "right", "came", "done", "thanks", "greeting", "polite", "and", "for_it"))
CONFIRMING = frozenset(("right", "came", "thanks"))  # a yes with other words needs one of these beside it
REFUSING = frozenset(
    ("no", "not_yet", "wrong", "nothing", "cannot", "sorry", "thanks", "greeting", "polite", "against")
)
LEADING = frozenset(("yes", "came", "right", "no", "not_yet", "wrong"))
FIRST_WORDS = frozenset(("greeting", "polite", "thanks"))
MOST_WORDS = 12  # that mean nothing to us

Read = tuple[Phrase, str]


@dataclass(frozen=True)
class Turning:
    """Words that may turn a yes, and those of them that may turn a no ("no but my sister can")."""

    words: frozenset[str]
    conditions: frozenset[str]


def turning_words() -> Turning:
    """The words of all languages."""
    return Turning(_said("words"), _said("conditions"))


def _said(name: str) -> frozenset[str]:
    phrases = (phrase for file in every_vocabulary() for phrase in file.get("turning", {}).get(name, ()))
    return frozenset(word for phrase in phrases for word in tokens(phrase))


def leading(read: Sequence[Read], rest: Phrase, turning: Turning, spoken: Container[Phrase]) -> str:
    """The name of the yes or no that a text begins with, "" where there is none or where it may be taken back.

    `spoken` has the phrases of the community's languages: only those lead.
    """
    lead, first = next(((phrase, name) for phrase, name in read if name not in FIRST_WORDS), ((), ""))
    if first not in LEADING or len(rest) > MOST_WORDS or lead not in spoken:
        return ""
    names = {part for _, name in read for part in name.split()}
    if first in REFUSING:
        return first if names <= REFUSING and turning.conditions.isdisjoint(rest) else ""
    confirmed = not rest or names & (CONFIRMING if first == "yes" else {"thanks"})
    return first if confirmed and names <= AGREEING and turning.words.isdisjoint(rest) else ""
