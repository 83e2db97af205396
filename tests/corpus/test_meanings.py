"""The whole corpus, through the real hearing and the real rules: no false yes anywhere, and nearly everything right."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from hotline.flows import FLOWS
from tests.corpus import Line, a_yes, held_out, lines, not_a_yes
from tests.corpus.judging import SHIPPED, ear, judged
from tests.world import COMMUNITY

ENOUGH = 0.98
TWO = ("en", "es")
YES_OR_NO = ("take", "which", "decline", "answer")  # all that is asked of a language that is not shipped

Judged = list[tuple[Line, str]]


def judge(folder: Path, languages: tuple[str, ...]) -> Judged:
    folder.joinpath("community.toml").write_text(COMMUNITY, "utf-8")
    hearing = ear(languages, folder)
    to_judge = [line for line in lines() if not line.meaning.startswith("call ") or "call" in FLOWS]
    return [(line, judged(line, hearing, languages)) for line in to_judge]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    return judge(tmp_path_factory.mktemp("everything"), SHIPPED)


def shipped(line: Line) -> bool:
    return line.language in (*SHIPPED, "any")


def right(some: Judged) -> float:
    return sum(said == line.meaning for line, said in some) / len(some)


def table(some: Judged) -> str:
    """The misses by language and label, without a word of the tenth that is held out."""
    missed: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line, said in some:
        if said != line.meaning:
            shown = "(held out)" if held_out(line) else f"{line.text} [{line.asked}: {said}]"
            missed[(line.language, line.meaning)].append(shown)
    return "\n".join(f"{' '.join(key)}: {' | '.join(texts)}" for key, texts in sorted(missed.items()))


def false_yeses(some: Judged) -> list[str]:
    return [
        f"{line.text!r} ({line.asked}): {said}" for line, said in some if not_a_yes(line) and a_yes(line.asked, said)
    ]


def test_nothing_that_is_no_yes_is_heard_as_one(everything: Judged) -> None:
    assert len([line for line, _ in everything if not_a_yes(line)]) > 4000
    assert false_yeses(everything) == []


def test_nothing_that_is_no_yes_is_heard_as_one_where_two_languages_are_spoken(tmp_path: Path) -> None:
    assert false_yeses(judge(tmp_path, TWO)) == []


def test_nearly_everything_means_what_it_says(everything: Judged) -> None:
    known = [(line, said) for line, said in everything if shipped(line)]
    kept_back = [(line, said) for line, said in known if held_out(line)]
    print(table(known))
    print(f"{right(known):.2%} of all {len(known)}, {right(kept_back):.2%} of the {len(kept_back)} held out")
    assert right(known) >= ENOUGH
    assert right(kept_back) >= ENOUGH


def test_every_language_that_is_shipped_is_understood(everything: Judged) -> None:
    for language in SHIPPED:
        assert right([(line, said) for line, said in everything if line.language == language]) >= ENOUGH, language


def test_yes_and_no_are_understood_in_the_languages_of_the_world(everything: Judged) -> None:
    """Also where the language is not shipped. What else is said in it goes to a person."""
    said = [(line, said) for line, said in everything if line.meaning.split()[0] in YES_OR_NO and not shipped(line)]
    answers = [(line, said) for line, said in said if line.asked in ("alert", "alerts", "confirm", "happened")]
    spoken = Counter(line.language for line, _ in answers)
    print(table(answers))
    assert len(spoken) >= 15
    assert right(answers) >= ENOUGH
