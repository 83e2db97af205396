"""Claim of a need: a volunteer's yes or no to an alert, and a yes with an if."""

from collections.abc import Iterable

from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Do, End, Flow
from hotline.flows.about_needs import (
    alerts,
    count,
    holds,
    shown,
    shown_with_count,
    story,
    the_need,
    with_its_time,
    with_ones_own,
)
from hotline.flows.everyone.spoken_list import said_aloud
from hotline.flows.shared_questions import which
from hotline.flows.volunteer.done_or_drop import how_own_stands
from hotline.model.effects import Decline, Effect, Flag, PromiseGift, Reserve, StandDown, Take, Tell
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status


def how_taking_went(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts)
    if need is None or need.status is Status.DRAFT:
        return "unknown"
    if need.is_of(facts.me.phone):
        return "own" if need.active else "own_over"
    if holds(need, facts):
        return "yours"
    if need.status is not Status.OPEN:
        return _too_late(need, facts)
    if need.held and not facts.me.coordinator:
        return "held"
    if not facts.me.gives and need.code not in facts.shared.named:
        return "waiting" if facts.me.waits else "stranger"
    if facts.me.opted_out:
        return "no_texts"
    return "taken" if need.wanted == 1 else "taken_with"


def _too_late(need: Need, facts: Facts) -> str:
    """Someone else has it. A volunteer is put in reserve: the first of them is asked alone if it comes free."""
    if need.status is not Status.TAKEN:
        return "over"
    if not facts.me.gives:
        return "someone_has_it"
    if not facts.me.volunteer or facts.me.opted_out:
        return "gone_already"
    return "gone" if is_first_in_reserve(need, facts) else "gone_next"


def is_first_in_reserve(need: Need, facts: Facts) -> bool:
    """Whether this volunteer is asked before all others: nobody else stands in reserve, nobody did it last time who was
    not asked yet, and there is time to ask one alone."""
    last_time = set(need.first_choices) - {facts.me.phone, *need.takers}
    return not (need.urgent or last_time or need.number in facts.alerts.reserved)


def take_need(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need, went = the_need(answers, facts), how_taking_went(answers, facts)
    if need and went in ("gone", "gone_next"):
        yield Reserve(need.number)
    if need and went == "no_texts":
        yield Flag("yes_without_texts", answers.get("words", ""), need.number)
    if need is None or went not in ("taken", "taken_with"):
        return
    yield from given_to(need, facts.me.phone, facts.me.name)
    if named := facts.shared.named.get(need.code):  # a portion of what they offer goes there
        yield PromiseGift(named.number)


def given_to(need: Need, phone: str, name: str) -> Iterable[Effect]:
    """All that follows a claim: the neighbor is told; once no helper is missing, everyone who was asked is told too."""
    yield Take(need.number, phone)
    news = "news.taken" if need.wanted == 1 else "news.taken_some"
    yield Tell(need.neighbor, Prompt(news, values=with_its_time(need, name) | count(need)), need.number)
    if need.missing == 1:
        yield StandDown(need.number, Prompt("news.settled", values=story(need)), phone)


def decline_need(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need and was_asked(need, facts):
        yield Decline(need.number)


def was_asked(need: Need | None, facts: Facts) -> bool:
    """Whether a no to it is one: they were asked, or might have taken it."""
    return need is not None and (need in facts.alerts.open or facts.me.gives)


def declined(answers: Answers, facts: Facts) -> str:
    if was_asked(the_need(answers, facts), facts):
        return "told"
    return "not_yours" if facts.mine.asked_for or facts.mine.has_taken else "unknown"


take = Flow(
    "take",
    which(alerts),
    Do("take", take_need, then=how_taking_went),
    End("taken", shows=shown, sounds=said_aloud),
    End("taken_with", shows=shown_with_count, sounds=said_aloud),
    End("gone", shows=shown),
    End("gone_next", shows=shown),
    End("gone_already", shows=shown),
    End("someone_has_it", shows=shown),
    End("over", shows=shown),
    End("held", shows=shown),
    End("no_texts", shows=shown),
    End("yours", shows=shown),
    End("own", shows=shown),
    End("own_over", says=how_own_stands),
    End("unknown", shows=shown),
    End("stranger", shows=shown),
    End("waiting", shows=shown),
)

decline = Flow(
    "decline",
    which(alerts),
    Do("decline", decline_need, then=declined),
    End("told", shows=shown),
    End("not_yours", shows=with_ones_own),
    End("unknown", shows=shown),
)


def keep_for_a_person(answers: Answers, facts: Facts) -> Iterable[Effect]:
    """A yes with an if is no yes: nothing is taken, a person sees the words. So they do those of who has it already, or
    asked for it."""
    need = the_need(answers, facts)
    own = need is not None and need.is_of(facts.me.phone)
    theirs = own or holds(need, facts) or (need is None and facts.mine.has_taken)
    why = "words_about_a_need" if theirs else "yes_with_words"
    yield Flag(why, answers.get("words", ""), need.number if need else 0)


def one_or_several(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts)
    if need is None:
        return "unchanged" if facts.mine.has_taken else "several"
    if holds(need, facts):
        return "in_hand"
    return "plainly" if how_taking_went(answers, facts) in ("taken", "taken_with") else "instead"


def how_it_is(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    """Why it cannot be taken, whatever the words meant."""
    went = how_taking_went(answers, facts)
    if went == "own_over":
        yield from how_own_stands(answers, facts)
        return
    yield Prompt("take.gone_already" if went in ("gone", "gone_next") else f"take.{went}", values=shown(answers, facts))


unsure = Flow(
    "unsure",
    Do("keep", keep_for_a_person, then=one_or_several),
    End("plainly", shows=shown),
    End("in_hand", shows=shown),
    End("several"),
    End("unchanged"),
    End("instead", says=how_it_is),
)
