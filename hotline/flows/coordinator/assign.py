"""Manual assignment: a coordinator gives needs to a volunteer (ASSIGN), or takes one back (DROP)."""

from collections.abc import Iterable, Iterator

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.about_needs import numbers_said, story, the_need, with_its_time
from hotline.flows.coordinator.find_volunteer import SHOWN, chosen, meant, shown, told_apart
from hotline.flows.volunteer.claim import given_to
from hotline.flows.volunteer.done_or_drop import news_of_drop
from hotline.model.coordinator_effects import TakeBack
from hotline.model.effects import Effect, Take, Tell
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status
from hotline.model.people import Volunteer

SOME = 6  # names that are suggested if no volunteer has that name
NOBODY = "nobody"  # of those who have it gives it up


def options(facts: Facts) -> tuple[str, ...]:
    return tuple(who.phone for who in meant(facts.team.people, facts.team.name_said))


def wrong_with_them(need: Need, who: Volunteer, now: float) -> str:
    """Why this need cannot be given to this volunteer, as a message key; "" if it can."""
    if who.phone == need.neighbor:
        return "assign.own"
    if who.phone in need.takers:
        return "assign.theirs"
    if who.opted_out:
        return "assign.opted_out"
    if who.status == "waiting":
        return "assign.waiting"
    return "" if who.status == "active" and who.paused_until <= now else "assign.away"


def wrong_with_need(need: Need | None) -> str:
    """Why this need cannot be given to anyone, as a message key; "" if it can, from somebody else or not."""
    if need is None:
        return "team.unknown"
    if need.status is Status.DRAFT:
        return "assign.draft"
    return "" if need.active else "team.over"


def why_not(need: Need | None, who: Volunteer, now: float) -> str:
    return wrong_with_need(need) or (wrong_with_them(need, who, now) if need else "")


def full(answers: Answers, facts: Facts) -> tuple[Need, ...]:
    """Those of the needs that could be given, were it not that others have them."""
    who = chosen(answers, facts)
    named = (facts.need(number) for number in numbers_said(answers))
    return tuple(n for n in named if n and who and n.status is Status.TAKEN and not why_not(n, who, facts.now))


def whom_it_is_about(answers: Answers, facts: Facts) -> str:
    """Where it goes on: asked who is meant, whether it is taken from somebody, or told how it goes."""
    named = any(not wrong_with_need(facts.need(number)) for number in numbers_said(answers))
    if not numbers_said(answers) or (named and not answers.get("name")):
        return "how"
    if chosen(answers, facts) is None:
        return "who" if named and "who" not in answers and meant(facts.team.people, answers["name"]) else "give"
    return "instead"


def has_one_each(answers: Answers, facts: Facts) -> bool:
    """Whether nobody has to be asked who of several gives it up."""
    found = full(answers, facts)
    return len(found) != 1 or len(found[0].takers) < 2


def nothing_to_take(answers: Answers, facts: Facts) -> bool:
    return not full(answers, facts) or not has_one_each(answers, facts)


def helpers(facts: Facts) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(phone for need in facts.named for phone in need.takers), NOBODY)))


def helpers_of_it(answers: Answers, facts: Facts) -> Iterable[str]:
    return (*(phone for need in full(answers, facts)[:1] for phone in need.takers), NOBODY)


def who_has_it(answers: Answers, facts: Facts) -> Values:
    found = full(answers, facts)
    who = chosen(answers, facts)
    names = tuple(facts.names.get(phone) or "someone" for need in found for phone in need.takers)
    labels: dict[str, str | tuple[str, ...]] = {phone: _name(phone, facts) for need in found for phone in need.takers}
    return {**labels, "number": ", ".join(need.code for need in found), "other": names, "whom": _who(who)}


def _name(phone: str, facts: Facts) -> tuple[str, ...]:
    who = next((each for each in facts.team.people if each.phone == phone), None)
    return shown(who) if who else (facts.names.get(phone) or "someone",)


def _who(who: Volunteer | None) -> tuple[str, ...]:
    return shown(who) if who else ()


def given_up_by(need: Need, answers: Answers) -> str:
    """Who no longer has it, so that it can be given to somebody else; "" for nobody."""
    if len(need.takers) == 1 and answers.get("instead") == "yes":
        return need.takers[0]
    return answers["from"] if answers.get("from") in need.takers else ""


