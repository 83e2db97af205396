"""What became of what I asked for, and what I have in hand."""

from collections.abc import Iterable

from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, End, Flow
from hotline.flows.taking import story
from hotline.records import Facts, Need


def where_things_stand(_: Answers, facts: Facts) -> Iterable[Prompt]:
    """A line for each need: what I asked for, what I took, what I was asked about."""
    lines = [Prompt(f"status.asked_{need.status}", values=_told(need, facts)) for need in facts.asked_for]
    lines += [Prompt("status.in_hand", values=story(need)) for need in facts.has_taken]
    lines += [Prompt("status.alert", values=story(need)) for need in facts.alerts]
    return lines or [Prompt("status.nothing")]


def _told(need: Need, facts: Facts) -> dict[str, str | tuple[str, ...]]:
    names = [facts.names.get(phone, "") for phone in need.takers]
    return {**story(need), "name": ", ".join(filter(None, names))}


status = Flow("status", End("list", says=where_things_stand))
