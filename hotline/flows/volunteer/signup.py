"""Volunteer sign-up: the form of someone who wants to help; it is used again to change what they give."""

from collections.abc import Iterable

from hotline.engine.answers import Name
from hotline.engine.steps import Answers, Ask, Choose, Do, End, Flow
from hotline.flows.shared_questions import LANGUAGE, area_is_known, areas_we_serve, needs_we_take
from hotline.model.effects import Effect, Enroll, Flag
from hotline.model.facts import Facts


def enroll(answers: Answers, facts: Facts) -> Iterable[Effect]:
    areas = tuple(answers.get("areas", "").split()) or facts.offered.areas
    yield Enroll(tuple(answers["gives"].split()), areas, answers.get("name", ""))
    if facts.offered.approval and not facts.me.volunteer:
        yield Flag("volunteer_waits", answers.get("name", ""))


def welcome(_: Answers, facts: Facts) -> str:
    return "waiting" if facts.offered.approval and not facts.me.volunteer else "welcome"


def name_is_known(_: Answers, facts: Facts) -> bool:
    """Someone who changes what they give, or comes back, keeps their name."""
    return bool(facts.me.name)


signup = Flow(
    "signup",
    LANGUAGE,
    Choose("gives", needs_we_take, saves="gives", many=True),
    Choose("areas", areas_we_serve, saves="areas", many=True, unless=area_is_known),
    Ask("name", Name(20), saves="name", unless=name_is_known, free=True),
    Do("enroll", enroll, then=welcome),
    End("welcome"),
    End("waiting"),
    form=True,
    replaces=True,
)
