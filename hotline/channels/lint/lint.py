"""Lint: all mistakes in a message file, found in the same way by the tests and by `hotline words check`."""

from collections.abc import Callable, Iterable, Iterator, Set

from hotline.channels.catalogue import messages
from hotline.channels.lint import keys, keywords, labels, lengths
from hotline.channels.lint.wordings import Finding
from hotline.community.model import Community

Check = Callable[[str], Iterable[Finding]]

KEYS: tuple[Check, ...] = (
    keys.shape,
    keys.translated,
    keys.values,
    keys.silence,
    keys.languages_known,
    keys.key_comes_last,
)
WORDS: tuple[Check, ...] = (
    *(keywords.eaten, keywords.eaten_prompts, keywords.two_meanings),
    *(keywords.not_understood, keywords.yes_alone, keywords.first_text),
)
LENGTHS: tuple[Check, ...] = (lengths.costly, lengths.too_long)
CHECKS = (*KEYS, *WORDS, *LENGTHS)


def check(language: str, community: Community | None = None) -> Iterator[Finding]:
    """All that is wrong with one language; with a community, also with what its file says in that language."""
    for each in CHECKS:
        yield from each(language)
    if community and language in community.languages and keys.is_whole(language):
        yield from check_community(language, community)


OF_WHAT_IS_SAID: tuple[Check, ...] = (
    *(keys.values, keys.silence, keys.key_comes_last),
    *(keywords.eaten_prompts, keywords.not_understood, keywords.first_text, lengths.costly),
)


def check_said(language: str, of: Set[str]) -> Iterator[Finding]:
    """What is wrong with some wordings ("hello.first"): a community's own, where all that is heard is as shipped."""
    for each in OF_WHAT_IS_SAID:
        yield from (found for found in each(language) if found.key.split("/")[0] in of)


def check_said_here(language: str, of: Set[str], community: Community) -> Iterator[Finding]:
    """The same, and whether a text that one of them is part of is too long with a community's name and labels."""
    yield from check_said(language, of)
    yield from lengths.of_community(language, community, of)


def check_community(language: str, community: Community) -> Iterator[Finding]:
    """What is wrong with what its file says in one of its languages."""
    yield from labels.of_community(language, community)
    yield from lengths.of_community(language, community)


def is_checked(language: str) -> bool:
    """Whether somebody who speaks it has read the whole file."""
    return bool(messages(language).get("checked"))
