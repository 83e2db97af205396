"""Orders at the board: what a coordinator does there that no text of theirs does, such as writing to a helper or
correcting a request. Pure; everything else at the board is what their texts do."""

from collections.abc import Iterable, Iterator, Mapping

from hotline.engine.session import Prompt, Values
from hotline.flows.about_needs import story
from hotline.model.coordinator_effects import Say
from hotline.model.effects import Amend, Effect, Tell, Urgent
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status

FIELDS = ("what", "area", "details", "due")


def say_to_helper(need: Need, helper: str, words: str) -> Iterable[Effect]:
    """Words of the team's to somebody who has the request."""
    yield Say(need.number, helper, words)


def corrected(need: Need, new: Mapping[str, str]) -> Need:
    """The need as it will be."""
    return need.but(**{name: new[name] for name in FIELDS if name in new})


def correct(need: Need, new: Mapping[str, str], facts: Facts) -> Iterator[Effect]:
    """It is changed, and whoever has it hears what is new; the neighbor knows."""
    changed = corrected(need, new)
    if changed != need:
        yield Amend(need.number, changed.what, changed.area, changed.details, need.recording, changed.due)
        told: Values = {**story(changed), **_what_is_new(need, changed)}
        for taker in need.takers:
            yield Tell(taker, Prompt("news.changed", values=told), need.number)
    if new.get("urgent") == "yes" and not need.urgent and need.status is Status.OPEN:
        yield Urgent(need.number)


def _what_is_new(before: Need, after: Need) -> Values:
    new = after.details if after.details != before.details else ""
    return {"words": new, "new": ("new",) if new else ""}
