"""Claim of a need: a volunteer's yes or no to an alert, and a yes with an if."""

from collections.abc import Iterable

from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Do, End, Flow
from hotline.flows.about_needs import alerts, count, holds, shown, shown_with_count, story, the_need
from hotline.flows.everyone.spoken_list import said_aloud
from hotline.flows.shared_questions import which
from hotline.model.effects import Decline, Effect, Flag, Reserve, StandDown, Take, Tell
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status


def how_taking_went(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts)
    if need is None or need.status is Status.DRAFT:
        return "unknown"
    if need.is_of(facts.me.phone):
        return "own"
    if holds(need, facts):
        return "yours"
    if need.status is not Status.OPEN:
        return _too_late(need, facts)
    if need.held and not facts.me.coordinator:
        return "held"
    if facts.me.gives:
        return "taken" if need.wanted == 1 else "taken_with"
    return "waiting" if facts.me.waits else "stranger"


def _too_late(need: Need, facts: Facts) -> str:
    """Someone else has it. A volunteer is put in reserve, and is asked first if it comes free."""
    if need.status is not Status.TAKEN:
        return "over"
    return "gone" if facts.me.gives else "someone_has_it"


def take_need(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need, went = the_need(answers, facts), how_taking_went(answers, facts)
    if need and went == "gone":
        yield Reserve(need.number)
    if need is None or went not in ("taken", "taken_with"):
        return
    yield from given_to(need, facts.me.phone, facts.me.name)


def given_to(need: Need, phone: str, name: str) -> Iterable[Effect]:
    """All that follows a claim: the neighbor is told; once no helper is missing, everyone who was asked is told too."""
    yield Take(need.number, phone)
    news = "news.taken" if need.wanted == 1 else "news.taken_some"
    yield Tell(need.neighbor, Prompt(news, values=story(need, name) | count(need)), need.number)
    if need.missing == 1:
        yield StandDown(need.number, Prompt("news.settled", values=story(need)), phone)


def decline_need(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need:
        yield Decline(need.number)


take = Flow(
    "take",
    which(alerts),
    Do("take", take_need, then=how_taking_went),
    End("taken", shows=shown, sounds=said_aloud),
    End("taken_with", shows=shown_with_count, sounds=said_aloud),
    End("gone", shows=shown),
    End("someone_has_it", shows=shown),
    End("over", shows=shown),
    End("held", shows=shown),
    End("yours", shows=shown),
    End("own", shows=shown),
    End("unknown", shows=shown),
    End("stranger", shows=shown),
    End("waiting", shows=shown),
)

decline = Flow(
    "decline",
    which(alerts),
    Do("decline", decline_need),
    End("told", shows=shown),
)


def keep_for_a_person(answers: Answers, facts: Facts) -> Iterable[Effect]:
    """A yes with an if is no yes: nothing is taken, a person sees the words. So they do those of who has it already."""
    why = "words_about_a_need" if holds(the_need(answers, facts), facts) else "yes_with_words"
    yield Flag(why, answers.get("words", ""), int(answers.get("need", "0")))


def one_or_several(answers: Answers, facts: Facts) -> str:
    if holds(the_need(answers, facts), facts):
        return "in_hand"
    return "plainly" if "need" in answers else "several"


unsure = Flow(
    "unsure",
    Do("keep", keep_for_a_person, then=one_or_several),
    End("plainly", shows=shown),
    End("in_hand", shows=shown),
    End("several"),
)
