"""The whole corpus through the real hearing and rules: nothing harmful anywhere, and nearly everything right."""

from collections import Counter
from pathlib import Path

import pytest

from tests.corpus import SHIPPED, shipped
from tests.corpus.__main__ import misses
from tests.corpus.score import BY_THEME, Judgement, harm, judge, kind, parts, share, table

# What is reached, so that nothing gets worse; behind it the goal where that is another.
RIGHT = 0.945  # 0.985
RIGHT_HELD_OUT = 0.865  # 0.985
RIGHT_IN_A_LANGUAGE = 0.91  # 0.985
DANGER_MISSED = 0.01
DANGER_MISSED_HELD_OUT = 0.08  # 0.02
SENT_OFF_HELD_OUT = 0
IDIOMS_ALARMED = 0.03
IDIOMS_ALARMED_HELD_OUT = 0.19  # 0.05
RAISED = 0.12  # of possible danger, taken for certain
OPTING_OUT_MISSED = 0.03  # 0.01
OPTING_OUT_MISSED_HELD_OUT = 0.125  # 0.01
ENDED_WRONGLY = 0.0015
ENDED_WRONGLY_HELD_OUT = 0.006  # 0.002
YES_AND_NO = 0.98  # in languages that are not shipped
TWO = ("en", "es")
YES_OR_NO = ("take", "which", "decline", "answer")  # all that is asked of a language that is not shipped


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> list[Judgement]:
    return judge(tmp_path_factory.mktemp("everything"))


@pytest.fixture(scope="module")
def ours(everything: list[Judgement]) -> list[Judgement]:
    """The lines of the shipped languages."""
    known = [each for each in everything if shipped(each.line)]
    print(table(known), harm(known), misses(known), sep="\n\n")
    return known


def texts(some: list[Judgement]) -> list[str]:
    """What to show of lines that were misheard: nothing that is held out."""
    tuned, kept = parts(some)
    shown = [f"{each.line.text!r} ({each.line.asked}): {' + '.join(each.heard)}" for each in tuned]
    return shown + ["(held out)"] * len(kept)


def test_nothing_that_is_no_yes_is_heard_as_one(everything: list[Judgement]) -> None:
    _no_false_yes(everything)


def test_nothing_that_is_no_yes_is_heard_as_one_where_two_languages_are_spoken(tmp_path: Path) -> None:
    _no_false_yes(judge(tmp_path, TWO))


def _no_false_yes(some: list[Judgement]) -> None:
    assert texts([each for each in some if each.false_yes]) == []


def test_no_danger_is_answered_by_silence_or_farewell(ours: list[Judgement]) -> None:
    tuned, kept = parts(ours)
    assert texts([each for each in tuned if each.sent_off]) == []
    assert sum(each.sent_off for each in kept) <= SENT_OFF_HELD_OUT


def test_danger_is_heard(ours: list[Judgement]) -> None:
    for part, most in ((ours, DANGER_MISSED), (parts(ours)[1], DANGER_MISSED_HELD_OUT)):
        assert share(each.danger_missed for each in part if each.in_danger) <= most


def test_figures_of_speech_are_no_danger(ours: list[Judgement]) -> None:
    for part, most in ((ours, IDIOMS_ALARMED), (parts(ours)[1], IDIOMS_ALARMED_HELD_OUT)):
        assert share(each.false_alarm for each in part if kind(each.line) == BY_THEME["idioms"]) <= most


def test_possible_danger_is_seldom_taken_for_certain(ours: list[Judgement]) -> None:
    assert share(each.raised for each in ours if kind(each.line) == "danger, possible") <= RAISED


def test_opting_out_is_heard_and_nothing_else_ends_the_texts(ours: list[Judgement]) -> None:
    for part, missed, wrongly in (
        (ours, OPTING_OUT_MISSED, ENDED_WRONGLY),
        (parts(ours)[1], OPTING_OUT_MISSED_HELD_OUT, ENDED_WRONGLY_HELD_OUT),
    ):
        assert share(each.opting_out_missed for each in part if each.opting_out) <= missed
        assert share(each.ended_wrongly for each in part if not each.line.may_be("opt_out")) <= wrongly


def test_nearly_everything_means_what_it_says(ours: list[Judgement]) -> None:
    for part, least in ((ours, RIGHT), (parts(ours)[1], RIGHT_HELD_OUT)):
        assert share(each.right for each in part) >= least


def test_every_language_that_is_shipped_is_understood(ours: list[Judgement]) -> None:
    scores = {each: share(one.right for one in ours if one.line.language == each) for each in SHIPPED}
    assert all(score >= RIGHT_IN_A_LANGUAGE for score in scores.values()), scores


def test_yes_and_no_are_understood_in_the_languages_of_the_world(everything: list[Judgement]) -> None:
    """Also where the language is not shipped. What else is said in it goes to a person."""
    answers = [
        each
        for each in everything
        if not shipped(each.line)
        and each.line.meaning.split()[0] in YES_OR_NO
        and each.line.asked in ("alert", "alerts", "confirm", "happened")
    ]
    print(misses(answers))
    assert len(Counter(each.line.language for each in answers)) >= 15
    assert share(each.right for each in answers) >= YES_AND_NO
