"""Listening in: of which prompts each text, and each step of a call, was made. People go by the names of what they
read, never by its words, so that all languages are one script."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from hotline.channels import text, voice
from hotline.engine.answers import Words
from hotline.engine.session import Prompt


@dataclass
class Ear:
    """`written` has the prompts of each text by its words; those of several texts stand with the last. `spoken` are
    those of the last step of a call: one at a time does something."""

    written: dict[str, tuple[Prompt, ...]] = field(default_factory=dict)
    spoken: tuple[Prompt, ...] = ()


@contextmanager
def listening_in() -> Iterator[Ear]:
    """What is rendered meanwhile is heard."""
    ear, write, speak = Ear(), text.render, voice.render

    def written(prompts: Iterable[Prompt], *rest: Any, **more: Any) -> list[str]:
        said = tuple(prompts)
        texts = write(said, *rest, **more)
        for body in texts:
            ear.written[body] = said if body is texts[-1] else ()
        return texts

    def spoken(prompts: Iterable[Prompt], *rest: Any, **more: Any) -> str:
        ear.spoken = tuple(prompts)
        return speak(ear.spoken, *rest, **more)

    text.render, voice.render = written, spoken
    try:
        yield ear
    finally:
        text.render, voice.render = write, speak


def question(prompts: Iterable[Prompt]) -> Prompt | None:
    """What waits for an answer: it is said last."""
    return next((each for each in reversed(tuple(prompts)) if each.options or each.answer or each.waits), None)


def is_recorded(prompt: Prompt) -> bool:
    """Whether words are waited for; by phone they are spoken."""
    return isinstance(prompt.answer, Words)


def number(prompt: Prompt) -> str:
    """The code that is texted back, "" where there is none."""
    return str(prompt.values.get("number", ""))
