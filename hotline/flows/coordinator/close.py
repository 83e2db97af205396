"""Closing a need: a coordinator ends it (CLOSE), or writes to the neighbor (SAY)."""

from collections.abc import Iterable, Iterator, Mapping

from hotline.engine.answers import Heard, Words
from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Ask, Choose, Do, End, Flow
from hotline.flows.about_needs import number_said, numbers_said, shown, story, the_need
from hotline.flows.coordinator.list_needs import reached_at
from hotline.flows.shared_questions import nothing_changed
from hotline.model import phone_numbers
from hotline.model.coordinator_effects import Close, Say
from hotline.model.effects import Effect, StandDown, Tell
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status

LONGEST_WHY = 300


def named(answers: Answers, facts: Facts) -> tuple[Need, ...]:
    """Those of the needs that can be closed. A draft can be; no volunteer was asked about it, so no one is told."""
    found = (facts.need(number) for number in numbers_said(answers))
    return tuple(need for need in found if need and (need.active or need.status is Status.DRAFT))


def may_close(answers: Answers, facts: Facts) -> str:
    if not numbers_said(answers):
        return "how"
    return "why" if named(answers, facts) else "told"


def is_clear(answers: Answers, facts: Facts) -> bool:
    """Several are shown once more before they are closed, unless they were shown where it was asked why."""
    return "why_doubted" not in answers and (len(named(answers, facts)) < 2 or "asked" in answers)


def is_a_no(heard: Heard, _: Facts) -> Mapping[str, str]:
    """A no is no reason: nothing is closed. Words that begin with one are asked about: "no wait", "no answer"."""
    if heard.only("no", "wrong", "sorry", "not_yet", "amend"):
        return {"not": "yes"}
    return {"doubted": "yes"} if heard.names[:1] == ("no",) else {}


def keeps_it(answers: Answers) -> bool:
    return answers.get("sure") == "no" or "why_not" in answers


def ask_why(answers: Answers, _: Facts) -> Answers:
    return answers if "why" in answers else {**answers, "asked": "yes"}


def several_shown(answers: Answers, facts: Facts) -> Values:
    """Each with its name: "102 food, 103 a ride"."""
    found = named(answers, facts)
    return {
        "number": ", ".join(need.code for need in found),
        "what": tuple(dict.fromkeys(need.what or "something" for need in found)),
    }


def close_them(answers: Answers, facts: Facts) -> Iterator[Effect]:
    for need in () if keeps_it(answers) else named(answers, facts):
        yield from close_it(need, answers)


def close_it(need: Need, answers: Answers) -> Iterator[Effect]:
    """Everyone involved gets one line. The reason is only kept on record, since it may be about a person."""
    done = answers.get("outcome") == "done" and need.active
    yield Close(need.number, answers.get("why", ""), done)
    if not need.active:
        return
    news = Prompt("news.closed_done" if done else "news.closed", values=story(need))
    yield Tell(need.neighbor, news, need.number)
    for taker in need.takers:
        yield Tell(taker, Prompt("news.closed_for_you", values=story(need)), need.number)
    yield StandDown(need.number, Prompt("news.closed_for_you", values=story(need)))


def closed_or_kept(answers: Answers, _: Facts) -> str:
    return "kept" if keeps_it(answers) else "told"


def what_became(answers: Answers, facts: Facts) -> Iterator[Prompt]:
    """A line for each number, one for all that are closed."""
    found = named(answers, facts)
    if found:
        key = "close.told" if len(found) == 1 else "close.told_several"
        yield Prompt(key, values={**several_shown(answers, facts), "what": (found[0].what or "something",)})
    for number in numbers_said(answers):
        need = facts.need(number)
        if need not in found:
            yield Prompt("team.over" if need else "team.unknown", values={"number": number})


def may_say(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts)
    under_way = need and (need.active or need.status is Status.DRAFT)
    if need is None or not under_way or not answers.get("said"):
        return "sorry"
    if hides_the_number(need):
        return "kept"
    return "told" if facts.team.past.reads else "sorry"


def hides_the_number(need: Need) -> bool:
    """Whether nothing reaches them but what they hear when they call, with their word."""
    return not (need.callback or phone_numbers.is_shown(need.neighbor))


def say_it(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need, how = the_need(answers, facts), may_say(answers, facts)
    if need and how in ("told", "kept"):
        yield Say(need.number, need.neighbor, answers["said"], kept=how == "kept")


def why_not_said(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    need = the_need(answers, facts)
    if need is None or not answers.get("said"):
        yield Prompt("team.unknown" if answers.get("said") else "say.how", values=number_said(answers))
        return
    yield Prompt("say.no_texts" if facts.team.past.reads is False else "team.over", values=number_said(answers))
    yield reached_at(need)


close = Flow(
    "close",
    Do("look", then=may_close, learns=ask_why),
    Ask("why", Words(LONGEST_WHY), saves="why", hears=is_a_no, shows=several_shown),
    Choose("sure", ("yes", "no"), saves="sure", unless=is_clear, exact=True, shows=several_shown),
    Do("close", close_them, then=closed_or_kept),
    End("told", says=what_became),
    End("kept", says=nothing_changed),
    End("how"),
)

say = Flow(
    "say",
    Do("say", say_it, then=may_say),
    End("told", shows=shown),
    End("kept", shows=shown),
    End("sorry", says=why_not_said),
)
