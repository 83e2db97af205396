"""A person, please: the caller is put on a coordinator's list, with words if they wish."""

from collections.abc import Iterable

from hotline.effects import Effect, Flag
from hotline.engine.answers import Words
from hotline.engine.steps import Answers, Ask, Do, End, Flow
from hotline.records import Facts


def about(facts: Facts) -> int:
    """The need it is likely about: the draft at hand, or the one thing this person asked for."""
    need = facts.draft or (facts.asked_for[0] if facts.asked_for else None)
    return need.number if need else 0


def raise_a_flag(_: Answers, facts: Facts) -> Iterable[Effect]:
    """Before the message, since many hang up at the tone."""
    yield Flag("wants_a_person", about=about(facts))


def keep_message(answers: Answers, facts: Facts) -> Iterable[Effect]:
    words = answers.get("message", "") or answers.get("message_recording", "")
    if words:
        yield Flag("message", words, about(facts))


def flag_stuck(answers: Answers, facts: Facts) -> Iterable[Effect]:
    yield Flag("not_understood", answers.get("words", ""), about(facts))


person = Flow(
    "person",
    Do("flag", raise_a_flag),
    Ask("message", Words(300), saves="message"),
    Do("keep", keep_message),
    End("told"),
)

stuck = Flow("stuck", Do("flag", flag_stuck), End("told"))
