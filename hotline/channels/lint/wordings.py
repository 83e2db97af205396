"""Wordings of a message file one by one, and the kinds of mistake in one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hotline.channels.catalogue import WITHOUT_CALLS, Channel, messages

SOURCE = "en"  # the language that all others are translated from
HEARD = frozenset(  # what is heard or set, not said
    (
        *("name", "voice_language", "keeps_letters", "checked", "telling"),
        *(
            "words",
            "commands",
            "moments",
            "having",
            "inviting",
            "lending",
            "daily_call",
            "not_commands",
            "languages",
            "synonyms",
            "wants",
        ),
    )
)
OPTIONAL = frozenset(("keeps_letters", "telling", "labels.evening"))
HOLE = re.compile(r"{(\w*)}")
IN_CAPITALS = re.compile(r"(?<![^\W_])[^\W\d_]{2,}(?![^\W_])")


@dataclass(frozen=True)
class Finding:
    """Something wrong with one wording, and what would be right."""

    language: str
    key: str
    wrong: str
    fix: str = ""


@dataclass(frozen=True)
class Said:
    """One wording: its key ("menu.what_next/ask" for an option), its channel, and its words with their {values}."""

    key: str
    channel: Channel
    words: str

    @property
    def path(self) -> tuple[str, ...]:
        """Where it stands in its file: ("hello", "storm", "text")."""
        key, _, part = self.key.partition("/")
        flow, _, step = key.partition(".")
        if flow == "labels":
            return (flow, step)
        if part and part != WITHOUT_CALLS:
            return (flow, step, f"{self.channel}_options", part)
        return (flow, step, part or self.channel)

    @property
    def holes(self) -> set[str]:
        """The names of the values that it fills in."""
        return set(HOLE.findall(self.words))

    @property
    def prompted(self) -> tuple[str, ...]:
        """The words to text back: they stand in capital letters."""
        return tuple(word for word in IN_CAPITALS.findall(self.words) if word.isupper())


def wordings(language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every step that has words, as its file has it: ("intake.what", {"text": ..., "voice": ...})."""
    for flow, steps in messages(language).items():
        if flow not in HEARD and flow != "labels" and isinstance(steps, dict):
            yield from ((f"{flow}.{step}", wording) for step, wording in steps.items() if isinstance(wording, dict))


def said(language: str) -> Iterator[Said]:
    """Everything that is ever said."""
    channels: tuple[Channel, ...] = ("text", "voice")
    for key, wording in wordings(language):
        for channel in channels:
            yield from _said(key, channel, wording.get(channel))
            if channel == "text":
                yield from _said(f"{key}/{WITHOUT_CALLS}", channel, wording.get(WITHOUT_CALLS))
            for option, words in wording.get(f"{channel}_options", {}).items():
                yield from _said(f"{key}/{option}", channel, words)
    for name, label in messages(language).get("labels", {}).items():
        yield from _said(f"labels.{name}", "text", label)


def _said(key: str, channel: Channel, words: Any) -> Iterator[Said]:
    if isinstance(words, str):
        yield Said(key, channel, words)


def texts(language: str) -> Iterator[Said]:
    """Everything that is ever written."""
    return (each for each in said(language) if each.channel == "text")


def has_capitals(language: str) -> bool:
    """Whether its script has capital letters, so that a word to text back can stand in them."""
    name = str(messages(language).get("name", ""))
    return name.lower() != name.upper()
