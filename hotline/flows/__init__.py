"""Our conversations, and the list of them."""

from collections.abc import Iterator

from hotline.engine.steps import Ask, Choose, End, Flow
from hotline.flows.amending import amend
from hotline.flows.assigning import approve, assign
from hotline.flows.calling import not_there, talk
from hotline.flows.closing import close, say
from hotline.flows.giving import giving
from hotline.flows.groups import groups
from hotline.flows.hands import hands
from hotline.flows.happened import happened, still_needed
from hotline.flows.hurrying import urgent
from hotline.flows.in_touch import in_touch
from hotline.flows.intake import intake
from hotline.flows.listening import listening
from hotline.flows.menu import menu
from hotline.flows.offering import offer
from hotline.flows.overseeing import flags, listing, seen, story
from hotline.flows.person import person, stuck
from hotline.flows.quiet import quiet
from hotline.flows.reaching import by_call, by_text, reach
from hotline.flows.relaying import relay, thank
from hotline.flows.requests import requests
from hotline.flows.resuming import go_on
from hotline.flows.room import room, shut
from hotline.flows.signup import signup
from hotline.flows.status import status
from hotline.flows.studio import studio
from hotline.flows.taking import decline, done, drop, take, unsure
from hotline.flows.volunteering import ALL as ABOUT_ONESELF
from hotline.flows.withdraw import withdraw

OF_COORDINATORS = (listing, flags, seen, story, assign, approve, close, say)

FLOWS: dict[str, Flow] = {
    flow.name: flow
    for flow in (
        *(intake, signup, menu, status, groups, person, stuck),
        *(take, decline, done, drop, unsure, withdraw, urgent),
        *(relay, thank, happened, still_needed, amend, *ABOUT_ONESELF),
        *(talk, not_there, in_touch, offer, reach, quiet, by_call, by_text),
        *(requests, hands, giving, go_on),
        *OF_COORDINATORS,
        *(listening, room, shut, studio),
    )
}


def wordings() -> Iterator[str]:
    """The name of every wording that the conversations say: "intake.what"."""
    for flow in FLOWS.values():
        for step in flow.steps:
            if isinstance(step, Choose | Ask) or (isinstance(step, End) and step.says is None):
                yield f"{flow.name}.{step.name}"
