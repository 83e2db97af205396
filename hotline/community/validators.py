"""Validators of the community file: each value is what it should be, or one sentence says what it should be."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from hotline.community.model import CommunityError
from hotline.model import phone_numbers
from hotline.model.carrier_words import RESERVED

T = TypeVar("T")
EXAMPLES = {"zips": "11201", "near": "north", "needs": "food", "areas": "north"}
# Words that mean something to every conversation: none can be the name of a need.
OURS = frozenset(
    (
        *(
            "yes",
            "no",
            "done",
            "drop",
            "menu",
            "back",
            "status",
            "person",
            "volunteer",
            "thanks",
            "more",
            "greeting",
            "groups",
            "together",
        ),
        *("listen", "hear", "keep", "again", "record", "a_message"),
        *("emergency", "ask", "give", "what", "area", "details", "someone", "polite", "opt_out"),
    )
)


def table(raw: Any, where: str, keys: frozenset[str] | set[str] | None = None) -> Mapping[str, Any]:
    """A table, with these keys alone if they are given."""
    if not isinstance(raw, dict):
        raise CommunityError(f"{where}: write it as a table, [{where}]")
    unknown = [f"{where}.{key}".lstrip(".") for key in raw if keys is not None and key not in keys]
    if unknown and keys:
        there_are = f"there is no such key; there are {', '.join(sorted(keys))}"
        raise CommunityError(*(f"{dotted}: {there_are}" for dotted in unknown))
    return raw


def filled(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """A table with something in it."""
    example = f"[{key}.{'food' if key == 'needs' else 'north'}]"
    if key not in raw or raw[key] == {}:
        raise CommunityError(f"{key}: name at least one, such as {example}")
    if not isinstance(raw[key], dict):
        raise CommunityError(f"{key}: write it as a table, {example}")
    return table(raw[key], key)


def name(raw: str, where: str) -> str:
    """A name that is never shown."""
    if not raw.isascii() or not raw.replace("_", "").isalpha() or not raw.islower():
        raise CommunityError(f"{where}.{raw}: use small letters a to z for the name; its label may be anything")
    if raw in OURS:
        raise CommunityError(f"{where}.{raw}: that word means something here already; choose another name")
    return raw


def text(raw: Mapping[str, Any], key: str, example: str, longest: int) -> str:
    """Words on one line."""
    value = raw.get(key)
    if not isinstance(value, str) or not value.strip():
        raise CommunityError(f"{key}: write it, such as {example}")
    if "\n" in value or "\r" in value:
        raise CommunityError(f"{key}: write it on one line, such as {example}")
    return short(value.strip(), key, longest)


def label(raw: Mapping[str, Any], where: str, language: str, longest: int) -> str:
    """What people read and hear for a name."""
    value = raw.get(language)
    if not isinstance(value, str) or not value.strip():
        raise CommunityError(f'{where}.{language}: say it in that language, such as {language} = "food"')
    if value.strip().casefold() in RESERVED:
        raise CommunityError(f"{where}.{language}: {value!r} is a word that the carrier acts on itself; use another")
    return short(value.strip(), f"{where}.{language}", longest)


def phone(given: str, where: str, country: str) -> str:
    """A telephone number of that country, in E.164."""
    wrong = phone_numbers.mistake(given, country)
    if wrong:
        raise CommunityError(f"{where}: {wrong}")
    return phone_numbers.normalise(given, country) or ""


class Mistakes:
    """All mistakes of a file, or of a part of it: each is noted, and reading goes on with what can be read."""

    def __init__(self) -> None:
        self._sentences: list[str] = []

    @contextlib.contextmanager
    def noted(self) -> Iterator[None]:
        """What is wrong inside is noted, and skipped."""
        try:
            yield
        except CommunityError as error:
            self._sentences += error.all

    def of(self, read: Callable[..., T], *args: Any, instead: Any) -> T:
        """What is read, or something else that lets the rest be read too."""
        try:
            return read(*args)
        except CommunityError as error:
            self._sentences += error.all
            return instead  # type: ignore[no-any-return]

    def say(self, sentence: str) -> None:
        self._sentences.append(sentence)

    def raise_if_any(self) -> None:
        if self._sentences:
            raise CommunityError(*dict.fromkeys(self._sentences))


def words(raw: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """A list of words."""
    value = raw.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise CommunityError(
            f'{where}.{key}: write a list of words in quotes, such as {key} = ["{EXAMPLES.get(key, "bread")}"]'
        )
    return tuple(value)


def short(value: str, key: str, longest: int) -> str:
    if len(value) > longest:
        raise CommunityError(f"{key}: {value!r} has {len(value)} letters; {longest} at most, so that texts stay short")
    return value
