"""Outcome questions that time brings: did it happen, and is it still needed?"""

from collections.abc import Iterable

from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Begin, Choose, Do, End, Flow
from hotline.flows import standing
from hotline.flows.about_needs import story, the_need, with_helpers
from hotline.flows.intents.small_words import DID_IT_HAPPEN
from hotline.flows.neighbor.intake import intake
from hotline.flows.neighbor.withdraw import end_it
from hotline.model.effects import Effect, Flag, Happened, NotYet, StandDown, StillNeeded, Tell
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status


def _mine(answers: Answers, facts: Facts) -> Need | None:
    need = the_need(answers, facts)
    return need if need and need.is_of(facts.me.phone) else None


def confirm(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = _mine(answers, facts)
    if need is None or need.status not in (Status.OPEN, Status.TAKEN, Status.DONE):
        return
    yield Happened(need.number)
    for taker in need.takers:
        yield Tell(taker, Prompt("news.confirmed", values=story(need)), need.number)
    if need.status is Status.OPEN:
        yield StandDown(need.number, Prompt("news.withdrawn", values=story(need)))


def contest(answers: Answers, facts: Facts) -> Iterable[Effect]:
    """It did not happen: the same volunteers have it again, and a person looks."""
    need = _mine(answers, facts)
    if need is None or need.status not in (Status.OPEN, Status.TAKEN, Status.DONE):
        return
    yield NotYet(need.number)
    yield Flag("not_yet", need.details, need.number)
    for helper in (*need.takers, *need.helped):
        yield Tell(helper, Prompt("news.not_yet", values=story(need)), need.number)


def in_so_many_words(answers: Answers, _: Facts) -> str:
    """Who says that nobody came is not asked whether it happened."""
    return "contest" if answers.get("told") == "no" else "asked"


def is_over(answers: Answers, facts: Facts) -> str:
    need = _mine(answers, facts)
    return "over" if need is None or need.status in (Status.CANCELLED, Status.EXPIRED, Status.DRAFT) else "good"


def not_over(answers: Answers, facts: Facts) -> str:
    return "over" if is_over(answers, facts) == "over" else "not_yet"


def sorry(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    """Where nobody has it, they may not know that."""
    need = _mine(answers, facts)
    if need and need.active and not need.begun:
        yield standing.line(need, facts)
    yield Prompt("happened.not_yet", values=with_helpers(answers, facts))


happened = Flow(
    "happened",
    Do("said", then=in_so_many_words),
    Choose(
        "asked",
        {"yes": "confirm", "no": "contest"},
        saves="happened",
        exact=True,
        harmless=True,
        shows=with_helpers,
        senses=DID_IT_HAPPEN,
    ),
    Do("confirm", confirm, then=is_over),
    End("good", shows=with_helpers),
    Do("contest", contest, then=not_over),
    End("not_yet", says=sorry),
    End("over", shows=with_helpers),
    asked_by_us=True,
)


def keep_open(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = _mine(answers, facts)
    if need and need.status in (Status.OPEN, Status.DRAFT, Status.EXPIRED, Status.TAKEN):
        yield StillNeeded(need.number)


def in_which_state(answers: Answers, facts: Facts) -> str:
    """A draft cannot be dispatched yet: its form goes on first. We keep asking where somebody is missing."""
    need = _mine(answers, facts)
    match need.status if need else None:
        case Status.DRAFT:
            return "unfinished"
        case Status.EXPIRED:
            return "kept"
        case Status.OPEN | Status.TAKEN if need:
            return "kept" if need.missing and need.asks(facts.now) else "stands"
    return "over"


def as_it_stands(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    need = _mine(answers, facts)
    return (standing.line(need, facts),) if need else ()


def over(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    yield Prompt("happened.over", values=with_helpers(answers, facts))


def closed_or_over(answers: Answers, facts: Facts) -> str:
    need = _mine(answers, facts)
    return "closed" if need and (need.active or need.status in (Status.DRAFT, Status.EXPIRED)) else "over"


still_needed = Flow(
    "still_needed",
    Choose(
        "asked", {"yes": "keep", "no": "close"}, saves="needed", exact=True, shows=with_helpers, senses={"ok": "yes"}
    ),
    Do("keep", keep_open, then=in_which_state),
    End("kept", shows=with_helpers),
    End("stands", says=as_it_stands),
    End("over", says=over),
    Begin("unfinished", intake),
    Do("close", end_it, then=closed_or_over),
    End("closed", shows=with_helpers),
    asked_by_us=True,
)
