"""Listening rounds: nobody is asked at night, in danger, in the middle of something or twice; a request in an answer is
heard as one."""

from dataclasses import replace
from pathlib import Path

import pytest

from hotline.dispatch.rounds import OUTCOME_WITHIN, NextInRound, due
from hotline.flows.sharing.rounds.listen import besides
from hotline.model.calendar import DAY
from hotline.model.rounds import EVERY, OPEN_FOR, Part, Round, Stage, may_begin
from tests.unit.build import ME, NOW, facts, hearing

ROUND = Round(1, "rosa", "we decide", ("What is missing?", "What first?"), NOW, NOW + DAY, NOW + DAY + OPEN_FOR)
PART = Part(1, ROUND, ME, Stage.CHOSEN)


def next_of(part: Part, at: float, *, reached: bool = True, busy: bool = False, night: float = 0.0) -> NextInRound:
    return due(part, reached=reached, busy=busy, morning=at + night, now=at).next


def test_told_a_day_before_then_asked_once_and_on_once() -> None:
    told = due(PART, reached=True, busy=False, morning=NOW, now=NOW)
    assert (told.next, told.stage, told.check_at) == (NextInRound.TELL, Stage.TOLD, ROUND.asks_at)
    asked = due(replace(PART, stage=Stage.TOLD), reached=True, busy=False, morning=NOW + DAY, now=NOW + DAY)
    assert (asked.next, asked.stage) == (NextInRound.ASK, Stage.ASKED)
    on = replace(PART, stage=Stage.ASKED, put=1)
    assert next_of(on, NOW + 2 * DAY) is NextInRound.ASK
    assert next_of(replace(on, stage=Stage.ASKED_ON), NOW + 3 * DAY) is NextInRound.NOTHING
    for put in (0, 2):  # silence, and all answered
        assert next_of(replace(on, put=put), NOW + 2 * DAY) is NextInRound.NOTHING


def test_nobody_is_asked_at_night_or_in_the_middle_of_something() -> None:
    told = replace(PART, stage=Stage.TOLD)
    assert next_of(PART, NOW, night=3600) is NextInRound.NOTHING
    assert next_of(told, NOW + DAY, night=3600) is NextInRound.NOTHING
    assert next_of(told, NOW + DAY, busy=True) is NextInRound.NOTHING
    assert next_of(told, NOW + DAY, reached=False) is NextInRound.END


def test_it_ends_by_itself_and_what_came_of_it_is_told() -> None:
    closed = ROUND.closes_at
    assert next_of(replace(PART, stage=Stage.ASKED), closed) is NextInRound.END
    answered = replace(PART, stage=Stage.ASKED, put=2)
    assert next_of(answered, closed) is NextInRound.NOTHING
    assert next_of(answered, closed + OUTCOME_WITHIN) is NextInRound.END
    over = replace(answered, round=replace(ROUND, ended_at=closed), stage=Stage.HEARS)
    assert next_of(over, closed) is NextInRound.OUTCOME
    assert next_of(over, closed, reached=False) is NextInRound.END


def test_one_round_in_three_months() -> None:
    over = replace(ROUND, ended_at=NOW + 2 * DAY)
    assert may_begin(None, NOW)
    assert may_begin(over, NOW + EVERY)
    assert not may_begin(over, NOW + EVERY - 1)
    assert not may_begin(ROUND, NOW + EVERY)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("a bench at the bus stop", {}),
        ("no", {"no": "yes"}),
        ("no, nothing is missing", {}),
        ("I need a ride 11216", {"asks": "yes", "what": "ride", "area": "north"}),
        ("food", {"asks": "yes", "what": "food"}),
        ("the food at the market is dear", {}),
    ],
)
def test_what_may_be_a_request_is_asked_about(words: str, found: dict[str, str], tmp_path: Path) -> None:
    assert besides(hearing(tmp_path).hear(words), facts()) == found
