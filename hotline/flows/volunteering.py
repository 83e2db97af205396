"""What volunteers say about themselves: when, how often, and whether they give at all just now."""

from hotline.engine.answers import Heard
from hotline.flows.meanings import Meaning
from hotline.records import Facts


def meant(heard: Heard, facts: Facts) -> Meaning | None:
    """The command of a volunteer, where it is whole."""
    return None
