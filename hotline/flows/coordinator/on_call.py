"""On call: a coordinator says by text that they are rung tonight when something cannot wait (ONCALL, OFFCALL)."""

from collections.abc import Iterable

from hotline.engine.session import Values
from hotline.engine.steps import Answers, Do, End, Flow
from hotline.flows.intents import time_expressions
from hotline.model.coordinator_effects import OnCall
from hotline.model.effects import Effect
from hotline.model.facts import Facts


def be_on_call(_: Answers, facts: Facts) -> Iterable[Effect]:
    yield OnCall(facts.team.night_ends)


def be_off_call(_: Answers, __: Facts) -> Iterable[Effect]:
    yield OnCall(0.0)


def until_morning(_: Answers, facts: Facts) -> Values:
    now = time_expressions.local(facts)
    return {"until": time_expressions.said(facts.team.night_ends, now)}


def somebody_or_nobody(_: Answers, facts: Facts) -> str:
    return "others" if facts.team.others_on_call else "nobody"


on_call = Flow("oncall", Do("say", be_on_call), End("told", shows=until_morning))
off_call = Flow("offcall", Do("say", be_off_call, then=somebody_or_nobody), End("others"), End("nobody"))
