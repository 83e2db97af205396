"""The main menu: where every call begins, and what MENU brings. Whoever calls is first asked what waits for them."""

from hotline.engine.steps import Answers, Begin, Choose, Do, End, Flow
from hotline.flows.conditions import language_is_known, languages
from hotline.flows.everyone.other_groups import groups
from hotline.flows.everyone.person import person
from hotline.flows.everyone.spoken_list import asked_about, nothing_at_hand, the_next
from hotline.flows.neighbor.intake import intake
from hotline.flows.neighbor.my_requests import requests
from hotline.flows.neighbor.status import status
from hotline.flows.volunteer.availability import pauses
from hotline.flows.volunteer.claim import decline, take
from hotline.flows.volunteer.menu_by_call import giving
from hotline.flows.volunteer.signup import signup
from hotline.model.facts import Facts
from hotline.model.needs import Need

AGAIN = {"again": "yes"}  # the menu of somebody who has heard or done something in this call already
WAYS = {"ask": "ask", "status": "news", "give": "give", "groups": "groups", "person": "person"}


def waiting(facts: Facts) -> tuple[Need, ...]:
    """What the caller was asked and has not answered. In a text it can be read again."""
    return facts.alerts if facts.in_call and not pauses(facts) else ()


def next_alert(answers: Answers, facts: Facts) -> Answers:
    return the_next(answers, waiting(facts))


def alert_or_menu(answers: Answers, _: Facts) -> str:
    return "alert" if answers.get("need") else "what_next"


def news_by_call(_: Answers, facts: Facts) -> str:
    return "requests" if facts.in_call else "status"


def what_giving_means(_: Answers, facts: Facts) -> str:
    """Whoever gives already hears by phone what can be changed about it. Without a number nobody can be asked."""
    if not facts.me.has_number:
        return "hidden"
    return "giving" if facts.in_call and facts.me.volunteer else "signup"


def ways(_: Answers, facts: Facts) -> tuple[str, ...]:
    """Other groups stand in the menu where the community knows of some."""
    return tuple(name for name in WAYS if name != "groups" or facts.offered.groups)


menu = Flow(
    "menu",
    Choose("language", languages, saves="language", unless=language_is_known),
    Do("next", then=alert_or_menu, learns=next_alert),
    Choose(
        "alert",
        {"yes": "take", "no": "decline", "next": "next"},
        unless=nothing_at_hand,
        exact=True,
        shows=asked_about,
        skip="next",
    ),
    Choose("what_next", WAYS, offers=ways),
    Begin("ask", intake),
    Do("news", then=news_by_call),
    Begin("requests", requests),
    Begin("status", status),
    Begin("groups", groups),
    Do("give", then=what_giving_means),
    End("hidden"),
    Begin("giving", giving),
    Begin("signup", signup),
    Begin("person", person),
    Begin("take", take),
    Begin("decline", decline),
    replaces=True,
)

go_on = Flow(
    "go_on",
    Choose("asked", ("on", "anew", "else"), saves="how"),
    End("on", says=lambda _, __: ()),
)
"""Asked instead of the menu where the last call broke off in the middle of a form; `flows/resume.py` carries it out."""
