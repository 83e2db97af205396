"""Need names in a reply: "the food one", "food is done", where just one of several that are meant is food. Pure."""

from collections.abc import Iterable

from hotline.engine.answers import Heard
from hotline.engine.steps import Choose, Question
from hotline.flows.intents.intents import Kind, Meaning
from hotline.flows.intents.need_numbers import the_one
from hotline.model.facts import Facts
from hotline.model.needs import Need, is_code

SMALL = ("filler", "for")  # what words such as "the" are called


def by_name(heard: Heard, needs: Iterable[Need], facts: Facts) -> str:
    """The number of the only one of these that is what is named; "" where several are, or more than one is named."""
    named = set(facts.offered.needs) & set(heard.names)
    return the_one(tuple(need for need in needs if {need.what} == named))


def by_name_alone(heard: Heard, needs: Iterable[Need], facts: Facts, *beside: str) -> str:
    """The same, where nothing else is said but for the names `beside`."""
    said = len(heard.rest) - sum(name in SMALL for name in heard.moments)
    plain = set(heard.names) <= {*facts.offered.needs, *facts.offered.areas, *beside}
    return by_name(heard, needs, facts) if plain and said <= 0 and not (heard.asks or any_code(heard)) else ""


def any_code(heard: Heard) -> bool:
    return any(map(is_code, heard.numbers))


def of_those_asked(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """ "The food", where it was asked which one."""
    if not isinstance(question, Choose) or question.name != "which" or heard.keys:
        return None
    asked = (need for code in question.names(facts) if (need := facts.need(code)))
    number = by_name_alone(heard, asked, facts, "yes", "ok", "right")
    return Meaning(Kind.ANSWER, said=Heard(words=number, own=number, numbers=(int(number),))) if number else None
