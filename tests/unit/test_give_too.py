"""Invitation to give: once, and never in danger, beside an open request, or to who gives already."""

from dataclasses import replace
from typing import Any

import pytest

from hotline.engine.session import Turn
from hotline.flows.sharing.gifts.invitation import is_invited
from hotline.model.effects import Happened
from hotline.model.needs import Status
from tests.unit.build import NOW, facts, need

DONE = need(status=Status.DONE)


def invited(person: dict[str, Any] | None = None, **known: Any) -> bool:
    here = facts(person=person, **known)
    return is_invited(Turn(here.me.session, (), (Happened(DONE.number),)), here)


def test_who_got_it_is_invited() -> None:
    assert invited()
    assert not is_invited(Turn(facts().me.session), facts())


@pytest.mark.parametrize(
    "person",
    [
        *({name: True} for name in ("invited", "volunteer", "waits", "coordinator")),
        {"has": frozenset(("gifts", "daily_rings"))},
    ],
)
def test_nobody_twice_and_nobody_who_gives(person: dict[str, Any]) -> None:
    assert not invited(person)


def test_nobody_in_danger_and_nobody_who_waits_for_something() -> None:
    assert not invited(endangered=True)
    assert not invited(asked_for=(need(113),))
    assert not invited(asked_for=(replace(need(112), held=True),))
    assert not invited({"disowned_at": NOW})
