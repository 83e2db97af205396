"""Prompts become TwiML: what a caller hears, and the keys that are waited for."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from hotline.channels.catalogue import Catalogue
from hotline.engine.answers import Words
from hotline.engine.session import Prompt

PATIENCE = "9"  # seconds of silence before the question is put again
BREATH = "1"  # second of silence after which what is told goes on
LONGEST_RECORDING = "120"  # seconds
NOTHING = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
REJECTED = '<?xml version="1.0" encoding="UTF-8"?><Response><Reject/></Response>'
STILL = "4"  # seconds of silence that end a recording


def render(prompts: Iterable[Prompt], language: str, catalogue: Catalogue, action: str, recording: str) -> str:
    """The document for one step of a call.

    `action` is the absolute URL of the next step, `recording` that which hears of finished recordings.
    """
    prompts, language = tuple(prompts), catalogue.speaks(language)
    response = Element("Response")
    if prompts and prompts[-1].goes_on:  # the next step proves that it was heard to its end, or that a key was pressed
        response.append(_whole(prompts, language, catalogue, action))
        return to_xml(response)
    for prompt in prompts[:-1]:
        _say(response, prompt, language, catalogue)
    _last(response, prompts[-1] if prompts else None, language, catalogue, action, recording)
    return to_xml(response)


def to_xml(response: Element) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>' + tostring(response, encoding="unicode")


def _last(
    response: Element, prompt: Prompt | None, language: str, catalogue: Catalogue, action: str, recording: str
) -> None:
    """The last prompt is the one that waits: for a recording, for keys, or for whatever comes next."""
    if prompt and prompt.ends:
        _say(response, prompt, language, catalogue)
        SubElement(response, "Hangup")
    elif prompt and isinstance(prompt.answer, Words):
        _say(response, prompt, language, catalogue)
        _record(response, action, recording)
    elif prompt and prompt.waits:
        _say(_gather(response, prompt, action), prompt, language, catalogue)
    else:
        if prompt:
            _say(response, prompt, language, catalogue)
        waiting = Prompt("hello.anything_else", waits=True)
        _say(_gather(response, waiting, action), waiting, language, catalogue)


def _whole(prompts: Iterable[Prompt], language: str, catalogue: Catalogue, action: str) -> Element:
    gather = Element(
        "Gather", input="dtmf", action=action, timeout=BREATH, actionOnEmptyResult="true", finishOnKey="", numDigits="1"
    )
    for prompt in prompts:
        _say(gather, prompt, language, catalogue)
    return gather


def _record(response: Element, action: str, recording: str) -> None:
    """`*` and 0 must end a recording too. A silent one asks for no action, so the next verb goes on."""
    SubElement(
        response,
        "Record",
        action=action,
        finishOnKey="#*0",
        maxLength=LONGEST_RECORDING,
        timeout=STILL,
        playBeep="true",
        recordingStatusCallback=recording,
    )
    SubElement(response, "Redirect").text = action


def _gather(response: Element, prompt: Prompt, action: str) -> Element:
    """One key for a choice, `#` as a key of its own; many keys up to `#` for everything else."""
    several = prompt.many or prompt.answer is not None
    ends = {"finishOnKey": "#"} if several else {"finishOnKey": "", "numDigits": "1"}
    return SubElement(
        response, "Gather", input="dtmf", action=action, timeout=PATIENCE, actionOnEmptyResult="true", attrib=ends
    )


def _say(parent: Element, prompt: Prompt, language: str, catalogue: Catalogue) -> None:
    if prompt.again:
        _speak(parent, catalogue.general("again", language, "voice"), language, catalogue)
    _speak(parent, catalogue.wording(prompt, language, "voice"), language, catalogue)
    for place, option in enumerate(prompt.options, 1):
        speaking, clause = catalogue.says_option(prompt, option, str(place), language)
        _speak(parent, clause, speaking, catalogue)


def _speak(parent: Element, words: str, language: str, catalogue: Catalogue) -> None:
    if words.strip():  # an empty Say is an error at the carrier
        SubElement(parent, "Say", language=catalogue.voice_of(language)).text = words
