"""After the news of a call: what can be done about what is under way, by keys."""

from hotline.engine.session import Values
from hotline.engine.steps import Answers, Begin, Choose, Do, Flow
from hotline.flows.everyone.bridge import talk
from hotline.flows.everyone.menu import menu
from hotline.flows.everyone.relay import the_other_side
from hotline.flows.volunteer.claim import done, drop, holds, the_need
from hotline.model.facts import Facts

MENU = "else"


def to_talk_about(facts: Facts) -> tuple[str, ...]:
    return (*(need.code for need in facts.in_progress), MENU)


def named(_: Answers, facts: Facts) -> Values:
    """The options are the other sides: who they are and what it is about."""
    told: dict[str, str | tuple[str, ...]] = {}
    for need in facts.in_progress:
        mine = need.is_of(facts.me.phone)
        name = facts.names_of(need.takers) if mine else facts.names.get(need.neighbor, "")
        told[need.code] = (name or "someone", need.what or "something")
    return {**told, MENU: ("anything_else",)}


def whose(answers: Answers, _: Facts) -> str:
    return "menu" if answers.get("need") == MENU else "next"


def not_in_hand(answers: Answers, facts: Facts) -> bool:
    return not holds(the_need(answers, facts), facts)


in_touch = Flow(
    "in_touch",
    Choose("which", to_talk_about, saves="need", shows=named, closing=True),
    Do("whose", then=whose),
    Begin("menu", menu),
    Choose(
        "next", {"talk": "talk", "done": "done", "drop": "drop"}, unless=not_in_hand, shows=the_other_side, closing=True
    ),
    Begin("talk", talk),
    Begin("done", done),
    Begin("drop", drop),
)
