"""Whole turns, without a channel: what is interrupted goes on, and nothing said twice does harm."""

from dataclasses import replace

import pytest

from hotline.engine.answers import Heard
from hotline.engine.session import Turn
from hotline.flows import FLOWS, dialog_manager
from hotline.model.effects import Add, Danger, Decline, Done, Draft, Drop, Effect, Flag, OptOut, Record, Take, Tell
from hotline.model.facts import Facts
from hotline.model.needs import Status
from tests.unit.build import ANA, ME, facts, need

VOLUNTEER = {"volunteer": True, "name": "Ben"}
DRAFT = need(120, Status.DRAFT, neighbor=ME)
IN_FORM = {"flow": "intake", "step": "details", "answers": {"what": "food", "area": "north"}}


def said(*names: str, numbers: tuple[int, ...] = (), rest: tuple[str, ...] = ()) -> Heard:
    return Heard(" ".join((*names, *rest)) or "?", names, numbers, rest)


def keys_of(turn: Turn) -> list[str]:
    return [prompt.key for prompt in turn.prompts]


def kinds_of(turn: Turn) -> list[type[Effect]]:
    return [type(effect) for effect in turn.effects]


def test_the_first_word_is_on_record_and_who_we_are_is_said_first() -> None:
    turn = dialog_manager.read(said("food"), facts(person={"known": False}))
    assert turn.effects == (Draft("food"),)
    assert keys_of(turn) == ["hello.first", "intake.area"]


def test_what_the_first_words_say_is_not_asked_again() -> None:
    turn = dialog_manager.answer(said("food", "north"), facts())
    assert keys_of(turn) == ["intake.details"]


def test_two_needs_in_one_text_are_asked_about() -> None:
    assert keys_of(dialog_manager.answer(said("food", "ride"), facts())) == ["intake.what"]


def test_a_form_ends_in_a_recorded_need() -> None:
    session = {**IN_FORM, "step": "confirm", "answers": {"what": "food", "area": "north", "details": "2 bags"}}
    turn = dialog_manager.answer(said("yes"), facts(session=session, draft=DRAFT, asked_for=(DRAFT,)))
    assert turn.effects == (Record(120, "food", "north", "2 bags"),)
    assert keys_of(turn) == ["intake.thanks"]


def test_back_from_the_read_back_asks_for_the_details_again() -> None:
    session = {**IN_FORM, "step": "confirm", "answers": {"what": "food", "area": "north", "details": "2 bags"}}
    turn = dialog_manager.answer(said("back"), facts(session=session, draft=DRAFT))
    assert keys_of(turn) == ["intake.details"]


def test_an_alert_that_is_taken_half_way_through_a_form_does_not_end_the_form() -> None:
    here = facts(session=IN_FORM, person=VOLUNTEER, open=(need(),), asked_at=2e9, draft=DRAFT)
    turn = dialog_manager.answer(said("yes"), here)
    assert keys_of(turn) == ["take.taken", "intake.details"]
    assert kinds_of(turn)[:2] == [Take, Tell]
    assert (turn.session.flow, turn.session.step) == ("intake", "details")


def test_a_bare_yes_with_two_alerts_open_asks_which_and_then_the_form_goes_on() -> None:
    both = (need(112), need(115))
    here = facts(session=IN_FORM, person=VOLUNTEER, open=both, asked_at=2e9)
    asked = dialog_manager.answer(said("yes"), here)
    assert keys_of(asked) == ["take.which"]
    assert not asked.effects
    again = facts(person={**VOLUNTEER, "asked_at": 3e9}, open=both, asked_at=2e9)
    after = dialog_manager.answer(said(numbers=(115,)), _standing(again, asked))
    assert [effect for effect in after.effects if isinstance(effect, Take)] == [Take(115, ME)]
    assert keys_of(after) == ["take.taken", "intake.details"]


def _standing(here: Facts, turn: Turn) -> Facts:
    return replace(here, me=replace(here.me, session=turn.session))


@pytest.mark.parametrize(
    ("status", "takers", "key"),
    [
        (Status.OPEN, (), "take.taken"),
        (Status.TAKEN, (ANA,), "take.gone"),
        (Status.TAKEN, (ME,), "take.yours"),
        (Status.DONE, (ANA,), "take.over"),
        (Status.CANCELLED, (), "take.over"),
        (Status.EXPIRED, (), "take.over"),
        (Status.DRAFT, (), "take.unknown"),
    ],
)
def test_a_yes_gets_an_honest_answer_however_things_stand(status: Status, takers: tuple[str, ...], key: str) -> None:
    here = facts(person=VOLUNTEER, named=(need(112, status, takers=takers),))
    turn = dialog_manager.answer(said("yes", numbers=(112,)), here)
    assert keys_of(turn) == [key]
    assert (Take in kinds_of(turn)) == (key == "take.taken")


