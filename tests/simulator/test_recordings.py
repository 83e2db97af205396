"""Sounds on the pretend network: what was said is in them, a Play is really fetched, and planned trouble happens."""

import pytest

from hotline.simulator.faults import Faults
from hotline.simulator.recorder import sound, words_of
from hotline.simulator.traffic import Recording


@pytest.mark.parametrize("words", ["", "two bags", "¿dónde está? 😀", "said" * 50, "x" * 3000])
def test_what_was_said_is_in_the_sound(words: str) -> None:
    recording = Recording(sid="RE1", call_sid="CA1", words=words, seconds=2, at=0.0)
    assert words_of(sound(recording)) == words
    assert sound(recording)[:4] == b"RIFF"


def test_any_other_sound_has_no_words() -> None:
    assert words_of(b"") == words_of(b"RIFF....WAVEfmt ") == ""


def test_what_becomes_of_recordings_can_be_planned() -> None:
    faults = Faults(next_recording=["failed", "absent"])
    assert [faults.take_recording() for _ in range(3)] == ["failed", "absent", "completed"]
