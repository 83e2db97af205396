"""A need is offered to a volunteer who has picked up the phone."""

from collections.abc import Iterable

from hotline.effects import Decline, Effect, Rest
from hotline.engine.answers import Heard
from hotline.engine.session import Values
from hotline.engine.steps import Answers, Begin, Choose, Do, End, Flow
from hotline.flows.taking import decline, shown, take, the_need
from hotline.records import Facts


def what_they_said(answers: Answers, facts: Facts) -> Values:
    """The first words of a need, which say what it is for; details, with name and address, are for who takes it."""
    need = the_need(answers, facts)
    words = need.words.strip() if need else ""
    return {**shown(answers, facts), "details": words or ("no_words",)}


def what_is_offered(answers: Answers, facts: Facts) -> Iterable[str]:
    """Hearing more, where there were first words: what was said later is for who takes it, as the neighbor was told."""
    need = the_need(answers, facts)
    return ("yes", "no", *(("hear",) if need and need.words.strip() else ()), "rest")


def no_more_today(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need:
        yield Decline(need.number)
    yield Rest()


offer = Flow(
    "offer",
    Choose(
        "asked",
        {"yes": "take", "no": "decline", "hear": "told", "rest": "rest"},
        offers=what_is_offered,
        exact=True,
        shows=shown,
    ),
    Begin("take", take),
    Begin("decline", decline),
    Choose("told", {"yes": "take", "no": "decline", "rest": "rest"}, exact=True, shows=what_they_said),
    Do("rest", no_more_today),
    End("resting"),
)
REST = "9"  # the key for no more calls today, whatever else is offered
RESTING = Heard(names=("rest",))
