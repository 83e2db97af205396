"""What one side of a need writes to the other, through the hotline's own number."""

from hotline.engine.answers import Heard
from hotline.engine.steps import Question
from hotline.flows.meanings import Meaning
from hotline.records import Facts


def meant(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """Words for the other side of the need whose number they begin with."""
    return None
