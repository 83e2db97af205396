"""Recordings: what was said after the tone, and a short sound that stands for it."""

import io
import math
import wave
from array import array
from functools import cache

from hotline.simulator.traffic import Call, Recording, new_sid

_RATE = 8000  # what a telephone line carries
_PITCH = 440
_MARK = b"said"
_LONGEST = 3  # seconds of sound; the length that is reported is the real one


def record(call: Call, words: str, at: float) -> Recording:
    """What somebody said in a call; people say about five words in two seconds."""
    seconds = max(1, round(len(words.split()) * 0.4))
    return Recording(sid=new_sid("RE"), call_sid=call.sid, words=words, seconds=seconds, at=at)


def sound(recording: Recording) -> bytes:
    """A WAV file: a soft tone, as long as the recording but never more than three seconds."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(_RATE)
        out.writeframes(_tone(min(recording.seconds, _LONGEST)))
    return file.getvalue() + _comment(recording.words)


@cache
def _tone(seconds: int) -> bytes:
    """Its samples; there are three."""
    beats = (math.sin(math.tau * _PITCH * i / _RATE) for i in range(_RATE * seconds))
    return array("h", (round(4000 * beat) for beat in beats)).tobytes()


def words_of(content: bytes) -> str:
    """The words that a sound of ours stands for; "" when they are no part of it."""
    _, mark, rest = content.partition(_MARK)
    length = int.from_bytes(rest[:4], "little")
    return rest[4 : 4 + length].decode("utf-8", "replace") if mark else ""


def _comment(words: str) -> bytes:
    """A chunk that players pass over, with what was said in it: so a handset can hear it again."""
    said = words.encode("utf-8", "replace")
    return _MARK + len(said).to_bytes(4, "little") + said
