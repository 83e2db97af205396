"""Danger in a conversation: when it is looked after, which other side may hear of it, and who is rung."""

import tomllib

import pytest

from hotline.channels.catalogue import languages
from hotline.channels.parsing.parser import Hearing
from hotline.community.model import CommunityError
from hotline.community.reading import from_table
from hotline.dispatch.follow_up import NextAboutDanger, due_about_danger, first_look_at_danger
from hotline.flows.everyone.danger import may_come_from_others
from hotline.model.calendar import HOUR, MINUTE
from hotline.model.dangers import CERTAIN, POSSIBLE, DangerCase
from tests.world import COMMUNITY, heard_in

NOON = 1_000_000.0


def case(level: str) -> DangerCase:
    return DangerCase(1, "+12125550111", 101, level, "my chest is tight", NOON)


@pytest.fixture(scope="module")
def hearing() -> Hearing:
    return heard_in(from_table(tomllib.loads(COMMUNITY), languages()))


def test_no_answer_in_five_minutes_counts_as_a_yes() -> None:
    assert first_look_at_danger(POSSIBLE, NOON) == NOON + 5 * MINUTE
    step, look_at = due_about_danger(case(POSSIBLE), waits=True, now=NOON + 5 * MINUTE)
    assert (step, look_at) == (NextAboutDanger.COUNTS_AS_YES, NOON + 20 * MINUTE)


def test_coordinators_are_reminded_each_quarter_of_an_hour_and_after_an_hour_it_goes_on() -> None:
    at, steps = first_look_at_danger(CERTAIN, NOON), []
    while True:
        step, look_at = due_about_danger(case(CERTAIN), waits=True, now=at)
        steps.append(((at - NOON) / MINUTE, step))
        if look_at is None:
            break
        at = look_at
    again = NextAboutDanger.REMIND
    assert steps == [(15, again), (30, again), (45, again), (60, NextAboutDanger.GO_ON)]


def test_what_a_coordinator_has_seen_goes_on_by_their_word_alone() -> None:
    seen = case(CERTAIN).but(seen_at=NOON + MINUTE)
    for at in (NOON + 4 * HOUR, NOON + 30 * HOUR):
        assert due_about_danger(seen, waits=True, now=at) == (NextAboutDanger.REMIND, at + 4 * HOUR)
    assert due_about_danger(seen, waits=False, now=NOON + 4 * HOUR) == (NextAboutDanger.NOTHING, None)


def test_nothing_is_done_where_nothing_waits() -> None:
    assert due_about_danger(case(CERTAIN), waits=False, now=NOON + HOUR) == (NextAboutDanger.NOTHING, None)


@pytest.mark.parametrize(
    "words",
    [
        "there is smoke in her hallway",
        "she is not breathing",
        "my dad fell down the stairs and cant get up",
        "hay humo en su pasillo",
        "my chest is tight",
    ],
)
def test_what_nobody_does_to_somebody_is_passed_on(hearing: Hearing, words: str) -> None:
    assert hearing.hear(words).danger
    assert not may_come_from_others(hearing.hear(words))


@pytest.mark.parametrize(
    "words",
    [
        "the man you sent is threatening me",
        "el hombre que mandaron me esta amenazando",
        "he is hitting me and there is smoke in the hallway",
        "he has a gun",
        "I want to die",
        "someones trying to get in my apartment",
    ],
)
def test_what_somebody_may_do_waits_for_a_person(hearing: Hearing, words: str) -> None:
    assert hearing.hear(words).danger
    assert may_come_from_others(hearing.hear(words))


def test_words_without_danger_wait_for_nobody(hearing: Hearing) -> None:
    assert not may_come_from_others(hearing.hear("ring the upper bell"))


def test_a_coordinator_is_rung_who_wants_that() -> None:
    raw = tomllib.loads(COMMUNITY + 'rings_for_danger = true\n[coordinators.jo]\nphone = "+12125550198"\n')
    assert from_table(raw, languages()).rung_for_danger == {"+12125550199"}


def test_whether_a_coordinator_is_rung_is_yes_or_no() -> None:
    raw = tomllib.loads(COMMUNITY + 'rings_for_danger = "yes"\n')
    with pytest.raises(CommunityError, match=r"coordinators\.rosa\.rings_for_danger: write true or false"):
        from_table(raw, languages())
