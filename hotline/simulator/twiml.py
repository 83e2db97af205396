"""Reads TwiML, and refuses loudly what a real carrier would refuse or silently ignore."""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from hotline.simulator.errors import SimulatorError

# verb: (attributes it knows, verbs it may hold). The provider only warns about an unknown attribute; here it is an
# error, because in a test it is always a misspelling.
_SPOKEN = ("Say", "Play", "Pause")
_RECORDING = "recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent recordingTrack trim"
_STATUS = "statusCallback statusCallbackMethod statusCallbackEvent"
_KNOWN: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Say": ("voice language loop", ()),
    "Play": ("loop digits", ()),
    "Pause": ("length", ()),
    "Gather": (
        "action method timeout finishOnKey numDigits actionOnEmptyResult input language hints bargeIn "
        "speechTimeout speechModel maxSpeechTime enhanced profanityFilter",
        _SPOKEN,
    ),
    "Record": (f"action method timeout finishOnKey maxLength playBeep transcribe transcribeCallback {_RECORDING}", ()),
    "Redirect": ("method", ()),
    "Dial": (
        "action method timeout timeLimit hangupOnStar callerId answerOnBridge ringTone record sequential " + _RECORDING,
        ("Number",),
    ),
    "Number": ("url method sendDigits machineDetection " + _STATUS, ()),
    "Hangup": ("", ()),
    "Reject": ("reason", ()),
    "Message": ("to from action method " + _STATUS, ("Body", "Media")),
    "Body": ("", ()),
    "Media": ("", ()),
}
VOICE = (*_SPOKEN, "Gather", "Record", "Redirect", "Dial", "Hangup", "Reject")
TEXTING = ("Message", "Redirect")


@dataclass(frozen=True)
class Verb:
    """One TwiML element: what to do, how, the words inside, and the verbs inside."""

    name: str
    attributes: Mapping[str, str]
    words: str
    inside: tuple["Verb", ...]

    def get(self, attribute: str, default: str = "") -> str:
        """The attribute as it stands in the document, or the default."""
        return self.attributes.get(attribute, default)

    def is_on(self, attribute: str) -> bool:
        """Whether a yes-or-no attribute says yes."""
        return self.get(attribute).lower() in ("true", "1", "yes")


def read(document: str, verbs: tuple[str, ...]) -> tuple[Verb, ...]:
    """The verbs of one document; SimulatorError when it is not well-formed or holds what we do not know."""
    try:
        root = ElementTree.fromstring(document)
    except ElementTree.ParseError as error:
        raise SimulatorError(f"TwiML that is not well-formed XML ({error}): {document[:400]!r}") from error
    if root.tag != "Response":
        raise SimulatorError(f"TwiML begins with <Response>, not <{root.tag}>: {document[:400]!r}")
    return tuple(_verb(element, verbs, "Response") for element in root)


def _verb(element: ElementTree.Element, allowed: tuple[str, ...], parent: str) -> Verb:
    if element.tag not in allowed:
        raise SimulatorError(f"TwiML: <{element.tag}> is not known inside <{parent}>")
    attributes, inside = _KNOWN[element.tag]
    if odd := set(element.attrib) - set(attributes.split()):
        raise SimulatorError(f"TwiML: <{element.tag}> has no attribute {', '.join(sorted(odd))}")
    # Only a Say may hold other marks (SSML: <break/>, <say-as>); they are part of what is said.
    held = () if element.tag == "Say" else tuple(_verb(child, inside, element.tag) for child in element)
    words = "".join(element.itertext()) if element.tag == "Say" else element.text or ""
    if element.tag == "Say" and not words.strip():
        raise SimulatorError("TwiML: an empty <Say> (the provider's error 13520)")
    return Verb(element.tag, dict(element.attrib), words, held)
