"""Not here: a word of a kind of sharing that this community has not. Who would give hears that, and is not asked what
they need."""

from hotline.engine.answers import Heard
from hotline.engine.steps import Ask, End, Flow, Question
from hotline.flows.intents.intents import Meaning, command

NOT_HERE = "not_here"


def meant(heard: Heard, question: Question | None) -> Meaning | None:
    return command(NOT_HERE) if heard.command == NOT_HERE and not isinstance(question, Ask) else None


not_here = Flow(NOT_HERE, End("told"))
