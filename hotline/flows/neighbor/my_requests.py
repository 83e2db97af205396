"""What became of what I asked for, in a call: one request after another, and what can be done about each, by keys."""

from collections.abc import Iterable
from typing import Any

from hotline.engine.answers import Number, Pin
from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Ask, Begin, Choose, Do, End, Flow
from hotline.flows.conditions import number_is_known
from hotline.flows.everyone.bridge import may_be_rung, talk
from hotline.flows.everyone.contact_preference import asked_anew, reach
from hotline.flows.everyone.spoken_list import said_aloud, the_next
from hotline.flows.neighbor.amend import amend
from hotline.flows.neighbor.intake import intake
from hotline.flows.neighbor.outcome import confirm, contest
from hotline.flows.neighbor.status import told
from hotline.flows.neighbor.withdraw import withdraw
from hotline.flows.volunteer.claim import story, the_need
from hotline.flows.volunteer.my_tasks import hands
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status

RIGHT = "right"  # the word of a request that was made from another telephone was typed


def opened(answers: Answers) -> bool:
    """Whether it is somebody's request from another telephone that is heard: that one alone."""
    return answers.get("word") == RIGHT


def mine(answers: Answers, facts: Facts) -> tuple[Need, ...]:
    if opened(answers):
        return tuple(need for need in facts.named if need.code == answers.get("opened"))
    to_confirm = (need for need in facts.finished if need.is_of(facts.me.phone) and not need.confirmed)
    return (*facts.asked_for, *to_confirm)


def next_request(answers: Answers, facts: Facts) -> Answers:
    return the_next(answers, mine(answers, facts))


def how_it_stands(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts) if answers.get("need") else None
    if need is None:
        return _after_the_last(answers, facts)
    match need.status:
        case Status.DRAFT | Status.TAKEN | Status.DONE:
            return str(need.status)
        case Status.OPEN:
            return "some" if need.takers or need.helped else "open"
    return "over"


def _after_the_last(answers: Answers, facts: Facts) -> str:
    if facts.has_taken and not opened(answers):
        return "hands"
    if answers.get("heard"):
        return "all"
    return "none" if number_is_known(answers, facts) else "number"


def shown(answers: Answers, facts: Facts) -> Values:
    need = the_need(answers, facts)
    return told(need, facts) if need else {}


def under_way(answers: Answers, facts: Facts) -> Iterable[str]:
    """Talking is offered where there is somebody to talk to."""
    need = the_need(answers, facts)
    talk_too = ("talk",) if need and not opened(answers) and may_be_rung(need, facts) else ()
    return ("happened", *talk_too, "alter", "next")


def said_before(answers: Answers, facts: Facts) -> Answers:
    """A form that is finished begins with what it knows already."""
    need = the_need(answers, facts)
    if need is None:
        return answers
    known = {"what": need.what, "area": need.area, "details": need.details, "details_recording": need.recording}
    known = {name: value for name, value in known.items() if value}
    spoken = {"details": ""} if need.recording else {}  # said aloud is said
    return {**answers, "words": need.words, **spoken, **known}


def which_number(answers: Answers, _: Facts) -> str:
    """Whoever is still looking for the slip of paper is not asked for its word."""
    return "word" if answers.get("need") else "none"


def number_typed(answers: Answers, _: Facts) -> Answers:
    """The first request that is heard after its word was typed is that one."""
    return {"word": RIGHT, "opened": answers.get("need", "")}


def thanks(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    yield Prompt("happened.good", values=shown(answers, facts))


def sorry(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    need = the_need(answers, facts)
    yield Prompt("happened.not_yet", values=story(need) if need else {})


def elsewhere(_: Answers, facts: Facts) -> Iterable[str]:
    """Whoever hides their number is told nothing, so there is nothing to choose about it."""
    return tuple(where for where in ELSEWHERE if where != "reach" or facts.me.has_number)


UNDER_WAY = {"happened": "happened", "talk": "talk", "alter": "alter", "next": "next"}
ABOUT_ONE: dict[str, Any] = {"shows": shown, "sounds": said_aloud, "skip": "next", "back": "stands"}
ELSEWHERE = {"word": "number", "reach": "ways", "menu": "menu"}

requests = Flow(
    "requests",
    Do("next", learns=next_request),
    Do("stands", then=how_it_stands),
    Choose("draft", {"finish": "said_before", "withdraw": "withdraw", "next": "next"}, **ABOUT_ONE),
    Choose("open", {"change": "change", "withdraw": "withdraw", "next": "next"}, **ABOUT_ONE),
    Choose("some", UNDER_WAY, offers=under_way, **ABOUT_ONE),
    Choose("taken", UNDER_WAY, offers=under_way, **ABOUT_ONE),
    Choose("done", {"yes": "happened", "no": "not_yet", "next": "next"}, exact=True, **ABOUT_ONE),
    Choose("alter", {"change": "change", "withdraw": "withdraw"}, shows=shown, back="stands"),
    Choose("all", ELSEWHERE, offers=elsewhere, back="stands", closing=True),
    Choose("none", ELSEWHERE, offers=elsewhere, back="stands", closing=True),
    Ask("number", Number(4), saves="need", back="stands"),
    Do("given", then=which_number),
    Ask("word", Pin(), saves="word", back="number"),
    Do("typed", then=lambda _, __: "next", learns=number_typed),
    End("menu", says=lambda _, __: ()),
    End("over", shows=shown),
    Do("happened", confirm),
    End("good", says=thanks),
    Do("not_yet", contest),
    End("sorry", says=sorry),
    Do("said_before", learns=said_before),
    Begin("finish", intake),
    Begin("change", amend),
    Begin("withdraw", withdraw),
    Begin("talk", talk),
    Begin("hands", hands),
    Do("ways", learns=asked_anew),
    Begin("reach", reach),
)
