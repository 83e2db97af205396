"""What the conversations ask of the facts: small questions that more than one of them needs."""

from hotline.engine.steps import Answers
from hotline.model.facts import Facts


def languages(facts: Facts) -> tuple[str, ...]:
    return facts.offered.languages


def language_is_known(_: Answers, facts: Facts) -> bool:
    return bool(facts.me.session.language) or len(facts.offered.languages) == 1


def needs_we_take(facts: Facts) -> tuple[str, ...]:
    return facts.offered.needs


def areas_we_serve(facts: Facts) -> tuple[str, ...]:
    return facts.offered.areas


def area_is_known(_: Answers, facts: Facts) -> bool:
    return len(facts.offered.areas) == 1


def number_is_known(_: Answers, facts: Facts) -> bool:
    """Whether the caller can be reached where they call from; a withheld number cannot."""
    return facts.me.has_number
