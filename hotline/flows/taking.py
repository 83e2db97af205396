"""Yes, done, drop, no: what a volunteer says about a need, by its number."""

from collections.abc import Callable, Iterable

from hotline.effects import Decline, Done, Drop, Effect, Flag, StandDown, Take, Tell
from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.records import Facts, Need, Status


def the_need(answers: Answers, facts: Facts) -> Need | None:
    return facts.need(answers.get("need", ""))


def story(need: Need, name: str = "") -> Values:
    """What a wording may say about a need: never who asked."""
    details = need.details or (("recorded",) if need.recording else need.words.strip() or ("no_words",))
    return {"number": need.code, "what": (need.what,), "area": (need.area,), "details": details, "name": name}


def shown(answers: Answers, facts: Facts) -> Values:
    need = the_need(answers, facts)
    return story(need) if need else {"number": answers.get("need", "")}


def listed(needs: Iterable[Need]) -> Values:
    """Labels for options that are need numbers."""
    return {need.code: (need.what, need.area) for need in needs}


def alerts(facts: Facts) -> tuple[Need, ...]:
    return facts.alerts


def in_hand(facts: Facts) -> tuple[Need, ...]:
    return facts.has_taken


def holds(need: Need | None, facts: Facts) -> bool:
    """Whether the caller has this need in hand."""
    return need is not None and need.active and facts.me.phone in need.takers


def how_taking_went(answers: Answers, facts: Facts) -> str:
    need = the_need(answers, facts)
    if need is None or need.status is Status.DRAFT:
        return "unknown"
    if need.neighbor == facts.me.phone:
        return "own"
    if holds(need, facts):
        return "yours"
    if need.status is not Status.OPEN:
        return "gone" if need.status is Status.TAKEN else "over"
    if facts.me.gives:
        return "taken"
    return "waiting" if facts.me.waits else "stranger"


def take_need(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need is None or how_taking_went(answers, facts) != "taken":
        return
    yield Take(need.number)
    yield Tell(need.neighbor, Prompt("news.taken", values=story(need, facts.me.name)), need.number)
    yield StandDown(need.number, Prompt("news.settled", values=story(need)))


def mine_or_not(answers: Answers, facts: Facts) -> str:
    return "told" if holds(the_need(answers, facts), facts) else "not_yours"


def drop_need(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need and holds(need, facts):
        yield Drop(need.number)
        yield Tell(need.neighbor, Prompt("news.dropped", values=story(need)), need.number)


def give_all_back(facts: Facts) -> Iterable[Effect]:
    """Whoever ends all texts cannot be told anything any more: what they have goes back to others."""
    for need in facts.has_taken:
        yield Drop(need.number)
        yield Tell(need.neighbor, Prompt("news.dropped", values=story(need)), need.number)


def finish_need(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need and holds(need, facts):
        yield Done(need.number)
        yield Tell(need.neighbor, Prompt("news.done", values=story(need, facts.me.name)), need.number)


def decline_need(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need:
        yield Decline(need.number)


def number_given(answers: Answers, _: Facts) -> bool:
    return "need" in answers


def which(needs: Callable[[Facts], tuple[Need, ...]]) -> Choose:
    """Asks which need is meant, where no number was said and there are several."""
    return Choose(
        "which",
        lambda facts: tuple(need.code for need in needs(facts)),
        saves="need",
        unless=number_given,
        exact=True,
        shows=lambda _, facts: listed(needs(facts)),
    )


take = Flow(
    "take",
    which(alerts),
    Do("take", take_need, then=how_taking_went),
    End("taken", shows=shown),
    End("gone", shows=shown),
    End("over", shows=shown),
    End("yours", shows=shown),
    End("own", shows=shown),
    End("unknown", shows=shown),
    End("stranger", shows=shown),
    End("waiting", shows=shown),
)

done = Flow(
    "done",
    which(in_hand),
    Do("done", finish_need, then=mine_or_not),
    End("told", shows=shown),
    End("not_yours", shows=shown),
)

drop = Flow(
    "drop",
    which(in_hand),
    Do("drop", drop_need, then=mine_or_not),
    End("told", shows=shown),
    End("not_yours", shows=shown),
)

decline = Flow(
    "decline",
    which(alerts),
    Do("decline", decline_need),
    End("told", shows=shown),
)


def keep_for_a_person(answers: Answers, facts: Facts) -> Iterable[Effect]:
    """A yes with an if is no yes: nothing is taken, a person sees the words."""
    yield Flag("yes_with_words", answers.get("words", ""), int(answers.get("need", "0")))


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
