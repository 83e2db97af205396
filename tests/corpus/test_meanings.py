"""The whole corpus through the real hearing and rules: nothing harmful anywhere, and nearly everything right.

Every line is judged once, in one test: what is shared between tests is made anew by each process that runs some.
"""

from collections.abc import Iterable
from pathlib import Path

from tests.corpus import RISKY, SHIPPED, lines, shipped
from tests.corpus.__main__ import misses
from tests.corpus.score import Judgement, counts, harm, judge, kind, parts, share, table

# What is reached, so that nothing gets worse: of all lines, and of those held out; behind it the goal where that is
# another. Each time that lines of strangers came in, the corpus got harder: of the last, a third of it, 56 % were read
# rightly as they came.
LEAST = {"right": (0.882, 0.805)}  # 0.985
MOST = {
    "danger answered by silence or farewell": (0, 0),
    "danger missed": (0.016, 0.0925),  # 0.02
    "figures of speech alarmed": (0.025, 0.135),  # 0.05
    "opting out missed": (0.067, 0.114),  # 0.01
    "texts ended wrongly": (0.0007, 0.0021),  # 0.002
}
RIGHT_IN_A_LANGUAGE = 0.82  # 0.985
RAISED = 0.12  # of possible danger, taken for certain
YES_AND_NO = 0.98  # in languages that are not shipped
TWO = ("en", "es")
YES_OR_NO = ("take", "which", "decline", "answer")  # all that is asked of a language that is not shipped
LANGUAGES = 15


def test_what_is_reached_stays(tmp_path: Path) -> None:
    everything = judge(tmp_path, lines())
    ours = [each for each in everything if shipped(each.line)]
    print(table(ours), harm(ours), misses(ours), sep="\n\n")
    assert texts(each for each in everything if each.false_yes) == []
    assert texts(each for each in parts(ours)[0] if each.sent_off) == []
    assert list(beyond(ours)) == []
    _every_shipped_language_is_understood(ours)
    _yes_and_no_are_understood_in_the_languages_of_the_world(everything)


def test_nothing_that_is_no_yes_is_heard_as_one_where_two_languages_are_spoken(tmp_path: Path) -> None:
    risky = [line for line in lines() if line.asked in RISKY]
    assert texts(each for each in judge(tmp_path, risky, TWO) if each.false_yes) == []


def texts(some: Iterable[Judgement]) -> list[str]:
    """What to show of lines that were misheard: nothing that is held out."""
    tuned, kept = parts(list(some))
    shown = [f"{each.line.text!r} ({each.line.asked}): {' + '.join(each.heard)}" for each in tuned]
    return shown + ["(held out)"] * len(kept)


def beyond(ours: list[Judgement]) -> Iterable[str]:
    """What got worse than its bound."""
    for place, (part, some) in enumerate((("all lines", ours), ("held out", parts(ours)[1]))):
        shares = {name: k / n for name, k, n in counts(some)}
        for name, bounds in LEAST.items():
            if shares[name] < bounds[place]:
                yield f"{name}, {part}: {shares[name]:.4f}, not {bounds[place]}"
        for name, bounds in MOST.items():
            if shares[name] > bounds[place]:
                yield f"{name}, {part}: {shares[name]:.4f}, not {bounds[place]}"
    raised = share(each.raised for each in ours if kind(each.line) == "danger, possible")
    if raised > RAISED:
        yield f"possible danger taken for certain: {raised:.4f}, not {RAISED}"


def _every_shipped_language_is_understood(ours: list[Judgement]) -> None:
    scores = {each: share(one.right for one in ours if one.line.language == each) for each in SHIPPED}
    assert all(score >= RIGHT_IN_A_LANGUAGE for score in scores.values()), scores


def _yes_and_no_are_understood_in_the_languages_of_the_world(everything: list[Judgement]) -> None:
    """Also where the language is not shipped. What else is said in it goes to a person."""
    answers = [
        each
        for each in everything
        if not shipped(each.line)
        and each.line.meaning.split()[0] in YES_OR_NO
        and each.line.asked in ("alert", "alerts", "confirm", "happened")
    ]
    print(misses(answers))
    assert len({each.line.language for each in answers}) >= LANGUAGES
    assert share(each.right for each in answers) >= YES_AND_NO
