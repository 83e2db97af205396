"""What a carrier and a caller ask of every document: known verbs, something said, few keys, each said last."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from functools import cache
from urllib.parse import parse_qsl, urlsplit

from hotline.channels.catalogue import languages, messages

LARGEST = 64 * 1024  # bytes
MOST_SAID = 3000  # letters of one Say
VERBS: dict[str, set[str]] = {
    "Response": set(),
    "Say": {"language"},
    "Play": set(),
    "Gather": {"input", "action", "timeout", "actionOnEmptyResult", "finishOnKey", "numDigits"},
    "Record": {
        *("action", "finishOnKey", "maxLength", "timeout", "playBeep"),
        *("recordingStatusCallback", "recordingStatusCallbackEvent"),
    },
    "Redirect": set(),
    "Hangup": set(),
    "Reject": set(),
    "Dial": {"callerId", "action", "timeout", "timeLimit", "answerOnBridge"},
    "Number": {"url"},
}
ON_A_SCREEN, LANGUAGES_AT_ONCE = 4, 8
SENTENCES = re.compile(r"[.?!。？！؟]\s*")


class Document:
    """One answer to a step of a call."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.response = ElementTree.fromstring(text.encode())

    def check(self) -> None:
        """Raises AssertionError that says what a carrier or a caller would stumble over."""
        assert len(self.text.encode()) < LARGEST
        for element in self.response.iter():
            assert element.tag in VERBS, element.tag
            assert set(element.attrib) <= VERBS[element.tag], (element.tag, element.attrib)
        for say in self.response.iter("Say"):
            assert (say.text or "").strip(" .,"), "an empty Say"
            assert say.get("language"), "no carrier has a voice without a language"
            assert len(say.text or "") < MOST_SAID
        for gather in self.response.iter("Gather"):
            assert gather.get("action")
            before_a_tone = self.response.find("Record") is not None
            assert gather.get("actionOnEmptyResult") == (None if before_a_tone else "true")
        if len(self.response):  # an empty one joins two people, or ends what was answered already
            assert list(self.response)[-1].tag in ("Gather", "Redirect", "Hangup", "Dial", "Reject"), "it just ends"
        self._check_keys()

    def _check_keys(self) -> None:
        """At most four choices, and what a key does stands before the key."""
        keyed = before_a_key()
        most = LANGUAGES_AT_ONCE if len(self.languages) > ON_A_SCREEN else ON_A_SCREEN  # each is offered in itself
        assert len(set(keyed.findall(self.words))) <= most, self.words
        for sentence in map(str.strip, SENTENCES.split(self.words)):
            found = keyed.search(sentence)
            assert found is None or (found.start() > 0 and found.end() == len(sentence)), sentence

    @property
    def words(self) -> str:
        """What is heard."""
        return " ".join(say.text or "" for say in self.response.iter("Say"))

    @property
    def languages(self) -> set[str]:
        return {say.get("language") or "" for say in self.response.iter("Say")}

    @property
    def waits_for(self) -> str:
        """Gather (many keys), Key (one), Record, Dial, or "" when the call is over."""
        tags = {element.tag: element for element in self.response}
        if "Gather" in tags and "Record" not in tags:
            return "Key" if tags["Gather"].get("numDigits") == "1" else "Gather"
        return next((tag for tag in ("Record", "Dial") if tag in tags), "")

    @property
    def next_step(self) -> dict[str, str]:
        """The query of the address that the next step goes to."""
        verb = next(element for element in self.response if element.get("action"))
        return dict(parse_qsl(urlsplit(verb.get("action") or "").query))


@cache
def before_a_key() -> re.Pattern[str]:
    """ "press 1" in all languages: the word that stands before the key in their own wordings."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(set(_pressing()))))})\s*(\d)(?!\w)")


@cache
def pressing() -> re.Pattern[str]:
    """The word that stands before a key, and more behind it: "press pound" names one too."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(set(_pressing()))))})\s*\S", re.IGNORECASE)


def _pressing() -> Iterator[str]:
    """Between what a key does and the key: ", press " of "For {label}, press {key}"."""
    for language in languages():
        before = messages(language)["general"]["option"]["voice"].split("{key}")[0]
        yield before.split("{label}")[-1].strip(" ,，、،")


@cache
def again() -> tuple[str, ...]:
    """What is said before a question that is put again, in all languages."""
    return tuple(messages(language)["general"]["again"]["voice"] for language in languages())
