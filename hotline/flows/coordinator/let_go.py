"""Letting go what was held for danger: a request goes to volunteers (ASK), words go to the other side (PASS)."""

from collections.abc import Iterable

from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Do, End, Flow
from hotline.flows.about_needs import number_said, shown, the_need
from hotline.model.coordinator_effects import LetGo, PassOn
from hotline.model.effects import Effect
from hotline.model.facts import Facts
from hotline.model.needs import Status


def let_go(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need and need.held:
        yield LetGo(need.number)


def how_it_stands(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts)
    if need is None or not need.held or need.status not in (Status.DRAFT, Status.OPEN):
        return "sorry"
    return "told" if need.status is Status.OPEN else "begun"


def why_not(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    yield Prompt("ask.nothing" if the_need(answers, facts) else "team.unknown", values=number_said(answers))


def pass_on(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need:
        yield PassOn(need.number)


ask = Flow(
    "ask",
    Do("let_go", let_go, then=how_it_stands),
    End("told", shows=shown),
    End("begun", shows=shown),
    End("sorry", says=why_not),
)

passing = Flow(
    "pass",
    Do("pass_on", pass_on),
    End("told", shows=shown),
)
