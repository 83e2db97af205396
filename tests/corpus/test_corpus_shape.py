"""The corpus is large enough, spread enough, and every label is one that the README defines."""

import re
from collections import Counter

from tests.corpus import FOLDER, RISKY, SHIPPED, Line, held_out, lines, not_a_yes
from tests.corpus.score import BY_THEME, kind

ASKED = {"nothing", "new", "what", "area", "details", "confirm", "alert", "alerts", "taken", "asked", "happened"}
LABEL = re.compile(
    r"emergency|danger\?|opt_out|opt_out_calls|opt_out\?|hours|by_text|by_call|withdraw|opt_in|carrier"
    r"|menu|back|person|signup|stranger|machine|nothing|status|thanks|relay|unclear|which|decline"
    r"|(take|decline|done|drop|call|status) [1-9]\d{2,3}"
    r"|language [a-z]{2}"
    r"|answer (yes|no|today|words|food|ride|medicine|other|north|downtown)"
    r"|new( (food|ride|medicine|other))?( (north|downtown))?"
)
ONLY_AFTER = {
    "which": {"alerts"},
    "decline": {"alerts"},
    "answer words": {"details"},
    "answer yes": {"confirm", "happened"},
    "answer today": {"confirm"},
    "answer no": {"confirm", "happened", "details"},
    "answer food": {"what"},
    "answer ride": {"what"},
    "answer medicine": {"what"},
    "answer other": {"what"},
    "answer north": {"area"},
    "answer downtown": {"area"},
    "relay": {"taken", "asked", "happened"},
}
ALONE = {"emergency", "danger?"}  # whatever is said besides is not labelled


def named(line: Line) -> str:
    """Where a line stands. Its text stays unsaid: it may be held out."""
    return f"{line.file}:{line.number} ({line.asked}): {line.meaning}"


def languages(some: list[Line]) -> set[str]:
    return {line.language for line in some} - {"any"}


def labels(line: Line) -> set[str]:
    return {label for heard in line.fair for label in heard}


def test_every_line_says_what_was_asked_and_has_known_meanings() -> None:
    strange = [line for line in lines() if line.asked not in ASKED or not all(map(LABEL.fullmatch, labels(line)))]
    assert not strange, "\n".join(map(named, strange))


def test_every_label_stands_in_the_readme() -> None:
    told = FOLDER.joinpath("README.md").read_text("utf-8")
    assert {label.split(" ")[0] for line in lines() for label in labels(line)} <= set(re.findall(r"[a-z_]+\??", told))


def test_a_meaning_stands_only_where_it_can() -> None:
    strange = [
        line for line in lines() if any(line.asked not in ONLY_AFTER.get(label, ASKED) for label in labels(line))
    ]
    assert not strange, "\n".join(map(named, strange))


def test_danger_stands_alone_and_no_meaning_twice() -> None:
    strange = [
        line
        for line in lines()
        if any(len(heard) > 1 and heard & ALONE for heard in line.fair) or len(set(line.fair)) < len(line.fair)
    ]
    assert not strange, "\n".join(map(named, strange))


def test_no_line_stands_twice_and_none_is_empty() -> None:
    often = Counter((line.text, line.asked) for line in lines())
    assert not [key for key, times in often.items() if times > 1]
    assert all(line.text.strip() for line in lines())


def test_there_are_enough_lines_languages_and_questions() -> None:
    assert len({(line.text, line.asked) for line in lines()}) >= 12_000
    assert len(languages(lines())) >= 15
    assert {line.asked for line in lines()} == ASKED


def test_there_are_enough_lines_of_each_kind_where_a_word_could_do_harm() -> None:
    """In every language shipped, and after every question."""
    kinds = {
        "danger": [line for line in lines() if kind(line).startswith("danger")],
        "opting out": [line for line in lines() if kind(line) == "opting out"],
        **{name: [line for line in lines() if kind(line) == name] for name in BY_THEME.values()},
    }
    assert {name: len(some) for name, some in kinds.items() if len(some) < 500} == {}
    assert all(languages(some) >= set(SHIPPED) for some in kinds.values())
    assert all({line.asked for line in some} >= ASKED - {"alerts"} for some in kinds.values())


def test_there_are_enough_texts_that_are_no_yes() -> None:
    tempting = [line for line in lines() if not_a_yes(line) and line.fair[0] & {"unclear", "relay"}]
    assert len({line.text for line in tempting}) >= 800  # plain noes come on top
    assert {line.asked for line in tempting} == RISKY


def test_there_are_enough_ways_to_say_yes() -> None:
    said = [line for line in lines() if re.match("take|which|answer yes", line.meaning)]
    assert len({line.text for line in said}) >= 500
    assert len(languages(said)) >= 15


def test_a_tenth_is_held_out_in_every_language() -> None:
    kept = [line for line in lines() if held_out(line)]
    assert 0.07 < len(kept) / len(lines()) < 0.13
    assert len(languages(kept)) >= 15
