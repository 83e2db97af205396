"""Shared questions: which language, which of one's needs; and the choices that the community file offers."""

from collections.abc import Callable, Iterable

from hotline.engine.answers import Heard
from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Choose, Flow, Question
from hotline.flows.about_needs import listed
from hotline.model.facts import Facts
from hotline.model.needs import Need

# --- The choices of the community file, and when there is nothing to choose.


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


def may_change(*parts: str) -> Callable[[Answers, Facts], tuple[str, ...]]:
    """Which parts of a request may be changed, in this order; not the area where there is one alone."""

    def offered(_: Answers, facts: Facts) -> tuple[str, ...]:
        return tuple(name for name in parts if name != "area" or not area_is_known({}, facts))

    return offered


# --- The questions.

NAME_LETTERS = 20  # of a first name


def nothing_changed(_: Answers, __: Facts) -> Iterable[Prompt]:
    """The last words after a no."""
    yield Prompt("quiet.kept")


LANGUAGE = Choose("language", languages, saves="language", unless=language_is_known, wide=True)


def instead_of_a_language(heard: Heard, facts: Facts, question: Question | None, flow: Flow) -> bool:
    """Whether somebody says what it is where this flow asked for their language first: LEND, and then "a ladder"."""
    asked = facts.me.session.flow == flow.name and isinstance(question, Choose) and question.saves == LANGUAGE.saves
    return bool(asked and heard.rest and not heard.code and not heard.command and not heard.danger)


def which(needs: Callable[[Facts], tuple[Need, ...]]) -> Choose:
    """Which of these needs is meant: asked where no number was said and there are several."""
    return Choose(
        "which",
        lambda facts: tuple(need.code for need in needs(facts)),
        saves="need",
        unless=lambda answers, facts: "need" in answers or not needs(facts),
        exact=True,
        shows=lambda _, facts: listed(needs(facts)),
    )
