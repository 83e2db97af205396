"""Joining a circle, by its number: the rule is heard first, and each says their own yes."""

from collections.abc import Iterable

from hotline.engine.answers import Code, Name
from hotline.engine.session import Values
from hotline.engine.steps import Answers, Ask, Begin, Choose, Do, End, Flow
from hotline.flows.shared_questions import LANGUAGE, NAME_LETTERS, nothing_changed
from hotline.flows.sharing.circles.about import own_voice, shown, the_circle
from hotline.flows.sharing.circles.form import circle, name_is_known
from hotline.flows.sharing.circles.mine import my_circles
from hotline.flows.sharing.gifts.about import ONE, hidden
from hotline.model.circles import MOST
from hotline.model.effects import Effect, JoinCircle
from hotline.model.facts import Facts

CODE_DIGITS = 4


def may_join(answers: Answers, facts: Facts) -> str:
    there = the_circle(answers, facts)
    if there is None or not there.live or not there.listed:
        return "gone"
    if there.member(facts.me.phone):
        return "mine"
    if not facts.me.has_number or facts.me.opted_out:
        return "hidden"
    return "rule" if there.forming and len(there.present) < MOST else "begun"


def nobody_is_last(answers: Answers, facts: Facts) -> bool:
    there = the_circle(answers, facts)
    return there is None or not there.newcomers_last


def join(answers: Answers, facts: Facts) -> Iterable[Effect]:
    there = the_circle(answers, facts)
    if there and may_join(answers, facts) == "rule":
        yield JoinCircle(there.number, answers.get("new") == "yes", answers.get("name", "").strip())


def joined_or_not(answers: Answers, facts: Facts) -> str:
    """It may have begun while they thought about it."""
    return "joined" if any(join(answers, facts)) else may_join(answers, facts)


def with_my_number(answers: Answers, facts: Facts) -> Values:
    there = the_circle(answers, facts)
    return {**shown(answers, facts), "have": str(len(there.members) + 1) if there else ""}


circle_join = Flow(
    "circle_join",
    LANGUAGE,
    Do("look", then=may_join),
    Choose(
        "rule",
        {"yes": "name", "no": "not_now"},
        exact=True,
        shows=shown,
        sounds=own_voice,
    ),
    Ask("name", Name(NAME_LETTERS), saves="name", unless=name_is_known, free=True),
    Choose("new", ("yes", "no"), saves="new", unless=nobody_is_last),
    Do("join", join, then=joined_or_not),
    End("joined", shows=with_my_number),
    End("not_now", says=nothing_changed),
    End("begun", shows=shown),
    End("gone", shows=shown),
    End("hidden", says=hidden),
    Begin("mine", my_circles),
)


# --- In a call: to begin one, or to join one by the number that its organizer told.


circles = Flow(
    "circles",
    LANGUAGE,
    Choose("which", {"join": "code", "begin": "begin"}),
    Ask("code", Code(CODE_DIGITS, needed=True), saves=ONE),
    Begin("join", circle_join),
    Begin("begin", circle),
)
