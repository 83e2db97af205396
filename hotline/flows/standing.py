"""Standing: how a need stands, in one line for whoever asked for it, and whether others hear what we tell them."""

from collections.abc import Iterable

from hotline.engine.session import Prompt
from hotline.flows.about_needs import so_far, story
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status

SAID = (Status.DRAFT, Status.DONE)  # what is not active, and has a line all the same


def line(need: Need, facts: Facts) -> Prompt:
    """How it stands, for whoever asked for it."""
    return Prompt(_key(need, facts), values=told(need, facts))


def _key(need: Need, facts: Facts) -> str:
    if need.status is not Status.OPEN:
        over = need.confirmed or not (need.active or need.status in SAID)
        return "happened.over" if over else f"status.asked_{need.status}"
    if not need.asks(facts.now):
        return "status.asked_held"
    return "status.asked_some" if need.begun else "status.asked_open"


def told(need: Need, facts: Facts) -> dict[str, str | tuple[str, ...]]:
    """What a line may say of it: for when it is, who has it or did it, and how many they are."""
    what = (need.what or "something", *need.times)
    return {**story(need, facts.names_of((*need.takers, *need.helped))), "what": what, **so_far(need)}


def hears_nothing(people: Iterable[str], facts: Facts) -> bool:
    """Whether none of these people hears what we tell them."""
    return facts.reachable.silent.issuperset(people)


def is_only_called(people: Iterable[str], facts: Facts) -> bool:
    """Whether none of these people gets texts, and some of them are called."""
    return not hears_nothing(people, facts) and (facts.reachable.silent | facts.reachable.by_call).issuperset(people)
