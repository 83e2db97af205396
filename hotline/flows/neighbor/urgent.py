"""Urgent requests: a need that cannot wait is offered to volunteers at any hour."""

from collections.abc import Iterable

from hotline.engine.answers import Heard
from hotline.engine.steps import Answers, Do, End, Flow
from hotline.flows.about_needs import holds, shown, the_need
from hotline.flows.intents.intents import Meaning, command
from hotline.flows.shared_questions import which
from hotline.flows.volunteer.done_or_drop import told_as
from hotline.model.effects import Effect, Urgent
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status


def meant(heard: Heard, facts: Facts) -> Meaning | None:
    """URGENT 101, or URGENT alone where there is something that is still open; else it is a request like any other."""
    if heard.command != "urgent" or heard.tail:
        return None
    if heard.code:
        return command("urgent", heard.code)
    waiting = open_needs(facts)
    if not waiting or facts.me.session.waiting:
        return None
    return command("urgent", waiting[0].code if len(waiting) == 1 else "")


def open_needs(facts: Facts) -> tuple[Need, ...]:
    return tuple(need for need in facts.mine.asked_for if need.status is Status.OPEN)


def hurry(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need and how_it_stands(answers, facts) in ("now", "held"):
        yield Urgent(need.number)


def how_it_stands(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts)
    if need is None or not (need.is_of(facts.me.phone) or facts.me.coordinator):
        return "unknown"
    if need.status is Status.OPEN:
        return "held" if need.held else "now"
    if need.status is not Status.TAKEN:
        return "unknown"
    return "yours" if holds(need, facts) else "taken"


urgent = Flow(
    "urgent",
    which(open_needs),
    Do("hurry", hurry, then=how_it_stands),
    End("now", shows=shown),
    End("taken", shows=shown),
    End("yours", says=told_as("still_yours.told")),
    End("held", shows=shown),
    End("unknown", shows=shown),
)