def test_a_need_that_is_over_is_not_said_to_be_in_hand() -> None:
    here = facts(person=VOLUNTEER, named=(need(112, Status.DONE, takers=(ME,)),))
    assert keys_of(dialog_manager.answer(said("yes", numbers=(112,)), here)) != ["take.yours"]


def test_nobody_takes_their_own_need_and_no_stranger_takes_any() -> None:
    own = facts(person=VOLUNTEER, named=(need(112, neighbor=ME),))
    assert keys_of(dialog_manager.answer(said("yes", numbers=(112,)), own)) == ["take.own"]
    assert keys_of(dialog_manager.answer(said("yes", numbers=(112,)), facts(named=(need(),)))) == ["take.stranger"]
    assert keys_of(dialog_manager.answer(said("yes", numbers=(999,)), facts(person=VOLUNTEER))) == ["take.unknown"]


@pytest.mark.parametrize(("word", "effect"), [("done", Done), ("drop", Drop)])
@pytest.mark.parametrize("status", [Status.TAKEN, Status.DONE, Status.CANCELLED, Status.EXPIRED])
def test_done_and_drop_act_only_on_what_is_in_hand(word: str, effect: type[Effect], status: Status) -> None:
    """A second DONE must not ask storage for a change that it refuses: the text would be lost."""
    here = facts(person=VOLUNTEER, named=(need(112, status, takers=(ME,)),))
    turn = dialog_manager.answer(said(word, numbers=(112,)), here)
    assert (effect in kinds_of(turn)) == (status is Status.TAKEN)
    assert turn.prompts


def test_no_is_kept_and_nothing_else_happens() -> None:
    turn = dialog_manager.answer(said("no", numbers=(112,)), facts(person=VOLUNTEER, open=(need(),)))
    assert kinds_of(turn) == [Decline]
    assert keys_of(turn) == ["decline.told"]


def test_a_yes_with_words_takes_nothing_and_a_person_sees_the_words() -> None:
    here = facts(person=VOLUNTEER, open=(need(),), asked_at=2e9)
    turn = dialog_manager.answer(said("yes", rest=("but", "later")), here)
    assert kinds_of(turn) == [Flag]
    assert keys_of(turn) == ["unsure.plainly"]


def test_after_three_misses_a_person_looks_and_the_machine_is_quiet() -> None:
    session = {**IN_FORM, "step": "area", "misses": 2}
    turn = dialog_manager.answer(said(rest=("hm",)), facts(session=session, draft=DRAFT))
    assert Flag("not_understood", "hm", 120) in turn.effects
    assert keys_of(turn) == ["stuck.told"]
    assert not turn.session.waiting


def test_words_at_the_read_back_are_added_and_are_no_miss() -> None:
    answers = {"what": "food", "area": "north", "said": "no nuts"}
    session = {**IN_FORM, "step": "confirm", "misses": 2, "answers": answers}
    turn = dialog_manager.answer(said(rest=("hm",)), facts(session=session, draft=DRAFT))
    assert keys_of(turn) == ["intake.confirm"]
    assert turn.prompts[0].values["details"] == "no nuts\nhm"
    assert turn.prompts[0].again == 0


def test_opting_out_ends_everything() -> None:
    turn = dialog_manager.answer(said("opt_out"), facts(session=IN_FORM))
    assert turn.effects == (OptOut(),)
    assert (keys_of(turn), turn.session.waiting) == (["hello.opted_out"], False)


def test_an_emergency_is_answered_with_the_number_to_call_and_the_question_stands() -> None:
    turn = dialog_manager.answer(said("emergency"), facts(session=IN_FORM))
    assert keys_of(turn) == ["hello.emergency"]
    assert turn.session.step == "details"
    assert kinds_of(turn) == [Danger]


def test_a_session_of_a_flow_that_is_gone_begins_a_request_with_what_was_said() -> None:
    turn = dialog_manager.answer(said("food"), facts(session={"flow": "gone", "step": "x"}))
    assert keys_of(turn) == ["intake.area"]


def test_a_step_edited_away_does_not_write_the_first_words_twice() -> None:
    session = {"flow": "intake", "step": "gone", "answers": {"words": "food", "what": "food"}}
    turn = dialog_manager.answer(said("north"), facts(session=session, draft=DRAFT))
    assert Add(120, "food") not in turn.effects


@pytest.mark.parametrize("name", sorted(FLOWS))
def test_every_flow_stands_under_its_own_name(name: str) -> None:
    assert FLOWS[name].name == name


def test_each_thing_said_counts_as_a_turn() -> None:
    for heard in (said("food"), said("menu"), said("thanks")):
        assert dialog_manager.answer(heard, facts(session={**IN_FORM, "turn": 7})).session.turn == 8
