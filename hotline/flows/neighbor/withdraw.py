"""Withdrawing a request: confirmed once; then it is closed, and everyone who had it hears so."""

from collections.abc import Iterable

from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.about_needs import asked_for, shown, story, the_need
from hotline.flows.shared_questions import which
from hotline.model.effects import Effect, StandDown, Tell, Weekly, Withdraw
from hotline.model.facts import Facts
from hotline.model.needs import Status


def end_it(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need is None or need.neighbor != facts.me.phone or not (need.active or need.status is Status.DRAFT):
        return
    yield Withdraw(need.number)
    for taker in need.takers:
        yield Tell(taker, Prompt("news.withdrawn", values=story(need)), need.number)
    yield StandDown(need.number, Prompt("news.withdrawn", values=story(need)))


def who_is_told(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts)
    return "ended" if need and need.takers else "ended_alone"


def comes_again(answers: Answers, facts: Facts) -> bool:
    need = the_need(answers, facts)
    return bool(need and need.every)


def comes_once(answers: Answers, facts: Facts) -> bool:
    return not comes_again(answers, facts)


def outright(answers: Answers, _: Facts) -> bool:
    """Whether they named the number and said that it is over."""
    return "outright" in answers


def end_the_series(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need and need.every and need.is_of(facts.me.phone):
        yield Weekly(need.number, "")


withdraw = Flow(
    "withdraw",
    which(asked_for),
    Choose("which_weeks", {"yes": "end_all", "no": "kept", "once": "skip"}, unless=comes_once, exact=True, shows=shown),
    Choose("sure", {"yes": "end", "no": "kept"}, unless=outright, exact=True, shows=shown, senses={"ok": "yes"}),
    Do("end_all", end_the_series),
    Do("end", end_it, then=who_is_told),
    End("ended_alone", shows=shown),
    End("ended", shows=shown),
    Do("skip", end_it),
    End("skipped", shows=shown),
    End("kept", shows=shown),
)
