"""A household: a text that only says who, how many or how long, such as "me and my 3 kids", "we are 2", "3 days".

It answers "how many come?", and nothing happens in it: no model is asked what it looks like, and no word of it is one
of stopping. Its words stand in ``messages/vocabulary``, section [household]. All have to be of one language, so that a
word that says more in another is none of them.
"""

from collections.abc import Mapping
from functools import cache
from itertools import chain

from hotline.channels.parsing.lexicon import household, shipped
from hotline.channels.parsing.tokens import Phrase
from hotline.engine.answers import UNCOUNTED


def is_a_household(bare: Phrase) -> bool:
    """Whether nothing else is said. A number alone is none."""
    said = [word for word in bare if not word.isdecimal()]
    return bool(said) and any(known.issuperset(said) for known in _words("words"))


def how_many(bare: Phrase) -> str:
    """The number of a text that says how many, "about 20", "we are two", or "1" of who comes alone; UNCOUNTED where it
    says who, and somebody would have to add them up; "" where it says more."""
    if bare in _alone():
        return "1"
    counted = next(filter(None, (_told(bare, *known) for known in _counting())), "")
    return counted or (UNCOUNTED if is_a_household(bare) else "")


def _told(bare: Phrase, numbers: Mapping[str, str], beside: frozenset[str]) -> str:
    found = [numbers.get(word, word) for word in bare if word in numbers or word.isdecimal()]
    said = beside.issuperset(word for word in bare if word not in numbers and not word.isdecimal())
    return str(int(found[0])) if said and len(found) == 1 else ""


@cache
def _counting() -> tuple[tuple[Mapping[str, str], frozenset[str]], ...]:
    """Of each language the words for numbers, and what stands beside one."""
    return tuple(
        (
            {word: str(number) for number, (word,) in enumerate(household(each, "numbers"), start=1)},
            frozenset(chain.from_iterable(household(each, "beside_a_number"))),
        )
        for each in sorted(shipped())
    )


@cache
def _words(name: str) -> tuple[frozenset[str], ...]:
    """The words of each language."""
    return tuple(frozenset(chain.from_iterable(household(each, name))) for each in sorted(shipped()))


@cache
def _alone() -> frozenset[Phrase]:
    return frozenset(chain.from_iterable(household(each, "alone") for each in shipped()))
