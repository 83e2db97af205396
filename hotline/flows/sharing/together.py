"""Year's sum of a community: how many things neighbors did for each other. Never of a person, and never a small number.

A thing done is a request that is done: what somebody asked for and got, what was offered and handed on, what was lent
and came back. What is closed, taken back or over by time is none.
"""

from collections.abc import Iterable

from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, End, Flow
from hotline.model.facts import Facts
from hotline.model.rules import FEWEST_TOLD


def enough_to_tell(facts: Facts) -> bool:
    return facts.together >= FEWEST_TOLD


def told(_: Answers, facts: Facts) -> Iterable[Prompt]:
    if enough_to_tell(facts):
        yield Prompt("together.told", values={"count": str(facts.together)})
    else:
        yield Prompt("together.begun")


together = Flow("together", End("told", says=told))
