"""What a call leaves behind, and what it must not take along."""

import pytest

from hotline.engine.session import Session
from hotline.flows.interruption import in_this_call, left_behind, parked

ROSA = "+12125550199"
FORM = Session(ROSA, "intake", "area", "en", {"what": "food"}, turn=7)
INSIDE = Session(ROSA, "room", "what", "en", {"pin": "right"}, turn=7, call="CA1")
OPENED = Session(ROSA, "requests", "taken", "en", {"word": "right", "opened": "101"}, turn=7, call="CA1")


@pytest.mark.parametrize("session", [INSIDE, OPENED])
def test_what_a_pin_or_a_word_opened_is_open_in_that_call_alone(session: Session) -> None:
    """Somebody else may show the same number: a forged one, or that of an office."""
    assert in_this_call(session, "CA1") == session
    assert in_this_call(session, "CA2") == session.idle()
    assert left_behind(session) == session.idle()


def test_a_form_goes_on_in_another_call() -> None:
    assert in_this_call(FORM.but(call="CA1"), "CA2").step == "area"
    assert left_behind(FORM) == FORM


@pytest.mark.parametrize("flow", ["menu", "withdraw", "take", "requests", "offer"])
def test_what_was_asked_in_passing_ends_with_the_call(flow: str) -> None:
    passing = Session(ROSA, flow, "sure", "en", turn=9)
    assert not left_behind(passing).waiting
    over_a_form = left_behind(passing.but(behind=FORM))
    assert (over_a_form.flow, over_a_form.step, over_a_form.turn) == ("intake", "area", 9)


@pytest.mark.parametrize("flow", ["happened", "still_needed", "intake", "signup"])
def test_what_time_has_asked_and_forms_stand(flow: str) -> None:
    standing = Session(ROSA, flow, "asked", "en", turn=9)
    assert left_behind(standing) == standing


def test_a_form_that_broke_off_waits_behind_a_call_with_news() -> None:
    behind = parked(FORM)
    assert (behind.waiting, behind.behind) == (False, FORM)
    assert left_behind(behind) == FORM
    asking = Session(ROSA, "happened", "asked", "en")
    assert parked(asking) == asking


def test_a_session_survives_with_its_call() -> None:
    assert Session.from_plain(ROSA, "en", 7, INSIDE.to_plain()) == INSIDE
