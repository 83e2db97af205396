"""Completion and release: a need in hand is done, or goes back to others."""

from collections.abc import Callable, Iterable

from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.about_needs import holds, in_hand, shown, story, the_need
from hotline.flows.shared_questions import which
from hotline.model.effects import Done, Drop, Effect, Tell
from hotline.model.facts import Facts
from hotline.model.needs import Need


def finish_need(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need and holds(need, facts):
        yield Done(need.number)


def told_or_part(answers: Answers, facts: Facts) -> str:
    """If other volunteers still have it, it is not over yet."""
    need = the_need(answers, facts)
    if need is None or not holds(need, facts):
        return "not_yours"
    return "told" if len(need.takers) == 1 else "told_part"


def news_of_drop(need: Need) -> Tell:
    """What the neighbor hears."""
    return Tell(need.neighbor, Prompt("news.dropped", values=story(need)), need.number)


def given_back(need: Need) -> Iterable[Effect]:
    """It goes back to others, and the neighbor hears so."""
    yield Drop(need.number)
    yield news_of_drop(need)


def drop_need(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    return given_back(need) if need and holds(need, facts) else ()


def give_all_back(facts: Facts) -> Iterable[Effect]:
    """Someone who leaves or opts out gives back all that they have in hand."""
    for need in facts.mine.has_taken:
        yield from given_back(need)


def mine_or_not(answers: Answers, facts: Facts) -> str:
    return "told" if holds(the_need(answers, facts), facts) else "not_yours"


def told_as(key: str) -> Callable[[Answers, Facts], Iterable[Prompt]]:
    """The words of another end."""
    return lambda answers, facts: (Prompt(key, values=shown(answers, facts)),)


done = Flow(
    "done",
    which(in_hand),
    Do("done", finish_need, then=told_or_part),
    End("told", shows=shown),
    End("told_part", shows=shown),
    End("not_yours", shows=shown),
)

drop = Flow(
    "drop",
    which(in_hand),
    Do("drop", drop_need, then=mine_or_not),
    End("told", shows=shown),
    End("not_yours", shows=shown),
)

give_back = Flow(
    "give_back",
    which(in_hand),
    Choose("sure", {"yes": "drop", "no": "kept"}, exact=True, shows=shown, senses={"ok": "yes"}),
    Do("drop", drop_need, then=mine_or_not),
    End("told", says=told_as("drop.told")),
    End("not_yours", says=told_as("drop.not_yours")),
    End("kept", shows=shown),
)
"""Asked once of whoever says "can't make it": it may be about another day, or a "can't find the door"."""
