"""Flow registry: every conversation by its name, and the flow and question that a session is in."""

from collections.abc import Iterator

from hotline.engine.session import Session
from hotline.engine.steps import Ask, Choose, End, Flow, Question
from hotline.flows.coordinator.approve import approve
from hotline.flows.coordinator.assign import assign, take_back
from hotline.flows.coordinator.check_group import group_still
from hotline.flows.coordinator.close import close, say
from hotline.flows.coordinator.flags import flags, misread, seen
from hotline.flows.coordinator.hear_recordings import listening
from hotline.flows.coordinator.lent_out import lent_out
from hotline.flows.coordinator.let_go import ask, passing
from hotline.flows.coordinator.line import room, shut
from hotline.flows.coordinator.list_needs import listing, story
from hotline.flows.coordinator.on_call import off_call, on_call
from hotline.flows.coordinator.plan_round import plan_round
from hotline.flows.coordinator.record_prompts import studio
from hotline.flows.coordinator.reopen import reopen
from hotline.flows.coordinator.split_or_link import linking, splitting
from hotline.flows.everyone.access_word import word
from hotline.flows.everyone.bridge import not_there, talk
from hotline.flows.everyone.conduct import about_helper
from hotline.flows.everyone.contact_preference import by_call, by_text, reach
from hotline.flows.everyone.danger import danger
from hotline.flows.everyone.menu import go_on, guess, in_touch, menu
from hotline.flows.everyone.news_by_call import ring
from hotline.flows.everyone.opt_out import quiet
from hotline.flows.everyone.other_groups import groups
from hotline.flows.everyone.person import person, stuck
from hotline.flows.everyone.relay import not_yours, relay, thank
from hotline.flows.neighbor.amend import amend
from hotline.flows.neighbor.intake import intake
from hotline.flows.neighbor.outcome import happened, still_needed
from hotline.flows.neighbor.status import finish, requests, status
from hotline.flows.neighbor.urgent import urgent
from hotline.flows.neighbor.withdraw import withdraw
from hotline.flows.sharing.circles.form import circle
from hotline.flows.sharing.circles.join import circle_join, circles
from hotline.flows.sharing.circles.mine import (
    circle_begin,
    circle_leave,
    circle_no,
    circle_paid,
    circle_received,
    circle_swap,
    circle_yes,
    my_circles,
)
from hotline.flows.sharing.daily_rings.company import company, company_yes, neighbor
from hotline.flows.sharing.daily_rings.daily_ring import daily, daily_away, daily_ok
from hotline.flows.sharing.daily_rings.safety import alarm, contact
from hotline.flows.sharing.gatherings.form import day
from hotline.flows.sharing.gatherings.guests import day_away, day_guests, day_let
from hotline.flows.sharing.gatherings.listed import day_no, day_yes, days
from hotline.flows.sharing.gatherings.mine import day_off, day_weather, day_words, my_days
from hotline.flows.sharing.gifts.giver import answering, empty, gift_keep, gift_leave, gift_no, gift_still, gift_yes
from hotline.flows.sharing.gifts.invitation import give_too
from hotline.flows.sharing.gifts.listed import gifts, unask
from hotline.flows.sharing.gifts.offer import gift
from hotline.flows.sharing.loans.borrow import borrow
from hotline.flows.sharing.loans.lend import lend
from hotline.flows.sharing.loans.loan import broken, lent, loan, mended, tool_end
from hotline.flows.sharing.not_here import not_here
from hotline.flows.sharing.rounds.listen import hear_round, listen, round_no
from hotline.flows.sharing.together import together
from hotline.flows.volunteer.availability import hours, leave, most, pause, resume, why
from hotline.flows.volunteer.claim import decline, take, unsure
from hotline.flows.volunteer.done_or_drop import done, drop, give_back, still_yours
from hotline.flows.volunteer.invitation import invitation
from hotline.flows.volunteer.menu_by_call import giving
from hotline.flows.volunteer.my_tasks import hands, mine
from hotline.flows.volunteer.offer_by_call import offer
from hotline.flows.volunteer.signup import signup

OF_COORDINATORS = (
    listing,
    flags,
    seen,
    misread,
    story,
    assign,
    take_back,
    approve,
    close,
    say,
    ask,
    reopen,
    splitting,
    linking,
    passing,
    on_call,
    off_call,
)

FLOWS: dict[str, Flow] = {
    flow.name: flow
    for flow in (
        *(danger, intake, finish, signup, invitation, menu, status, groups, person, stuck),
        *(take, decline, done, drop, give_back, still_yours, unsure, withdraw, urgent),
        *(relay, not_yours, not_here, about_helper, thank, happened, still_needed, amend),
        *(pause, resume, hours, most, why, mine, leave),
        *(talk, not_there, in_touch, offer, reach, quiet, by_call, by_text),
        *(requests, hands, giving, go_on, guess, ring, word),
        *(gift, gifts, unask, gift_yes, gift_no, gift_still, gift_keep, gift_leave, empty, answering),
        *(give_too, together, listen, hear_round, round_no),
        *(lend, borrow, loan, broken, mended, tool_end, lent),
        *(day, days, day_yes, day_no, day_off, day_weather, day_words, my_days),
        *(day_let, day_away, day_guests),
        *(circle, circles, circle_join, my_circles, circle_begin, circle_yes, circle_no, circle_leave),
        *(circle_paid, circle_received, circle_swap),
        *(daily, daily_ok, daily_away, contact, alarm, company, company_yes, neighbor),
        *OF_COORDINATORS,
        *(listening, lent_out, room, shut, studio, group_still, plan_round),
    )
}


def flow_of(session: Session) -> Flow | None:
    """The flow that a session is in, or was in last; none when it was removed since."""
    return FLOWS.get(session.flow)


def question_of(session: Session) -> Question | None:
    """What we wait to hear about; a step that was edited away waits for nothing in particular."""
    flow = flow_of(session)
    step = flow.find(session.step) if flow and session.waiting else None
    return step if isinstance(step, Choose | Ask) else None


def wordings() -> Iterator[str]:
    """The name of every wording that the conversations say: "intake.what"."""
    for flow in FLOWS.values():
        for step in flow.steps:
            if isinstance(step, Choose | Ask) or (isinstance(step, End) and step.says is None):
                yield f"{flow.name}.{step.name}"
