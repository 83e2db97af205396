"""Menus: the main menu, the one after a call that broke off, and the one after the news of a call."""

from collections.abc import Mapping, Sequence

from hotline.engine.session import Values
from hotline.engine.steps import Answers, Begin, Choose, Do, End, Flow
from hotline.flows.about_needs import holds, story, the_need, the_other_side
from hotline.flows.everyone.bridge import talk
from hotline.flows.everyone.other_groups import groups
from hotline.flows.everyone.person import person
from hotline.flows.everyone.spoken_list import asked_about, nothing_at_hand, the_next
from hotline.flows.neighbor.intake import intake
from hotline.flows.neighbor.status import requests, status
from hotline.flows.shared_questions import LANGUAGE, languages, nothing_changed
from hotline.flows.sharing.circles.join import circles
from hotline.flows.sharing.circles.mine import my_circles
from hotline.flows.sharing.daily_rings.daily_ring import daily
from hotline.flows.sharing.daily_rings.safety import contact
from hotline.flows.sharing.gatherings.form import day
from hotline.flows.sharing.gatherings.listed import days
from hotline.flows.sharing.gatherings.mine import my_days
from hotline.flows.sharing.gifts.giver import answering
from hotline.flows.sharing.gifts.listed import gifts
from hotline.flows.sharing.gifts.offer import gift
from hotline.flows.sharing.loans.borrow import borrow
from hotline.flows.sharing.loans.lend import lend
from hotline.flows.sharing.loans.loan import lent
from hotline.flows.sharing.together import enough_to_tell, together
from hotline.flows.volunteer.availability import pauses
from hotline.flows.volunteer.claim import decline, take
from hotline.flows.volunteer.done_or_drop import done, drop
from hotline.flows.volunteer.menu_by_call import giving
from hotline.flows.volunteer.my_tasks import hands
from hotline.flows.volunteer.signup import signup
from hotline.model.facts import Facts
from hotline.model.needs import Need
from hotline.model.rules import Group

TO_GIVE = "to_give"  # the answer that leads to what can be given at once
AGAIN = {"again": "yes"}  # the menu comes again, after something was heard or done in this call
WAYS = {
    "ask": "ask",
    "status": "news",
    "give": "to_give",
    "offers": "offers",
    "tools": "tools",
    "days": "days",
    "daily": "daily",
    "looks_after": "contact",
    "groups": "groups",
    "together": "together",
    "person": "person",
    "language": "tongue",
}


def waiting(facts: Facts) -> tuple[Need, ...]:
    """Alerts that the caller has not answered, for a call only: a text can be read again. What nobody may take just
    now is not offered."""
    open_ones = facts.alerts.open if facts.in_call and not pauses(facts) else ()
    return tuple(need for need in open_ones if need.asks(facts.now))


def next_alert(answers: Answers, facts: Facts) -> Answers:
    return the_next(answers, waiting(facts))


def where_to_begin(answers: Answers, facts: Facts) -> str:
    """What is in hand comes before the next offer; after something was done, an offer is asked for by a key of its
    own: a key that is pressed twice must not take what was not heard."""
    if TO_GIVE in answers:
        return "to_give"
    if not waiting(facts):
        return "next"
    if "again" in answers:
        return "another"
    return "in_hand" if facts.mine.has_taken else "next"


def first_in_hand(_: Answers, facts: Facts) -> Values:
    return story(facts.mine.has_taken[0]) if facts.mine.has_taken else {}


def alert_or_menu(answers: Answers, _: Facts) -> str:
    return "alert" if answers.get("need") else "what_next"


def news_by_call(_: Answers, facts: Facts) -> str:
    if not facts.in_call:
        return "status"
    if facts.circled.mine:
        return "my_circles"
    if facts.hosted.mine or facts.hosted.comes_to:
        return "my_days"
    if facts.lent.loans or facts.lent.mine:
        return "lent"
    return "answering" if facts.shared.mine or facts.shared.to_answer else "requests"


def gives_what(_: Answers, facts: Facts) -> str:
    """Where neighbors share things, it is asked whether somebody has one, or helps with requests."""
    return "give" if len(to_give({}, facts)) > 1 and facts.me.has_number else "gives"


def to_give(_: Answers, facts: Facts) -> tuple[str, ...]:
    """What can be given here: help, and what neighbors offer, lend, invite to, or put in together."""
    sharing = facts.offered.sharing
    given = {"gift": sharing.offers, "lend": sharing.tools, "day": sharing.days, "circle": sharing.circles}
    return ("helps", *(name for name, here in given.items() if here))


def what_giving_means(_: Answers, facts: Facts) -> str:
    """Volunteers get their own menu in a call. With a hidden number nobody can sign up: we could not reach them."""
    if not facts.me.has_number:
        return "hidden"
    return "giving" if facts.in_call and facts.me.volunteer else "signup"


