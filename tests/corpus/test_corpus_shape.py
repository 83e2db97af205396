"""The corpus is large enough, spread enough, and every label is one that the README defines."""

import re
from collections import Counter

from tests.corpus import RISKY, Line, held_out, lines, not_a_yes

ASKED = {"nothing", "new", "what", "area", "details", "confirm", "alert", "alerts", "taken", "asked", "happened"}
MEANING = re.compile(
    r"opt_out|opt_in|carrier|emergency|menu|back|person|signup|status|thanks|relay|unclear|which|decline"
    r"|(take|decline|done|drop|call|status) [1-9]\d{2,3}"
    r"|language [a-z]{2}"
    r"|answer (yes|no|words|food|ride|medicine|other|north|downtown|[1-4])"
    r"|new( (food|ride|medicine|other))?( (north|downtown))?"
)
ONLY_AFTER = {
    "which": {"alerts"},
    "decline": {"alerts"},
    "answer words": {"details"},
    "answer yes": {"confirm", "happened"},
    "answer no": {"confirm", "happened", "details"},
    "relay": {"taken", "asked"},
}


def named(line: Line) -> str:
    return f"{line.file}:{line.number} {line.text!r} ({line.asked}): {line.meaning}"


def languages(some: list[Line]) -> set[str]:
    return {line.language for line in some} - {"any"}


def test_every_line_says_what_was_asked_and_has_a_known_meaning() -> None:
    strange = [line for line in lines() if line.asked not in ASKED or not MEANING.fullmatch(line.meaning)]
    assert not strange, "\n".join(map(named, strange))


def test_a_meaning_stands_only_where_it_can() -> None:
    strange = [line for line in lines() if line.asked not in ONLY_AFTER.get(line.meaning, ASKED)]
    assert not strange, "\n".join(map(named, strange))


def test_no_line_stands_twice_and_none_is_empty() -> None:
    often = Counter((line.text, line.asked) for line in lines())
    assert not [key for key, times in often.items() if times > 1]
    assert all(line.text.strip() for line in lines())


def test_there_are_enough_lines_languages_and_questions() -> None:
    assert len({(line.text, line.asked) for line in lines()}) >= 2_700
    assert len(languages(lines())) >= 15
    assert {line.asked for line in lines()} == ASKED


def test_there_are_enough_texts_that_are_no_yes() -> None:
    tempting = [line for line in lines() if not_a_yes(line) and line.meaning in {"unclear", "relay"}]
    assert len({line.text for line in tempting}) >= 800  # plain noes come on top
    assert {line.asked for line in tempting} == RISKY


def test_there_are_enough_ways_to_say_yes() -> None:
    said = [line for line in lines() if line.meaning.split(" ")[0] in {"take", "which"} or line.meaning == "answer yes"]
    assert len({line.text for line in said}) >= 500
    assert len(languages(said)) >= 15


def test_a_tenth_is_held_out_in_every_language() -> None:
    kept = [line for line in lines() if held_out(line)]
    assert 0.07 < len(kept) / len(lines()) < 0.13
    assert len(languages(kept)) >= 15
