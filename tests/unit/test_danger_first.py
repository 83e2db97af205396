"""Danger above everything: what a text means when someone is, or may be, in danger."""

from hotline.engine.answers import Heard
from hotline.engine.session import Session
from hotline.flows import dialog_manager
from hotline.flows.everyone.opt_out import FAREWELL
from hotline.flows.intents.intents import Kind
from hotline.flows.intents.routing import meaning
from hotline.model.effects import Danger
from hotline.model.facts import Facts, Offered
from hotline.model.people import Person

PHONE = "+12125550113"


def facts() -> Facts:
    me = Person(PHONE, Session(PHONE, language="en"), known=True)
    return Facts(0.0, Offered(("en",), ("food",), ("north",)), me)


def test_certain_danger_is_above_opting_out() -> None:
    heard = Heard("stop he is killing me", ("opt_out",), danger="certain")
    assert meaning(heard, facts(), None).kind is Kind.EMERGENCY


def test_a_crisis_names_the_crisis_line() -> None:
    heard = Heard("no more messages, I end it tonight", ("opt_out",), danger="certain", crisis=True)
    assert meaning(heard, facts(), None).name == "crisis"


def test_possible_danger_goes_beside_what_else_is_meant() -> None:
    heard = Heard("food, my chest is tight", ("food",), rest=("chest",), danger="possible")
    means = meaning(heard, facts(), None)
    assert (means.kind, means.danger) == (Kind.NEW, True)


def test_nobody_who_may_be_in_danger_is_told_goodbye() -> None:
    heard = Heard("take me off, everyone is better off", ("opt_out",), danger="possible", crisis=True)
    turn = dialog_manager.answer(heard, facts())
    assert FAREWELL not in turn.prompts
    assert any(isinstance(effect, Danger) for effect in turn.effects)


def test_possible_danger_is_told_to_a_coordinator() -> None:
    heard = Heard("food, smoke in the hallway", ("food",), rest=("smoke",), danger="possible")
    turn = dialog_manager.answer(heard, facts())
    assert [effect.level for effect in turn.effects if isinstance(effect, Danger)] == ["possible"]