def ways(
    groups: Sequence[Group],
    *,
    tongues: bool = False,
    gifts: bool = False,
    tools: bool = False,
    days: bool = False,
    daily: bool = False,
    looks_after: bool = False,
    together: bool = False,
) -> tuple[str, ...]:
    """What the menu offers: other groups where the community knows of some, the other languages where the first was not
    chosen, what neighbors have to give, to lend or invite to where there is something, a ring each day, and what they
    did for each other; to who looks after somebody, that they do."""
    there = {"groups": bool(groups), "language": tongues, "offers": gifts, "tools": tools, "days": days}
    there |= {"daily": daily, "looks_after": looks_after, "together": together}
    return tuple(name for name in WAYS if there.get(name, True))


def speaks_another(answers: Answers, facts: Facts) -> bool:
    """Whether somebody who texts may have got into a language that is not theirs."""
    language = answers.get("language") or facts.me.session.language
    return not facts.in_call and language not in ("", facts.offered.languages[0])


def other_languages(answers: Answers, facts: Facts) -> Mapping[str, str]:
    """In a call the way back to the languages is said in each of them, at the first menu of a call."""
    return {"in_each": "menu.star"} if facts.in_call and "again" not in answers else {}


menu = Flow(
    "menu",
    LANGUAGE,
    Do("begin", then=where_to_begin),
    Choose(
        "in_hand",
        {"hear": "hands", "offers": "next", "else": "what_next"},
        unless=lambda answers, facts: where_to_begin(answers, facts) != "in_hand",
        exact=True,
        shows=first_in_hand,
    ),
    Choose(
        "another",
        {"else": "what_next", "hear": "next"},
        unless=lambda answers, facts: where_to_begin(answers, facts) != "another",
        exact=True,
    ),
    Do("next", then=alert_or_menu, learns=next_alert),
    Choose(
        "alert",
        {"yes": "take", "no": "decline", "next": "next"},
        unless=nothing_at_hand,
        exact=True,
        shows=asked_about,
        skip="next",
    ),
    Choose(
        "what_next",
        WAYS,
        offers=lambda answers, facts: ways(
            facts.offered.groups,
            tongues=speaks_another(answers, facts),
            gifts=bool(facts.shared.there),
            tools=bool(facts.lent.there),
            days=bool(facts.hosted.there),
            daily=facts.offered.sharing.rings and facts.me.has_number,
            looks_after=bool(facts.safety.looks_after or facts.safety.asked_by),
            together=enough_to_tell(facts),
        ),
        wide=speaks_another,
        sounds=other_languages,
    ),
    Begin("ask", intake),
    Do("news", then=news_by_call),
    Begin("requests", requests),
    Begin("status", status),
    Begin("groups", groups),
    Begin("together", together),
    Begin("hands", hands),
    Begin("answering", answering),
    Begin("lent", lent),
    Begin("offers", gifts),
    Begin("tools", borrow),
    Begin("days", days),
    Begin("my_days", my_days),
    Begin("my_circles", my_circles),
    Begin("daily", daily),
    Begin("contact", contact),
    Do("to_give", then=gives_what),
    Choose(
        "give", {"helps": "gives", "gift": "gift", "lend": "lend", "day": "day", "circle": "circles"}, offers=to_give
    ),
    Do("gives", then=what_giving_means),
    Choose("tongue", languages, saves="language", wide=True),
    Do("once_more", then=lambda _, __: "what_next"),
    End("hidden"),
    Begin("gift", gift),
    Begin("lend", lend),
    Begin("day", day),
    Begin("circles", circles),
    Begin("giving", giving),
    Begin("signup", signup),
    Begin("person", person),
    Begin("take", take),
    Begin("decline", decline),
    replaces=True,
)

guess = Flow(
    "guess",
    Choose(
        "sure", {"yes": "kept", "no": "kept"}, exact=True, shows=lambda answers, _: {"words": answers.get("meant", "")}
    ),
    End("kept", says=nothing_changed),
)
"""Asked where somebody who gives writes nearly a word of command. A yes is taken as that command, and never comes here.
"""

go_on = Flow(
    "go_on",
    Choose("asked", ("on", "anew", "else"), saves="how"),
    End("on", says=lambda _, __: ()),
)
"""Asked instead of the menu where the last call broke off in a form; `flows/interruption.py` says what follows."""


# --- After the news of a call: what can be done about what is under way, by keys.

MENU = "else"


def to_talk_about(facts: Facts) -> tuple[str, ...]:
    return (*(need.code for need in facts.in_progress), MENU)


def other_sides(_: Answers, facts: Facts) -> Values:
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
    Choose("which", to_talk_about, saves="need", shows=other_sides, closing=True),
    Do("whose", then=whose),
    Begin("menu", menu),
    Choose(
        "next", {"talk": "talk", "done": "done", "drop": "drop"}, unless=not_in_hand, shows=the_other_side, closing=True
    ),
    Begin("talk", talk),
    Begin("done", done),
    Begin("drop", drop),
)
