"""Message catalogue: every wording and label by key and language, from messages/*.toml and the community file."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from string import Formatter
from typing import Any, Literal

from hotline.channels import time_labels
from hotline.community.model import Community
from hotline.engine.session import Prompt
from hotline.model import calendar

Channel = Literal["text", "voice"]
ENGLISH = "en"
Messages = Mapping[str, Any]

PHONE = re.compile(r"(?=(?:\D*\d){7})[\d+() .-]+")  # seven digits or more, and what is written between them
NOT_DIGITS = re.compile(r"\D")
WITHOUT_CALLS = "text_without_calls"
MESSAGES = resources.files("hotline").joinpath("messages")


def languages() -> tuple[str, ...]:
    """The languages that have a message file."""
    files = MESSAGES.iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")))


class MessagesError(ValueError):
    """Mistakes in message files, each said in one sentence; as text it is the first of them."""

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(map(str, self.args))

    def __str__(self) -> str:
        return self.all[0] if self.args else ""


_own: dict[str, Messages] = {}  # what the community says otherwise, by language: read once, when a process starts


@cache
def messages(language: str) -> Messages:
    """All that is said and understood in one language: the shipped file, and over it the community's own words."""
    return _over(shipped(language), _own[language]) if language in _own else shipped(language)


def use_own(own: Mapping[str, Messages]) -> None:
    """From now on these wordings stand over the shipped ones. Whoever has read some before reads no others."""
    if _own != own:
        _own.clear()
        _own.update(own)
        messages.cache_clear()


def _over(below: Messages, above: Messages) -> Messages:
    merged = {
        name: _over(below[name], value) if isinstance(value, dict) and isinstance(below.get(name), dict) else value
        for name, value in above.items()
    }
    return {**below, **merged}


@cache
def shipped(language: str) -> Messages:
    """The message file of one language, as it comes with the program."""
    try:
        return tomllib.loads(MESSAGES.joinpath(f"{language}.toml").read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MessagesError(f"messages/{language}.toml cannot be read as TOML ({error})") from None


def check(languages: Iterable[str], keys: Iterable[str]) -> None:
    """Whether every one of these wordings ("intake.what") is there in each language, to be written and to be said."""
    wanted = tuple(keys)
    for language, key in ((language, key) for language in languages for key in wanted):
        flow, step = key.split(".")
        wording = messages(language).get(flow, {}).get(step, {})
        for channel in ("text", "voice"):
            if not isinstance(wording.get(channel), str):
                raise MessagesError(
                    f"messages/{language}.toml: [{key}] has no {channel}; write it, as in another language"
                )
            _check_braces(language, key, wording[channel])


def _check_braces(language: str, key: str, wording: str) -> None:
    try:
        list(Formatter().parse(wording))
    except ValueError as error:
        raise MessagesError(f"messages/{language}.toml: [{key}] has a brace too many or too few ({error})") from None


@dataclass(frozen=True)
class Catalogue:
    """The wordings that one community uses. Without `today` every day is called by its date."""

    community: Community
    today: date | None = None

    def on(self, now: float) -> "Catalogue":
        """The same on the day that it is then: what is said may call it today."""
        return replace(self, today=calendar.today(now, self.community.rules.timezone))

    def speaks(self, language: str) -> str:
        """That language if the community uses it, else its first."""
        return language if language in self.community.languages else self.community.languages[0]

    def voice_of(self, language: str) -> str:
        """The carrier's name of the voice for a language, such as "es-US"."""
        return str(messages(language)["voice_language"])

    def has_voice(self, language: str) -> bool:
        """Whether the carrier has a voice for a language; a message file says so with an empty `voice_language`."""
        return bool(messages(language)["voice_language"])

    def voice_for(self, language: str) -> str:
        """The language for words without a recording: this one, or the community's first that has a voice.
        Where none has, English: a strange language is more than silence."""
        return next(each for each in (language, *self.community.languages, ENGLISH) if self.has_voice(each))

    def keeps_letters(self, language: str) -> bool:
        """Whether a language needs its accents to be readable, even if they cost more."""
        return bool(messages(language).get("keeps_letters"))

    def written(self, prompt: Prompt, language: str) -> str:
        """What the text of a prompt says, its values filled in. What is heard is put together in `prompt_clips`."""
        flow, step = prompt.key.split(".")
        return self._text_of(flow, step, language).format_map(_Filling(self, prompt, language))

    def fields(self, prompt: Prompt, language: str) -> set[str]:
        """The names of the values that the text of a prompt fills in."""
        flow, step = prompt.key.split(".")
        return {name for _, name, _, _ in Formatter().parse(self._text_of(flow, step, language)) if name}

    def _text_of(self, flow: str, step: str, language: str) -> str:
        """A wording that speaks of calls has another for a line that has none."""
        wording = messages(language)[flow][step]
        return str(wording["text"] if self.community.line.calls else wording.get(WITHOUT_CALLS, wording["text"]))

    def keeps_whole(self, prompt: Prompt) -> bool:
        """Whether its free words are never shortened; they may go on in another text."""
        flow, step = prompt.key.split(".")
        return bool(messages(self.community.languages[0])[flow][step].get("whole"))

    def general(self, key: str, language: str, channel: Channel) -> str:
        """A wording that belongs to no step: how options are listed, what is said after a miss."""
        return str(messages(language)["general"][key][channel])

    def option(self, prompt: Prompt, option: str, language: str) -> str:
        """The label of one option: its wording at that step, the value of that name, or its label anywhere."""
        flow, step = prompt.key.split(".")
        own = messages(language)[flow][step].get("text_options", {})
        if option in own:
            return str(own[option])
        return self.labelled(prompt.values.get(option) or (option,), language)

    def label(self, name: str, language: str) -> str:
        """What people call a need, an area, a language or a common option."""
        topic = self.community.needs.get(name) or self.community.areas.get(name)
        if topic:
            return topic.labels.get(language) or topic.labels[self.community.languages[0]]
        if name in self.community.languages:
            return str(messages(name)["name"])
        return time_labels.said(name, messages(language), self.today) or str(
            messages(language)["labels"].get(name, name)
        )

    def labelled(self, value: str | tuple[str, ...], language: str) -> str:
        """A value as it is written: names with their labels, free words as they are."""
        return ", ".join(self.label(name, language) for name in value) if isinstance(value, tuple) else value


def digits_of(value: str) -> str:
    """The digits of a value that is a number and nothing else, also of a telephone number as people write it."""
    if value.isdecimal():
        return value
    return NOT_DIGITS.sub("", value) if PHONE.fullmatch(value) else ""


class _Filling(dict[str, str]):
    """Fills in only the values that a template asks for; a missing name is "a neighbor"."""

    def __init__(self, catalogue: Catalogue, prompt: Prompt, language: str) -> None:
        super().__init__()
        self.catalogue, self.language = catalogue, language
        here = catalogue.community
        community = {"community": here.name, "emergency": here.emergency, "crisis": here.crisis}
        self.values_given: dict[str, str | tuple[str, ...]] = {**community, **prompt.values}

    def __missing__(self, key: str) -> str:
        value = self.values_given.get(key) or (("someone",) if key == "name" else "")
        return self.catalogue.labelled(value, self.language)
