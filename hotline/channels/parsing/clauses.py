"""Clauses: a text is cut at its punctuation, its lines and its "but" and "because", so that each part is read alone."""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from hotline.channels.parsing.tokens import UNSPACED, Phrase, spoken

# Not between two digits ("5,000", "10:30"); a dash only between blanks. Signs and smileys cut as well, and so does a
# blank between two letters of a script that is written without any.
BREAK = re.compile(
    r"(?<!\d)[.,:](?!\d)|(?<=\d)[.,:](?!\d)|(?<!\d)[.,:](?=\d)"
    r"|[;!?\n\r(){}\[\]<>\"“”«»…¡¿、。，；：！？،؛؟۔।։።]|\s[-–—/]+\s|[-–—]{2,}|[\U0001f300-\U0001faff\u2600-\u27bf]"
    rf"|(?<=[{UNSPACED}])[ \u3000]+(?=[{UNSPACED}])"
)


LONGEST_WHOLE = 6  # words of a phrase that has an "and" in it

Piece = tuple[Phrase, Phrase]  # some words, bare and as they were written


@dataclass(frozen=True)
class Clause:
    """Some words that belong together, bare and as they were written; ``joined`` says that an "and" stands before."""

    bare: Phrase
    written: Phrase
    joined: bool = False

    def without(self, begin: int, end: int) -> Phrase:
        """The written words but for those from `begin` to `end`."""
        return (*self.written[:begin], *self.written[end:])


def pieces(words: str) -> tuple[Piece, ...]:
    """What stands between the punctuation marks of a text, bare and as it was written."""
    parts = BREAK.split(words) if BREAK.search(words) else (words,)
    return tuple(piece for piece in map(spoken, parts) if piece[0])


def clauses(
    apart: Iterable[Piece], but: Set[Phrase], and_: Set[Phrase], naming: Set[str], whole: Set[Phrase] = frozenset()
) -> Iterator[Clause]:
    """The clauses of a text in their order.

    `but` and `and_` are the joining words of its language, one or two each; an "and" before one of `naming` does not
    cut: "my name and number"; nor one inside a phrase that is `whole`: "remove me and my kids". Nor does a "but" that
    begins one of two words.
    """
    for bare, written in apart:
        yield from _apart(bare, written, but, and_, naming, whole)


def _apart(
    bare: Phrase, written: Phrase, but: Set[Phrase], and_: Set[Phrase], naming: Set[str], whole: Set[Phrase]
) -> Iterator[Clause]:
    """What stands between two punctuation marks, cut at the words that join."""
    begin, place, joined = 0, 0, False
    while place < len(bare):
        one, two = bare[place : place + 1], bare[place : place + 2]
        joins = one in and_ and not (place + 1 < len(bare) and bare[place + 1] in naming)
        joins = joins and not (whole and _is_inside(bare, place, whole))
        length = 2 if two in but else 1 if (one in but and two not in whole) or joins else 0
        if length:
            if place > begin:
                yield Clause(bare[begin:place], written[begin:place], joined)
            joined = one in and_ and two not in but
            begin = place = place + length
        else:
            place += 1
    if place > begin:
        yield Clause(bare[begin:], written[begin:], joined)


def _is_inside(bare: Phrase, place: int, whole: Set[Phrase]) -> bool:
    """Whether this word stands in the middle of a phrase that nothing cuts."""
    return any(
        bare[begin:end] in whole
        for begin in range(max(0, place - LONGEST_WHOLE), place)
        for end in range(place + 2, min(len(bare), begin + LONGEST_WHOLE) + 1)
    )
