"""What coordinators do from a plain phone."""

from hotline.engine.answers import Heard
from hotline.flows.meanings import Meaning
from hotline.records import Facts


def meant(heard: Heard, facts: Facts) -> Meaning | None:
    """The command of a coordinator, where it is whole."""
    return None
