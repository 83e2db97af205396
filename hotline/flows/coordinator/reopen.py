"""Reopening a need that is over (REOPEN 112): one that was closed or expired is asked around again, one that was done
goes back to whoever had it."""

from collections.abc import Iterable, Iterator

from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Do, End, Flow
from hotline.flows.about_needs import line_for_each, numbers_said, story, with_its_time
from hotline.model.coordinator_effects import Reopen
from hotline.model.effects import Effect, NotYet, Tell
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status

OVER = (Status.DONE, Status.CANCELLED, Status.EXPIRED)


def may_be_opened(need: Need) -> bool:
    """Whether it is over and was ever sent: nobody could be asked about a form that broke off."""
    return need.status in OVER and bool(need.what and need.area)


def had_by(need: Need) -> tuple[str, ...]:
    """Those in whose hands it was done."""
    return (*need.takers, *need.helped) if need.status is Status.DONE else ()


def open_them(answers: Answers, facts: Facts) -> Iterator[Effect]:
    for number in numbers_said(answers):
        need = facts.need(number)
        if need and may_be_opened(need):
            yield from open_it(need, facts)


def open_it(need: Need, facts: Facts) -> Iterable[Effect]:
    """Everyone involved gets one line. It is the team that says so, and not the neighbor."""
    helpers = had_by(need)
    yield NotYet(need.number) if helpers else Reopen(need.number)
    for helper in helpers:
        yield Tell(helper, Prompt("news.assigned", values=story(need)), need.number)
    told = Prompt("news.taken", values=with_its_time(need, facts.names_of(helpers)))
    again = Prompt("news.open_again", values=story(need))
    yield Tell(need.neighbor, told if helpers else again, need.number)


def how_they_stand(answers: Answers, facts: Facts) -> Iterator[Prompt]:
    """A line for each number; how it goes where there is none."""
    if not numbers_said(answers):
        yield Prompt("reopen.how")
    yield from line_for_each(answers, facts, _line)


def _line(need: Need, number: str) -> Prompt:
    if not may_be_opened(need):
        return Prompt("reopen.not_over", values={"number": number})
    return Prompt("reopen.back" if had_by(need) else "reopen.told", values=story(need))


reopen = Flow("reopen", Do("open", open_them), End("told", says=how_they_stand))
