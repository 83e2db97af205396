"""Plain words: what somebody types that others hear in our voice, such as a name. What forges a line of ours, or leads
elsewhere, is not said for anybody."""

import re
import unicodedata

MOST_WORDS_OF_A_NAME = 4
INSIDE_A_NAME = "-'’"  # Jean-Pierre, O'Neal; a dot stands at the end alone: "J.", "Jr."

# A link: "http://", "www.x", "evil.example", "a@b". A telephone number: seven digits or more, as people write them.
LINK = re.compile(r"://|\bwww\b|\w@\w|\w\w\.[^\W\d_]{2,}")
TELEPHONE_NUMBER = re.compile(r"(?:\d[\s().+-]*){7,}")


def leads_elsewhere(said: str) -> bool:
    """Whether words carry a link or a telephone number, which nobody gets from us as if it were ours."""
    return bool(LINK.search(said) or TELEPHONE_NUMBER.search(said))


def plain_name(said: str) -> str:
    """The name in what was typed, "" where it is none: a few words of letters alone. What is around it falls away."""
    first = next((at for at, sign in enumerate(said) if _is_letter(sign)), len(said))
    last = next((at for at in range(len(said), first, -1) if _is_letter(said[at - 1])), first)
    words = said[first:last].split()
    return " ".join(words) if len(words) <= MOST_WORDS_OF_A_NAME and all(map(_is_of_a_name, words)) else ""


def _is_of_a_name(word: str) -> bool:
    return all(_is_letter(sign) or sign in INSIDE_A_NAME for sign in word.removesuffix("."))


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0].lower() in "lm"
