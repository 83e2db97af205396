"""Invitation: somebody whom others put on the list of volunteers is asked once, and gives only after their own yes."""

from collections.abc import Iterable

from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.model.effects import Accept, Effect, Leave
from hotline.model.facts import Facts


def accept(_: Answers, __: Facts) -> Iterable[Effect]:
    yield Accept()


def decline(_: Answers, __: Facts) -> Iterable[Effect]:
    yield Leave()


def welcome(_: Answers, __: Facts) -> str:
    return "welcome"


def declined(_: Answers, __: Facts) -> str:
    return "declined"


invitation = Flow(
    "invitation",
    Choose("asked", {"yes": "accept", "no": "decline"}, exact=True, harmless=True),
    Do("accept", accept, then=welcome),
    End("welcome"),
    Do("decline", decline, then=declined),
    End("declined"),
    asked_by_us=True,
)
