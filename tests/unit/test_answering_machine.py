"""Answering machine: what it hears of a call of ours names nobody and says nothing of what somebody asked for."""

import re
from pathlib import Path

import pytest

from hotline.channels.catalogue import languages, messages

TRANSCRIPTS = Path(__file__).parents[1] / "transcripts"
NO_KEY_YET = (
    *("hello", "unnamed", "careful", "talk", "asked", "message", "message_unnamed", "settled"),
    *("keys_only", "not_joined", "offer_again", "offer_later", "goodbye"),
)
MAY_BE_SAID = {"community", "number", "emergency"}
VALUE = re.compile(r"\{(\w+)")
MACHINE = re.compile(r"^-- (\w+)'s machine answers$")
SPEAKS = re.compile(r"^(\w+)(?:'s phone| (?:texts|calls|hears|reads|presses|answers|says|sees)\b)", re.MULTILINE)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("step", NO_KEY_YET)
def test_what_is_said_before_a_key_has_no_place_for_a_name_or_a_need(step: str, language: str) -> None:
    voiced = messages(language)["ring"][step]["voice"]
    assert set(VALUE.findall(voiced)) <= MAY_BE_SAID


@pytest.mark.parametrize("language", languages())
def test_an_offer_says_what_and_where_and_of_nobody(language: str) -> None:
    """A volunteer's machine may hear what is asked of them: it is nobody's who could be found by it."""
    assert not {"name", "details"} & set(VALUE.findall(messages(language)["offer"]["asked"]["voice"]))


def heard_by_machines() -> list[tuple[str, str, frozenset[str]]]:
    """(transcript, what a machine heard, everybody else in it)."""
    found = []
    for file in sorted(TRANSCRIPTS.glob("*.txt")):
        lines, people = file.read_text("utf-8").splitlines(), set(SPEAKS.findall(file.read_text("utf-8")))
        for at, line in enumerate(lines):
            if whose := MACHINE.match(line):
                said = next(each for each in lines[at:] if each.startswith(f"{whose[1]} hears: "))
                found.append((file.stem, said.partition(": ")[2], frozenset(people - {whose[1]})))
    return found


def test_no_machine_of_a_transcript_heard_a_name() -> None:
    heard = heard_by_machines()
    assert len(heard) >= 5
    assert [(name, each) for name, said, people in heard for each in people if re.search(rf"\b{each}\b", said)] == []
