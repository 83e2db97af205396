"""Needs in a conversation: which one is meant, whose it is, and what a wording may say about it."""

from collections.abc import Callable, Iterable, Iterator

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers
from hotline.model.facts import Facts
from hotline.model.needs import Need

# --- Which one.


def the_need(answers: Answers, facts: Facts) -> Need | None:
    return facts.need(answers.get("need", ""))


def alerts(facts: Facts) -> tuple[Need, ...]:
    return facts.alerts.open


def in_hand(facts: Facts) -> tuple[Need, ...]:
    return facts.mine.has_taken


def asked_for(facts: Facts) -> tuple[Need, ...]:
    return facts.mine.asked_for


def in_progress(facts: Facts) -> tuple[Need, ...]:
    return facts.in_progress


def holds(need: Need | None, facts: Facts) -> bool:
    """Whether the caller has this need in hand."""
    return need is not None and need.active and facts.me.phone in need.takers


# --- What is said about it.


def story(need: Need, name: str = "") -> dict[str, str | tuple[str, ...]]:
    """What a wording may say about a need: never who asked."""
    return {
        "number": need.code,
        "what": what_it_is(need),
        "area": need.place_and_time,
        "details": what_was_said(need),
        "name": name,
        "weekly": ("weekly",) if need.every else "",
    }


def what_it_is(need: Need) -> tuple[str, ...]:
    """Its kind, or of a loan the tool, as its lender calls it."""
    return (need.words,) if need.loan and need.words else (need.what or "something",)


def with_its_time(need: Need, name: str = "") -> dict[str, str | tuple[str, ...]]:
    """The same, with when it is for behind what it is."""
    return {**story(need, name), "what": (*what_it_is(need), *need.times)}


def numbers_said(answers: Answers) -> tuple[str, ...]:
    """Every number, where a command may name several."""
    return tuple(answers.get("need", "").split())


def line_for_each(answers: Answers, facts: Facts, line: Callable[[Need, str], Prompt]) -> Iterator[Prompt]:
    """What is said of each number: by `line`, or that there is no such need."""
    for number in numbers_said(answers):
        need = facts.need(number)
        yield line(need, number) if need else Prompt("team.unknown", values={"number": number})


def what_was_said(need: Need) -> str | tuple[str, ...]:
    """All that they said for a helper, and that some of it was spoken; else their first words."""
    if need.recording:
        return (need.details, "recorded") if need.details else ("recorded",)
    return need.details or need.words.strip() or ("no_words",)


def number_said(answers: Answers) -> Values:
    """The number as it was said, if there is no such need."""
    return {"number": answers.get("need", "")}


def shown(answers: Answers, facts: Facts) -> Values:
    need = the_need(answers, facts)
    return story(need) if need else number_said(answers)


def shown_with_count(answers: Answers, facts: Facts) -> Values:
    need = the_need(answers, facts)
    return story(need) | count(need) if need else {}


def count(need: Need) -> dict[str, str]:
    """ "2 of 3", with the one who takes it now."""
    return {"have": str(need.wanted - need.missing + 1), "wanted": str(need.wanted)}


def so_far(need: Need) -> dict[str, str]:
    """ "1 of 2": how many have it or did their part."""
    return {"have": str(len(need.takers) + len(need.helped)), "wanted": str(need.wanted)}


def with_helpers(answers: Answers, facts: Facts) -> Values:
    """The need, and the names of those who have it or did it."""
    need = the_need(answers, facts)
    return with_its_time(need, facts.names_of((*need.takers, *need.helped))) if need else number_said(answers)


def the_other_side(answers: Answers, facts: Facts) -> Values:
    """The need, and the name of the person on its other side."""
    need = the_need(answers, facts)
    if need is None or need.is_of(facts.me.phone):
        return with_helpers(answers, facts)
    return story(need, facts.names.get(need.neighbor, ""))


def with_ones_own(answers: Answers, facts: Facts) -> Values:
    """A number that is not theirs, and those that are: in hand, or asked for."""
    own = (*facts.mine.has_taken, *facts.mine.asked_for)
    return {**number_said(answers), "numbers": ", ".join(dict.fromkeys(need.code for need in own))}


def listed(needs: Iterable[Need]) -> Values:
    """Labels for options that are need numbers."""
    return {need.code: (need.what, *need.place_and_time) for need in needs}
