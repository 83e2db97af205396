"""Status of requests: by text a line for each; in a call one after another, with what each key does about it."""

from collections.abc import Iterable
from typing import Any

from hotline.engine.answers import Number, Pin
from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Ask, Begin, Choose, Do, End, Flow
from hotline.flows import standing
from hotline.flows.about_needs import story, the_need
from hotline.flows.everyone.bridge import may_be_rung, talk
from hotline.flows.everyone.contact_preference import asked_anew, reach
from hotline.flows.everyone.spoken_list import said_aloud, the_next
from hotline.flows.neighbor.amend import amend
from hotline.flows.neighbor.intake import intake
from hotline.flows.neighbor.outcome import confirm, contest
from hotline.flows.neighbor.said import already_said
from hotline.flows.neighbor.urgent import urgent
from hotline.flows.neighbor.withdraw import withdraw
from hotline.flows.shared_questions import number_is_known
from hotline.flows.sharing.circles import about as circles
from hotline.flows.sharing.daily_rings import company, daily_ring, safety
from hotline.flows.sharing.gatherings import about as gatherings
from hotline.flows.sharing.gifts import about as gifts
from hotline.flows.sharing.loans import about as loans
from hotline.flows.volunteer.my_tasks import hands
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status

# --- By text.


def where_things_stand(_: Answers, facts: Facts) -> Iterable[Prompt]:
    """A line for each need: what I asked for, what I took, what I was asked about."""
    done = (need for need in facts.mine.finished if need.is_of(facts.me.phone) and not need.confirmed)
    lines = [standing.line(need, facts) for need in (*facts.mine.asked_for, *done)]
    lines += [Prompt("status.in_hand", values=story(need)) for need in facts.mine.has_taken]
    lines += [Prompt("status.alert", values=story(need)) for need in facts.alerts.open if not need.held]
    if facts.reachable.texts_held and any(need.status is Status.OPEN for need in facts.mine.asked_for):
        lines.append(Prompt("status.held"))
    lines += gifts.lines(facts)
    lines += loans.lines(facts)
    lines += gatherings.lines(facts)
    lines += circles.lines(facts)
    lines += daily_ring.lines(facts)
    lines += safety.lines(facts)
    lines += company.lines(facts)
    return lines or [Prompt("status.nothing")]


status = Flow("status", End("list", says=where_things_stand))


def said_before(answers: Answers, facts: Facts) -> Answers:
    """A form that is finished begins with what it knows already."""
    need = the_need(answers, facts)
    if need is None:
        return answers
    return {**answers, "words": need.words, **already_said(need)}


finish = Flow("finish", Do("said_before", learns=said_before), Begin("form", intake))
"""A form that was set aside goes on."""


# --- In a call.

RIGHT = "right"  # the access code of a request from another telephone was typed


def opened(answers: Answers) -> bool:
    """Whether an access code opened one request from another telephone; then only that one is heard."""
    return answers.get("word") == RIGHT


def mine(answers: Answers, facts: Facts) -> tuple[Need, ...]:
    if opened(answers):
        return tuple(need for need in facts.named if need.code == answers.get("opened"))
    to_confirm = (need for need in facts.mine.finished if need.is_of(facts.me.phone) and not need.confirmed)
    return (*facts.mine.asked_for, *to_confirm)


def next_request(answers: Answers, facts: Facts) -> Answers:
    return the_next(answers, mine(answers, facts))


def how_it_stands(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts) if answers.get("need") else None
    if need is None:
        return _after_the_last(answers, facts)
    if need.confirmed:
        return "over"
    match need.status:
        case Status.DRAFT | Status.TAKEN | Status.DONE:
            return str(need.status)
        case Status.OPEN:
            return "some" if need.begun else "open" if need.asks(facts.now) else "held"
    return "over"


def _after_the_last(answers: Answers, facts: Facts) -> str:
    if facts.mine.has_taken and not opened(answers):
        return "hands"
    if answers.get("heard"):
        return "all"
    return "none" if number_is_known(answers, facts) else "number"


