"""Closing a need: a coordinator ends it (CLOSE), or writes to the neighbor (SAY)."""

from collections.abc import Iterable

from hotline.engine.answers import Words
from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Ask, Do, End, Flow
from hotline.flows.about_needs import number_said, shown, story, the_need
from hotline.flows.coordinator.list_and_flags import reached_at
from hotline.model.coordinator_effects import Close, Say
from hotline.model.effects import Effect, StandDown, Tell
from hotline.model.facts import Facts
from hotline.model.needs import Status

LONGEST_WHY = 300


def may_close(answers: Answers, facts: Facts) -> str:
    """A draft may be closed too; no volunteer was asked about it, so no one is told."""
    need = the_need(answers, facts)
    return "why" if need and (need.active or need.status is Status.DRAFT) else "sorry"


def close_it(answers: Answers, facts: Facts) -> Iterable[Effect]:
    """Everyone involved gets one line. The reason is only kept on record, since it may be about a person."""
    need = the_need(answers, facts)
    if need is None or may_close(answers, facts) == "sorry":
        return
    done = answers.get("outcome") == "done" and need.active
    yield Close(need.number, answers.get("why", ""), done)
    if not need.active:
        return
    news = Prompt("news.closed_done" if done else "news.closed", values=story(need))
    yield Tell(need.neighbor, news, need.number)
    for taker in need.takers:
        yield Tell(taker, Prompt("news.closed_for_you", values=story(need)), need.number)
    yield StandDown(need.number, Prompt("news.closed_for_you", values=story(need)))


def closed(answers: Answers, facts: Facts) -> str:
    return "told" if may_close(answers, facts) == "why" else "sorry"


def why_not_closed(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    key = "team.over" if the_need(answers, facts) else "team.unknown" if answers.get("need") else "close.how"
    yield Prompt(key, values=number_said(answers))


def may_say(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts)
    under_way = need and (need.active or need.status is Status.DRAFT)
    return "told" if under_way and answers.get("said") and facts.team.past.reads else "sorry"


def say_it(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need and may_say(answers, facts) == "told":
        yield Say(need.number, need.neighbor, answers["said"])


def why_not_said(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    need = the_need(answers, facts)
    if need is None or not answers.get("said"):
        yield Prompt("team.unknown" if answers.get("said") else "say.how", values=number_said(answers))
        return
    yield Prompt("say.no_texts" if facts.team.past.reads is False else "team.over", values=number_said(answers))
    yield reached_at(need)


close = Flow(
    "close",
    Do("look", then=may_close),
    Ask("why", Words(LONGEST_WHY), saves="why", shows=shown),
    Do("close", close_it, then=closed),
    End("told", shows=shown),
    End("sorry", says=why_not_closed),
)

say = Flow(
    "say",
    Do("say", say_it, then=may_say),
    End("told", shows=shown),
    End("sorry", says=why_not_said),
)