def assign_them(answers: Answers, facts: Facts) -> Iterator[Effect]:
    """Each need by itself; who gives one up reads so, and the neighbor reads who comes instead."""
    who = chosen(answers, facts)
    for need in filter(None, (facts.need(number) for number in numbers_said(answers))):
        if who is None or why_not(need, who, facts.now):
            continue
        if need.status is Status.OPEN:
            yield Tell(who.phone, Prompt("news.assigned", values=story(need)), need.number)
            yield from given_to(need, who.phone, who.name)
        elif other := given_up_by(need, answers):
            yield Tell(who.phone, Prompt("news.assigned", values=story(need)), need.number)
            yield from taken_over(need, other, who, facts)


def taken_over(need: Need, other: str, who: Volunteer, facts: Facts) -> Iterator[Effect]:
    yield TakeBack(need.number, other)
    yield Take(need.number, who.phone)
    yield Tell(other, Prompt("news.given_to_another", values=story(need)), need.number)
    names = {**with_its_time(need, who.name), "other": (facts.names.get(other) or "someone",)}
    yield Tell(need.neighbor, Prompt("news.instead", values=names), need.number)


def what_became(answers: Answers, facts: Facts) -> Iterator[Prompt]:
    """A line for each number."""
    who = chosen(answers, facts)
    for number in numbers_said(answers):
        need = facts.need(number)
        if wrong := wrong_with_need(need):
            yield Prompt(wrong, values={"number": number})
        elif need and who is None:
            yield Prompt("team.nobody", values={"name": answers["name"], **_who_there_is(facts)})
            return
        elif need and who:
            yield _of_one(need, who, answers, facts)


def _of_one(need: Need, who: Volunteer, answers: Answers, facts: Facts) -> Prompt:
    values = {**story(need, who.name), "whom": shown(who), "ending": who.phone[-SHOWN:]}
    if wrong := wrong_with_them(need, who, facts.now):
        return Prompt(wrong, values=values)
    if need.status is Status.OPEN:
        return Prompt("assign.given", values=values)
    other = given_up_by(need, answers)
    names = tuple(facts.names.get(phone) or "someone" for phone in ((other,) if other else need.takers))
    return Prompt("assign.given_instead" if other else "assign.stays", values={**values, "other": names})


def _who_there_is(facts: Facts) -> Values:
    names = dict.fromkeys(who.name for who in facts.team.people if who.name and who.status == "active")
    return {"names": ", ".join(list(names)[:SOME])}


assign = Flow(
    "assign",
    Do("look", then=whom_it_is_about),
    Choose("who", options, saves="who", shows=told_apart),
    Choose("instead", ("yes", "no"), saves="instead", unless=nothing_to_take, exact=True, shows=who_has_it),
    Choose("from", helpers, saves="from", unless=has_one_each, shows=who_has_it, offers=helpers_of_it),
    Do("give", assign_them),
    End("told", says=what_became),
    End("how"),
)


# --- Taking back: it goes to the neighbors again.


def may_take_back(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts)
    if need is None or not need.takers or not need.active:
        return "sorry"
    return "from" if len(need.takers) > 1 else "sure"


def takers(answers: Answers, facts: Facts) -> Iterable[str]:
    need = the_need(answers, facts)
    return (*need.takers, NOBODY) if need else (NOBODY,)


def whose(answers: Answers, facts: Facts) -> str:
    """Who gives it up."""
    need = the_need(answers, facts)
    only = need.takers[0] if need and len(need.takers) == 1 else ""
    return only or answers.get("from", "")


def with_names(answers: Answers, facts: Facts) -> Values:
    need = the_need(answers, facts)
    if need is None:
        return {"number": answers.get("need", "")}
    labels = {phone: (facts.names.get(phone) or "someone", f"..{phone[-SHOWN:]}") for phone in need.takers}
    other = whose(answers, facts)
    return {**story(need), **labels, "other": (facts.names.get(other) or "someone",)}


def take_it_back(answers: Answers, facts: Facts) -> Iterator[Effect]:
    need, other = the_need(answers, facts), whose(answers, facts)
    if need and other in need.takers:
        yield TakeBack(need.number, other)
        yield Tell(other, Prompt("news.taken_back", values=story(need)), need.number)
        yield news_of_drop(need, other, facts)


def taken_or_not(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts)
    return "told" if need and whose(answers, facts) in need.takers else "kept"


take_back = Flow(
    "take_back",
    Do("look", then=may_take_back),
    Choose("from", helpers, saves="from", shows=with_names, offers=takers),
    Do("chosen", then=lambda _, __: "take"),
    Choose("sure", {"yes": "take", "no": "kept"}, exact=True, shows=with_names),
    Do("take", take_it_back, then=taken_or_not),
    End("told", shows=with_names),
    End("kept", shows=with_names),
    End("sorry", shows=with_names),
)
