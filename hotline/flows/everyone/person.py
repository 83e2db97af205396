"""Escalation to a person: the caller is put on the coordinators' list, and may leave a message."""

from collections.abc import Iterable

from hotline.engine.answers import Words
from hotline.engine.steps import Answers, Ask, Do, End, Flow
from hotline.model.effects import Effect, Flag
from hotline.model.facts import Facts


def about(facts: Facts) -> int:
    """The need it is likely about: the draft at hand, or the one thing this person asked for."""
    if facts.mine.team_asks:
        return facts.mine.team_asks
    nearest = (facts.mine.draft, *facts.mine.asked_for, *facts.mine.has_taken, *facts.alerts.open)
    return next((need.number for need in nearest if need), 0)


def raise_a_flag(_: Answers, facts: Facts) -> Iterable[Effect]:
    """Before the message, since many hang up at the tone."""
    yield Flag("wants_a_person", about=about(facts))


def keep_message(answers: Answers, facts: Facts) -> Iterable[Effect]:
    words, recording = answers.get("message", "").strip(), answers.get("message_recording", "")
    if words or recording:
        yield Flag("message", words, about(facts), recording)


def reached_or_not(_: Answers, facts: Facts) -> str:
    """Nobody can get back to a caller who hides the number and left none."""
    left = any(need.callback for need in facts.mine.asked_for)
    return "told" if facts.me.has_number or left else "told_hidden"


def flag_stuck(answers: Answers, facts: Facts) -> Iterable[Effect]:
    yield Flag("not_understood", answers.get("words", ""), about(facts))


person = Flow(
    "person",
    Do("flag", raise_a_flag),
    Ask("message", Words(300), saves="message", free=True),
    Do("keep", keep_message, then=reached_or_not),
    End("told"),
    End("told_hidden"),
    form=True,
    replaces=True,
)

stuck = Flow("stuck", Do("flag", flag_stuck), End("told"))
