"""Coordinator line: behind the PIN, recordings are heard, and what is lent just now; and the community's own prompts
are recorded."""

from collections.abc import Iterable

from hotline.engine.answers import Pin
from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Ask, Begin, Choose, Do, End, Flow
from hotline.flows.coordinator.hear_recordings import listening
from hotline.flows.coordinator.lent_out import lent_out
from hotline.flows.coordinator.record_prompts import studio
from hotline.model.effects import Effect, Flag
from hotline.model.facts import Facts

KEY = "8"  # at the main menu; written on the sheet, never spoken


def something_to_hear(_: Answers, facts: Facts) -> Iterable[str]:
    there = {"hear": facts.call.spoken, "out": facts.call.out}
    return (*(name for name, some in there.items() if some), "record")


TOO_MANY = {"tries": "many"}  # even the right PIN is not tried any more


def somebody_guesses(answers: Answers, _: Facts) -> Iterable[Effect]:
    if "tries" not in answers:
        yield Flag("wrong_pin")


def told_or_too_many(answers: Answers, _: Facts) -> str:
    return "too_many" if "tries" in answers else "told"


room = Flow(
    "room",
    Ask("pin", Pin(), saves="pin"),
    Choose("what", {"hear": "hear", "out": "out", "record": "record"}, offers=something_to_hear),
    Begin("hear", listening),
    Begin("out", lent_out),
    Begin("record", studio),
    locked=True,
)

shut = Flow(
    "shut",
    Do("flag", somebody_guesses, then=told_or_too_many),
    End("told", says=lambda _, __: (Prompt("shut.told", ends=True),)),
    End("too_many", says=lambda _, __: (Prompt("shut.too_many", ends=True),)),
)
