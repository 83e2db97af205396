"""What a waiting verb makes of keys, words and silence."""

from hotline.simulator.errors import SimulatorError
from hotline.simulator.keypad import Keys, listens_to
from hotline.simulator.line import Line
from hotline.simulator.twiml import Verb

_ANY_KEY = "1234567890*#"


def hears_words(line: Line) -> bool:
    """Whether words would be heard now, and not only keys."""
    waiting = line.waiting
    if line.joined or waiting is None:
        return line.joined
    return waiting.name == "Record" or (waiting.name == "Gather" and listens_to(waiting, "speech"))


async def press(line: Line, keys: str) -> None:
    """Keys into a Gather, or the key that ends a Record; a key nobody waits for is lost."""
    line.documents, waiting = 0, line.waiting
    if waiting and waiting.name == "Gather" and listens_to(waiting, "dtmf"):
        for key in keys:
            line.keys = line.keys.press(key, waiting)
        line.exchange.changes.touch()
        if line.keys.finished:
            await _gathered(line, waiting)
    elif waiting and waiting.name == "Record":
        enders = [key for key in keys if key in waiting.get("finishOnKey", _ANY_KEY)]
        if enders:
            await line.recorded(waiting, "", enders[0])


async def say(line: Line, words: str, then_hang_up: bool) -> None:
    """Words into a Record or a listening Gather, or to whom we are joined."""
    if not hears_words(line):
        raise SimulatorError(f"{line.handset}: nobody listens to words now, only to keys")
    line.documents, waiting = 0, line.waiting
    if line.joined or waiting is None:
        line.carry(words)
    elif waiting.name == "Gather":
        await line.submit(waiting, [("SpeechResult", words), ("Confidence", "0.9")])
    elif then_hang_up:
        await line.hang_up(words)
    else:
        await line.recorded(waiting, words)
    if then_hang_up and not line.over:
        await line.hang_up()


async def keep_silent(line: Line) -> None:
    """The timeout of what waits: digits so far are sent, otherwise the next verb comes."""
    line.documents, waiting = 0, line.waiting
    if waiting is None:
        return
    if waiting.name == "Gather":
        await _gathered(line, waiting)
    elif waiting.name == "Record":
        await line.go_on()
    elif line.dialing and not line.joined:
        await line.dialing.ring_out()


async def _gathered(line: Line, gather: Verb) -> None:
    digits, line.keys = line.keys.digits, Keys()
    if digits or gather.is_on("actionOnEmptyResult"):
        await line.submit(gather, [("Digits", digits)])
    else:
        await line.go_on()
