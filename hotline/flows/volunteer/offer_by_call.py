"""Offer by call: a need is offered to a volunteer who has picked up the phone."""

from collections.abc import Iterable

from hotline.engine.session import Values
from hotline.engine.steps import Answers, Begin, Choose, Do, End, Flow
from hotline.flows.about_needs import the_need
from hotline.flows.everyone.spoken_list import asked_about
from hotline.flows.volunteer.claim import decline, take
from hotline.model.effects import Decline, Effect, Rest
from hotline.model.facts import Facts
from hotline.model.needs import Need


def what_they_said(answers: Answers, facts: Facts) -> Values:
    """The first words of a need, which say what it is for. Details with name and address are only for a helper."""
    need = the_need(answers, facts)
    words = first_words(need)
    return {**asked_about(answers, facts), "details": words or ("no_words",)}


def first_words(need: Need | None) -> str:
    """Only the first line: later lines were answers, and may hold an address."""
    return need.words.strip().partition("\n")[0] if need else ""


def what_is_offered(answers: Answers, facts: Facts) -> Iterable[str]:
    """Hearing more is offered if there are first words. Later words are for the helper alone, as we promised."""
    need = the_need(answers, facts)
    return ("yes", "no", *(("hear",) if first_words(need) else ()), "rest")


def no_more_today(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need:
        yield Decline(need.number)
    yield Rest()


KEYS = {"9": "rest"}  # no more calls today, whatever else is offered

offer = Flow(
    "offer",
    Choose(
        "asked",
        {"yes": "take", "no": "decline", "hear": "told", "rest": "rest"},
        offers=what_is_offered,
        exact=True,
        shows=asked_about,
        keys=KEYS,
    ),
    Begin("take", take),
    Begin("decline", decline),
    Choose("told", {"yes": "take", "no": "decline", "rest": "rest"}, exact=True, shows=what_they_said, keys=KEYS),
    Do("rest", no_more_today),
    End("resting"),
)
