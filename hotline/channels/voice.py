"""Voice rendering (TwiML): what a caller hears, and the keys that are waited for."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from hotline.channels.catalogue import Catalogue
from hotline.channels.prompt_clips import BETWEEN, LEFT_OUT, NO_SOUNDS, Part, Sounds, of_again, of_option, of_wording
from hotline.engine.answers import Words
from hotline.engine.run import MORE
from hotline.engine.session import Prompt

PATIENCE = "9"  # seconds of silence before the question is put again
BREATH = "1"  # second of silence after which what is told goes on
LONGEST_RECORDING = "120"  # seconds
NOTHING = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
REJECTED = '<?xml version="1.0" encoding="UTF-8"?><Response><Reject/></Response>'
HANGING = re.compile(r"\s*[:：]\s*\.")  # "the neighbor says: ." where a sound follows
TWICE = re.compile(r"(?<=[?!？！؟.。])(?:\s*[.。])+")  # "what time?.", and ". ." where no words are
STILL = "9"  # seconds of silence that end a recording: slow speakers look for their words

Line = Callable[[str], list[Part]]  # one line in a language


def render(
    prompts: Iterable[Prompt],
    language: str,
    catalogue: Catalogue,
    action: str,
    recording: str,
    sounds: Sounds = NO_SOUNDS,
) -> str:
    """The document for one step of a call.

    `action` is the absolute URL of the next step, `recording` that which hears of finished recordings, `sounds` what
    the community says in its own voice.
    """
    prompts, speaker = tuple(prompts), _Speaker(catalogue.speaks(language), catalogue, sounds)
    response = Element("Response")
    if prompts and prompts[-1].goes_on:  # the next step shows that it was heard to its end, or that a key was pressed
        _whole(prompts, speaker, response, action)
        return to_xml(response)
    _say(response, prompts, speaker, action, recording)
    return to_xml(response)


def speak(
    parent: Element, prompts: Iterable[Prompt], language: str, catalogue: Catalogue, sounds: Sounds = NO_SOUNDS
) -> None:
    """Says prompts inside another verb, or before one."""
    speaker = _Speaker(catalogue.speaks(language), catalogue, sounds)
    for prompt in prompts:
        speaker.say(parent, prompt)


def heard(prompt: Prompt, language: str, catalogue: Catalogue) -> str:
    """The words that a call says for this prompt, on one line, for translators and printouts."""
    response = Element("Response")
    speak(response, (prompt,), catalogue.speaks(language), catalogue)
    return " ".join(filter(None, (said.text for said in response.iter("Say"))))


def to_xml(response: Element) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>' + tostring(response, encoding="unicode")


def _say(response: Element, prompts: tuple[Prompt, ...], speaker: "_Speaker", action: str, recording: str) -> None:
    """The last prompt is the one that waits: for a recording, for keys, or for whatever comes next. Where keys are
    waited for, they work from the first word on."""
    last = prompts[-1] if prompts else None
    if last and last.ends:
        for prompt in prompts:
            speaker.say(response, prompt)
        SubElement(response, "Hangup")
        return
    if last and isinstance(last.answer, Words):
        before_the_tone = _one_key(response, action)
        for prompt in prompts:
            speaker.say(before_the_tone, prompt)
        _record(response, action, recording)
        return
    if last is None or not last.waits:
        last = Prompt("hello.anything_else", waits=True)
        prompts = (*prompts, last)
    gather = _gather(response, last, action)
    for prompt in prompts:
        speaker.say(gather, prompt)


def _whole(prompts: Iterable[Prompt], speaker: "_Speaker", response: Element, action: str) -> None:
    gather = _one_key(response, action)
    gather.set("actionOnEmptyResult", "true")
    for prompt in prompts:
        speaker.say(gather, prompt)


def _one_key(response: Element, action: str) -> Element:
    """Any key works while this is said. Without one, the next verb comes, or the action where the gather says so."""
    return SubElement(response, "Gather", input="dtmf", action=action, timeout=BREATH, finishOnKey="", numDigits="1")


def _record(response: Element, action: str, recording: str) -> None:
    """`*`, 0 and 9 must end a recording too. A silent one asks for no action, so the next verb goes on."""
    SubElement(
        response,
        "Record",
        action=action,
        finishOnKey="#*09",
        maxLength=LONGEST_RECORDING,
        timeout=STILL,
        playBeep="true",
        recordingStatusCallback=recording,
        recordingStatusCallbackEvent="completed absent",
    )
    SubElement(response, "Redirect").text = action


def _gather(response: Element, prompt: Prompt, action: str) -> Element:
    """One key for a choice, `#` as a key of its own; many keys up to `#` for everything else."""
    several = prompt.many or prompt.answer is not None
    ends = {"finishOnKey": "#"} if several else {"finishOnKey": "", "numDigits": "1"}
    return SubElement(
        response, "Gather", input="dtmf", action=action, timeout=PATIENCE, actionOnEmptyResult="true", attrib=ends
    )


@dataclass(frozen=True)
class _Speaker:
    """Says prompts in one language: with the community's own recordings, with the carrier's voice for the rest."""

    language: str
    catalogue: Catalogue
    sounds: Sounds

    def say(self, parent: Element, prompt: Prompt) -> None:
        if prompt.again:
            self._line(parent, lambda language: of_again(language, self.catalogue), self.language)
        self._line(parent, lambda language: of_wording(prompt, language, self.catalogue), self.language)
        if prompt.quote[1] and self.catalogue.has_voice(prompt.quote[0]):
            self._speak(parent, prompt.quote[1], prompt.quote[0])
        for sound in prompt.plays.split():
            SubElement(parent, "Play").text = self.sounds.address(sound)
        for place, option in enumerate(prompt.options, 1):
            self._option(parent, prompt, option, str(place))
        if prompt.in_each:
            for each in self._others((self.language,)):
                self._line(parent, lambda language: of_wording(Prompt(prompt.in_each), language, self.catalogue), each)

    def _option(self, parent: Element, prompt: Prompt, option: str, key: str) -> None:
        """A language offers itself in its own words, and "more" among languages is said in all that come later."""
        tongues = self.catalogue.community.languages
        more = option == MORE and set(prompt.options) & set(tongues)
        speaking = self._others(prompt.options) if more else (option if option in tongues else self.language,)
        for each in speaking:
            self._line(parent, lambda language: of_option(prompt, option, key, language, self.catalogue), each)

    def _others(self, said: Iterable[str]) -> list[str]:
        """The languages that can be spoken, less these."""
        tongues = self.catalogue.community.languages
        return [each for each in tongues if each not in said and self._is_spoken(each)]

    def _is_spoken(self, language: str) -> bool:
        return self.catalogue.has_voice(language) or language in self.sounds.complete

    def _line(self, parent: Element, line: Line, language: str) -> None:
        parts, have = line(language), self.sounds.places.get(language, {})
        if not self.catalogue.has_voice(language) and not _complete(parts, have):
            fallback = self.catalogue.voice_for(language)
            if fallback != language:
                self._line(parent, line, fallback)
            return
        said = ""
        for part in parts:
            piece = part.piece if part.piece in have or self.catalogue.has_voice(language) else part.instead
            if piece not in have:
                said += part.words
                continue
            said = self._speak(parent, said, language)
            SubElement(parent, "Play").text = self.sounds.address(have[piece])
        self._speak(parent, said, language)

    def _speak(self, parent: Element, words: str, language: str) -> str:
        """An empty Say is an error at the carrier, and so is one in a language that it has no voice for."""
        if Part(words).sounds and self.catalogue.has_voice(language):
            said = TWICE.sub("", HANGING.sub(".", words.lstrip(BETWEEN).rstrip(" ,")))
            SubElement(parent, "Say", language=self.catalogue.voice_of(language)).text = said
        return ""


def _complete(parts: Iterable[Part], have: Iterable[str]) -> bool:
    """Whether a line can be said by recordings alone; free words are left out of it."""
    needed = [part.piece for part in parts if part.piece and part.piece not in LEFT_OUT]
    return bool(needed) and set(needed) <= set(have)
