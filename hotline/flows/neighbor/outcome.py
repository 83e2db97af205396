"""Outcome questions that time brings: did it happen, and is it still needed?"""

from collections.abc import Iterable

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Begin, Choose, Do, End, Flow
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


happened = Flow(
    "happened",
    Choose(
        "asked",
        {"yes": "confirm", "no": "contest"},
        saves="happened",
        exact=True,
        harmless=True,
        shows=with_helpers,
        senses=DID_IT_HAPPEN,
    ),
    Do("confirm", confirm),
    End("good", shows=with_helpers),
    Do("contest", contest),
    End("not_yet", shows=with_helpers),
    asked_by_us=True,
)


def with_its_time(answers: Answers, facts: Facts) -> Values:
    need = the_need(answers, facts)
    asked_for = {"what": (need.what or "something", *need.times)} if need else {}
    return {**with_helpers(answers, facts), **asked_for}


def keep_open(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = _mine(answers, facts)
    if need and need.status in (Status.OPEN, Status.DRAFT, Status.EXPIRED, Status.TAKEN):
        yield StillNeeded(need.number)


def in_which_state(answers: Answers, facts: Facts) -> str:
    """A draft cannot be dispatched yet: its form goes on first."""
    need = _mine(answers, facts)
    return "unfinished" if need and need.status is Status.DRAFT else "kept"


still_needed = Flow(
    "still_needed",
    Choose(
        "asked", {"yes": "keep", "no": "close"}, saves="needed", exact=True, shows=with_its_time, senses={"ok": "yes"}
    ),
    Do("keep", keep_open, then=in_which_state),
    End("kept", shows=with_helpers),
    Begin("unfinished", intake),
    Do("close", end_it),
    End("closed", shows=with_helpers),
    asked_by_us=True,
)
