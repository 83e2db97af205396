"""One need becomes two (SPLIT 112 a ride to the clinic), and two about one thing become one (LINK 112 113).

What was linked is taken apart again as anything that is over is opened again: REOPEN 112.
"""

from collections.abc import Iterator

from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Do, End, Flow
from hotline.flows.about_needs import number_said, numbers_said, story, the_need
from hotline.model.coordinator_effects import Link
from hotline.model.coordinator_effects import Split as SplitOff
from hotline.model.effects import Effect, StandDown, Tell
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status

# --- Two of one.


def split(need: Need, what: str, area: str, details: str) -> Iterator[SplitOff]:
    """A part of it becomes a request of its own, which others may take."""
    yield SplitOff(need.number, what, area, details)


def split_it(answers: Answers, facts: Facts) -> Iterator[Effect]:
    need = the_need(answers, facts)
    if need and need.active and answers.get("what"):
        yield from split(need, answers["what"], answers.get("area") or need.area, answers["said"])


def what_became_of_the_part(answers: Answers, facts: Facts) -> Iterator[Prompt]:
    need = the_need(answers, facts)
    if not (answers.get("need") and answers.get("what")):
        yield Prompt("split.how")
    elif need is None:
        yield Prompt("team.unknown", values=number_said(answers))
    elif not need.active:
        yield Prompt("split.not_open", values=story(need))
    else:
        yield Prompt("split.told", values={**story(need), "what": (answers["what"],)})


# --- One of two.


def may_be_linked(need: Need, into: Need) -> bool:
    """Whether one of them is looked after by itself, and the other one is not over."""
    under_way = need.active or need.status is Status.DRAFT
    return into.active and under_way and need.number != into.number


def linked(need: Need, into: Need) -> Iterator[Effect]:
    """Both are about the same: it is looked after under the other one. Neither side learns that somebody else asked."""
    yield Link(need.number, into.number)
    if not need.active:
        return
    yield Tell(need.neighbor, Prompt("news.linked", values=story(need)), need.number)
    for taker in need.takers:
        yield Tell(taker, Prompt("news.closed_for_you", values=story(need)), need.number)
    yield StandDown(need.number, Prompt("news.closed_for_you", values=story(need)))


def both(answers: Answers, facts: Facts) -> tuple[Need, ...]:
    return tuple(need for number in numbers_said(answers) if (need := facts.need(number)))


def link_them(answers: Answers, facts: Facts) -> Iterator[Effect]:
    match both(answers, facts):
        case (need, into) if may_be_linked(need, into):
            yield from linked(need, into)


def what_became_of_both(answers: Answers, facts: Facts) -> Iterator[Prompt]:
    numbers, found = numbers_said(answers), both(answers, facts)
    if len(numbers) != 2:
        yield Prompt("link.how")
    elif len(found) != 2:
        yield from (Prompt("team.unknown", values={"number": each}) for each in numbers if facts.need(each) is None)
    elif may_be_linked(*found):
        yield Prompt("link.told", values={**story(found[0]), "other": found[1].code})
    else:
        yield Prompt("link.not_open", values={"number": found[0].code, "other": found[1].code})


splitting = Flow("split", Do("split", split_it), End("told", says=what_became_of_the_part))
linking = Flow("link", Do("link", link_them), End("told", says=what_became_of_both))
