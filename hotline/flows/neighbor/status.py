"""What became of what I asked for, and what I have in hand."""

from collections.abc import Iterable

from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, End, Flow
from hotline.flows.volunteer.claim import story
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status


def where_things_stand(_: Answers, facts: Facts) -> Iterable[Prompt]:
    """A line for each need: what I asked for, what I took, what I was asked about."""
    lines = [Prompt(_how_it_stands(need), values=told(need, facts)) for need in facts.mine.asked_for]
    lines += [Prompt("status.in_hand", values=story(need)) for need in facts.mine.has_taken]
    lines += [Prompt("status.alert", values=story(need)) for need in facts.alerts.open]
    return lines or [Prompt("status.nothing")]


def _how_it_stands(need: Need) -> str:
    some = need.status is Status.OPEN and (need.takers or need.helped)
    return "status.asked_some" if some else f"status.asked_{need.status}"


def told(need: Need, facts: Facts) -> dict[str, str | tuple[str, ...]]:
    has = (*need.takers, *need.helped)
    return {**story(need, facts.names_of(has)), "have": str(len(has)), "wanted": str(need.wanted)}


status = Flow("status", End("list", says=where_things_stand))
