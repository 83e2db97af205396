"""Yes, done, drop, no: what a volunteer says about a need, by its number."""

from collections.abc import Callable, Iterable

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.model.effects import Decline, Done, Drop, Effect, Flag, Reserve, StandDown, Take, Tell
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status


def the_need(answers: Answers, facts: Facts) -> Need | None:
    return facts.need(answers.get("need", ""))


def story(need: Need, name: str = "") -> dict[str, str | tuple[str, ...]]:
    """What a wording may say about a need: never who asked."""
    details = need.details or (("recorded",) if need.recording else need.words.strip() or ("no_words",))
    return {
        "number": need.code,
        "what": (need.what or "something",),
        "area": (need.area,),
        "details": details,
        "name": name,
    }


def shown(answers: Answers, facts: Facts) -> Values:
    need = the_need(answers, facts)
    return story(need) if need else {"number": answers.get("need", "")}


def shown_with_count(answers: Answers, facts: Facts) -> Values:
    need = the_need(answers, facts)
    return story(need) | count(need) if need else {}


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
    if need.is_of(facts.me.phone):
        return "own"
    if holds(need, facts):
        return "yours"
    if need.status is not Status.OPEN:
        return _too_late(need, facts)
    if facts.me.gives:
        return "taken" if need.wanted == 1 else "taken_with"
    return "waiting" if facts.me.waits else "stranger"


def _too_late(need: Need, facts: Facts) -> str:
    """Whoever may take what somebody else has is asked first, should it come free."""
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
    """All that follows when someone has it: the neighbor hears, and once nobody is missing, all who were asked do."""
    yield Take(need.number, phone)
    news = "news.taken" if need.wanted == 1 else "news.taken_some"
    yield Tell(need.neighbor, Prompt(news, values=story(need, name) | count(need)), need.number)
    if need.missing == 1:
        yield StandDown(need.number, Prompt("news.settled", values=story(need)), phone)


def count(need: Need) -> dict[str, str]:
    """ "2 of 3", with the one who takes it now."""
    return {"have": str(need.wanted - need.missing + 1), "wanted": str(need.wanted)}


def mine_or_not(answers: Answers, facts: Facts) -> str:
    return "told" if holds(the_need(answers, facts), facts) else "not_yours"


def told_or_part(answers: Answers, facts: Facts) -> str:
    """Where others still have it, it is not over yet."""
    need = the_need(answers, facts)
    if need is None or not holds(need, facts):
        return "not_yours"
    return "told" if len(need.takers) == 1 else "told_part"


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


def leave_behind(facts: Facts) -> Iterable[Effect]:
    """Whoever ends all texts may still need what they asked for: a person looks, and whoever has it knows."""
    for need in facts.asked_for:
        yield Flag("opted_out_asking", need.details or need.words, need.number)
        for taker in need.takers:
            yield Tell(taker, Prompt("news.cannot_write", values=story(need)), need.number)


def finish_need(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need and holds(need, facts):
        yield Done(need.number)


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
        unless=lambda answers, facts: number_given(answers, facts) or not needs(facts),
        exact=True,
        shows=lambda _, facts: listed(needs(facts)),
    )


take = Flow(
    "take",
    which(alerts),
    Do("take", take_need, then=how_taking_went),
    End("taken", shows=shown),
    End("taken_with", shows=shown_with_count),
    End("gone", shows=shown),
    End("someone_has_it", shows=shown),
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
