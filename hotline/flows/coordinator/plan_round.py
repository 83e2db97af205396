"""Listening round, by the coordinator who asks: what becomes of the answers, up to five questions, and a read-back;
while one goes on, what came of it."""

from collections.abc import Iterable

from hotline.engine.answers import Words
from hotline.engine.session import Values
from hotline.engine.steps import Answers, Ask, Choose, Do, End, Flow
from hotline.model.effects import BeginRound, Effect, EndRound
from hotline.model.facts import Facts
from hotline.model.rounds import (
    FEWEST_COUNTED,
    LONGEST_OUTCOME,
    LONGEST_PURPOSE,
    LONGEST_QUESTION,
    MOST_QUESTIONS,
    may_begin,
)

NAMES = tuple(f"question{n}" for n in range(1, MOST_QUESTIONS + 1))


def is_allowed(_: Answers, facts: Facts) -> str:
    """One round in a quarter of a year, and only where so many agreed that nobody is known by an answer."""
    if not facts.offered.sharing.listening:
        return "off"
    if facts.listening.latest and facts.listening.latest.live:
        return "outcome"
    if not may_begin(facts.listening.latest, facts.now):
        return "too_soon"
    return "purpose" if facts.listening.agreed >= FEWEST_COUNTED else "too_few"


def questions(answers: Answers) -> tuple[str, ...]:
    return tuple(answers[name].strip() for name in NAMES if answers.get(name, "").strip())


def asks_nothing(answers: Answers, _: Facts) -> str:
    return "sure" if answers.get("purpose") and questions(answers) else "dropped"


def further(place: int) -> Ask:
    """One of the questions; after a NO no more is asked for."""
    before = NAMES[place - 1]
    return Ask(
        NAMES[place],
        Words(LONGEST_QUESTION),
        saves=NAMES[place],
        unless=lambda answers, _: not answers.get(before),
        free=True,
    )


def summary(answers: Answers, facts: Facts) -> Values:
    return {"count": str(len(questions(answers)))}


def begin(answers: Answers, _: Facts) -> Iterable[Effect]:
    yield BeginRound(answers.get("purpose", ""), questions(answers))


def end(answers: Answers, _: Facts) -> Iterable[Effect]:
    if answers.get("outcome"):
        yield EndRound(answers["outcome"])


plan_round = Flow(
    "plan_round",
    Do("look", then=is_allowed),
    Ask("purpose", Words(LONGEST_PURPOSE), saves="purpose", free=True),
    Ask(NAMES[0], Words(LONGEST_QUESTION), saves=NAMES[0], free=True),
    *(further(place) for place in range(1, MOST_QUESTIONS)),
    Do("looked", then=asks_nothing),
    Choose("sure", {"yes": "begin", "no": "dropped"}, exact=True, shows=summary),
    Do("begin", begin, then=lambda _, facts: "begun" if is_allowed({}, facts) == "purpose" else "too_soon"),
    End("begun", shows=summary),
    Ask("outcome", Words(LONGEST_OUTCOME), saves="outcome", free=True),
    Do("ended", end, then=lambda answers, _: "told" if answers.get("outcome") else "left_open"),
    End("told"),
    End("left_open"),
    End("dropped"),
    End("too_soon"),
    End("too_few"),
    End("off"),
    form=True,
)