def shown(answers: Answers, facts: Facts) -> Values:
    need = the_need(answers, facts)
    if need is None:
        return {}
    unheard = facts.call.unheard.get(need.code, "")
    written = facts.call.written.get(need.code, "") if opened(answers) else ""
    return {**standing.told(need, facts), "spoken": written or ((f"spoken_{unheard}",) if unheard else "")}


def open_ways(answers: Answers, facts: Facts) -> Iterable[str]:
    """What cannot wait can be said by a key, once; it stands last, so that no other key changes its place."""
    need = the_need(answers, facts)
    return ("change", "withdraw", "next", *(() if need and need.urgent else ("urgent",)))


def under_way(answers: Answers, facts: Facts) -> Iterable[str]:
    """Talking is offered where there is somebody to talk to."""
    need = the_need(answers, facts)
    talk_too = ("talk",) if need and not opened(answers) and may_be_rung(need, facts) else ()
    return ("happened", *talk_too, "alter", "next")


def has_no_word(answers: Answers, facts: Facts) -> bool:
    """Whether there is no word to write down: it was told in this call, and who has a number needs none."""
    return not facts.call.word or not facts.mine.asked_for or facts.me.has_number or opened(answers)


def to_write_down(_: Answers, facts: Facts) -> Values:
    asked_for = facts.mine.asked_for
    return {"number": asked_for[0].code if asked_for else "", "word": facts.call.word}


def which_number(answers: Answers, _: Facts) -> str:
    """The access code is asked only after a number was typed."""
    return "word" if answers.get("need") else "none"


def number_typed(answers: Answers, _: Facts) -> Answers:
    """After the access code, that request is heard first."""
    return {"word": RIGHT, "opened": answers.get("need", "")}


def thanks(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    yield Prompt("happened.good", values=shown(answers, facts))


def sorry(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    need = the_need(answers, facts)
    yield Prompt("happened.not_yet", values=story(need) if need else {})


def elsewhere(_: Answers, facts: Facts) -> Iterable[str]:
    """A caller with a hidden number gets no news, so the contact preference is not offered."""
    return tuple(where for where in ELSEWHERE if where != "reach" or facts.me.has_number)


UNDER_WAY = {"happened": "happened", "talk": "talk", "alter": "alter", "next": "next"}
ABOUT_ONE: dict[str, Any] = {"shows": shown, "sounds": said_aloud, "skip": "next", "back": "stands"}
ELSEWHERE = {"word": "number", "reach": "ways", "menu": "menu"}

requests = Flow(
    "requests",
    Choose("write", {"again": "write", "on": "next"}, unless=has_no_word, shows=to_write_down, back="write"),
    Do("next", learns=next_request),
    Do("stands", then=how_it_stands),
    Choose("draft", {"finish": "said_before", "withdraw": "withdraw", "next": "next"}, **ABOUT_ONE),
    Choose(
        "open",
        {"change": "change", "withdraw": "withdraw", "next": "next", "urgent": "urgent"},
        offers=open_ways,
        **ABOUT_ONE,
    ),
    Choose("held", {"change": "change", "withdraw": "withdraw", "next": "next"}, **ABOUT_ONE),
    Choose("some", UNDER_WAY, offers=under_way, **ABOUT_ONE),
    Choose("taken", UNDER_WAY, offers=under_way, **ABOUT_ONE),
    Choose("done", {"yes": "happened", "no": "not_yet", "next": "next"}, exact=True, **ABOUT_ONE),
    Choose("alter", {"change": "change", "withdraw": "withdraw"}, shows=shown, back="stands"),
    Choose("all", ELSEWHERE, offers=elsewhere, back="stands", closing=True),
    Choose("none", ELSEWHERE, offers=elsewhere, back="stands", closing=True),
    Ask("number", Number(4, needed=True), saves="need", back="stands"),
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
    Begin("urgent", urgent),
    Begin("talk", talk),
    Begin("hands", hands),
    Do("ways", learns=asked_anew),
    Begin("reach", reach),
)
