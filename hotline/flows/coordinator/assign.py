"""Manual assignment: a coordinator gives a need to a volunteer (ASSIGN), or approves a new volunteer (APPROVE)."""

from collections.abc import Iterable

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.about_needs import story, the_need
from hotline.flows.coordinator.find_volunteer import exactly, meant, shown
from hotline.flows.volunteer.claim import given_to
from hotline.model.coordinator_effects import Approve
from hotline.model.effects import Effect, Tell
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status
from hotline.model.people import Volunteer

SOME = 6  # names that are suggested if no volunteer has that name


def candidates(answers: Answers, facts: Facts) -> tuple[Volunteer, ...]:
    return meant(facts.team.people, answers.get("name", ""))


def whom(answers: Answers, facts: Facts) -> Volunteer | None:
    """The one who was chosen, or the only one of exactly that name."""
    if "who" in answers:
        return next((who for who in facts.team.people if who.phone == answers["who"]), None)
    found = exactly(facts.team.people, answers.get("name", ""))
    return found[0] if len(found) == 1 else None


def options(facts: Facts) -> tuple[str, ...]:
    return tuple(who.phone for who in meant(facts.team.people, facts.team.name_said))


def told_apart(_: Answers, facts: Facts) -> Values:
    return {who.phone: shown(who) for who in facts.team.people}


def wrong_with_need(need: Need | None, answers: Answers, facts: Facts) -> str:
    """Why this need cannot be given to anyone, as a message key; "" if it can."""
    if need is None:
        return "team.unknown" if answers.get("need") else "assign.how"
    match need.status:
        case Status.DRAFT:
            return "assign.draft"
        case Status.TAKEN:
            return "assign.taken"
        case Status.OPEN:
            return ""
    return "team.over"


def wrong_with_them(need: Need, who: Volunteer) -> str:
    """Why this need cannot be given to this volunteer, as a message key; "" if it can."""
    if who.phone == need.neighbor:
        return "assign.own"
    if who.phone in need.takers:
        return "assign.theirs"
    if who.opted_out:
        return "assign.opted_out"
    if who.status == "waiting":
        return "assign.waiting"
    return "" if who.status == "active" else "assign.away"


def step_of_assigning(answers: Answers, facts: Facts) -> str:
    """Where it goes on: given, asked which one, or told why not."""
    need, who = the_need(answers, facts), whom(answers, facts)
    if wrong_with_need(need, answers, facts) or not answers.get("name"):
        return "sorry"
    if who is None:
        return "who" if candidates(answers, facts) and "who" not in answers else "sorry"
    return "sorry" if _why_not(answers, facts) else "given"


def _why_not(answers: Answers, facts: Facts) -> str:
    need, who = the_need(answers, facts), whom(answers, facts)
    wrong = wrong_with_need(need, answers, facts)
    if wrong or need is None or not answers.get("name"):
        return wrong or "assign.how"
    if who is None:
        return "team.nobody"
    if facts.now < who.paused_until:
        return wrong_with_them(need, who) or "assign.away"
    return wrong_with_them(need, who)


def assign_it(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need, who = the_need(answers, facts), whom(answers, facts)
    if need is None or who is None or _why_not(answers, facts):
        return
    yield Tell(who.phone, Prompt("news.assigned", values=story(need)), need.number)
    yield from given_to(need, who.phone, who.name)


def why_not_given(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    need, who = the_need(answers, facts), whom(answers, facts)
    names = tuple(facts.names.get(phone) or "someone" for phone in need.takers) if need else ()
    name = who.name if who else names or answers.get("name", "")
    values = {"number": answers.get("need", ""), "name": name, **_who_there_is(facts)}
    yield Prompt(_why_not(answers, facts), values=values)


def _who_there_is(facts: Facts) -> Values:
    names = dict.fromkeys(who.name for who in facts.team.people if who.name and who.status == "active")
    return {"names": ", ".join(list(names)[:SOME])}


def given(answers: Answers, facts: Facts) -> Values:
    need, who = the_need(answers, facts), whom(answers, facts)
    return story(need, who.name) if need and who else {}


def approve_them(answers: Answers, facts: Facts) -> Iterable[Effect]:
    who = whom(answers, facts)
    if who and who.status == "waiting":
        yield Approve(who.phone)
        yield Tell(who.phone, Prompt("news.approved", values=offer_of(who)))


def offer_of(who: Volunteer) -> Values:
    return {"name": who.name, "gives": who.needs, "areas": who.areas}


def step_of_approving(answers: Answers, facts: Facts) -> str:
    who = whom(answers, facts)
    if who is not None:
        return "told" if who.status == "waiting" else "sorry"
    asks = answers.get("name") and "who" not in answers and candidates(answers, facts)
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
        yield Prompt("approve.already", values={"name": who.name})


assign = Flow(
    "assign",
    Do("look", assign_it, then=step_of_assigning),
    Choose("who", options, saves="who", shows=told_apart),
    Do("give", assign_it, then=step_of_assigning),
    End("given", shows=given),
    End("sorry", says=why_not_given),
)

approve = Flow(
    "approve",
    Do("look", approve_them, then=step_of_approving),
    Choose("who", options, saves="who", shows=told_apart),
    Do("say_yes", approve_them, then=step_of_approving),
    End("told", shows=approved),
    End("sorry", says=why_not_approved),
)
