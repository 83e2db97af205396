"""Approval of volunteers: a coordinator says yes to somebody who wants to help (APPROVE)."""

from collections.abc import Iterable

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.coordinator.find_volunteer import SHOWN, chosen, meant, shown, told_apart
from hotline.model.coordinator_effects import Approve
from hotline.model.effects import Effect, Tell
from hotline.model.facts import Facts
from hotline.model.people import Volunteer


def candidates(facts: Facts) -> tuple[Volunteer, ...]:
    """All who may be meant: where somebody of that name waits for a yes, nobody else is."""
    found = meant(facts.team.people, facts.team.name_said)
    return tuple(who for who in found if who.status == "waiting") or found


def whom(answers: Answers, facts: Facts) -> Volunteer | None:
    waiting = tuple(who for who in facts.team.people if who.status == "waiting")
    team = facts.team.but(people=waiting)
    return chosen(answers, facts.but(team=team)) or chosen(answers, facts)


def options(facts: Facts) -> tuple[str, ...]:
    return tuple(who.phone for who in candidates(facts))


def approve_them(answers: Answers, facts: Facts) -> Iterable[Effect]:
    who = whom(answers, facts)
    return let_in(who) if who and who.status == "waiting" else ()


def let_in(who: Volunteer) -> Iterable[Effect]:
    yield Approve(who.phone)
    yield Tell(who.phone, Prompt("news.approved", values=offer_of(who)))


def offer_of(who: Volunteer) -> Values:
    return {"name": who.name, "gives": who.needs, "areas": who.areas, "ending": who.phone[-SHOWN:]}


def step_of_approving(answers: Answers, facts: Facts) -> str:
    who = whom(answers, facts)
    if who is not None:
        return "told" if who.status == "waiting" else "sorry"
    asks = answers.get("name") and "who" not in answers and candidates(facts)
    return "who" if asks else "sorry"


def approved(answers: Answers, facts: Facts) -> Values:
    who = whom(answers, facts)
    return offer_of(who) if who else {}


def why_not_approved(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    who = whom(answers, facts)
    if not answers.get("name"):
        yield Prompt("approve.how")
    elif who is None:
        yield Prompt("approve.nobody", values={"name": answers["name"]})
    else:
        yield Prompt("approve.already", values={"whom": shown(who)})


approve = Flow(
    "approve",
    Do("look", approve_them, then=step_of_approving),
    Choose("who", options, saves="who", shows=told_apart),
    Do("say_yes", approve_them, then=step_of_approving),
    End("told", shows=approved),
    End("sorry", says=why_not_approved),
)
