"""Dial documents (TwiML): two people are joined in a call, after the one who is rung has agreed."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from hotline.channels.catalogue import Catalogue
from hotline.channels.prompt_clips import NO_SOUNDS, Sounds
from hotline.channels.voice import NOTHING, speak, to_xml
from hotline.engine.session import Prompt

LONGEST = "3600"  # seconds


def join(
    prompts: Iterable[Prompt],
    language: str,
    catalogue: Catalogue,
    *,
    to: Iterable[str],
    line: str,
    action: str,
    ask: str,
    seconds: int,
    sounds: Sounds = NO_SOUNDS,
) -> str:
    """Rings the others from the hotline's number `line`, for so many seconds.

    They hear `ask` first, where it is given; `action` gets the outcome."""
    response = Element("Response")
    speak(response, prompts, language, catalogue, sounds)
    dial = SubElement(
        response, "Dial", callerId=line, action=action, timeout=str(seconds), timeLimit=LONGEST, answerOnBridge="true"
    )
    for number in to:
        SubElement(dial, "Number", {"url": ask} if ask else {}).text = number
    return to_xml(response)


def accepted() -> str:
    """They pressed 1: an empty document joins them."""
    return NOTHING


def declined(
    prompts: Iterable[Prompt] = (),
    language: str = "",
    catalogue: Catalogue | None = None,
    sounds: Sounds = NO_SOUNDS,
) -> str:
    """They are not joined; `prompts` are said before the end of their call."""
    response = Element("Response")
    if catalogue:
        speak(response, prompts, language, catalogue, sounds)
    SubElement(response, "Hangup")
    return to_xml(response)


def ask(prompts: Iterable[Prompt], language: str, catalogue: Catalogue, action: str, sounds: Sounds = NO_SOUNDS) -> str:
    """The question before they are joined, so that no answering machine is joined. One key, once; silence is a no."""
    response = Element("Response")
    gather = SubElement(response, "Gather", input="dtmf", action=action, timeout="9", numDigits="1", finishOnKey="")
    gather.set("actionOnEmptyResult", "true")
    speak(gather, prompts, language, catalogue, sounds)
    return to_xml(response)
