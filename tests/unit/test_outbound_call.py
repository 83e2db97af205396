"""A call that we made, step by step: what is heard, what is done, and where the call and the person stand then."""

from dataclasses import replace

import pytest

from hotline.engine.answers import Heard
from hotline.engine.session import Prompt
from hotline.flows import outbound_call
from hotline.model.calls import Ring, ToTell
from hotline.model.effects import BeingTold, Effect, Flag, KeepCall, OptOut, Told, Untell
from hotline.model.facts import Facts, InCall
from hotline.model.outgoing import ALERT, NEWS
from tests.unit.build import ME, facts

CALL = Ring(7, ME, status="ringing", stage="hello", human=True)
DROPPED = Prompt("news.dropped", values={"number": "101"})
NEWS_OF_ONE = ToTell(31, 101, NEWS, 0, ("news.dropped",), (DROPPED,))
OFFER = ToTell(32, 112, ALERT, 0, ("alerts.offer",), ())
ONE, TWO, STAR, NINE, SILENCE = Heard(keys="1"), Heard(keys="2"), Heard(keys="*"), Heard(keys="9"), Heard()
IN_A_FORM = {"flow": "intake", "step": "area", "answers": {"what": "food"}}
MAY_SAY = {"say_who": "yes", "leave_word": "yes"}


def in_call(call: Ring = CALL, *news: ToTell, told: tuple[ToTell, ...] = (), session: object = None) -> Facts:
    known = InCall(on=True, ring=call, news=news or (NEWS_OF_ONE,), told=told)
    return facts(session=session, person=MAY_SAY, call=known)  # type: ignore[arg-type]


def being_told(each: ToTell = NEWS_OF_ONE) -> ToTell:
    return each.but(ring=CALL.id)


def kept(effects: tuple[Effect, ...]) -> Ring:
    """How far the call has got."""
    return next(effect.ring for effect in effects if isinstance(effect, KeepCall))


def said(prompts: tuple[Prompt, ...]) -> list[str]:
    return [prompt.key for prompt in prompts]


def test_news_is_told_to_whoever_presses_1_and_counts_as_told_at_the_next_step() -> None:
    asked = outbound_call.picked_up(in_call(CALL.but(stage="", human=False)), by_machine=False)
    assert (said(asked.prompts), kept(asked.effects).stage) == (["ring.hello"], "hello")
    assert asked.effects[0] == Untell(7)
    heard = outbound_call.press(ONE, in_call(), late=False)
    assert said(heard.prompts) == ["news.dropped"]
    assert heard.prompts[-1].goes_on
    assert heard.effects == (BeingTold(31, 7), KeepCall(CALL.but(stage="telling")))
    after = outbound_call.press(SILENCE, in_call(CALL.but(stage="telling"), being_told()), late=False)
    assert said(after.prompts) == ["ring.after"]
    assert after.effects == (Told(7), KeepCall(CALL.but(stage="talking")))


@pytest.mark.parametrize("stage", ["gate", "hello"])
def test_a_call_of_the_version_before_goes_on_where_it_was(stage: str) -> None:
    """It kept "gate" for whichever question a call began with."""
    turn = outbound_call.press(ONE, in_call(CALL.but(stage=stage)), late=False)
    assert said(turn.prompts) == ["news.dropped"]


def test_its_other_stages_go_on_as_well() -> None:
    told = outbound_call.press(SILENCE, in_call(CALL.but(stage="telling"), being_told()), late=False)
    assert said(told.prompts) == ["ring.after"]
    ended = outbound_call.press(ONE, in_call(CALL.but(stage="quiet")), late=False)
    assert (said(ended.prompts), OptOut() in ended.effects) == (["hello.opted_out"], True)
    talking = outbound_call.press(ONE, in_call(CALL.but(stage="talking")), late=False)
    assert said(talking.prompts) == ["menu.what_next"]


@pytest.mark.parametrize("key", ["*", "#"])
def test_to_hear_it_again_is_no_miss(key: str) -> None:
    call = CALL.but(human=True, misses=1)
    turn = outbound_call.press(Heard(keys=key), in_call(call), late=False)
    assert said(turn.prompts) == ["ring.hello"]
    assert not any(isinstance(effect, KeepCall) for effect in turn.effects)  # nothing has changed


def test_zero_leads_to_a_person() -> None:
    turn = outbound_call.press(Heard(keys="0"), in_call(CALL), late=False)
    assert said(turn.prompts) == ["person.message"]
    assert any(isinstance(effect, Flag) for effect in turn.effects)


@pytest.mark.parametrize("key", ["2", "7", ""])
def test_what_is_not_offered_is_missed_and_then_it_ends_kindly(key: str) -> None:
    call, heard = CALL.but(human=False), Heard(keys=key)
    for misses in (1, 2):
        turn = outbound_call.press(heard, in_call(call), late=False)
        call = kept(turn.effects)
        assert (said(turn.prompts), turn.prompts[0].again, call.misses) == (["ring.hello"], misses, misses)
    again = in_call(call)
    again = again.standing(again.me.session.but(silent=not key))  # nobody is cut off after one silence
    last = outbound_call.press(heard, again, late=False).prompts[-1]
    assert (last.key, last.ends) == ("ring.goodbye" if key else "ring.message", True)


def test_no_more_calls_is_asked_once_more_and_any_other_key_leads_back() -> None:
    sure = outbound_call.press(NINE, in_call(CALL.but(misses=1)), late=False)
    assert (said(sure.prompts), kept(sure.effects).stage) == (["quiet.sure"], "quiet")
    back = outbound_call.press(TWO, in_call(kept(sure.effects)), late=False)
    assert (said(back.prompts), back.prompts[0].again) == (["ring.hello"], 0)  # a question of its own was between


def test_a_form_waits_behind_the_call_and_nothing_falls_into_it() -> None:
    turn = outbound_call.picked_up(in_call(CALL.but(stage=""), session=IN_A_FORM), by_machine=False)
    assert (turn.session.step, turn.session.behind and turn.session.behind.step) == ("", "area")


def test_a_text_meanwhile_does_not_keep_news_from_being_heard() -> None:
    assert said(outbound_call.press(ONE, in_call(), late=True).prompts) == ["news.dropped"]


def test_news_is_heard_again_with_star_and_stays_told() -> None:
    telling = in_call(CALL.but(stage="telling"), being_told())
    again = outbound_call.press(STAR, telling, late=False)
    assert (said(again.prompts), again.prompts[-1].goes_on, Told(7) in again.effects) == (["news.dropped"], True, True)
    after = outbound_call.press(SILENCE, in_call(kept(again.effects), OFFER, told=(being_told(),)), late=False)
    assert (said(after.prompts), after.session.flow) == (["offer.asked"], "offer")
    assert BeingTold(32, 7) in after.effects


def test_a_step_that_changes_nothing_about_the_call_keeps_nothing_of_it() -> None:
    turn = outbound_call.press(ONE, in_call(CALL.but(stage="talking")), late=False)
    assert not any(isinstance(effect, KeepCall) for effect in turn.effects)


def test_what_comes_now_is_never_the_news_that_was_just_heard() -> None:
    meanwhile = replace(NEWS_OF_ONE, row=33)
    turn = outbound_call.press(SILENCE, in_call(CALL.but(stage="telling"), being_told(), meanwhile), late=False)
    assert turn.effects == (Told(7), BeingTold(33, 7))
